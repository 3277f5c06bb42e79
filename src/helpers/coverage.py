"""What the files can prove: which days they cover, and each metric exactly, as a bound, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from helpers.errors import ExportError, SettingsError
from helpers.frames import KEY
from helpers.targets import stores
from helpers.vocabulary import AMAZON, METRICS, Account, Exactness, Metric

GAP_CHANCE = 0.01  # a gap between order files that chance leaves more rarely than this is a missing file

JUDGED = {"order_defect_rate", "cancellation_rate"}  # what a report cannot do without

DOWNLOAD = {
    "all_orders": "All Orders report, by order date, 120 days or more (Reports > Fulfilment > All Orders)",
    "buyer_requested": "All Orders report with the column is-buyer-requested-cancellation added",
    "feedback": "Feedback download, 365 days (Performance > Feedback > Download)",
    "order_defects": "Order defect list (Account Health > Order Defect Rate > Download report)",
}


def order_days(account: Account) -> pl.Series:
    """The store-local days the order files speak for, sorted.

    From the first to the last day of purchase in each file by order date; a gap between files counts as covered
    when so few days without an order are no surprise at the account's volume (chance of 1 % or more).
    """
    spans = account.files.filter(covers="orders").drop_nulls(["first_day", "last_day"])
    if spans.is_empty() or account.last_complete_day is None:
        return pl.Series("day", [], pl.Date)
    named = [pl.date_range(a, b, eager=True) for a, b in spans.select("first_day", "last_day").iter_rows()]
    days = pl.concat(named).unique().sort()
    orders = account.orders.filter(pl.col("marketplace").is_in(stores(account.marketplaces))).height
    longest = -np.log(GAP_CHANCE) * len(days) / max(orders, 1)
    stop = max(days[-1], account.last_complete_day) + timedelta(days=1)
    filled = [
        pl.date_range(day, following, closed="left", eager=True)
        if (following - day).days - 1 <= longest
        else pl.Series([day])
        for day, following in zip(days, [*days[1:], stop], strict=True)
    ]
    whole = pl.concat(filled).alias("day")
    return whole.filter(whole <= account.last_complete_day)


def feedback_days(account: Account) -> pl.Series:
    """The days the feedback files speak for: from the first feedback to the last complete day."""
    first = account.feedback.get_column("received_on").min()
    if first is None or account.last_complete_day is None or first > account.last_complete_day:
        return pl.Series("day", [], pl.Date)
    return pl.date_range(first, account.last_complete_day, eager=True).alias("day")


def day_looked_at(account: Account, as_of: str = "") -> date:
    """The day a report looks at: `as_of` (ISO), or the last complete day of the files when it is empty.

    Raises SettingsError when `as_of` is no date, ExportError when it is empty and no file has a day in it.
    """
    if as_of:
        try:
            return date.fromisoformat(as_of)
        except ValueError as error:
            hint = "write the day as YYYY-MM-DD, for example 2026-03-31, or leave it empty"
            raise SettingsError(f"as_of: expected a day, found {as_of!r}", hint) from error
    if account.last_complete_day is None:
        hint = f"put the downloads into {account.folder / 'exports'}, then run: seller-audit check {account.folder}"
        raise ExportError(f"{account.folder}: expected at least one file with a dated row, found none", hint)
    return account.last_complete_day


def demand_answers(account: Account, coverage: pl.DataFrame) -> None:
    """Stop when a question is open that a judged figure waits for.

    coverage   of_metrics. A figure that other files prove exactly does not wait. Raises ExportError with the question.
    """
    exact = set(coverage.filter(exactness="exact").get_column("metric"))
    for question in account.questions:
        if set(question.metrics) & JUDGED - exact:
            raise ExportError(
                f"{question.path}: {question.text}", f"then run: seller-audit check {account.folder.name}"
            )


def of_metrics(account: Account, as_of: date) -> pl.DataFrame:
    """How exactly each metric can be computed on `as_of`: one row a marketplace, metric and fulfilment.

    Columns: account, marketplace, metric, fulfilment, `exactness` (exact / lower_bound / upper_bound / approximate /
    impossible), `missing` (what is not there, in words) and `download` (what would close the gap), both lists.
    Rules: docs/contracts.md section 9 and the table of metrics and files in README.md.
    """
    sold = account.orders.filter(pl.col("marketplace").is_in(stores(account.marketplaces)))
    seen = set(sold.select("marketplace", "fulfilment").unique().iter_rows())
    named = {(store, channel) for store in account.marketplaces for channel in account.fulfilments}
    rows = []
    for metric in METRICS.values():
        pairs = seen | named if metric.rows == "orders" else {(store, "all") for store in account.marketplaces}
        for store, fulfilment in sorted(pairs):
            if fulfilment in (*metric.fulfilments, "all"):
                exactness, missing, download = _judge(metric, account, store, fulfilment, as_of)
                rows.append((account.id, store, metric.key, fulfilment, exactness, missing, download))
    names = {name: KEY[name] for name in ("account", "marketplace", "metric", "fulfilment")}
    lists = {"exactness": pl.String, "missing": pl.List(pl.String), "download": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=names | lists, orient="row")


Answer = tuple[Exactness, list[str], list[str]]


def _judge(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if metric.rows == "feedback":
        return _feedback_score(account)
    if account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    if metric.key == "cancellation_rate":
        return _cancellations(account, store, fulfilment, as_of)
    return _defects(metric, account, fulfilment, as_of)


def _feedback_score(account: Account) -> Answer:
    if account.feedback.is_empty():
        return "impossible", ["no feedback file with rows"], [DOWNLOAD["feedback"]]
    if account.feedback.filter(pl.col("stars").max().over("source_file") < 4).height:
        said = "a feedback file holds no four or five stars: a positive share of it would be an artefact"
        return "impossible", [said], [DOWNLOAD["feedback"]]
    return "exact", [], []


def _cancellations(account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    window = METRICS["cancellation_rate"].windows[0]
    recent = account.orders.filter(
        pl.col("marketplace") == store,
        pl.col("fulfilment") == fulfilment,
        pl.col("day").is_between(as_of - timedelta(days=window - 1), as_of),
    )
    is_unknown = recent.get_column("is_buyer_requested").is_null()
    if recent.height and (is_unknown.all() or (is_unknown & recent.get_column("is_cancelled")).any()):
        said = "the files do not say which cancellations the buyer asked for"
        return "upper_bound", [said], [DOWNLOAD["buyer_requested"]]
    return "exact", [], []


def _defects(metric: Metric, account: Account, fulfilment: str, as_of: date) -> Answer:
    has_feedback, has_list = (_reaches(account, report, as_of) for report in ("feedback", "order_defects"))
    lists_feedback = metric.key in ("order_defect_rate", "negative_feedback_rate")
    is_complete = has_list == "fully" or (metric.key == "negative_feedback_rate" and has_feedback == "fully")
    missing, download = [], []
    if not is_complete and has_list != "fully" and metric.key != "negative_feedback_rate":
        said = "no list of claims and chargebacks"
        missing.append(said if has_list == "no" else "the order defect list ends before the day looked at")
        download.append(DOWNLOAD["order_defects"])
    if not is_complete and lists_feedback and has_feedback != "fully":
        missing.append(
            "no feedback file" if has_feedback == "no" else "the feedback file ends before the day looked at"
        )
        download.append(DOWNLOAD["feedback"])
    if has_list == "no" and not (lists_feedback and has_feedback != "no"):
        return "impossible", missing, download
    # The marketplace strikes feedback about its own deliveries, and the file does not mark it.
    is_upper = fulfilment == AMAZON and lists_feedback and has_feedback != "no" and not account.feedback.is_empty()
    if is_upper:
        missing.append("feedback the marketplace took on itself is not marked in the file")
    if is_upper and not is_complete:
        return "approximate", missing, download
    return ("upper_bound" if is_upper else "exact" if is_complete else "lower_bound"), missing, download


def _reaches(account: Account, report: str, as_of: date) -> str:
    """Whether files of this kind reach the day looked at: `no` (none at all), `partly`, or `fully`."""
    files = account.files.filter(report=report)
    if files.is_empty():
        return "no"
    last = files.get_column("reaches").max()
    return "fully" if last is not None and last >= as_of else "partly"
