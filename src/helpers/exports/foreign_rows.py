"""The lines of a table of another marketplace as rows of `items` and `shipments`: what each cell means, and what none does.

Of one order the lines after the first can leave the order's own cells blank: they are further items of it. A word that
no rule maps is never taken for one the kit knows: a line of such a channel or store waits for an answer, an order of such
a status stands as it is, and both are counted and asked about.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from helpers.exports import flat, mapped
from helpers.exports.items import FULFILMENT, STATUSES, local_day
from helpers.exports.mapped import Table
from helpers.exports.reading import Known, Reading, asking
from helpers.frames import SCHEMAS
from helpers.targets import marketplaces, stores
from helpers.vocabulary import MERCHANT, Question
from helpers.wording import count, plural

KNOWN_STATUSES = (*STATUSES, "delivered")
SHIPPING = ("ship_by", "confirmed_at", "shipped_at", "promised_by", "delivered_at")
MOMENTS = (
    "purchased_at",
    "updated_at",
    "cancelled_at",
    "confirmed_at",
    "shipped_at",
    "delivered_at",
    "first_attempt_at",
)
FLAGS = ("is_buyer_requested", "is_replacement", "is_valid")
COLUMNS = (*dict.fromkeys((*SCHEMAS["items"], *SCHEMAS["shipments"])), "cancelled_at")
COLUMNS = tuple(
    name for name in COLUMNS if name not in ("source_file", "line", "day", "updated_on", "is_late", "is_on_time")
)
OF_ORDER = (
    "purchased_at",
    "order_day",
    "updated_at",
    "cancelled_at",
    "marketplace",
    "fulfilment",
    "status",
    "currency",
)
OF_ORDER += (*SHIPPING, "is_buyer_requested", "ship_service", "ship_country", "ship_state")
WAITING = ("fulfilment", "marketplace")  # columns a line waits for when their word is not known
WORDS = ("status", "item_status", *WAITING)  # columns whose words have to be known
NAMED = {"status": "a status", "item_status": "an item's status", "fulfilment": "a channel", "marketplace": "a store"}
MOST_LINES = 5  # named in a remark


def rows(table: Table, known: Known) -> pl.DataFrame:
    """Every line with the columns of `items` and `shipments`.

    Further columns: `reason`, why it cannot be used, null for a good one; `<name>_is_unknown` for each of WORDS.
    """
    here = _stores(table, known)
    read = {name: mapped.moment(table, name) for name in MOMENTS}
    read |= {"ship_by": mapped.deadline(table, "ship_by")}
    # A promise to a buyer is kept until its day ends, whatever hour the table gives it.
    read |= {"promised_by": mapped.deadline(table, "promised_by", whole_days=True)}
    read |= {name: mapped.flag(table, name) for name in FLAGS}
    read |= {"units": mapped.number(table, "units"), "order_day": mapped.day(table, "order_day")}
    read |= {"value": mapped.amount(table, "value").cast(pl.Decimal(18, 2), strict=False)}
    read |= {"status": _status(table, "status"), "item_status": _status(table, "item_status")}
    read |= {"fulfilment": mapped.word(table, "fulfilment", FULFILMENT), "marketplace": here}
    dated = [name for name in (*MOMENTS, "ship_by", "promised_by", "order_day") if name != "cancelled_at"]
    unread = [mapped.is_unread(table, name, read[name]) for name in dated]
    unknown = [(read[name].is_null() & (mapped.text(table, name) != "")).alias(f"{name}_is_unknown") for name in WORDS]
    names = [name for name in COLUMNS if name not in read]
    texts = {name: mapped.text(table, name).replace("", None) for name in names}
    found = pl.DataFrame(texts | read | {flat.LINE: table.rows.get_column(flat.LINE)}).with_columns(
        *unknown,
        *(
            pl.coalesce(name, mapped.text(table, name).str.to_lowercase().replace("", None)).alias(name)
            for name in WORDS[:2]
        ),
        is_unread=pl.select(pl.any_horizontal(*unread)).to_series(),
        is_unmarked=mapped.is_unread(table, "is_replacement", read["is_replacement"]),
        is_cancelled=mapped.text(table, "cancelled_at") != "",
        is_blank=mapped.text(table, "status" if "status" in table.entry.columns else "purchased_at") == "",
    )
    return _with_reason(_dated(_whole(found), known), known)


def _whole(found: pl.DataFrame) -> pl.DataFrame:
    """The lines with what the first line of their order says, where a further one of it leaves that blank.

    An order is cancelled when every line of it is; one cancelled item among others is an item.
    """
    is_named = pl.col("order_id").is_not_null()
    is_further = is_named & pl.col("is_blank") & (pl.int_range(pl.len()).over("order_id") > 0)
    first = [pl.coalesce(name, pl.col(name).first().over("order_id")) for name in OF_ORDER]
    found = found.with_columns(
        *(pl.when(is_further).then(one).otherwise(name).alias(name) for one, name in zip(first, OF_ORDER, strict=True)),
        is_cancelled=pl.col("is_cancelled") | (is_further & pl.col("is_cancelled").first().over("order_id")),
    )
    found = found.with_columns(status=pl.when("is_cancelled").then(pl.lit("cancelled")).otherwise("status"))
    other = pl.col("status").filter(pl.col("status") != "cancelled").first().over("order_id")
    return found.with_columns(
        status=pl.when(is_named).then(pl.coalesce(other, "status")).otherwise("status"),
        item_status=pl.coalesce("item_status", "status"),
    )


def _dated(found: pl.DataFrame, known: Known) -> pl.DataFrame:
    found = found.with_columns(
        pl.col("currency").str.to_uppercase(),
        pl.col("status", "item_status").fill_null(""),
        pl.col("is_replacement").fill_null(False),
        pl.when(~pl.col("marketplace_is_unknown")).then(pl.col("marketplace").fill_null(pl.lit(own_store(known)))),
        pl.when(~pl.col("fulfilment_is_unknown")).then(pl.col("fulfilment").fill_null(_channel(known))),
        source_file=pl.lit(known.path),
    ).with_columns(marketplace_is_unknown=pl.col("marketplace").is_null())
    # A table without a column for it was last changed when the newest thing it tells of an order happened.
    changed = pl.max_horizontal("purchased_at", "confirmed_at", "shipped_at", "delivered_at", "cancelled_at")
    found = found.with_columns(pl.coalesce("updated_at", changed).alias("updated_at"))
    here = found.get_column("marketplace")
    found = found.with_columns(local_day("purchased_at", known.settings, here).alias("day"))
    return found.with_columns(
        pl.coalesce("order_day", "day").alias("order_day"),
        pl.coalesce(local_day("updated_at", known.settings, here), "day").alias("updated_on"),
        numbered(known).alias("order_id"),
    )


def _with_reason(found: pl.DataFrame, known: Known) -> pl.DataFrame:
    reason = (
        pl.when(pl.col("order_id").is_null())
        .then(pl.lit("no order number"))
        .when(pl.col("order_day") > min(known.latest, known.today))
        .then(pl.lit("purchase date in the future"))
        .when(pl.col("is_unread") & pl.col("order_day").is_not_null())
        .then(pl.lit("a date that cannot be read"))
        .when("is_unmarked")
        .then(pl.lit("a mark that is neither set nor unset"))
    )
    return found.with_columns(reason=reason)


def numbered(known: Known) -> pl.Expr:
    """The order number; with its store, where another shop of the account can use the same."""
    if len(known.settings.marketplaces) == 1:
        return pl.col("order_id")
    is_own = ~pl.col("marketplace").is_in(list(marketplaces()))
    return pl.when(is_own).then(pl.format("{} {}", "marketplace", "order_id")).otherwise("order_id")


def _status(table: Table, name: str) -> pl.Series:
    """A status in our words, by `values` of account.toml, else as the kit writes it: null for a blank and an unknown."""
    theirs = table.entry.values.get(name, {})
    written = {word.lower(): ours for word, ours in theirs.items()}
    cells = mapped.text(table, name).str.to_lowercase()
    plain = cells.str.replace_all(r"[\s_-]", "").replace("canceled", "cancelled")
    ours = plain.replace_strict({one: one for one in KNOWN_STATUSES}, default=None, return_dtype=pl.String)
    said = cells.replace_strict(written, default=None, return_dtype=pl.String)
    return pl.select(pl.coalesce(said, ours)).to_series().alias(name)


def _stores(table: Table, known: Known) -> pl.Series:
    """The store each line names, as account.toml writes it; null for a blank and for one the account does not have."""
    mine = {one.lower(): one for one in stores(known.settings.marketplaces)}
    return mapped.word(table, "marketplace", mine)


def own_store(known: Known) -> str | None:
    """The store of a line that names none: as account.toml says, else the account's only one, or its only shop outside
    Amazon; None where it has several."""
    mine = known.settings.marketplaces
    outside = [store for store in mine if store not in marketplaces()]
    only = mine[0] if len(mine) == 1 else outside[0] if len(outside) == 1 else None
    return known.marketplace or only


def stores_of(table: Table, known: Known) -> pl.Series:
    """The store of each line of a table without orders; null where it names one the account does not have."""
    named, is_said = _stores(table, known), mapped.text(table, "marketplace") != ""
    return pl.select(pl.when(named.is_null() & ~is_said).then(pl.lit(own_store(known))).otherwise(named)).to_series()


def whose(table: Table, known: Known, gives: str, metrics: Sequence[str]) -> Reading | None:
    """The reading of a table that leaves open of which store it is: it asks. None where that is known."""
    if own_store(known) or table.has("marketplace"):
        return None
    text = "the file does not name its store, and the account has several: of which one is it?"
    question = Question(known.path, text, tuple(metrics), {"marketplace": known.settings.marketplaces})
    return asking(gives, question, table.rows.height)


def _channel(known: Known) -> str:
    """Who fulfils where the table does not say: the account's only channel, else the seller."""
    return known.settings.fulfilment[0] if len(known.settings.fulfilment) == 1 else MERCHANT


