"""Why the letter's count and the files' differ: each reason with its orders, and the rest that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from helpers.audit import Audit
from helpers.evidence.counting import Counted, Older
from helpers.evidence.meant import Meant
from helpers.vocabulary import A_TO_Z_CLAIM
from helpers.wording import count, day, days, plural


@dataclass(frozen=True)
class Reason:
    """A reason and the orders it concerns, at most; `orders` is None where it is no number of orders."""

    what: str  # window, refused_claims, removed_feedback, seen_later, orders, rest
    orders: int | None
    said: str


def reasons(meant: Meant, found: Counted, older: Older | None, audit: Audit) -> list[Reason]:
    """The reasons, in the order a reader would look for them; none where both count the same or nothing can be compared."""
    charge = meant.charge
    if charge.count is None or not found.is_judged:
        return []
    bad = meant.metric.bad_of
    theirs = bad(charge.count, charge.out_of) if charge.out_of else charge.count
    more = theirs - bad(found.numerator, found.denominator)
    made = list(_window(found, older))
    if charge.out_of and charge.out_of != found.denominator and not made:
        off = found.denominator - charge.out_of
        words = "more than" if off > 0 else "fewer than"
        why = "cancelled or pending orders, or days" if meant.metric.one_is == "order" else "days"
        said = f"The files hold {plural(abs(off), meant.metric.one_is)} {words} the letter counts: it can be {why} cut at another hour, which no file tells."
        made.append(Reason("orders", abs(off), said))
    if more > 0 and not made and meant.metric.rows == "orders":
        made += list(_not_counted(meant, found, audit))
    if more and not any(one.what == "window" for one in made):
        named = sum(one.orders or 0 for one in made if one.what in ("refused_claims", "removed_feedback", "seen_later"))
        rest = max(0, more - named) if more > 0 else more
        if rest:
            made.append(_rest(rest, meant))
    return made


def _rest(rest: int, meant: Meant) -> Reason:
    one_is = f"bad {meant.metric.one_is}"
    if rest > 0:
        return Reason(
            "rest",
            rest,
            f"{plural(rest, one_is)} of the letter is in no file and nothing here explains it."
            if rest == 1
            else f"{plural(rest, one_is)} of the letter are in no file and nothing here explains them.",
        )
    return Reason("rest", -rest, f"The files hold {plural(-rest, one_is)} more than the letter.")


def window(older: Older) -> str:
    """An older window in words: which, who prints it, and how many others held the same count."""
    said = f"an older window, {days(older.span.first, older.span.last)}"
    if older.printed_in is not None:
        return f"{said}, as the marketplace's own file prints it"
    if older.others:
        return f"{said}, as it stood then ({plural(older.others, 'other window')} near it held the same count)"
    return f"{said}, as it stood then"


def _window(found: Counted, older: Older | None) -> Iterator[Reason]:
    if older is not None:
        ended = (found.span.last - older.span.last).days
        said = f"The window that held the letter's count, {days(older.span.first, older.span.last)}, has {plural(older.span.days, 'day')}"
        whole = f"{said} and ended {plural(ended, 'day')} before the one judged on the day of the letter."
        yield Reason("window", None, whole)


def _not_counted(meant: Meant, found: Counted, audit: Audit) -> Iterator[Reason]:
    """Orders of the window with something that would have counted, had it not been refused, removed, or seen too late."""
    orders = audit.account.orders.filter(
        pl.col("marketplace") == meant.marketplace,
        pl.col("fulfilment") == meant.fulfilment,
        pl.col("day").is_between(found.span.first, found.span.last),
    )
    key, letter = meant.metric.key, audit.day + timedelta(days=1)
    inside = audit.account.defects.join(orders.select("order_id"), on="order_id", how="semi")
    if key in ("order_defect_rate", "a_to_z_claims"):
        refused = inside.filter(~pl.col("counts"), kind=A_TO_Z_CLAIM)
        yield from _one(
            "refused_claims",
            refused,
            "with a claim that was refused: it does not count, and can be named with its decision",
        )
    if key in ("order_defect_rate", "negative_feedback_rate"):
        struck = audit.account.feedback.filter("is_struck", "is_negative").join(
            orders.select("order_id"), on="order_id", how="semi"
        )
        yield from _one("removed_feedback", struck, "with negative feedback that was struck through: it counts no more")
    late = inside.filter("counts", pl.col("occurred_on") >= letter)
    yield from _one("seen_later", late, f"whose defect is in these files only from {day(letter)} on")


def _one(what: str, rows: pl.DataFrame, said: str) -> Iterator[Reason]:
    orders = rows.get_column("order_id").n_unique()
    if orders:
        yield Reason(what, orders, f"{plural(orders, 'order')} {said}. At most {count(orders)} of the difference.")
