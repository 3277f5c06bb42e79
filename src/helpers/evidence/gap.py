"""Why the letter's count and the files' differ: each reason with its orders, and the rest that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from helpers.audit import Audit
from helpers.evidence.counting import Counted, Older
from helpers.evidence.meant import Meant
from helpers.sentences import Value, say
from helpers.vocabulary import A_TO_Z_CLAIM
from helpers.wording import counted, day, days


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
        said = say(
            "difference.orders",
            number=counted(abs(off), meant.metric.one_is),
            side="more" if off > 0 else "fewer",
            pending="yes" if meant.metric.one_is == "order" else "no",
        )
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
    bad = say(f"bad-number-of.{meant.metric.one_is.replace(' ', '-')}", number=abs(rest))
    said = say("difference.rest", bad=bad, number=rest) if rest > 0 else say("difference.more", bad=bad)
    return Reason("rest", abs(rest), said)


def window(older: Older) -> dict[str, Value]:
    """An older window as `older-window` takes it: which, who prints it, and how many others held the same count."""
    told = "printed" if older.printed_in is not None else "among" if older.others else "alone"
    return {"between": days(older.span.first, older.span.last), "told": told, "others": older.others}


def _window(found: Counted, older: Older | None) -> Iterator[Reason]:
    if older is not None:
        between, ended = days(older.span.first, older.span.last), (found.span.last - older.span.last).days
        yield Reason("window", None, say("difference.window", between=between, days=older.span.days, ended=ended))


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
        yield from _one("refused_claims", refused)
    if key in ("order_defect_rate", "negative_feedback_rate"):
        struck = audit.account.feedback.filter("is_struck", "is_negative").join(
            orders.select("order_id"), on="order_id", how="semi"
        )
        yield from _one("removed_feedback", struck)
    late = inside.filter("counts", pl.col("occurred_on") >= letter)
    yield from _one("seen_later", late, day=day(letter))


def _one(what: str, rows: pl.DataFrame, **given: Value) -> Iterator[Reason]:
    orders = rows.get_column("order_id").n_unique()
    if orders:
        yield Reason(what, orders, say(f"difference.{what}", number=orders, **given))
