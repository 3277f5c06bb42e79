"""Whether a target was missed before, and how often: over blocks of at least four weeks of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import polars as pl

from helpers import verdicts as judged
from helpers.frames import KEY, SCHEMAS
from helpers.history import chance
from helpers.history.rows import EarlierRow, JudgedEarlierRow, Past
from helpers.history.windows import Sum, by_key, is_judged, limit_of, place_of, rho_of
from helpers.rows import KeyRow, LumpsRow, VerdictRow, key_of, rows_of
from helpers.vocabulary import METRICS

ENOUGH_DAYS = 180  # a word that speaks of the whole year needs so many days of it


def past(earlier: pl.DataFrame, verdicts: pl.DataFrame, lumps: pl.DataFrame) -> pl.DataFrame:
    """Whether each judged target was missed in the year before its window: the `past` frame, the verdicts' order.

    earlier   history.earlier; lumps (metrics.lumps) tells how bad ones come together
    A block is as many whole windows as reach 28 days, judged by its own sum and the target of its last window. Blocks
    with a hole count nowhere but in `blocks_not_known`.
    """
    windows, clustering = by_key(earlier, EarlierRow), by_key(lumps, LumpsRow)
    one_a_key = verdicts.unique(list(KEY), keep="first", maintain_order=True)
    rows = [
        _row(row, windows.get(place_of(row), []), rho_of(clustering, row)) for row in rows_of(one_a_key, VerdictRow)
    ]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["past"]))


def has_hole(earlier: pl.DataFrame, key: KeyRow) -> bool:
    """Whether files are missing of a block of a key nearer to its judged window than one they tell: those told are then not
    the ones just before."""
    windows = by_key(earlier, EarlierRow).get(place_of(key), [])
    missing = {window["block"] for window in windows if not window["is_known"]}
    told = {window["block"] for window in windows} - missing
    return bool(missing and told) and min(missing) < max(told)


def _row(row: VerdictRow, windows: list[EarlierRow], rho: tuple[float, float]) -> dict[str, object]:
    blocks = [list(block) for _, block in groupby(windows, lambda window: window["block"])]
    whole = [block for block in blocks if all(window["is_known"] for window in block)]
    found = [status for block in whole if (status := _status(block)) is not None]
    inside = [window for block in whole for window in block if is_judged(window)]
    total = Sum.of(inside)
    missed, undecided = found.count("missed"), found.count("undecided")
    return {
        **key_of(row),
        "block_days": sum(window["window_days"] for window in blocks[0]) if blocks else None,
        "blocks": len(found),
        "blocks_missed": missed,
        "blocks_undecided": undecided,
        "blocks_not_known": len(blocks) - len(whole),
        "windows": len(inside),
        "windows_missed": sum(_status([window]) == "missed" for window in inside),
        "chance_missed": _by_chance(inside, total, rho),
        "numerator": total.numerator,
        "denominator": total.denominator,
        "exactness": total.exactness,
        "word": _word(row["status"], len(found), missed, undecided, total.days),
    }


def _word(status: str, blocks: int, missed: int, undecided: int, days: int) -> Past:
    """`first`, `again`, `all`, `none`, `before` (then, and not now) or `not_known`."""
    is_missed_now = status == "breached"
    is_enough = days >= ENOUGH_DAYS
    if missed and missed == blocks and is_enough:
        return "all"
    if missed:
        return "again" if is_missed_now else "before"
    if undecided or not is_enough:
        return "not_known"
    return "first" if is_missed_now else "none"


def _is_missed(windows: list[JudgedEarlierRow]) -> bool:
    """Whether windows of one key together miss the target of the last of them, which stands first."""
    total, metric = Sum.of(windows), windows[0]["metric"]
    return not limit_of(windows[0]).is_met(total.bad(metric), total.denominator)


def _status(block: Sequence[EarlierRow]) -> str | None:
    """`missed`, `not_missed`, or `undecided` where what the files lack can turn it; None where nothing was judged."""
    inside = [window for window in block if is_judged(window)]
    if not inside:
        return None
    is_missed = _is_missed(inside)
    word = "breached" if is_missed else "met"
    if not judged.bears(word, Sum.of(inside).exactness, METRICS[inside[0]["metric"]]):
        return "undecided"
    return "missed" if is_missed else "not_missed"


def _by_chance(windows: list[JudgedEarlierRow], total: Sum, rho: tuple[float, float]) -> float | None:
    """The share of these windows that a shop with their common rate, and its lumps, is expected to miss."""
    if not windows:
        return None
    metric = windows[0]["metric"]
    rate = total.bad(metric) / total.denominator
    chances = [
        chance.of_missing(window["denominator"], limit_of(window), rate, effect=Sum.of([window]).effect(rho))
        for window in windows
    ]
    return sum(chances) / len(chances)
