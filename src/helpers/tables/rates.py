"""The one table of all judged rates: where each stands, its year, whether it moved, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
from IPython.display import HTML
from markupsafe import Markup

from helpers.answer import Rate, borne, without_verdict
from helpers.rows import VerdictRow, key_of, rows_of
from helpers.sentences import say
from helpers.tables.layout import table, two_lines
from helpers.tables.spark import spark
from helpers.vocabulary import STATUS_SHAPE


def rates(rates: Sequence[Rate], counted: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """A row a judged rate, what needs attention first; the rates without a verdict share one line under it.

    rates   answer.rates · counted   the `trailing` frame that is drawn · verdicts   their rows
    """
    rows = list(rows_of(verdicts, VerdictRow))
    of_key = {tuple(key_of(row).values()): row for row in rows}
    cells = [_cells(rate, counted, of_key[tuple(rate.key.values())]) for rate in rates]
    empty = {name for name in OPTIONAL if not any(row[name] for row in cells)}
    shown = [{name: cell for name, cell in row.items() if name not in empty} for row in cells]
    whole = table(shown, "rates", nothing=say("no-rates"))
    rest = without_verdict(rows, counted)
    return HTML(f"{whole.data}<p>{escape(rest)}</p>") if rest else whole


OPTIONAL = ("moved", "trend", "chance")


def _cells(rate: Rate, counted: pl.DataFrame, verdict: VerdictRow) -> dict[str, Markup | str]:
    measured = [rate.interval] if rate.interval != "—" else []
    return {
        "rate": two_lines(rate.label, rate.of),
        "figure": two_lines(rate.figure, ", ".join([*measured, say("figure-aim", aim=rate.target)])),
        "trend": spark(counted, verdict),
        "verdict": _verdict(rate, borne(verdict)),
        "moved": two_lines(rate.moved, rate.beside, "moved"),
        "left": rate.left,
        "chance": rate.chance,
    }


def _verdict(rate: Rate, evidence: str) -> Markup:
    """The word of a verdict with what the files cannot prove; its evidence in the line under it."""
    is_evidence = evidence in ("strong", "weak")
    word = say("verdict", status=say(f"status-of-figure.{rate.status}"), evidence="none" if is_evidence else evidence)
    chance = say("truly-met", chance=rate.truly_met) if rate.truly_met and rate.is_weak else ""
    second = ", ".join(filter(None, [say(f"evidence.{evidence}") if is_evidence else "", chance]))
    return two_lines(f"{STATUS_SHAPE[rate.status]} {word}", second, rate.status)
