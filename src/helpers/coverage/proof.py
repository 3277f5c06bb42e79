"""How exactly the files can prove each metric: exactly, as a bound, or not at all; what is missing, what to download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from helpers import targets, windows
from helpers.coverage import shops
from helpers.coverage.case import Case, Missing, Proof, files
from helpers.coverage.days import once
from helpers.coverage.rules import PROOFS
from helpers.coverage.runs import Run
from helpers.frames import KEY, SCHEMAS
from helpers.sentences import say
from helpers.vocabulary import METRICS, Account
from helpers.wording import day

ROWS = pl.Struct({"file": pl.String, "lack": pl.String, "said": pl.String})
OF_KEY = ("account", "marketplace", "metric", "fulfilment")


@dataclass(frozen=True)
class Proved:
    """What the files can prove of one metric of one store and channel; `is_judged`: a target is in force."""

    key: tuple[str, str, str, str]
    is_judged: bool
    proof: Proof


def proofs(
    account: Account,
    as_of: date,
    metrics: Iterable[str] = METRICS,
    today: date | None = None,
    rules: targets.Rules | None = None,
) -> list[Proved]:
    """How exactly each metric can be computed on `as_of`, for each marketplace and fulfilment the account has.

    today   the day files are asked for: one that tells its own day alone cannot be had of a day past
    rules   targets.rules of the same day, where they are there already
    Rates that no longer exist are there only while a target of theirs was in force.
    """
    seen = _sold(account)
    named = {(store, channel) for store in account.marketplaces for channel in shops.channels(account, store)}
    of_shop = {one: shops.of_shop(account, one) for one in shops.all_shops(account)}
    rules = rules or targets.rules(account, as_of)
    found = []
    for metric in (METRICS[key] for key in metrics):
        is_of_all = metric.fulfilments == ("all",)
        pairs = {(store, "all") for store in account.marketplaces} if is_of_all else seen | named
        for store, fulfilment in sorted(pairs):
            rows_in_force = rules(metric.key, store, fulfilment, as_of)
            judged = windows.of(metric.key, store, fulfilment, as_of, rules)
            if fulfilment in (*metric.fulfilments, "all") and (judged or rows_in_force):
                own = of_shop.get(shops.shop(store), account)
                case = Case(metric, own, store, fulfilment, as_of, _days(judged, as_of))
                proof = _or_the_marketplace_s(case, PROOFS[metric.proof](case), today or as_of)
                is_judged = any(row.is_judged for row in rows_in_force)
                found.append(Proved((account.id, store, metric.key, fulfilment), is_judged, proof))
    return found


@once
def _sold(account: Account) -> frozenset[tuple[str, str]]:
    """The stores and channels the orders are of."""
    stores = account.orders.filter(~pl.col("marketplace").str.starts_with("non-amazon"))
    return frozenset(stores.select("marketplace", "fulfilment").drop_nulls().unique().iter_rows())


def of_metrics(account: Account, as_of: date, metrics: Iterable[str] = METRICS) -> pl.DataFrame:
    """How exactly each metric can be computed on `as_of`: the frame of `table`.

    metrics   which to look at; all by default
    Rules: docs/contracts.md sections 1 and 3, and the table of downloads in README.md.
    """
    return table(proofs(account, as_of, metrics))


def table(found: Iterable[Proved]) -> pl.DataFrame:
    """What was proved, one row a marketplace, metric and fulfilment.

    Columns: account, marketplace, metric, fulfilment, `is_judged` (a target is in force), `exactness` (exact / lower_bound /
    upper_bound / approximate / impossible), `is_told` (whether any file tells the numerator at all), and lists: `missing`
    (what is not there, in words), `download` (what would close the gap), `instead` (what the analyst can do where no
    download helps) and `rows` (of `missing` those of rows that could have told something: file, lack, said).
    """
    rows = [
        (
            *one.key,
            one.is_judged,
            one.proof.exactness,
            one.proof.is_told,
            _each(missing.why for missing in one.proof.missing),
            _each(missing.download for missing in one.proof.missing),
            _each(missing.instead for missing in one.proof.missing),
            [_row(*missing.rows, missing.why) for missing in one.proof.missing if missing.rows],
        )
        for one in found
    ]
    names = {name: KEY[name] for name in OF_KEY} | {"is_judged": pl.Boolean}
    names |= {"exactness": pl.String, "is_told": pl.Boolean}
    lists = dict.fromkeys(("missing", "download", "instead"), pl.List(pl.String)) | {"rows": pl.List(ROWS)}
    return pl.DataFrame(rows, schema=names | lists, orient="row")


def advice(row: Mapping[str, list[str]]) -> list[str]:
    """All that a row of `table` advises, downloads first; of what is none it says so."""
    return [*row["download"], *(say("instead-of-a-download", advice=one) for one in row["instead"])]


def _row(file: str, lack: str, said: str) -> dict[str, str]:
    return {"file": file, "lack": lack, "said": said}


def _each(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def gaps(found: Iterable[Proved]) -> pl.DataFrame:
    """The gaps of the judged rates among what was proved: the `gaps` frame."""
    rows = [
        (*one.key, files(missing.kind), missing.first_day, missing.last_day, missing.why, missing.download)
        for one in found
        if one.is_judged
        for missing in one.proof.missing
        if missing.kind is not None and missing.first_day is not None
    ]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["gaps"]), orient="row")


def _days(judged: tuple[windows.Window, ...], as_of: date) -> tuple[Run, ...]:
    """The first and the last day of each window judged on the day; the day itself where there is none."""
    ends = [(lag + length - 1, lag) for length, lag in judged] or [(0, 0)]
    return tuple((as_of - timedelta(days=first), as_of - timedelta(days=last)) for first, last in ends)


def _or_the_marketplace_s(case: Case, proof: Proof, today: date) -> Proof:
    """Where the files prove nothing the marketplace's own figure may judge: a gap when the newest is too old to do so."""
    if proof.exactness != "impossible":
        return proof
    theirs = case.account.snapshots.filter(
        pl.col("taken_on") <= case.as_of + timedelta(days=1),
        pl.col("denominator") > 0,
        pl.col("numerator").is_not_null() & pl.col("window_end").is_not_null(),
        metric=case.metric.key,
        marketplace=case.store,
        fulfilment=case.fulfilment,
    ).sort("taken_on")
    if theirs.is_empty() or theirs.item(-1, "taken_on") > case.as_of - timedelta(days=windows.MOST_AGE):
        return proof
    told = theirs.get_column("window_end").sort()[-1]
    first = min(max(case.window_start, told + timedelta(days=1)), case.window_end)
    why = say("gap.newest", files=files("account_health"), day=day(theirs.item(-1, "taken_on")))
    taken_on = case.as_of + timedelta(days=1)
    asked = say("download.account_health_taken", day=day(taken_on) if taken_on >= today else "past")
    return proof.but(Missing(why, "account_health", asked, first, case.window_end))
