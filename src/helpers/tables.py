"""Frame → table of a report.

Strings that come from files are only ever cell values: great_tables escapes them.
On a narrow screen a table becomes a list of labelled rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl
from great_tables import GT
from IPython.display import HTML

from helpers.answer import verdict_word
from helpers.metrics import option as chosen
from helpers.vocabulary import METRICS, MUST_BE_LABEL, OPTIONS, STATUS_SHAPE, Account
from helpers.wording import count, fulfilled_by, percent, probability, share, short_day, target_percent

DASH = "–"


def _table(rows: Iterable[dict], name: str, *, right: Collection[str] = (), nothing: str = "Nothing to show.") -> HTML:
    """Rows of text as a quiet table; their keys are the column labels. `name` makes its id, the same every run."""
    frame = pl.DataFrame(list(rows))
    if frame.is_empty():
        return HTML(f'<p class="nothing">{nothing}</p>')
    table = (
        GT(frame, id=name)
        .sub_missing(missing_text=DASH)
        .cols_align("left")
        .cols_align("right", columns=list(right))
        .tab_options(
            table_width="100%",
            table_font_names="inherit",
            table_font_size="0.88rem",
            table_background_color="transparent",
            column_labels_font_weight="600",
            column_labels_border_top_style="none",
            table_border_top_style="none",
            table_border_bottom_style="none",
            table_body_hlines_color="#E6E6E6",
            data_row_padding="7px",
        )
    )
    labels = "".join(
        f"#{name} tbody td:nth-child({place}):before{{content:{_css_text(column)}}}"
        for place, column in enumerate(frame.columns, 1)
    )
    narrow = (
        f"#{name} thead{{display:none}}#{name} tbody tr{{display:block;padding:.6rem 0;border-bottom:1px solid #ddd}}"
        f"#{name} tbody td{{display:grid;grid-template-columns:8.5rem 1fr;gap:.8rem;border:0;padding:2px 0;"
        f"text-align:left!important;overflow-wrap:anywhere}}#{name} tbody td:before{{color:#666}}{labels}"
    )
    return HTML(f"<style>@media screen and (max-width:36rem){{{narrow}}}</style>{table.as_raw_html()}")


def _css_text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _where(row: dict) -> str:
    return f"{row['marketplace']}, {fulfilled_by(row['fulfilment'])}"


def _or_dash(value: object, write: object) -> str:
    return DASH if value is None else write(value)


# --- what was judged ------------------------------------------------------------------------------------------


def scorecard(verdicts: pl.DataFrame) -> HTML:
    """One row a verdict: rate with counts, interval, target, verdict and evidence, room left or way back."""
    rows = [
        {
            "Rate": f"{METRICS[row['metric']].label}, {_where(row)}",
            "Figure": _figure(row),
            "95 % interval": f"{percent(row['rate_low'])} to {percent(row['rate_high'])}"
            if row["denominator"]
            else DASH,
            "Target": f"{MUST_BE_LABEL[row['must_be']]} {target_percent(row['target'])}",
            "Verdict": f"{STATUS_SHAPE[row['status']]} {verdict_word(row)}",
            "Chance it is truly met": _or_dash(row["probability_met"], probability),
            "Room, or way back": _room(row),
        }
        for row in verdicts.iter_rows(named=True)
    ]
    return _table(rows, "scorecard")


def _interval(row: dict) -> str:
    return DASH if row["rate_low"] is None else f"{percent(row['rate_low'])} to {percent(row['rate_high'])}"


def _figure(row: dict) -> str:
    if not row["denominator"]:
        return DASH
    bound = {"lower_bound": "at least ", "upper_bound": "at most ", "approximate": "about "}.get(row["exactness"], "")
    return bound + share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)


def _room(row: dict) -> str:
    if row["status"] == "breached":
        clears = f"; clears by itself {short_day(row['clear_on'])}" if row["clear_on"] else ""
        sustained = row["orders_to_recover_sustained"]
        sure = f" ({count(sustained)} to be 90 % sure)" if sustained is not None else ""
        return f"{count(row['orders_to_recover'])} further good orders{sure}{clears}"
    return f"{count(row['headroom'])} more allowed" if row["headroom"] is not None else DASH


def parts(trailing: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """The parts of each judged rate on the day of the verdicts; an order with two defects stands in two parts."""
    on_the_day = trailing.filter(
        pl.col("day").is_in(verdicts.get_column("as_of").unique().implode()),
        pl.col("metric").is_in([key for key, metric in METRICS.items() if metric.part_of]),
        pl.col("window_denominator") > 0,
    )
    rows = [
        {
            "Part": METRICS[row["metric"]].label,
            "Of": _where(row),
            "Figure": share(row["window_numerator"], row["window_denominator"], METRICS[row["metric"]].one_is),
            "95 % interval": _interval(row),
            "Window": f"{row['window_days']} days to {short_day(row['window_end'])}",
        }
        for row in on_the_day.sort("marketplace", "fulfilment", maintain_order=True).iter_rows(named=True)
    ]
    return _table(rows, "parts")


def compared(compared: pl.DataFrame) -> HTML:
    """The marketplace's figure beside ours over its own window, with the gap explained."""
    rows = [
        {
            "Rate": f"{METRICS[row['metric']].label}, {_where(row)}",
            "Window": f"{short_day(row['window_start'])} to {short_day(row['window_end'])}",
            "Marketplace": _both(row["rate_reported"], row["numerator_reported"], row["denominator_reported"]),
            "These files": _both(row["rate"], row["numerator"], row["denominator"]),
            "Why they differ": row["explanation"],
        }
        for row in compared.iter_rows(named=True)
    ]
    nothing = "No account-health file: there is nothing to compare with."
    return _table(rows, "compared", nothing=nothing)


