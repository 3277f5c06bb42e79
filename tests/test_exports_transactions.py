"""The transaction file of the payments page in several languages."""

from decimal import Decimal

import pytest
from conftest import ANSWERS

from helpers.errors import ExportError

SAID = ANSWERS["settlement"]["date_range_us.csv"]


def test_the_invented_file_reads_to_the_numbers_written_beside_it(read):
    account = read("settlement/date_range_us.csv", stores=("amazon.com",))
    file, money = account.files.row(0, named=True), account.money
    assert (file["report"], file["rows_kept"], file["rows_rejected"]) == ("transactions", SAID["rows"], 0)
    assert dict(money.group_by("type").len().iter_rows()) == SAID["types"]
    assert money.get_column("posted_at").min().isoformat() == SAID["first_utc"]
    assert money.get_column("posted_at").max().isoformat() == SAID["last_utc"]
    assert money.get_column("amount").sum() == Decimal(SAID["sum_total"])
    assert money.get_column("currency").unique().to_list() == ["USD"]
    assert file["warnings"] == []


GERMAN = (
    '"Alle Beträge in EUR, sofern nicht anders gekennzeichnet"\n"Definitionen:"\n'
    '"Datum/Uhrzeit","Abrechnungsnummer","Typ","Bestellnummer","SKU","Beschreibung","Marketplace","Versand","Gesamt"\n'
    '"18.09.2025 22:30:00 UTC","9","Bestellung","302-0000001-0000001","EX-1","Lampe, ""groß""","Amazon.de","Verkäufer","1.061,65"\n'
)
FRENCH = (
    '"Tous les montants sont en EUR"\n'
    "date/heure,numéro de versement,type,numéro de la commande,sku,description,Marketplace,traitement,total\n"
    '"1 févr. 2025 00:32:54 UTC",9,Réclamation dans le cadre de la Garantie A à z,402-0000001-0000001,EX-1,Lampe,'
    'amazon.fr,Vendeur,"-1 249,50"\n'
)
JAPANESE = (
    "日付/時間,決済番号,トランザクションの種類,注文番号,SKU,説明,Amazon 出品サービス,フルフィルメント,合計\n"
    '"2025/09/02 1:30:00JST",9,注文,250-0000001-0000001,EX-1,見本,amazon.co.jp,出品者,"1,980"\n'
)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (GERMAN, ("302-0000001-0000001", "Bestellung", Decimal("1061.65"), "EUR", "merchant", "amazon.de")),
        (
            FRENCH,
            (
                "402-0000001-0000001",
                "Réclamation dans le cadre de la Garantie A à z",
                Decimal("-1249.50"),
                "EUR",
                "merchant",
                "amazon.fr",
            ),
        ),
        (JAPANESE, ("250-0000001-0000001", "注文", Decimal(1980), None, "merchant", "amazon.co.jp")),
    ],
    ids=["de", "fr", "jp"],
)
def test_headers_words_and_decimals_of_each_language_are_understood(read, text, row):
    account = read(files={"t.csv": text.encode()})
    assert account.files.item(0, "report") == "transactions"
    assert account.money.select("order_id", "type", "amount", "currency", "fulfilment", "marketplace").rows() == [row]


HEADER = '"date/time","settlement id","type","order id","description","marketplace","fulfillment","total"\n'


def line(when="Aug 2, 2025 1:00:00 PM PDT", kind="Order", total="1.00"):
    return f'"{when}","9","{kind}","111-0000001-0000001","Lamp","amazon.com","Seller","{total}"\n'


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(total=""), "no total (cut line?)"),
        ('"Aug 2, 2025 1:00:00 PM PDT","9","Or\n', "no total (cut line?)"),
        (line(total="1.2.3"), "amount not readable"),
        (line(when="yesterday"), "posting date not readable (cut line?)"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_with_its_line_and_reason(read, bad, reason):
    account = read(files={"t.csv": ("Definitions:\n" + HEADER + line() + bad).encode()}, stores=("amazon.com",))
    assert account.rejected.drop("day").rows() == [("t.csv", 4, reason)]
    assert account.money.height == 1


def test_free_text_that_names_two_currencies_names_none(read):
    said = "All amounts in USD, unless specified\nConverted from CAD\n"
    account = read(files={"t.csv": (said + HEADER + line()).encode()}, stores=("amazon.com",))
    assert account.money.get_column("currency").to_list() == [None]


def test_a_posting_without_a_type_is_kept_for_some_have_none(read):
    account = read(files={"t.csv": (HEADER + line(kind="")).encode()}, stores=("amazon.com",))
    assert account.money.get_column("type").to_list() == [None]


def test_a_word_for_the_shipper_nobody_knows_is_counted(read):
    text = (HEADER + line()).replace("Seller", "Pigeon")
    account = read(files={"t.csv": text.encode()}, stores=("amazon.com",))
    assert account.money.item(0, "fulfilment") is None
    assert account.files.item(0, "warnings").to_list() == [
        "postings that do not say in a word the kit knows who ships: 1"
    ]


def test_a_file_wrongly_called_a_transaction_file_is_an_error_that_says_what_to_do(read):
    settings = '[columns."t.csv"]\nreport = "transactions"\n'
    with pytest.raises(ExportError, match="correct report under"):
        read(files={"t.csv": b"a,b\n1,2\n"}, settings=settings)
