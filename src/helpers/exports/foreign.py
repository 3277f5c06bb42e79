"""Plain tables of any other marketplace (delimited text or Parquet), through `[columns]` in account.toml.

`report = "orders"`, `"feedback"` or `"shipments"`, and a map of our columns to the table's. Order numbers of any form.
Rows that contradict themselves are kept and counted aloud; rows without what they cannot do without are rejected.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from helpers.exports import flat, mapped
from helpers.exports.content import Content
from helpers.exports.items import FULFILMENT, STATUSES, local_day, status
from helpers.exports.reading import Known, Reading, counted, days
from helpers.frames import MOMENT, SCHEMAS, first_day, last_day
from helpers.targets import marketplaces
from helpers.vocabulary import FURTHER, MERCHANT

KNOWN_STATUSES = (*STATUSES, "delivered")
SHIPPING = ("ship_by", "confirmed_at", "shipped_at", "promised_by", "delivered_at")
YEAR = pl.duration(days=366)


def recognises(content: Content) -> bool:
    """Never: no content shows what the columns of an unknown table mean."""
    return False


def orders(text: bytes, known: Known) -> Reading:
    """The table's orders: `items`; and `shipments` when it tells of shipping. Raises ExportError for a missing column."""
    table = mapped.table(text, known)
    rows = _rows(table, known).with_columns(
        reason=pl.coalesce(
            "reason",
            pl.when(pl.col("purchased_at").is_null()).then(pl.lit("no readable purchase date")),
            pl.when(pl.col("status") == "").then(pl.lit("no order status")),
        )
    )
    rows = rows.with_columns(reason=_further(rows))
    good = rows.filter(pl.col("reason").is_null())
    first, last = days(good, "day")
    newest = last_day(good.get_column("updated_on"))
    strange = good.filter(~pl.col("status").is_in(KNOWN_STATUSES)).get_column(flat.LINE)
    said = counted(table.early, "lines that end before the last column, the rest taken as blank")
    remark = f"rows with a status taken as it stands (map it under values.status; the first in line {strange.min()})"
    said += counted(len(strange), remark)
    return Reading(
        rows=good.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["items"].items()),
        rejected=_rejected(rows),
        also={"shipments": _shipments(good, known)} if any(table.has(name) for name in SHIPPING) else {},
        first_day=first,
        last_day=last,
        reaches=newest - timedelta(days=1) if newest else None,
        covers="orders",
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=said + _faults(good, table),
    )


def _further(rows: pl.DataFrame) -> pl.Expr:
    """Why a row cannot be used; another word for one of an order that another row tells: it loses nothing."""
    kept = rows.filter(pl.col("reason").is_null()).get_column("order_id")
    is_kept = pl.col("reason").is_not_null() & pl.col("order_id").is_in(kept.implode()).fill_null(False)
    return pl.when(is_kept).then(pl.format(FURTHER, "reason")).otherwise("reason")


def shipments(text: bytes, known: Known) -> Reading:
    """The table's shipments. Raises ExportError for a missing column."""
    table = mapped.table(text, known)
    rows = _rows(table, known)
    is_undated = pl.all_horizontal(pl.col(name).is_null() for name in ("order_day", *SHIPPING))
    rows = rows.with_columns(
        reason=pl.coalesce("reason", pl.when(is_undated).then(pl.lit("no readable date of any kind")))
    )
    good = rows.filter(pl.col("reason").is_null())
    ship_day = pl.col("ship_by").dt.convert_time_zone(table.zone).dt.date()
    judged = good.select(pl.coalesce("order_day", ship_day)).to_series()
    return Reading(
        rows=_shipments(good, known),
        rejected=_rejected(rows),
        first_day=first_day(judged),
        last_day=last_day(judged),
        reaches=last_day(judged),
        covers="shipments",
        rows_are=table.entry.rows_are or "all_judged",
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=counted(table.early, "lines that end before the last column, the rest taken as blank")
        + _faults(good, table),
    )


def feedback(text: bytes, known: Known) -> Reading:
    """The table's feedback, the newest first. Raises ExportError for a missing column."""
    table = mapped.table(text, known)
    rows = pl.DataFrame(
        {
            flat.LINE: table.rows.get_column(flat.LINE),
            "order_id": mapped.text(table, "order_id"),
            "received_at": mapped.moment(table, "received_on"),
            "received_on": mapped.day(table, "received_on"),
            "stars": mapped.number(table, "stars"),
            "comment": mapped.text(table, "comment").replace("", None),
        }
    ).with_columns(
        is_negative=pl.col("stars") <= 2,
        is_struck=pl.lit(False),
        source_file=pl.lit(known.path),
        reason=pl.when(pl.col("order_id") == "")
        .then(pl.lit("no order number"))
        .when(pl.col("received_on").is_null())
        .then(pl.lit("no readable date"))
        .when(pl.col("received_on") > min(known.latest, known.today))
        .then(pl.lit("date in the future"))
        .when(~pl.col("stars").is_between(1, 5).fill_null(False))
        .then(pl.lit("rating not 1-5")),
    )
    good = rows.filter(pl.col("reason").is_null()).sort(
        "received_at", descending=True, nulls_last=True, maintain_order=True
    )
    first, last = days(good, "received_on")
    taken_on = known.taken_on
    only_bad = good.height > 0 and (good.get_column("stars") < 4).all()
    return Reading(
        rows=good.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["feedback"].items()),
        rejected=_rejected(rows),
        first_day=first,
        last_day=last,
        reaches=taken_on - timedelta(days=1) if taken_on else last,
        warnings=("no four or five stars in this file: a positive share is refused",) if only_bad else (),
        report="feedback",
    )