def _both(rate: float | None, x: int | None, n: int | None) -> str:
    if rate is None:
        return DASH
    return f"{percent(rate)} ({count(x)} of {count(n)})" if x is not None and n is not None else percent(rate)


def changes(changes: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """What moved each judged figure since the day before, in orders: new, rolled off, volume."""
    key = ("marketplace", "metric", "fulfilment", "window_days")
    told = verdicts.select(key).join(changes.filter("is_covered"), on=key, maintain_order="left")
    rows = [
        {
            "Rate": f"{METRICS[row['metric']].label}, {_where(row)}",
            f"On {short_day(row['day_before'])}": _of(row["numerator_before"], row["denominator_before"]),
            "New": f"+{count(row['new_defects'])}",
            "Rolled off": f"−{count(row['rolled_off'])}",
            "Orders in the window": f"{row['order_change']:+,d}".replace("-", "−"),
            f"On {short_day(row['day'])}": _of(row["numerator"], row["denominator"]),
        }
        for row in told.iter_rows(named=True)
    ]
    nothing = "The files do not hold the whole of the earlier window, so no change is told."
    return _table(rows, "changes", right=list(rows[0])[1:] if rows else (), nothing=nothing)


def roll_off(roll_off: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 40) -> HTML:
    """The days on which defects leave and the figure after each, for the judged rates, at most `most` days."""
    key = ("marketplace", "metric", "fulfilment", "window_days")
    with_figure = verdicts.filter(pl.col("status").is_in(["breached", "met", "too_few_orders"])).select(key)
    leaving = roll_off.filter(pl.col("leaves") > 0).join(with_figure, on=key, how="semi")
    rows = [
        {
            "Day": short_day(row["day"]),
            "Rate": f"{METRICS[row['metric']].label}, {_where(row)}",
            "Leaves": count(row["leaves"]),
            "After it": share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)
            if row["denominator"]
            else DASH,
        }
        for row in leaving.sort("day", maintain_order=True).head(most).iter_rows(named=True)
    ]
    nothing = "No defect stands in any window."
    return _table(rows, "roll-off", right=("Leaves",), nothing=nothing)


def _of(x: int, n: int) -> str:
    return f"{count(x)} of {count(n)}"


