"""What an account is called for: a reason, the rates it is of, and the sentence that says so with its counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from helpers.answer import since
from helpers.history.windows import limit_of
from helpers.maturity import DecidedRow, MaturityRow
from helpers.portfolio.reading import Report
from helpers.portfolio.rows import Reason
from helpers.rows import FileRow, GapRow, KeyRow, VerdictRow, is_judged, key_of, rows_of
from helpers.sentences import say
from helpers.signals import SignalRow
from helpers.verdicts import bears, untold
from helpers.vocabulary import METRICS
from helpers.wording import about, aimed, bound, count, counted, day, days, share, where

REASONS: tuple[Reason, ...] = get_args(Reason)
MOST_NAMED = 2  # in one sentence
UNTOLD = 2.0  # behind every chance, where none is told


@dataclass(frozen=True)
class Found:
    """One reason of one account: the rates it is of, and the least chance that one of them is truly met.

    brief   the sentence for a line of the first screen, about the gravest rate alone, without a full stop
    """

    reason: Reason
    rates: tuple[str, ...]
    sentence: str
    brief: str
    chance: float = UNTOLD


def of(report: Report) -> Iterator[Found]:
    """Every reason a report gives to call its account, the gravest first; none for one that is fine."""
    for find in FINDERS:
        yield from find(report)


def _missed(report: Report, evidence: str) -> list[VerdictRow]:
    """The borne misses of one evidence, in the order of METRICS; of one rate the least likely to be truly met first: its
    windows, categories and stores are rows each."""
    rows = [row for row in rows_of(report.frames["verdicts"], VerdictRow) if row["status"] == "breached"]
    order = list(METRICS)
    rows = [row for row in rows if is_borne(row) and (row["evidence"] == "strong") == (evidence == "strong")]
    return sorted(rows, key=lambda row: (order.index(row["metric"]), _chance(row)))


def _missed_strong(report: Report) -> Iterator[Found]:
    rows = _missed(report, "strong")
    if rows:
        yield _missing(report, rows, "missed_strong", "strong")


def _missed_weak(report: Report) -> Iterator[Found]:
    strong = {row["metric"] for row in _missed(report, "strong")}
    rows = [row for row in _missed(report, "weak") if row["metric"] not in strong]
    if rows:
        yield _missing(report, rows, "missed_weak", "weak")


def _missing(report: Report, rows: Sequence[VerdictRow], reason: Reason, evidence: str) -> Found:
    """Misses of one evidence; where one of them does better of late, in the words of the report's own headline."""
    rates = _first_of_rates(rows)
    named = _named([figure(row) for row in rates])
    given = {"number": len(rates), "evidence": evidence}
    brief = say("rates-miss", **given, named=_brief(rates[0]))
    sentence = say("full-stop", said=say("rates-miss", **given, named=named))
    turned = since(report.frames["actions"], report.frames["maturity"], rows)
    better = f". {turned[0]}".rstrip(".") if turned else ""
    return Found(reason, _rates(rows), " ".join([sentence, *turned]), f"{brief}{better}", min(map(_chance, rows)))


def _brief(row: VerdictRow) -> str:
    """`order defect rate 2.06 % (30 of 1,458 orders)`."""
    told = share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)
    return say("rate-is", rate=_label(row), figure=f"{bound(row['exactness'])}{told}")


def _will_miss(report: Report) -> Iterator[Found]:
    """Targets met today and missed on a day to come: by what is known already, or with late reports, 95 % sure."""
    met = {_key(row): row for row in rows_of(report.frames["verdicts"], VerdictRow) if is_judged(row)}
    met = {key: row for key, row in met.items() if row["is_on_target"]}
    said: dict[str, str] = {}
    for row in rows_of(report.frames["decided"], DecidedRow):
        if row["word"] == "missed" and _key(row) in met and row["metric"] not in said:
            said[row["metric"]] = say("will-miss.decided", **_of_rate(row), day=day(row["day"]))
    for row in rows_of(report.frames["maturity"], MaturityRow):
        verdict = met.get(_key(row))
        if (
            verdict
            and row["orders"]
            and row["metric"] not in said
            and not limit_of(verdict).is_met(row["low"], row["orders"])
        ):
            ends = {"low": count(row["low"]), "high": count(row["high"])}
            said[row["metric"]] = say("will-miss.late_reports", **_of_rate(row), **ends)
    if said:
        brief = say("rates-will-miss", number=len(said), named=next(iter(said.values())))
        whole = say("rates-will-miss", number=len(said), named=_named(list(said.values())))
        yield Found("will_miss", tuple(said), say("full-stop", said=whole), brief)