def _rows(table: mapped.Table, known: Known) -> pl.DataFrame:
    """Every row with the columns of `items` and `shipments`, and `reason`: why it cannot be used, null for a good one."""
    names = dict.fromkeys((*SCHEMAS["items"], *SCHEMAS["shipments"]))
    whole_days = {"promised_by"}  # a promise to a buyer is kept until its day ends, whatever hour the table gives it
    read = {name: mapped.moment(table, name) for name in ("purchased_at", "updated_at", *SHIPPING, "first_attempt_at")}
    read |= {name: mapped.deadline(table, name, whole_days=name in whole_days) for name in ("ship_by", "promised_by")}
    read |= {name: mapped.flag(table, name) for name in ("is_buyer_requested", "is_replacement", "is_valid")}
    read |= {"units": mapped.number(table, "units"), "order_day": mapped.day(table, "order_day")}
    said = {theirs.lower(): ours for theirs, ours in table.entry.values.get("status", {}).items()}
    texts = {name: mapped.text(table, name).replace("", None) for name in names if name not in read}
    texts["status"] = texts["status"].str.to_lowercase().replace(said)
    rows = pl.DataFrame(texts | read | {flat.LINE: table.rows.get_column(flat.LINE)})
    rows = rows.with_columns(
        status("status"),
        status("item_status"),
        marketplace=pl.col("marketplace").replace(table.entry.values.get("marketplace", {})).str.to_lowercase(),
        currency=pl.col("currency").str.to_uppercase(),
        value=pl.col("value").cast(pl.Float64, strict=False).round(2).cast(pl.Decimal(18, 2), strict=False),
        is_replacement=pl.col("is_replacement").fill_null(False),
        fulfilment=mapped.word(table, "fulfilment", FULFILMENT),
        source_file=pl.lit(known.path),
    ).with_columns(pl.col("marketplace").fill_null(_own_store(known)), pl.col("fulfilment").fill_null(_channel(known)))
    # A table without a column for it was last changed when the newest thing it tells of an order happened.
    changed = pl.max_horizontal("purchased_at", "confirmed_at", "shipped_at", "delivered_at")
    rows = rows.with_columns(pl.coalesce("updated_at", changed).alias("updated_at"))
    here = rows.get_column("marketplace")
    rows = rows.with_columns(local_day("purchased_at", known.settings, here).alias("day"))
    rows = rows.with_columns(
        pl.coalesce("order_day", "day").alias("order_day"),
        pl.coalesce(local_day("updated_at", known.settings, here), "day").alias("updated_on"),
    )
    reason = (
        pl.when(pl.col("order_id").is_null())
        .then(pl.lit("no order number"))
        .when(pl.col("order_day") > min(known.latest, known.today))
        .then(pl.lit("purchase date in the future"))
    )
    return rows.with_columns(reason=reason)


def _own_store(known: Known) -> str:
    """The store of a table that names none: as account.toml says, else the account's first one that the kit does not
    know, else its first."""
    own = known.settings.marketplaces
    return known.marketplace or next((store for store in own if store not in marketplaces()), own[0])


def _channel(known: Known) -> str:
    """Who fulfils where the table does not say: the account's only channel, else the seller."""
    return known.settings.fulfilment[0] if len(known.settings.fulfilment) == 1 else MERCHANT


def _shipments(rows: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Late and on time by the rows' own moments; null where one of the two is not known."""
    handed_over = pl.coalesce("confirmed_at", "shipped_at")
    judged = rows.with_columns(
        is_late=handed_over > pl.col("ship_by"),
        is_on_time=pl.col("delivered_at") <= pl.col("promised_by"),
        outcome=pl.when(pl.col("status") != "").then(pl.col("status")),
    )
    return judged.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["shipments"].items())


def _faults(rows: pl.DataFrame, table: mapped.Table) -> tuple[str, ...]:
    """Rows that contradict themselves, counted: they are kept, and every figure holds them."""
    bought = pl.coalesce("purchased_at", pl.col("order_day").cast(MOMENT))
    is_near = pl.col("ship_by").is_between(bought - YEAR, bought + YEAR)
    has_time = pl.col("delivered_at").is_not_null()
    signs = {
        "rows shipped before they were bought": pl.col("shipped_at") < pl.col("purchased_at"),
        "rows delivered before they were shipped": pl.col("delivered_at") < pl.col("shipped_at"),
        "rows to be shipped more than a year from the purchase": ~is_near,
        "rows cancelled and yet delivered": (pl.col("status") == "cancelled") & has_time,
    }
    if table.has("delivered_at"):
        signs["rows delivered without a time of delivery"] = (pl.col("status") == "delivered") & ~has_time
    return tuple(said for text, sign in signs.items() for said in counted(rows.filter(sign).height, text))


def _rejected(rows: pl.DataFrame) -> tuple[tuple[int, str], ...]:
    return tuple(rows.filter(pl.col("reason").is_not_null()).select(flat.LINE, "reason").iter_rows())
