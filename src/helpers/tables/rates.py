"""The one table of all judged rates: where each stands, its year, whether it moved, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
from IPython.display import HTML
from markupsafe import Markup

from helpers.answer import Rate, without_verdict
from helpers.rows import VerdictRow, key_of, rows_of
from helpers.tables.layout import table, two_lines
from helpers.tables.spark import spark
from helpers.vocabulary import STATUS_SHAPE
from helpers.wording import INTERVAL, capital


def rates(rates: Sequence[Rate], counted: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """A row a judged rate, what needs attention first; the rates without a verdict share one line under it.

    rates   answer.rates · counted   the `trailing` frame that is drawn · verdicts   their rows
    """
    rows = list(rows_of(verdicts, VerdictRow))
    of_key = {tuple(key_of(row).values()): row for row in rows}
    cells = [_cells(rate, counted, of_key[tuple(rate.key.values())]) for rate in rates]
    empty = {name for name in OPTIONAL if not any(row[name] for row in cells)}
    shown = [{name: cell for name, cell in row.items() if name not in empty} for row in cells]
    whole = table(shown, "rates", nothing="No rate can be judged from these files.")
    rest = without_verdict(rows)
    return HTML(f"{whole.data}<p>{escape(rest)}</p>") if rest else whole


OPTIONAL = ("Moved", "The last year", "Missed day in 30 days")


def _cells(rate: Rate, counted: pl.DataFrame, verdict: VerdictRow) -> dict[str, Markup | str]:
    measured = ", ".join([*([rate.interval] if rate.interval != "—" else []), f"target {rate.target}"])
    return {
        "Rate": two_lines(rate.label, rate.of),
        f"Figure, {INTERVAL}": two_lines(rate.figure, measured),
        "The last year": spark(counted, verdict),
        "Verdict": _verdict(rate),
        "Moved": two_lines(rate.moved, rate.beside, "moved"),
        "Room, or way back": rate.left,
        "Missed day in 30 days": rate.chance,
    }


def _verdict(rate: Rate) -> Markup:
    """The word of a verdict with what the files cannot prove; its evidence in the line under it."""
    word, _, borne = capital(rate.verdict.removeprefix("Target ")).partition(", ")
    is_evidence = borne.endswith("evidence")
    first = word if is_evidence or not borne else f"{word}, {borne}"
    chance = f"chance it is truly met {rate.truly_met}" if rate.truly_met and rate.is_weak else ""
    second = ", ".join(filter(None, [borne if is_evidence else "", chance]))
    return two_lines(f"{STATUS_SHAPE[rate.status]} {first}", second, rate.status)
