"""The same job by the kit, by plain polars, by pandas, and by DuckDB in two forms; and the bare scan of its columns.

Each gives sums of what it computed, so that the runs can be seen to agree; the tables themselves stay in memory for as
long as the engine needs them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from helpers import metrics, targets
from helpers.metrics import counts as counting
from helpers.metrics import facts
from job import FIRST, LAST, RATES, TABLES, Answer, Rate

DAYS = (LAST - FIRST).days + 1


def scan(folder: Path) -> None:
    """Read the columns, and nothing else."""
    for name in TABLES:
        pl.scan_parquet(folder / f"{name}.parquet").collect()


def kit(folder: Path) -> Answer:
    """metrics.count and metrics.trailing_of, as for one account."""
    table = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in TABLES}
    defective = facts.defective(table["defects"], table["orders"], counting.defaults)
    shipments = facts.Facts(table["shipments"])
    found = {
        "orders": facts.Facts(table["orders"], defective),
        "lateness": shipments,
        "packages": shipments,
        "feedback": facts.Facts(table["feedback"]),
    }
    accounts = table["orders"].select(pl.col("account").unique()).collect().cast(pl.String)
    days = accounts.join(pl.DataFrame({"day": pl.date_range(FIRST, LAST, eager=True)}), how="cross")
    answer = {}
    for one in metrics.count(found, dict.fromkeys(found, days), [rate.metric for rate in RATES]):
        for part in metrics.trailing_of(one, targets.in_force, LAST):
            key = part.item(0, "metric"), part.item(0, "window_days")
            sums = part.select(pl.col("window_numerator", "window_denominator", "rate").sum()).row(0)
            answer[key] = tuple(a + b for a, b in zip(answer.get(key, (0, 0, 0.0)), sums, strict=True))
    return answer


# --- plain polars: group, join a calendar, roll ----------------------------------------------------------------


def plain_polars(folder: Path) -> Answer:
    table = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in TABLES}
    seen = table["defects"].filter("counts").group_by("order_id").agg(seen=pl.col("occurred_on").min())
    table["orders"] = table["orders"].join(seen, on="order_id", how="left")
    answer = {}
    for rate in RATES:
        answer |= _polars_rate(table[rate.table], rate)
    return answer


def _polars_rate(table: pl.LazyFrame, rate: Rate) -> Answer:
    by = list(rate.by)
    weight = pl.col(rate.weight or "one")
    rows = table.with_columns(one=pl.lit(1)).filter(pl.sql_expr(rate.counts)).rename({rate.day: "on"})
    counts = rows.group_by(*by, "on").agg(n=weight.sum())
    seen = pl.coalesce(rate.seen, "on") if rate.seen else pl.col("on")
    bad = rows.filter(pl.sql_expr(rate.bad)).select(*by, "on", seen=seen, n=weight)
    bad = (
        bad.filter(pl.col("on").is_between(FIRST, LAST), pl.col("seen") <= LAST)
        .group_by(*by, "on", "seen")
        .agg(pl.col("n").sum())
    )
    days = pl.LazyFrame({"on": pl.date_range(FIRST, LAST, eager=True)})
    calendar = counts.select(by).unique().join(days, how="cross").collect()
    counts, bad = pl.collect_all([counts, bad])
    answer = {}
    for window in rate.windows:
        enters = pl.max_horizontal("on", pl.col("seen") - pl.duration(days=rate.lag)).cast(pl.Date)
        moves = bad.with_columns(enters=enters, leaves=pl.col("on") + pl.duration(days=window))
        moves = moves.filter(pl.col("enters") < pl.col("leaves"))
        steps = pl.concat([moves.select(*by, on="enters", k="n"), moves.select(*by, on="leaves", k=-pl.col("n"))])
        steps = steps.group_by(*by, "on").agg(pl.col("k").sum())
        whole = (
            calendar.join(counts, on=[*by, "on"], how="left").join(steps, on=[*by, "on"], how="left").sort(*by, "on")
        )
        whole = whole.with_columns(
            x=pl.col("k").fill_null(0).cum_sum().over(by),
            n=pl.col("n").fill_null(0).rolling_sum(window, min_samples=1).over(by),
        ).with_columns(rate=pl.col("x") / pl.col("n"))
        answer[rate.metric, window] = whole.select(pl.col("x", "n").sum(), pl.col("rate").fill_nan(None).sum()).row(0)
    return answer


# --- pandas ----------------------------------------------------------------------------------------------------


def pandas(folder: Path) -> Answer:
    import pandas as pd

    table = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    seen = table["defects"].query("counts").groupby("order_id")["occurred_on"].min().rename("seen")
    table["orders"] = table["orders"].merge(seen, on="order_id", how="left")
    answer = {}
    for rate in RATES:
        answer |= _pandas_rate(table[rate.table], rate)
    return answer


def _pandas_rate(table, rate: Rate) -> Answer:
    import pandas as pd

    rows = table[_pandas_mask(table, rate.counts)]
    on = _number(rows[rate.day])
    series = rows.groupby(list(rate.by), observed=True, sort=True).ngroup().to_numpy()
    rows = rows.assign(series=series, on=on, one=1)
    width, weight = DAYS, rate.weight or "one"
    inside = rows[(rows["on"] >= 0) & (rows["on"] < width)]
    dense = inside.groupby(["series", "on"])[weight].sum().unstack(fill_value=0)
    dense = dense.reindex(index=range(series.max() + 1), columns=range(width), fill_value=0)
    bad = inside[_pandas_mask(inside, rate.bad)]
    seen = _number(bad[rate.seen]) if rate.seen else bad["on"].to_numpy()
    bad = pd.DataFrame({"series": bad["series"], "on": bad["on"], "seen": seen, "k": bad[weight]})
    bad = bad[bad["seen"] < width]
    answer = {}
    for window in rate.windows:
        enters = np.maximum(bad["on"], bad["seen"] - rate.lag)
        moves = bad.assign(enters=enters, leaves=bad["on"] + window)
        moves = moves[moves["enters"] < moves["leaves"]]
        steps = pd.concat(
            [
                moves[["series", "enters", "k"]].rename(columns={"enters": "on"}),
                moves[["series", "leaves", "k"]].rename(columns={"leaves": "on"}).assign(k=-moves["k"]),
            ]
        )
        stays = steps.groupby(["series", "on"])["k"].sum().unstack(fill_value=0)
        x = stays.reindex(index=dense.index, columns=dense.columns, fill_value=0).cumsum(axis=1)
        total = dense.cumsum(axis=1)
        n = total - total.shift(window, axis=1, fill_value=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            rates = x / n
        answer[rate.metric, window] = (
            int(x.to_numpy().sum()),
            int(n.to_numpy().sum()),
            float(np.nansum(rates.to_numpy())),
        )
    return answer


def _pandas_mask(table, condition: str):
    if condition == "TRUE":
        return np.ones(len(table), bool)
    told = {
        "NOT ": "~",
        " AND ": " & ",
        " OR ": " | ",
        "status <> 'pending'": "(status != 'pending')",
        "fulfilment = 'merchant'": "(fulfilment == 'merchant')",
        "stars >= 4": "(stars >= 4)",
        "seen IS ~NULL": "is_seen",
        "seen IS NOT NULL": "is_seen",
    }
    for old, new in told.items():
        condition = condition.replace(old, new)
    if "is_seen" in condition:
        table = table.assign(is_seen=table["seen"].notna())
    return table.eval(condition).to_numpy(bool)


def _number(days) -> np.ndarray:
    import pandas as pd

    return (pd.to_datetime(days) - pd.Timestamp(FIRST)).dt.days.to_numpy()


# --- DuckDB ----------------------------------------------------------------------------------------------------


def duckdb_best(folder: Path) -> Answer:
    """One pass for the rates of a table, the few bad ones from an inner join, windows from running totals."""
    return _duckdb(folder, is_best=True)


def duckdb_plain(folder: Path) -> Answer:
    """A query a rate, an outer join for the defects, windows as frames of rows."""
    return _duckdb(folder, is_best=False)


def _duckdb(folder: Path, *, is_best: bool) -> Answer:
    import duckdb

    base = duckdb.connect()
    base.execute(
        f"CREATE TABLE days AS SELECT range::DATE AS d FROM range(DATE '{FIRST}', DATE '{LAST}' + 1, INTERVAL 1 DAY)"
    )
    for name in ("shipments", "feedback"):
        base.execute(f"CREATE VIEW {name} AS FROM read_parquet('{folder / name}.parquet')")
    base.execute(f"CREATE VIEW placed AS FROM read_parquet('{folder / 'orders'}.parquet')")
    base.execute(
        f"CREATE TABLE known AS SELECT order_id, min(occurred_on) AS seen FROM read_parquet('{folder / 'defects'}.parquet') "
        "WHERE counts GROUP BY order_id"
    )
    if is_best:
        base.execute("CREATE TABLE few AS SELECT placed.*, seen FROM placed JOIN known USING (order_id)")
        base.execute("CREATE VIEW orders AS SELECT *, NULL::DATE AS seen FROM placed")
    else:
        base.execute("CREATE VIEW orders AS SELECT placed.*, seen FROM placed LEFT JOIN known USING (order_id)")
    answer = {}
    for rate in RATES:
        by = ", ".join(rate.by)
        weight = rate.weight or "1"
        counts = f"SELECT {by}, {rate.day} AS d, sum({weight}) AS n FROM {rate.table} WHERE {rate.counts} GROUP BY ALL"
        seen = f"coalesce({rate.seen}, {rate.day})" if rate.seen else rate.day
        table = "few" if is_best and rate.seen == "seen" else rate.table
        bad = (
            f"SELECT {by}, {rate.day} AS d, {seen} AS s, sum({weight}) AS k FROM {table} WHERE {rate.bad} GROUP BY ALL"
        )
        if is_best and rate.seen == "seen":
            as_unknown = rate.counts.replace("seen IS NOT NULL", "FALSE")
            more = f"SELECT {by}, {rate.day} AS d, count(*) AS n FROM few WHERE {rate.counts} AND NOT ({as_unknown}) GROUP BY ALL"
            counts = f"SELECT {by}, d, sum(n) AS n FROM (({counts}) UNION ALL ({more})) GROUP BY ALL"
        if is_best and not rate.seen:  # bad on its own day: the same pass
            both = f"SELECT {by}, {rate.day} AS d, sum({weight}) AS n, sum({weight}) FILTER ({rate.bad}) AS k FROM {rate.table} WHERE {rate.counts} GROUP BY ALL"
            base.execute(f"CREATE OR REPLACE TEMP TABLE both_counted AS {both}")
            counts, bad = (
                f"SELECT {by}, d, n FROM both_counted",
                f"SELECT {by}, d, d AS s, k FROM both_counted WHERE k > 0",
            )
        base.execute(f"CREATE OR REPLACE TEMP TABLE counted AS {counts}")
        base.execute(
            f"CREATE OR REPLACE TEMP TABLE bad AS SELECT * FROM ({bad}) WHERE d BETWEEN '{FIRST}' AND '{LAST}' AND s <= '{LAST}'"
        )
        for window in rate.windows:
            base.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {_window_sql(by, window, rate.lag, is_best)}")
            sums = "sum(x), sum(n), sum(rate)"
            x, n, total = base.execute(f"SELECT {sums} FROM judged").fetchone()
            answer[rate.metric, window] = int(x), int(n), total
    base.close()
    return answer


def _window_sql(by: str, window: int, lag: int, is_best: bool) -> str:
    over = f"PARTITION BY {by} ORDER BY d"
    n = (
        f"total - coalesce(lag(total, {window}) OVER ({over}), 0)"
        if is_best
        else f"sum(n) OVER ({over} ROWS BETWEEN {window - 1} PRECEDING AND CURRENT ROW)"
    )
    moves = f"SELECT *, greatest(d, s - {lag}) AS enters, d + {window} AS leaves FROM bad"
    return f"""
        WITH moves AS (SELECT * FROM ({moves}) WHERE enters < leaves),
        steps AS (
            SELECT {by}, d, sum(k) AS k FROM (
                (SELECT {by}, enters AS d, k FROM moves) UNION ALL (SELECT {by}, leaves AS d, -k FROM moves)
            ) GROUP BY ALL
        ),
        whole AS (
            SELECT {by}, d, coalesce(n, 0) AS n, coalesce(k, 0) AS k
            FROM (SELECT DISTINCT {by} FROM counted) CROSS JOIN days
            LEFT JOIN counted USING ({by}, d) LEFT JOIN steps USING ({by}, d)
        ),
        totals AS (SELECT *, sum(k) OVER ({over}) AS x{f", sum(n) OVER ({over}) AS total" if is_best else ""} FROM whole),
        windows AS (SELECT {by}, d, x::DOUBLE AS x, ({n})::DOUBLE AS n FROM totals)
        SELECT {by}, d, x, n, x / nullif(n, 0) AS rate
        FROM windows"""
