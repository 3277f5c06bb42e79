"""How exactly the files can prove the order defect rate and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from helpers.coverage.case import Case, Missing, Proof, combined
from helpers.coverage.days import Told, feedback_days, money_days, once, order_days
from helpers.coverage.gaps import gap, gaps
from helpers.coverage.unread import unread
from helpers.frames import last_day
from helpers.sentences import say
from helpers.vocabulary import AMAZON, NEGATIVE_FEEDBACK, Account, Exactness
from helpers.wording import day


def _no_list(case: Case) -> Missing:
    return Missing(say("untold.claims_list"), "order_defects", case.asking("order_defects"))


def of_defects(case: Case) -> Proof:
    parts = {
        "negative_feedback_rate": _negative_feedback,
        "a_to_z_claims": _claims,
        "chargebacks": _chargebacks,
    }
    if case.metric.key in parts:
        return parts[case.metric.key](case)
    return _union([part(case) for part in parts.values()])


def _union(parts: Iterable[Proof]) -> Proof:
    """An order is defective when any kind of defect is: a part without files leaves at least the others."""
    every = list(parts)
    together = tuple(dict.fromkeys(one for part in every for one in part.missing))
    is_told = any(part.is_told for part in every)
    if all(part.exactness == "impossible" for part in every):
        return Proof("impossible", together, is_told)
    known = [part for part in every if part.exactness != "impossible"]
    found: list[Exactness] = [part.exactness for part in known]
    if len(found) < len(every):
        found.append("lower_bound")
    return Proof(combined(found), together, is_told)


def _negative_feedback(case: Case) -> Proof:
    from_list, from_feedback = _listed(case, ("order_defects",), "negative_feedback_rate"), _from_feedback(case)
    found = from_feedback
    if from_list is not None and (from_feedback is None or from_list.exactness == "exact"):
        found = from_list
    if found is None:
        none = Missing(say("untold.feedback"), "feedback", case.asking("feedback"))
        return Proof("impossible", (none,), is_told=False)
    # The marketplace strikes feedback about its own deliveries, and the file does not mark it.
    if case.fulfilment == AMAZON and (found is from_feedback or _beside_the_lists(case)):
        return found.but(Missing(say("untold.struck")), exactness="upper_bound")
    return found


def _beside_the_lists(case: Case) -> bool:
    """Whether feedback alone, and no list, names a bad order of the window: the list's word would tell it is not struck."""
    account = case.account
    files = account.files.filter(report="feedback").get_column("path")
    only = account.defects.filter(pl.col("source_file").is_in(files.implode()), kind=NEGATIVE_FEEDBACK)
    placed = account.orders.filter(
        pl.col("day").is_between(case.window_start, case.window_end), marketplace=case.store, fulfilment=case.fulfilment
    )
    return not placed.join(only, on="order_id", how="semi").is_empty()


def _from_feedback(case: Case) -> Proof | None:
    """What feedback files prove; None where there is none. What is not in them, or could not be read, is missing."""
    files = case.account.files.filter(report="feedback")
    if files.is_empty():
        return None
    told = feedback_days(case.account)
    if told.days.is_empty():
        undated = Missing(say("untold.undated_feedback"), "feedback", case.asking("feedback"))
        return Proof("impossible", (undated, *unread(case.account, files, *case.to_day[-1])), is_told=False)
    short = gaps(case, "feedback", told, case.to_day)
    lost = unread(case.account, files, *case.to_day[-1])
    return Proof("exact").but(*short, *lost, exactness="lower_bound")


def _listed(case: Case, names: tuple[str, ...], part: str) -> Proof | None:
    """What lists of the marketplace prove of a part of the rate; None when no list can tell it.

    A list speaks for the orders of the window judged on its own day, and says what was known on that day.
    """
    lists = _lists(case.account, names, part)
    if lists.is_empty():
        return None
    lost = unread(case.account, lists, *case.to_day[-1])
    is_whole = (lists.get_column("rows_are") == "all_judged").any()
    proof = _reaching(case, lists).but(*lost, exactness="approximate" if is_whole else "lower_bound")
    unplaced = _unplaced(case)
    if proof.exactness == "exact" and unplaced:
        said = say("untold.unplaced_orders", orders=unplaced)
        return proof.but(Missing(said, "all_orders", case.asking("all_orders")), exactness="approximate")
    return proof


@once
def _lists(account: Account, names: tuple[str, ...], part: str) -> pl.DataFrame:
    """The lists of these names that can tell a part of the rate."""
    return account.files.filter(pl.col("report").is_in(names), ~pl.col("path").is_in(account.mute(part)))