def _of_rate(row: DecidedRow | MaturityRow) -> dict[str, str]:
    """A rate with what is visible of it."""
    return {
        "rate": _label(row),
        "of": where(row),
        "bad": say("part", part=row["visible"], of=counted(row["orders"], METRICS[row["metric"]].one_is)),
    }


def _alarm(report: Report) -> Iterator[Found]:
    """Rates under alarm that no borne miss names already."""
    missed = {row["metric"] for evidence in ("strong", "weak") for row in _missed(report, evidence)}
    marked = report.frames["signals"].filter("is_marked", "is_borne", watch="target")
    rows = [row for row in rows_of(marked, SignalRow) if row["metric"] not in missed]
    named = [
        say("alarmed", rate=_label(row), of=where(row), bad=count(row["reported"]), expected=about(row["expected"]))
        for row in rows
    ]
    if rows:
        said = say("alarms", rates=_named(named))
        brief = say("reason-of", reason=say("reason.alarm"), rate=named[0])
        yield Found("alarm", tuple(dict.fromkeys(row["metric"] for row in rows)), said, brief)


def _flagged(report: Report) -> Iterator[Found]:
    rows = marks(report)
    if rows:
        said = say("marked-first", mark=rows[0][1].rstrip("."), more=len(rows) - 1)
        rates = tuple(dict.fromkeys(metric for (metric, *_), _ in rows))
        yield Found("flagged", rates, said, f"{said[:1].lower()}{said[1:]}".rstrip("."))


def marks(report: Report) -> list[tuple[tuple[str, str, str], str]]:
    """What the marketplace marks bad or at risk in a recent file and no borne miss here says already: (metric, store,
    channel) with the sentence."""
    missed = {(row["metric"], row["marketplace"]) for word in ("strong", "weak") for row in _missed(report, word)}
    recent = report.frames["marketplace_marks"].filter("is_flagged", "is_recent")
    told = recent.select("metric", "marketplace", "fulfilment", "finding").unique(maintain_order=True).iter_rows()
    return [((metric, store, channel), text) for metric, store, channel, text in told if (metric, store) not in missed]


def _unproved(report: Report) -> Iterator[Found]:
    """Misses the files cannot prove."""
    rows = [row for row in rows_of(report.frames["verdicts"], VerdictRow) if row["status"] == "breached"]
    rows = [row for row in rows if not is_borne(row)]
    if rows:
        rates = _named([figure(row) for row in _first_of_rates(rows)])
        yield _left("unproved", [say("left-open.unproved", rates=rates)], _rates(rows))


def _unread(report: Report) -> Iterator[Found]:
    """What of the files cannot be read: files of which nothing is used, and, where days are missing that they may hold, files
    with rejected rows. A download is then no help: the file is. Of it are the rates without a verdict, which it may hide."""
    files = list(rows_of(report.frames["files"], FileRow))
    rejected = {row["path"]: row for row in report.frames["rejected"].iter_rows(named=True)}
    is_missed = report.frames["gaps"].height > 0
    named, is_whole = [], True
    for row in files:
        kept, lost, first = row["rows_kept"] or 0, row["rows_rejected"] or 0, rejected.get(row["path"])
        if (lost and is_missed) or (lost and not kept):
            at = [say("unread-row", line=str(first["line"]), why=first["reason"])] if first and first["line"] else []
            more = [say("rows-in-all", rows=lost)] if lost > 1 or not at else []
            named.append(", ".join([row["path"], *at, *more]))
            is_whole = is_whole and not kept
        elif row["report"] is None:
            why = next(iter(row["warnings"] or ()), say("not-recognised"))
            named.append(say("rate-of", rate=row["path"], of=re.split("[:;]", why)[0].rstrip(".")))
    if named:
        hidden = untold(report.frames["verdicts"])
        hides = [say("left-open.hidden", rates=[METRICS[rate].name for rate in hidden])] if hidden else []
        said = say("left-open.unread", number=len(named), lost="whole" if is_whole else "part", files=_named(named))
        yield _left("unread", [said, *hides], hidden, " ".join([said, *hides]))


