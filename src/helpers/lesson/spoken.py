"""What each picture that is played says, with its counts. The page says the very same (templates/lesson.js).

A sign before a word is that of its marks in the pictures: ■ happy, ◆ unhappy, filled for those who wrote, hollow for the
silent. A page gives the word their colour as well.
"""

from __future__ import annotations

from helpers.lesson.shop import Shop
from helpers.wording import count, in_100, percent, plural, target_percent

NO_BREAK = "\N{NO-BREAK SPACE}"
HAPPY, UNHAPPY, SILENT = f"■{NO_BREAK}", f"◆{NO_BREAK}", f"□{NO_BREAK}"


def whole(expected: float) -> str:
    """An expected number of buyers, as whole ones; halves to even."""
    return count(round(round(expected, 6)))


def of_ten(share: float) -> str:
    """A share of averages, no more exact than it is: `8 in 10`. Nought and one are said, near them is no `0 in 10`."""
    tenths = round(round(10 * share, 6))
    if share in (0, 1):
        return "none" if share == 0 else "all"
    return "hardly any" if tenths == 0 else "nearly all" if tenths == 10 else f"{tenths} in 10"


def under(target_of_1000: int) -> str:
    """A target in the words of the marketplace: “under 1 %”."""
    return f"“under {target_percent(str(target_of_1000 / 1000))}”"


def of_settled(shop: Shop) -> str:
    """What the four numbers settle, and what they leave to the silent."""
    known = (
        f"Of {plural(shop.orders, 'buyer')} {count(shop.bad)} said {UNHAPPY}unhappy, {count(shop.good)} said "
        f"{HAPPY}happy, {count(shop.silent)} said {SILENT}nothing. So of these {count(shop.orders)} at least "
        f"{count(shop.bad)} and at most {count(shop.orders - shop.good)} were unhappy."
    )
    share = f"{count(shop.bad)} of {count(shop.orders)}"
    if shop.is_missed:
        return f"{known} Bad feedback alone, {share}, misses {under(shop.target_of_1000)}: no silence can excuse it."
    if (shop.orders - shop.good) * 1000 < shop.target_of_1000 * shop.orders:
        return f"{known} Even if every silent buyer was unhappy, it would meet {under(shop.target_of_1000)}."
    more = -(-shop.target_of_1000 * shop.orders // 1000) - shop.bad
    return (
        f"{known} Bad feedback alone, {share}, meets {under(shop.target_of_1000)}. But if {plural(more, 'silent buyer')} or "
        "more were unhappy too, the unhappy are too many for it."
    )


def of_shop(*, number: int, seed: int, orders: int, bad: int, bad_of_1000: int, target_of_1000: int) -> str:
    """One dealt shop: what it was, what the target allows, how it looks."""
    allowed = max((target_of_1000 * orders - 1) // 1000, 0)
    looks = "misses" if bad > allowed else "meets"
    return (
        f"Shop {count(number)} of seed {seed}: {count(bad)} of {plural(orders, 'order')} went bad; on average it is "
        f"{count(bad_of_1000)} of 1,000. {under(target_of_1000).replace('“u', '“U')} allows {count(allowed)}, so this shop "
        f"{looks} it."
    )


def of_shops(*, missed: int, many: int, chance: float) -> str:
    """Many dealt shops, all alike, beside the binomial law."""
    return (
        f"{plural(many, 'shop')} dealt, all alike: {count(missed)} of {count(many)} miss the target. "
        f"Computed: {count(round(1000 * chance))} of 1,000."
    )


def of_year(
    *,
    number: int,
    seed: int,
    orders_a_day: int,
    bad_of_1000: int,
    target_of_1000: int,
    missed: int,
    first: int,
    days: int = 365,
) -> str:
    """One dealt year: on how many of its days the rate is not under the target, and since when."""
    since = f", first on day {first}" if missed else ""
    return (
        f"Year {count(number)} of seed {seed}: about {plural(orders_a_day, 'order')} a day, on average "
        f"{count(bad_of_1000)} bad of 1,000. On {count(missed)} of {days} days the rate over 60 days misses "
        f"{under(target_of_1000)}{since}."
    )


def of_years(*, missed: int, many: int, chance: float | None) -> str:
    """Many dealt years, beside the chance computed beforehand where there is one."""
    computed = "" if chance is None else f" Computed: {in_100(chance)}."
    return f"Of {plural(many, 'such year')} {count(missed)} miss it on at least one day.{computed}"


def of_asked(shop: Shop, answer: int, unhappy: int) -> str:
    """What asking everyone comes to on average, when so many of 100 silent buyers answer, so many of 100 unhappy."""
    answers = shop.silent * answer / 100
    bad = answers * unhappy / 100
    good_then, all_then = shop.good + answers - bad, shop.good + shop.bad + answers
    received = shop.good + shop.bad
    before = (
        f"Unasked, {percent(shop.good / received)} of the feedback is good ({count(shop.good)} of {count(received)})"
        if received
        else "Unasked, there is no feedback and no score"
    )
    after = (
        f"with everyone asked, roughly {of_ten(good_then / all_then)} (about {whole(good_then)} of {whole(all_then)})"
        if all_then
        else "asked, there is none either"
    )
    return (
        f"{before}; {after}. Bad feedback, of {plural(shop.orders, 'order')}: {count(shop.bad)} unasked, about "
        f"{whole(shop.bad + bad)} asked. No order became better."
    )
