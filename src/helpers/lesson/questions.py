"""The questions of the lesson. A guess comes before the picture and has no mark; an exercise comes after and has one.

Figures in right answers are computed by the model, so that a question and a picture cannot come to differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

import polars as pl

from helpers import feedback
from helpers.feedback.sentences import about_times
from helpers.intervals import LEVEL
from helpers.lesson import beforehand
from helpers.sentences import say
from helpers.wording import count, percent

MISSED_IN_A_YEAR = beforehand.MISSED[10][beforehand.BAD_OF_1000.index(5)]


@dataclass(frozen=True)
class Choice:
    """One choice and what there is to say to whoever takes it."""

    text: str
    because: str
    is_right: bool = False


@dataclass(frozen=True)
class Question:
    """A question: `name` is its id on the page; one that is not `is_checked` asks for a guess and gives no mark.

    before   the name of the guess it asks again, after the lesson
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    is_checked: bool = True
    before: str = ""


def how_many_unhappy() -> Question:
    """The first guess: feedback from three of 52 buyers. Whatever is chosen, the bounds answer it and two stories follow."""
    least, most = _between(52, 1, 2)
    follows = f"From this page {least} to {most} of the 52 are possible; two stories that fit follow."
    return Question(
        "guess-unhappy",
        "Mina sold 52 orders. Three buyers left feedback: one good, two bad. Her page shows “33 % positive”. "
        "How many of the 52 buyers were unhappy?",
        (
            Choice("2", follows),
            Choice("About 35, two in three", follows),
            Choice("Nobody can tell from this", follows, is_right=True),
        ),
        is_checked=False,
    )


def how_many_unhappy_again() -> Question:
    """The first guess once more, for a class that wants to see what it has learnt."""
    first, (least, most) = how_many_unhappy(), _between(52, 1, 2)
    reasons = (
        f"Two said so. Of the 49 who said nothing each may have been unhappy: {least} to {most} fit Mina’s page.",
        f"That takes the three who wrote for all 52 who bought: {least} to {most} fit Mina’s page.",
        f"Mina’s page is the same with {least} unhappy buyers and with {most}: you have seen it with 2 and with 22.",
    )
    choices = tuple(replace(one, because=why) for one, why in zip(first.choices, reasons, strict=True))
    return replace(first, name=f"{first.name}-again", before=first.name, choices=choices)


def if_more_happy_buyers_write() -> Question:
    """The second guess: ten times as many happy buyers write."""
    slide = "Move “Happy ones who write” from 1 to 10 and press both buttons."
    return Question(
        "guess-louder",
        "Of Mina’s 50 happy buyers 1 wrote. Say 10 of them had. Nothing else changes. What gets better?",
        (
            Choice("The score and the share of bad orders", slide),
            Choice("The score alone", slide, is_right=True),
            Choice("The share of bad orders alone", slide),
        ),
        is_checked=False,
    )


def how_many_behind_few_complaints() -> Question:
    """The third guess: the other direction."""
    shown = percent(feedback.expected(feedback.PRESETS["ebay"].response).negative_of_feedback)
    count_them = "A study could tell. Count its diamonds below: a hundred of its buyers."
    return Question(
        "guess-other-way",
        f"On eBay, when buyer and seller rated each other, {shown} of the comments were bad. "
        "How many of 100 buyers were unhappy?",
        (
            Choice("About 1", count_them),
            Choice("About 5", count_them),
            Choice("About 20", count_them, is_right=True),
        ),
        is_checked=False,
    )


def how_many_good_shops_miss() -> Question:
    """The fourth guess: chance at one check. The number comes from the deal, not from the answer."""
    missed = round(1000 * feedback.one_look(100, 0.005, "0.01")["probability_missed"][0])
    deal = "One bad order in 100 is enough to miss “under 1 %”. Deal a thousand such shops and see how many do."
    return Question(
        "guess-chance",
        "Mina works well: on average 5 of 1,000 orders go wrong. The target is under 1 in 100. A thousand shops as "
        "good as hers sell 100 orders each. How many miss the target?",
        (
            Choice("About 5", deal),
            Choice("About 50", deal),
            Choice(f"About {count(round(missed, -2))}", deal, is_right=True),
        ),
        is_checked=False,
    )


def how_many_years_over() -> Question:
    """The fifth guess: chance over a year of daily checks. The number comes from the deal, not from the answer."""
    over = round(100 * MISSED_IN_A_YEAR)
    deal = "About 600 orders fall into 60 days, and 6 bad ones among 600 miss the target. Deal a year, then a thousand."
    return Question(
        "guess-year",
        "The shop has grown to 10 orders a day and is as good as before. Every day the marketplace checks the last 60 "
        "days. Of 100 such years, in how many is the target missed on some day?",
        (
            Choice("About 1", deal),
            Choice("About 10", deal),
            Choice(f"About {over}", deal, is_right=True),
        ),
        is_checked=False,
    )


def exercises() -> tuple[Question, ...]:
    """Eight exercises with one right answer each, from counting to the lever that is allowed."""
    return (_orders_stay(), _bounds(), _decides(), _no_excuse(), _smallest(), _safe(), _needed(), _lever())


def _orders_stay() -> Question:
    return Question(
        "more-praise",
        "1. A year later. Of Mina’s 600 orders 3 brought bad feedback. Then 40 more happy buyers of these orders write. "
        "What share of the orders brought bad feedback now?",
        (
            Choice("3 of 640", "Feedback is not an order. There are still 600 orders."),
            Choice("3 of 600", "No bad order left and no order came. Only the score has changed.", is_right=True),
            Choice("3 of 43", "That is a share of feedback, not of orders."),
        ),
    )