def waiting(found: pl.DataFrame) -> pl.Series:
    """Which usable lines wait for an answer: nobody knows of which channel or store they are."""
    is_unknown = pl.any_horizontal(f"{name}_is_unknown" for name in WAITING)
    return found.select(pl.col("reason").is_null() & is_unknown).to_series()


def asked(
    table: Table, found: pl.DataFrame, known: Known, metrics: Sequence[str], words: Sequence[str] = WORDS
) -> tuple[Question | None, tuple[str, ...]]:
    """What is to be asked about words no rule maps, and how account.toml answers it, a remark a column.

    words   the columns looked at
    The words themselves are not told: a cell can hold anything. More such lines than others keep the rates waiting.
    """
    usable = found.filter(pl.col("reason").is_null())
    held = usable.filter(pl.any_horizontal(f"{name}_is_unknown" for name in words))
    if held.is_empty():
        return None, ()
    lines = {name: held.filter(f"{name}_is_unknown").get_column(flat.LINE) for name in words}
    lines = {name: of_word for name, of_word in lines.items() if len(of_word)}
    said = [f"{NAMED[name]} on {plural(len(one), 'line')}, first on line {one[0]}" for name, one in lines.items()]
    text = f"words here are not known: {'; '.join(said)}. What do they mean?"
    if lines.keys() & set(WAITING):
        text += " Lines of an unknown channel or store are not used until then."
    waits = tuple(metrics) if 2 * held.height > usable.height else ()
    return Question(known.path, text, waits, is_of_rows=not waits), tuple(
        _remark(table, name, one) for name, one in lines.items()
    )


def _remark(table: Table, name: str, lines: pl.Series) -> str:
    """The words of a column no rule maps: where each stands first and on how many lines, and where to say its meaning."""
    cells = pl.DataFrame(
        {flat.LINE: table.rows.get_column(flat.LINE), "word": mapped.text(table, name).str.to_lowercase()}
    )
    words = cells.filter(pl.col(flat.LINE).is_in(lines.implode())).group_by("word", maintain_order=True)
    first = words.agg(pl.col(flat.LINE).first(), pl.len()).select(flat.LINE, "len").rows()
    where = ", ".join(f"line {line} ({count(times)})" for line, times in first[:MOST_LINES])
    more = f" and {plural(len(first) - MOST_LINES, 'more word')}" if len(first) > MOST_LINES else ""
    return (
        f"words of {name} that no rule maps, each with its first line and how many lines: {where}{more}; say under "
        f"values.{name} in account.toml what each means"
    )
