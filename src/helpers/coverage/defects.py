"""How exactly the files can prove the order defect rate and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import polars as pl

from helpers.coverage.case import DOWNLOAD, ENDS, TAKEN_ON, Answer, Case
from helpers.coverage.days import longest_gap, order_days
from helpers.frames import last_day, span
from helpers.vocabulary import AMAZON, Exactness
from helpers.wording import plural


def of_defects(case: Case) -> Answer:
    if case.account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    parts = {
        "negative_feedback_rate": _negative_feedback,
        "a_to_z_claims": _claims,
        "chargebacks": _chargebacks,
    }
    if case.metric.key in parts:
        return parts[case.metric.key](case)
    return _union([part(case) for part in parts.values()])


def _union(parts: Iterable[Answer]) -> Answer:
    """An order is defective when any kind of defect is: a part without files leaves at least the others."""
    found, missing, download = zip(*parts, strict=True)
    together = list(dict.fromkeys(text for one in missing for text in one))
    downloads = list(dict.fromkeys(text for one in download for text in one))
    if set(found) == {"impossible"}:
        return "impossible", together, downloads
    is_lower = bool(set(found) & {"lower_bound", "impossible", "approximate"})
    is_upper = bool(set(found) & {"upper_bound", "approximate"})
    return _bound(is_lower, is_upper), together, downloads


def _bound(is_lower: bool, is_upper: bool) -> Exactness:
    if is_lower and is_upper:
        return "approximate"
    return "lower_bound" if is_lower else "upper_bound" if is_upper else "exact"


def _negative_feedback(case: Case) -> Answer:
    from_list, from_feedback = _listed(case, ("order_defects",)), _feedback_gap(case)
    # The marketplace strikes feedback about its own deliveries, and the file does not mark it.
    is_upper = case.fulfilment == AMAZON and not case.account.feedback.is_empty()
    struck = ["feedback the marketplace took on itself is not marked in the file"] if is_upper else []
    if from_feedback == "" or (from_list is not None and from_list[0] == "exact"):
        return _bound(False, is_upper), struck, []
    if from_feedback is None and from_list is None:
        return "impossible", ["no feedback file"], [DOWNLOAD["feedback"]]
    gap = "no feedback file" if from_feedback is None else from_feedback
    return _bound(True, is_upper), [gap, *struck], [DOWNLOAD["feedback"]]


def _feedback_gap(case: Case) -> str | None:
    """Which part of the time the feedback files leave open, in words; empty: none; None: there is no such file.

    A quiet time at either end is no gap when chance leaves one so long at least once in a hundred times.
    """
    files = case.account.files.filter(report="feedback")
    if files.is_empty():
        return None
    days = case.account.feedback.get_column("received_on")
    reaches = last_day(files.get_column("reaches"))
    if days.is_empty() or reaches is None:
        return "the feedback files hold no dated row"
    quiet = timedelta(days=longest_gap(days))
    if case.as_of - reaches > quiet:
        return f"the feedback file ends on {reaches}, before the day looked at"
    first, _ = span(days)
    if first - case.window_start > quiet:
        return f"the feedback file begins on {first}, after the first orders of the window"
    return ""


def _listed(case: Case, names: tuple[str, ...]) -> Answer | None:
    """What lists of the marketplace prove of claims or chargebacks; None when there is no such list.

    A list speaks for the orders of the window judged on its own day, and says what was known on that day.
    """
    lists = case.account.files.filter(pl.col("report").is_in(names))
    if lists.is_empty():
        return None
    length = case.as_of - case.window_start
    spoken_for = [
        (min(first or reaches, reaches - length), reaches)
        for first, reaches in lists.select("first_day", "reaches").iter_rows()
        if reaches is not None and reaches >= case.as_of
    ]
    if not spoken_for:
        return "lower_bound", [ENDS.format("the order defect list")], [DOWNLOAD["order_defects"], TAKEN_ON]
    begins = min(start for start, _ in spoken_for)
    if begins > case.window_start:
        said = f"the order defect lists that reach the day looked at begin with orders of {begins}"
        return "lower_bound", [said], [DOWNLOAD["order_defects"]]
    later = case.account.defects.filter(~pl.col("is_dated").fill_null(True), pl.col("occurred_on") > case.as_of)
    if later.height:
        said = f"{plural(later.height, 'listed defect')} without a day of their own count only from {later['occurred_on'].min()}"
        return "lower_bound", [said], [f"nothing; look at that day instead: --as-of {later['occurred_on'].min()}"]
    lost = _unplaced(case)
    if lost:
        said = f"{plural(lost, 'listed order')} of the window are in no order file, so the order files are not complete"
        return "approximate", [said], [DOWNLOAD["all_orders"]]
    return "exact", [], []


def _unplaced(case: Case) -> int:
    """Listed orders with a defect that belong into the window and are in no order file."""
    listed = case.account.defects.filter(
        "counts",
        pl.col("order_day").is_between(case.window_start, case.window_end),
        (pl.col("fulfilment") == case.fulfilment) | pl.col("fulfilment").is_null(),
    )
    lost = listed.join(case.account.orders, on="order_id", how="anti")
    if lost.is_empty():
        return 0
    # A list names no store: on a day that is missing from another store's files the order belongs there.
    for store in case.account.marketplaces:
        lost = lost.filter(pl.col("order_day").is_in(order_days(case.account, store).implode()))
    return lost.get_column("order_id").n_unique()


NO_LIST = "no list of claims and chargebacks"


def _claims(case: Case) -> Answer:
    listed = _listed(case, ("order_defects", "a_to_z_claims"))
    if listed is not None:
        return listed
    if case.account.money.height:
        said = (
            "claims only from payments: those the marketplace paid itself, refused or has not decided are not in them"
        )
        return "lower_bound", [said], [DOWNLOAD["order_defects"]]
    if case.account.returns.filter("has_claim_flag").height:
        said = "claims only from a mark in the returns, which has neither a day nor an outcome"
        return "approximate", [said], [DOWNLOAD["order_defects"]]
    return "impossible", [NO_LIST], [DOWNLOAD["order_defects"]]


def _chargebacks(case: Case) -> Answer:
    listed = _listed(case, ("order_defects",))
    if listed is not None:
        return listed
    if case.account.money.height:
        said = "chargebacks only from payments, which do not say whether service or fraud was disputed"
        return "upper_bound", [said], [DOWNLOAD["order_defects"]]
    return "impossible", [NO_LIST], [DOWNLOAD["order_defects"]]