def _ends_early(report: Report) -> Iterator[Found]:
    if report.is_stale:
        yield _left("ends_early", [say("left-open.stale", day=day(report.as_of))])


def _open(report: Report) -> Iterator[Found]:
    """What else leaves a verdict open: days without files, a met target no file proves, no verdict at all."""
    verdicts = list(rows_of(report.frames["verdicts"], VerdictRow))
    gaps: dict[str, set[str]] = {}
    for row in rows_of(report.frames["gaps"], GapRow):
        named = say("files-of-days", files=row["kind"], days=days(row["first_day"], row["last_day"]))
        gaps.setdefault(named, set()).add(row["metric"])
    said, waiting = [], set[str]().union(*gaps.values())
    unsure = _rates(row for row in verdicts if row["status"] == "met" and not is_borne(row))
    if unsure:
        said.append(say("left-open.unsure", number=len(unsure)))
    if gaps:
        said.append(say("left-open.gaps", files=_named(list(gaps)), number=len(waiting)))
    if not any(is_judged(row) for row in verdicts):
        said.append(say("left-open.unjudged"))
    if report.missing:
        said.append(say("left-open.older_kit"))
    if said:
        yield _left("open", said, tuple(dict.fromkeys((*unsure, *sorted(waiting)))))


def _left(reason: Reason, said: Sequence[str], rates: tuple[str, ...] = (), brief: str = "") -> Found:
    """What keeps an account from being judged; its brief is the first of its sentences unless another is given."""
    brief = brief or said[0]
    return Found(reason, rates, " ".join(said), f"{brief[:1].lower()}{brief[1:]}".rstrip("."))


FINDERS: tuple[Callable[[Report], Iterator[Found]], ...] = (
    _missed_strong,
    _missed_weak,
    _will_miss,
    _alarm,
    _flagged,
    _unproved,
    _unread,
    _ends_early,
    _open,
)


def figure(row: VerdictRow) -> str:
    """A judged rate with its counts, its target and its place: `order defect rate 2.06 % (30 of 1,458 orders), target under 1 % (amazon.co.uk, seller ships)`."""
    aim = say("figure-aim", aim=aimed(row["must_be"], row["target"]))
    return say("figure-at", figure=_brief(row), aim=aim, of=where(row))


def _label(row: Mapping[str, object]) -> str:
    return METRICS[str(row["metric"])].name


def _named(said: Sequence[str]) -> str:
    """The first of several, and how many more."""
    more = [say("and-more", number=len(said) - MOST_NAMED)] if len(said) > MOST_NAMED else []
    return "; ".join([*said[:MOST_NAMED], *more])


def _rates(rows: Iterable[VerdictRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["metric"] for row in rows))


def _first_of_rates(rows: Sequence[VerdictRow]) -> list[VerdictRow]:
    """Of each rate its first row: windows and stores of one are told together."""
    first: dict[str, VerdictRow] = {}
    for row in rows:
        first.setdefault(row["metric"], row)
    return list(first.values())


def _chance(row: VerdictRow) -> float:
    return UNTOLD if row["probability_met"] is None else row["probability_met"]


def is_borne(row: VerdictRow) -> bool:
    """Whether the files bear the verdict."""
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])


def _key(row: KeyRow) -> tuple[object, ...]:
    return tuple(key_of(row).values())