def _bounds() -> Question:
    least, most = _between(600, 20, 3)
    return Question(
        "what-is-sure",
        "2. Her 600 orders, 20 good feedback, 3 bad. How many of the 600 buyers were unhappy? What is sure?",
        (
            Choice("3 of 600", "That is the least it can be. The silent may have been unhappy too."),
            Choice("3 of 23", "That is the share among those who wrote."),
            Choice(
                f"Between {least} and {most} of 600",
                f"{least} said so, and 20 said the opposite. About the other {600 - 23} the counts say nothing.",
                is_right=True,
            ),
        ),
    )


def _decides() -> Question:
    # Good feedback came, so there is a ratio.
    ratio = about_times(cast("Fraction", feedback.breakdown_ratio(600, 20, 3, "0.01").ratio))
    low, high = (about_times(end) for end in feedback.breakdown_interval(20, 3, "0.01", level=LEVEL))
    return Question(
        "who-speaks",
        "3. The same 600 orders. When are truly under 1 % of its buyers unhappy?",
        (
            Choice("Always: 3 of 600 is under 1 %", "3 of 600 are known. Unhappy buyers may be silent as well."),
            Choice(
                f"When the unhappy write about {ratio} times ({low} to {high}) as often as the happy, or more",
                f"{ratio} times comes from three bad ones; chance taken in, it is {low} to {high} times ({say('interval')}). How "
                "often the unhappy write, these counts cannot say. It takes something else, such as asking everyone.",
                is_right=True,
            ),
            Choice("Never: 3 of 23 is over 1 %", "That divides by feedback. The target is about orders."),
        ),
    )


def _no_excuse() -> Question:
    known = percent(12 / 600)
    return Question(
        "no-excuse",
        "4. 600 orders, 30 good feedback, 12 bad. “Only angry people write,” says the seller. Can truly under "
        "1 % of its buyers be unhappy?",
        (
            Choice("Yes, if the happy are silent enough", f"12 of 600 is {known}, with every silent buyer happy."),
            Choice(
                f"No: 12 of 600 is {known}, whatever the silent think",
                "Silence can hide unhappy buyers. It cannot undo those who spoke. Here the work is in the orders.",
                is_right=True,
            ),
            Choice("Nobody can tell", f"Here the counts can: 12 of 600 is {known}, and it can only be more."),
        ),
    )


def _smallest() -> Question:
    smallest = min(n for n in range(1, 500) if feedback.one_look(n, 0.005, "0.01")["allowed"][0] >= 1)
    return Question(
        "smallest",
        "5. From how many orders on does one bad order still meet “under 1 %”?",
        (
            Choice("60", "1 of 60 is 1.67 %."),
            Choice("100", "1 of 100 is 1 %, and 1 % is not under 1 %."),
            Choice(f"{smallest}", f"1 of {smallest} is just under 1 %.", is_right=True),
        ),
    )


def _safe() -> Question:
    looks = feedback.one_look(range(1, 3001), 0.005, "0.01")
    risky = looks.filter(pl.col("probability_missed") > 0.1).get_column("orders")
    safe = cast("int", risky.max()) + 1
    at = looks.filter(pl.col("orders") == safe).item(0, "probability_missed")
    return Question(
        "safe",
        "6. A shop with truly 5 bad of 1,000 orders is checked once. From how many orders on does it meet “under 1 %” with "
        "a chance of 9 in 10 or more, however many orders it has?",
        (
            Choice("100", "At 100 orders one bad one is enough: about 4 such shops of 10 miss."),
            Choice(
                f"{safe}",
                f"From {safe} on it always does: of 1,000 such shops with {safe} orders, {round(1000 * at)} miss. With 401 "
                f"orders it does as well, with {safe - 1} not yet: there 5 bad ones miss, as they did not miss at {safe}.",
                is_right=True,
            ),
            Choice(
                "From the first: 5 of 1,000 is under 1 %",
                "That is the average of very many orders. A window of 60 days holds few.",
            ),
        ),
    )


def _needed() -> Question:
    needed = feedback.feedback_needed(80, 100, "0.9")
    return Question(
        "to-ninety",
        "7. 80 of 100 buyers who wrote were positive. How many positive ones in a row lift the score to 90 %?",
        (
            Choice("10", "90 of 110 is 81.8 %. The new ones count below the line too."),
            Choice("50", "130 of 150 is 86.7 %."),
            Choice(
                f"{needed}",
                f"{80 + needed} of {100 + needed}. And not one bad one may come between.",
                is_right=True,
            ),
        ),
    )


def _lever() -> Question:
    return Question(
        "lever",
        "8. Which of these is allowed?",
        (
            Choice(
                "Asking only buyers who seemed happy", "Forbidden: feedback may not be asked of happy buyers alone."
            ),
            Choice("A voucher for five stars", "Forbidden: feedback may not be paid for."),
            Choice(
                "Asking every buyer, in the same neutral words",
                "Allowed. More of the silent are heard; the score may rise or fall, and no order becomes better by it.",
                is_right=True,
            ),
        ),
    )


def _between(orders: int, positive: int, negative: int) -> tuple[int, int]:
    low, high = feedback.bounds(orders, positive, negative)
    return round(low * orders), round(high * orders)
