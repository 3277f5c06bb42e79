"""What has become true since an earlier day and should wake somebody: the `alerts` frame.

Only changes of evidence. A movement of a rate by a fixed step is none: it marks nearly every steady account within a year,
so each alert stands beside the share of steady accounts like this one that it marks, and beside that of the step rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from helpers import metrics, scenarios
from helpers.audit import Audit
from helpers.exports import settings
from helpers.frames import KEY, SCHEMAS, SERIES
from helpers.history.windows import limit_of
from helpers.maturity import MaturityRow
from helpers.rows import GapRow, KeyRow, VerdictRow, is_judged, rows_of
from helpers.sentences import say
from helpers.signals import SignalRow
from helpers.verdicts import bears, untold
from helpers.vocabulary import METRICS
from helpers.wording import about, capital, counted, day, days, in_100, odds, where

BREACHED = "breached"


def of(audit: Audit, since: date | None = None) -> pl.DataFrame:
    """What holds on the audit's day and did not on the day `since`: the `alerts` frame, the gravest kind first.

    since   an earlier day; the same day a month earlier by default, as for what changed in a report
    """
    then = audit.on(since or metrics.month_before(audit.day))
    rows = [one | {"kind": kind} for kind, find in KINDS.items() for one in find(audit, then)]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["alerts"]), orient="row")


def _breaches(audit: Audit, then: Audit) -> Iterator[dict[str, object]]:
    """Targets that the figures prove to be missed, and did not before."""
    now = _missed(audit.verdicts).join(
        _missed(then.verdicts), on=list(KEY), how="anti", nulls_equal=True, maintain_order="left"
    )
    steady = _by_series(audit)
    for row in rows_of(now, VerdictRow):
        like = steady.get(_series(row))
        share = like["share_breached"] if like else None
        yield _alert(row, row["window_days"], row["as_of"], row["finding"], "breach", share, like)


def _missed(verdicts: pl.DataFrame) -> pl.DataFrame:
    proved = [
        bears(row["status"], row["exactness"], METRICS[row["metric"]]) and row["status"] == BREACHED
        for row in rows_of(verdicts, VerdictRow)
    ]
    return verdicts.filter(pl.Series(proved, dtype=pl.Boolean))


def _alarms(audit: Audit, then: Audit) -> Iterator[dict[str, object]]:
    """Rates whose reports have come faster than the target allows, beyond what chance does."""
    for row in _by_series(audit).values():
        if not (row["is_marked"] and row["is_borne"] and row["marked_since"] and row["marked_since"] > then.day):
            continue
        figures = {"since": day(row["marked_since"]), "bad": row["reported"], "expected": about(row["expected"])}
        said = say("alert.alarm", rate=_name(row), **figures)
        yield _alert(row, None, row["marked_since"], said, "alarm", row["share_marked"], row)


def _nowcasts(audit: Audit, then: Audit) -> Iterator[dict[str, object]]:
    """Windows that meet their target as far as is known, and will miss it once the late reports are in, 95 % sure."""
    steady = _by_series(audit)
    met = {_key(row): row for row in rows_of(audit.verdicts, VerdictRow) if is_judged(row) and row["is_on_target"]}
    before = {_key(row): row for row in rows_of(then.verdicts, VerdictRow) if is_judged(row)}
    was = {_key(row) for row in rows_of(then.maturity, MaturityRow) if _will_miss(row, before.get(_key(row)))}
    for row in rows_of(audit.maturity, MaturityRow):
        verdict = met.get(_key(row))
        if verdict is None or _key(row) in was or not _will_miss(row, verdict):
            continue
        like = steady.get(_series(row))
        share = like["share_nowcast"] if like else None
        figures = {"bad": row["visible"], "of": counted(row["orders"], METRICS[row["metric"]].one_is)}
        said = say("alert.nowcast", rate=_name(row), low=row["low"], high=row["high"], **figures)
        yield _alert(row, row["window_days"], audit.day, said, "nowcast", share, like)


def _will_miss(row: MaturityRow, verdict: VerdictRow | None) -> bool:
    return verdict is not None and row["orders"] > 0 and not limit_of(verdict).is_met(row["low"], row["orders"])


def _forecasts(audit: Audit, then: Audit) -> Iterator[dict[str, object]]:
    """Targets met now whose forecast says so likely to be missed as account.toml asks to be told; they were not on the day
    before, met or not. Without `[alerts]` nothing is looked ahead of."""
    asked = settings.read(audit.account.folder).alerts
    if asked is None:
        return
    now, before = (_likely(one, asked.days) for one in (audit, then))
    steady = _by_series(audit)
    for key, (ahead, chance) in now.items():
        if chance < asked.chance or (key in before and before[key][1] >= asked.chance):
            continue
        row = ahead.known.verdict
        share, like = scenarios.share_over(ahead.known, asked.days, asked.chance), steady.get(_series(row))
        chances = {
            "chance": " ".join(filter(None, [scenarios.bound(ahead), odds(chance)])),
            "asked": odds(asked.chance),
        }
        said = say("alert.forecast", rate=_name(row), days=asked.days, **chances)
        yield _alert(row, row["window_days"], audit.day, said, "forecast", share, like)


def _likely(audit: Audit, days: int) -> dict[tuple[object, ...], tuple[scenarios.Ahead, float]]:
    """Each rate met today that is counted day by day, with the chance of a missed day within so many days."""
    every = [one for one in scenarios.of(audit, days, more=False).ahead if one.known.verdict["status"] == "met"]
    return {_key(one.known.verdict): (one, one.chance(days).value) for one in every}


def _gaps(audit: Audit, then: Audit) -> Iterator[dict[str, object]]:
    """Files that judged rates need and that are missing now, and were not missed before: what one download closes once, whichever
    windows it touches."""
    key = ["marketplace", "metric", "fulfilment", "kind"]
    new = audit.gaps.join(then.gaps, on=key, how="anti", maintain_order="left")
    holes: dict[tuple[str | None, ...], list[GapRow]] = {}
    for row in rows_of(new, GapRow):
        holes.setdefault((row["marketplace"], row["kind"], row["why"], row["download"]), []).append(row)
    for (_, kind, why, download), rows in holes.items():
        first, last = min(row["first_day"] for row in rows), max(row["last_day"] for row in rows)
        missing = {"files": capital(kind or ""), "days": days(first, last)}
        said = say("alert.gap", why=why or "", download=download or "", **missing)
        yield _alert({**rows[0], "group": None}, None, first, said, "gap", None, None)


def unjudged(audit: Audit) -> str:
    """Why no alert is no comfort, in a sentence: no rate is judged, or files nothing of which is used leave rates without
    data. Empty where neither is so. Unread files have no day, so nothing of them is new: this is said each time."""
    unread = audit.account.files.filter(pl.col("report").is_null()).get_column("path").to_list()
    is_judging = any(is_judged(row) for row in rows_of(audit.verdicts, VerdictRow))
    hidden = [METRICS[metric].name for metric in untold(audit.verdicts)]
    if is_judging and not (unread and hidden):
        return ""
    unused = say("alert-unjudged.unread", number=len(unread), first=unread[0]) if unread else ""
    left = say("alert-unjudged.rates", rates=hidden) if is_judging else say("left-open.unjudged")
    return " ".join(filter(None, [unused, left]))


KINDS: Mapping[str, Callable[[Audit, Audit], Iterator[dict[str, object]]]] = MappingProxyType(
    {"breach": _breaches, "alarm": _alarms, "nowcast": _nowcasts, "forecast": _forecasts, "gap": _gaps}
)


def _alert(
    row: Mapping[str, object],
    window: int | None,
    since: date,
    said: str,
    kind: str,
    share: float | None,
    like: SignalRow | None,
) -> dict[str, object]:
    """The row of an alert: what is said, and how many steady accounts such an alert marks."""
    steady = [] if share is None else [say(f"steady.{kind}", share=in_100(share))]
    return {
        **{name: row[name] for name in SERIES},
        "window_days": window,
        "since": since,
        "sentence": " ".join([said, *steady]),
        "share_marked": share,
        "fixed_step": say("fixed-step") if like else None,
        "share_fixed_step": like["share_fixed_step"] if like else None,
    }


def _name(row: KeyRow | SignalRow) -> str:
    return say("rate-of", rate=METRICS[row["metric"]].name, of=where(row))


def _by_series(audit: Audit) -> dict[tuple[object, ...], SignalRow]:
    """What the watch against the target says of each rate."""
    watched = audit.signals.filter(watch="target")
    return {_series(row): row for row in rows_of(watched, SignalRow)}


def _key(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in KEY)


def _series(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in SERIES)