def _reaching(case: Case, lists: pl.DataFrame) -> Proof:
    """What the lists prove that reach the day looked at."""
    length, reached = case.as_of - case.window_start, last_day(lists.get_column("reaches"))
    settle = say("instead.taken_on")
    if reached is None:
        undated = Missing(say("untold.undated_list"), instead=settle)
        return Proof("lower_bound", (undated,), is_told=lists.get_column("rows_kept").fill_null(0).sum() > 0)
    ends = zip(lists.get_column("first_day"), lists.get_column("reaches"), strict=True)
    spoken_for = [(min(first or reaches, reaches - length), reaches) for first, reaches in ends if reaches is not None]
    newest = [(first, last) for first, last in spoken_for if last >= case.as_of]
    if not newest:
        short = gap(case, "order_defects", (reached + timedelta(days=1), case.as_of), pl.Series([reached]))
        return Proof("lower_bound", (short, Missing("", instead=settle)))
    begins = min(first for first, _ in newest)
    if begins > case.window_start:
        run = case.window_start, min(begins - timedelta(days=1), case.as_of)
        why = say("gap.defects_begin", day=day(begins))
        asked = case.asking("order_defects", (case.window_start, case.as_of))
        return Proof("lower_bound", (Missing(why, "order_defects", asked, *run),))
    # A list says all that was known on its day: what only a later one names came after it.
    nearest = min(last for _, last in newest)
    later = [one for one in _undated(case.account) if case.as_of < one <= nearest]
    if later:
        since = min(later)
        said = say("untold.undated_defects", defects=len(later), day=day(since))
        advice = say("instead.look_at", day=since.isoformat())
        return Proof("lower_bound", (Missing(said, instead=advice),))
    return Proof("exact")


@once
def _undated(account: Account) -> list[date]:
    """The days from which the defects count that have no day of their own."""
    return account.defects.filter(~pl.col("is_dated").fill_null(True)).get_column("occurred_on").drop_nulls().to_list()


def _unplaced(case: Case) -> int:
    """Listed orders with a defect that belong into the window and are in no order file."""
    nowhere = _nowhere(case.account)
    if nowhere.is_empty():
        return 0
    lost = nowhere.filter(
        pl.col("order_day").is_between(case.window_start, case.window_end),
        (pl.col("fulfilment") == case.fulfilment) | pl.col("fulfilment").is_null(),
    )
    if lost.is_empty():
        return 0
    # A list names no store: on a day that is missing from another store's files the order belongs there.
    for store in case.account.marketplaces:
        lost = lost.filter(pl.col("order_day").is_in(order_days(case.account, store).implode()))
    return lost.get_column("order_id").n_unique()


@once
def _nowhere(account: Account) -> pl.DataFrame:
    """The defects that count on orders that are in no order file."""
    return account.defects.filter("counts").join(account.orders, on="order_id", how="anti")


def _claims(case: Case) -> Proof:
    listed = _listed(case, ("order_defects", "a_to_z_claims"), "a_to_z_claims")
    if listed is not None:
        return listed
    if case.account.money.height:
        said = say("untold.claims_paid")
        return _paid(case, Proof("lower_bound", (Missing(said, "order_defects", case.asking("order_defects")),)))
    if case.account.returns.filter("has_claim_flag").height:
        said = say("untold.claims_in_returns")
        return Proof("approximate", (Missing(said, "order_defects", case.asking("order_defects")),))
    return Proof("impossible", (_no_list(case),), is_told=False)


def _chargebacks(case: Case) -> Proof:
    listed = _listed(case, ("order_defects",), "chargebacks")
    if listed is not None:
        return listed
    if case.account.money.height:
        said = say("untold.chargebacks_paid")
        return _paid(case, Proof("upper_bound", (Missing(said, "order_defects", case.asking("order_defects")),)))
    return Proof("impossible", (_no_list(case),), is_told=False)


def _paid(case: Case, proof: Proof) -> Proof:
    """What payments prove, less what lies between two files or could not be read.

    A settlement cannot be had before its period ends, so an end shorter than the last of them is no gap.
    """
    account = case.account
    files = account.files.filter(pl.col("report").is_in(["settlement", "transactions"]))
    settled = files.filter(report="settlement").sort("last_day").tail(1)
    open_days = 0
    for first, last in settled.select("first_day", "last_day").drop_nulls().iter_rows():
        open_days = (last - first).days
    short = gaps(case, "money", Told(money_days(account)), case.to_day)
    short = tuple(one for one in short if not _is_open(one, case, open_days))
    return proof.but(*short, *unread(account, files, *case.to_day[-1]), exactness="lower_bound")


def _is_open(one: Missing, case: Case, open_days: int) -> bool:
    """Whether a gap is the end of the days told, as short as a settlement that has not closed."""
    if one.first_day is None or one.last_day != case.as_of:
        return False
    return (case.as_of - one.first_day).days < open_days