def score(trailing: pl.DataFrame, as_of: object) -> HTML:
    """The public feedback score over its windows, by the day the feedback was received."""
    of_score = trailing.filter(metric="feedback_score", day=as_of).filter(pl.col("window_denominator") > 0)
    rows = [
        {
            "Store": row["marketplace"],
            "Feedback received in": f"{row['window_days']} days to {short_day(row['window_end'])}",
            "Four or five stars": share(row["window_numerator"], row["window_denominator"], "feedback"),
            "95 % interval": _interval(row),
            "Shown as": f"{round(100 * row['rate'])} %" + ("" if row["is_covered"] else " (the file is shorter)"),
        }
        for row in of_score.iter_rows(named=True)
    ]
    nothing = "No feedback file with four and five stars: a positive share would be an artefact of the file."
    return _table(rows, "score", nothing=nothing)


# --- what was read ------------------------------------------------------------------------------------------


def files(account: Account) -> HTML:
    """Every file found: what it was recognised as, rows kept and rejected, its period and what is odd about it."""
    rows = [
        {
            "File": row["path"],
            "Recognised as": _words(row["report"] or "not recognised"),
            "Rows kept": count(row["rows_kept"] or 0),
            "Rejected": count(row["rows_rejected"] or 0),
            "Period": f"{short_day(row['first_day'])} to {short_day(row['last_day'])}" if row["first_day"] else DASH,
            "Remarks": "; ".join(row["warnings"] or []) or DASH,
        }
        for row in account.files.iter_rows(named=True)
    ]
    return _table(rows, "files", right=("Rows kept", "Rejected"))


def rejected(account: Account) -> HTML:
    """Rejected rows by file and reason, with the first line numbers."""
    grouped = account.rejected.group_by("path", "reason", maintain_order=True).agg(
        rows=pl.len(), lines=pl.col("line").drop_nulls().head(5)
    )
    rows = [
        {
            "File": row["path"],
            "Reason": row["reason"],
            "Rows": count(row["rows"]),
            "First lines": ", ".join(str(line) for line in row["lines"]) or DASH,
        }
        for row in grouped.iter_rows(named=True)
    ]
    return _table(rows, "rejected", right=("Rows",), nothing="No row was rejected.")


def coverage(coverage: pl.DataFrame) -> HTML:
    """How exactly each rate can be computed, what is missing and which download closes the gap."""
    same = [name for name in coverage.columns if name not in ("account", "marketplace", "fulfilment")]
    where = pl.struct("marketplace", "fulfilment").map_elements(_where, pl.String)
    grouped = coverage.with_columns(where=where).group_by(same, maintain_order=True).agg("where")
    rows = [
        {
            "Rate": METRICS[row["metric"]].label,
            "Of": "; ".join(row["where"]),
            "Can be computed": _EXACTNESS[row["exactness"]],
            "What is missing": "; ".join(row["missing"]) or DASH,
            "Download that closes the gap": "; ".join(row["download"]) or DASH,
        }
        for row in grouped.iter_rows(named=True)
    ]
    return _table(rows, "coverage")


_EXACTNESS = {
    "exact": "exactly",
    "lower_bound": "at least",
    "upper_bound": "at most",
    "approximate": "roughly",
    "impossible": "not at all",
}


def definitions() -> HTML:
    """What each rate counts, in a sentence or two."""
    rows = [{"Rate": metric.label, "What it counts": metric.definition} for metric in METRICS.values()]
    return _table(rows, "definitions")


def options(account: Account) -> HTML:
    """The open points of the marketplace's rules and how this account settles each."""
    rows = [
        {
            "Open point": option.meaning.capitalize(),
            "Setting": _words(chosen(account, name)),
            "Other reading": ", ".join(_words(value) for value in option.values if value != chosen(account, name)),
            "Name in account.toml": name,
        }
        for name, option in OPTIONS.items()
    ]
    return _table(rows, "options")


def _words(name: str) -> str:
    return name.replace("_", " ")
