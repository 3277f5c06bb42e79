"""Transaction file of the payments page (date range, CSV) in any of its languages → the `money` frame.

Free text of seven to nine lines comes before the header, and one of them speaks of chargebacks: the header is the first
line that names a moment, a type, an order number and a total. Headers by language are those public code reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.errors import ExportError
from helpers.exports import flat, posted, postings
from helpers.exports.content import Content
from helpers.exports.items import zone
from helpers.exports.reading import Known, Reading
from helpers.targets import marketplaces

# our column → its names, lower case, in en, de, fr, it, es, mx, nl, se, pl, jp as far as they are known
HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ours: tuple(names.split(" | "))
        for ours, names in {
            "posted_at": "date/time | datum/uhrzeit | date/heure | data/ora | fecha y hora | fecha/hora | datum/tijd"
            " | datum/tid | data/godzina | 日付/時間",
            "settlement_id": "settlement id | abrechnungsnummer | numéro de versement | identifiant du paiement"
            " | numero pagamento | identificador de pago | id. de liquidación | schikkings-id | reglerings-id"
            " | identyfikator rozliczenia | 決済番号",
            "type": "type | typ | tipo | トランザクションの種類",
            "order_id": "order id | bestellnummer | numéro de la commande | numero ordine | número de pedido"
            " | id. del pedido | bestelnummer | beställnings-id | identyfikator zamówienia | 注文番号",
            "description": "description | beschreibung | descrizione | descripción | beschrijving | 説明",
            "marketplace": "marketplace | web de amazon | site de vente | marknadsplats | rynek | amazon 出品サービス",
            "fulfilment": "fulfillment | fulfilment | versand | traitement | gestione | gestión logística"
            " | cumplimiento | フルフィルメント",
            "amount": "total | gesamt | totale | totaal | totalt | suma | 合計",
        }.items()
    }
)
NEEDED = frozenset({"posted_at", "type", "order_id", "amount"})
LINES_BEFORE = 40  # at most; nine were seen


def recognises(content: Content) -> bool:
    return content.is_flat and _header(content.text) is not None


def read(text: bytes, known: Known) -> Reading:
    """The file's postings, one row each: the `money` frame. A row may have no type; a row without a total is cut.

    Raises ExportError when account.toml calls the file one and it has no such header.
    """
    found = _header(text)
    if found is None:
        expected = "a line with a date/time, a type, an order id and a total"
        hint = "correct report under [columns] in account.toml, or take it out"
        raise ExportError(f"{known.path}: expected {expected}, found none in its first {LINES_BEFORE} lines", hint)
    before, delimiter, places = found
    _, records = flat.records(text, delimiter, skip_lines=before)
    columns = {ours: [_cell(row, places.get(ours)) for _, row in records] for ours in HEADERS}
    schema = {flat.LINE: pl.Int64} | dict.fromkeys(HEADERS, pl.String)
    cells = pl.DataFrame({flat.LINE: [line for line, _ in records], **columns}, schema=schema)
    mark = posted.decimal_mark([cells.get_column("amount")])
    rows = cells.with_columns(
        posted.amount("amount", mark),
        currency=pl.lit(_currency(text, before)),
        is_unread=pl.col("amount").is_not_null() & posted.amount("amount", mark).is_null(),
        reason=pl.when(pl.col("amount").is_null()).then(pl.lit("no total (cut line?)")),
    )
    return postings.read(rows, known, zone=zone(known.settings))


def _header(text: bytes) -> tuple[int, str, Mapping[str, int]] | None:
    """How many lines come before the header, its delimiter, and the place of each of our columns; None without one."""
    for number, line in enumerate(text[: 1 << 16].split(b"\n")[:LINES_BEFORE]):
        written, delimiter = flat.header(line)
        names = [_plain(name) for name in written]
        places = {ours: names.index(word) for ours, words in HEADERS.items() for word in words if word in names}
        if places.keys() >= NEEDED:
            return number, delimiter, places
    return None


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split()).rstrip(": ")


def _cell(row: list[str], place: int | None) -> str | None:
    return row[place].strip() or None if place is not None and place < len(row) else None


def _currency(text: bytes, lines: int) -> str | None:
    """The one currency the lines before the header name ("All amounts in USD"); None where they name none or two."""
    preamble = b"\n".join(text.split(b"\n", lines)[:lines]).decode("utf-8", "replace")
    known = {store.currency for store in marketplaces().values()}
    named = known & set(re.findall(r"\b[A-Z]{3}\b", preamble))
    return named.pop() if len(named) == 1 else None
