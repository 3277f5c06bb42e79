"""The questions of the lesson. A guess comes before the picture and has no mark; an exercise comes after and has one.

Figures in right answers are computed by the model, so that a question and a picture cannot come to differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from helpers import feedback
from helpers.wording import count, percent, times


@dataclass(frozen=True)
class Choice:
    """One choice and what there is to say to whoever takes it."""

    text: str
    because: str
    is_right: bool = False


@dataclass(frozen=True)
class Question:
    """A question: `name` is its id on the page; one that is not `is_checked` asks for a guess and gives no mark."""

    name: str
    text: str
    choices: tuple[Choice, ...]
    is_checked: bool = True


def how_many_unhappy() -> Question:
    """The first guess: three feedback, 52 orders."""
    least, most = _between(52, 1, 2)
    return Question(
        "guess-unhappy",
        "A shop sold 52 orders. Three buyers left feedback: one good, two bad. The page shows “33 % positive”. "
        "How many of the 52 buyers were unhappy?",
        (
            Choice("2", "Two said so, and fewer it cannot be. Look: one story in which it is two."),
            Choice(
                "About 35, two in three", "That takes the three who wrote for all 52 who bought. Look at one story."
            ),
            Choice(
                "Nobody can tell from this",
                f"True: {least} at least, {most} at most. Look at one story that fits. A darker one comes later.",
            ),
        ),
        is_checked=False,
    )


def if_more_happy_buyers_write() -> Question:
    """The second guess: twice as many happy buyers write."""
    return Question(
        "guess-louder",
        "In another shop 5 of 100 happy buyers write. Now 10 of 100 do. Nothing else changes. What gets better?",
        (
            Choice(
                "The score and the order defect rate", "Move the second slider from 5 to 10 and watch all three bars."
            ),
            Choice("The score alone", "Move the second slider from 5 to 10 and see whether only one bar moves."),
            Choice("The order defect rate alone", "Move the second slider from 5 to 10 and see which bar moves."),
        ),
        is_checked=False,
    )


def how_many_behind_few_complaints() -> Question:
    """The third guess: the other direction."""
    shown = percent(feedback.expected(feedback.PRESETS["ebay"].response).negative_of_feedback)
    return Question(
        "guess-other-way",
        f"On eBay, when buyer and seller rated each other, {shown} of the comments were bad. "
        "How many of 100 buyers were unhappy?",
        (
            Choice("About 1", "So it looks if those who are silent are like those who write. Look at the last line."),
            Choice("About 5", "More than that. Look at the last line."),
            Choice("About 20", "So a study found. Look at the last line: the unhappy kept silent."),
        ),
        is_checked=False,
    )


def how_many_good_shops_miss() -> Question:
    """The fourth guess: luck at one look."""
    missed = round(1000 * feedback.one_look(100, 0.005, "0.01")["probability_missed"][0])
    near = round(missed, -2)
    return Question(
        "guess-luck",
        "A thousand good shops: of each one’s orders truly 1 in 200 goes wrong. The target is under 1 in 100. Each is "
        "looked at once, over 100 orders. How many look bad?",
        (
            Choice("About 5", f"Many more: about {count(missed)}. One bad order in 100 is enough to miss “under 1 %”."),
            Choice(
                "About 50", f"Many more: about {count(missed)}. One bad order in 100 is enough to miss “under 1 %”."
            ),
            Choice(
                f"About {count(near)}",
                f"So it is: about {count(missed)}. One bad order in 100 is enough to miss “under 1 %”.",
            ),
        ),
        is_checked=False,
    )


def exercises() -> tuple[Question, ...]:
    """Seven exercises with one right answer each, from counting to the lever that is allowed."""
    return (_orders_stay(), _bounds(), _decides(), _no_excuse(), _smallest(), _needed(), _lever())


def _orders_stay() -> Question:
    return Question(
        "more-praise",
        "1. Of 600 orders 3 brought bad feedback. Then 40 more happy buyers of these orders write. "
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
        "2. 600 orders, 20 good feedback, 3 bad. How many of the 600 buyers were unhappy? What is sure?",
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
    ratio = times(cast("Fraction", feedback.breakdown_ratio(600, 20, 3, "0.01").ratio))
    return Question(
        "who-speaks",
        "3. The same shop. When is it truly under 1 % unhappy buyers?",
        (
            Choice("Always: 3 of 600 is under 1 %", "3 of 600 are known. Unhappy buyers may be silent as well."),
            Choice(
                f"When the unhappy write more than {ratio} times as readily as the happy",
                "Whether they do, these counts cannot say. It takes something else, such as asking everyone.",
                is_right=True,
            ),
            Choice("Never: 3 of 23 is over 1 %", "That divides by feedback. The target is about orders."),
        ),
    )


def _no_excuse() -> Question:
    known = percent(12 / 600)
    return Question(
        "no-excuse",
        "4. 600 orders, 30 good feedback, 12 bad. “Only angry people write,” says the seller. Can the shop be truly "
        "under 1 %?",
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


def _needed() -> Question:
    needed = feedback.feedback_needed(80, 100, "0.9")
    return Question(
        "to-ninety",
        "6. 80 of 100 feedback are positive. How many positive ones in a row lift the score to 90 %?",
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
        "7. Which of these is allowed?",
        (
            Choice(
                "Asking only buyers who seemed happy", "Forbidden: feedback may not be asked of happy buyers alone."
            ),
            Choice("A voucher for five stars", "Forbidden: feedback may not be paid for."),
            Choice(
                "Asking every buyer, in the same neutral words",
                "Allowed. It moves the score towards the truth, up or down, and no order becomes better by it.",
                is_right=True,
            ),
        ),
    )


def _between(orders: int, positive: int, negative: int) -> tuple[int, int]:
    low, high = feedback.bounds(orders, positive, negative)
    return round(low * orders), round(high * orders)
