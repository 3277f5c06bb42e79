"""The made-up tables of one account as the Account the readers give: order numbers as text, moments in UTC."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from helpers.frames import SCHEMAS
from helpers.vocabulary import Account

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def account(folder: Path) -> Account:
    table = {name: _text(pl.read_parquet(folder / f"{name}.parquet")) for name in ("orders", "shipments", "defects")}
    orders = table["orders"].with_columns(
        has_cancelled_item=pl.lit(False), purchased_at=_noon("day"), updated_at=_noon("updated_on")
    )
    shipments = table["shipments"].with_columns(
        order_day="day", ship_by=_noon("late_on"), promised_by=_noon("promised_day"), source_file=pl.lit("shipments")
    )
    said = dict.fromkeys(SCHEMAS["files"]) | {"first_day": FIRST, "last_day": LAST, "reaches": LAST}
    files = [said | {"path": name, "report": name, "covers": name} for name in ("orders", "shipments")]
    return Account(
        id="one",
        name="One account (made up)",
        folder=folder,
        marketplaces=("amazon.co.uk",),
        orders=_shaped(orders, "orders"),
        shipments=_shaped(shipments, "shipments"),
        defects=_shaped(table["defects"], "defects"),
        files=pl.DataFrame(files, schema=dict(SCHEMAS["files"])),
        last_complete_day=LAST,
    )


def _text(frame: pl.DataFrame) -> pl.DataFrame:
    digits = pl.col("order_id").cast(pl.String).str.zfill(17)
    parts = [digits.str.slice(0, 3), digits.str.slice(3, 7), digits.str.slice(10, 7)]
    return frame.with_columns(order_id=pl.concat_str(parts, separator="-"))


def _noon(day: str) -> pl.Expr:
    return (pl.col(day).cast(pl.Datetime("us")) + pl.duration(hours=12)).dt.replace_time_zone("UTC")


def _shaped(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    columns = SCHEMAS[name].items()
    return frame.select((pl.col(c) if c in frame.columns else pl.lit(None)).cast(kind).alias(c) for c, kind in columns)
