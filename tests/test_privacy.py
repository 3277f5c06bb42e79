"""The gate stops a report that says who a buyer is, says where, and lets honest ones through."""

import pytest

from helpers.exports import personal
from helpers.reports import privacy

ORDERS = (
    "amazon-order-id\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tship-address-1\tship-city\trecipient-name\n"
    "202-0000000-0000001\tanna@example.com\tAnna Schön\t+44 20 7946 0018\tRED-1\t12 Mill Lane\tLondon\tBlack\n"
    "202-0000000-0000002\t\t山田太郎\t\tRED-2\tFlat 3, 9 Long Street\tBath\tJ. R. Ng\n"
).encode()


@pytest.fixture
def known(account_folder):
    return personal.dropped(account_folder(files={"orders.txt": ORDERS}))


def stopped(known, text, **said):
    return [leak.what for leak in privacy.leaks({"r.json": text}, known, **said)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("write to Anna@Example.com now", "an e-mail address"),
        ("bought by ANNA  SCHÖN of", "a buyer's name or address"),
        ("bought by anna scho\u0308n of", "a buyer's name or address"),
        ('["J. R. Ng"]', "a buyer's name or address"),
        ("品 山田太郎 品", "a buyer's name or address"),
        ("at 12 Mill Lane,", "a buyer's name or address"),
        ("call 020 7946 0018", "a buyer's telephone number"),
        ("order 202-0000000-0000001 was late", "an order number"),
        ("order S01-1234567-1234567", "an order number"),
        ("read /home/jo/acme/x.txt", "a folder of this computer"),
        (r"read C:\Users\jo\x", "a folder of this computer"),
        ('{"buyer-name": 1}', "a column about buyers"),
        ('{"buyerName": 1}', "a column about buyers"),
        ("the column recipient_name", "a column about buyers"),
    ],
)
def test_what_was_dropped_and_what_no_report_may_hold_stops_it(known, text, what):
    assert what in stopped(known, text)


@pytest.mark.parametrize(
    "text",
    [
        "SKU RED-1, ASIN B0EXAMPL15, 4006381333931, 1,380 of 41,820 orders, 0.0043859649122807015",
        "Black lamp, London, Bath, Anna, Mill Lane",  # parts of a name or an address are words like others
        "is-buyer-requested-cancellation, ship-country, no e-mail, buyer, 12 March to 31 October 2026",
        "K7QD-3MXA 2026-10-31 2026-10-31T00:00:00 202-0000000-000 https://example.com/a",
    ],
)
def test_honest_text_is_not_stopped(known, text):
    assert stopped(known, text) == []


def test_an_appeal_pack_may_name_orders_and_nothing_else(known):
    assert stopped(known, "202-0000000-0000001 Anna Schön", order_numbers=True) == ["a buyer's name or address"]


def test_what_the_account_says_of_itself_is_no_leak(known):
    assert stopped(known, "mail us@shop.example", allowed="Shop, us@shop.example") == []


def test_a_leak_is_told_with_its_place_and_without_itself(known):
    page = "<h2 id='x'>What was <em>read</em></h2><script>anna@example.com</script><p title='anna&#64;example.com'>"
    (leak,) = privacy.leaks({"r.html": page}, known)
    assert str(leak) == "r.html, section “What was read”: an e-mail address (a…, 16 characters)"
    (leak,) = privacy.leaks({"r.json": '{\n"a": "x@y.example"}'}, known)
    assert leak.where == "r.json, line 2"


def test_personal_cells_are_known_whatever_the_shape_of_the_file(account_folder):
    files = {
        "a.csv": b'Order ID,"Buyer Name"\n1,"Berta, Beispiel"\n',
        "b.json": b'[{"shippingAddress": {"name": "x", "addressLine1": "7 Elm Road"}, "buyerName": "Carl Case"}]',
        "feedback.txt": "Datum\tBewertung\tK\tA\tB\tBewerter-E-Mail\n1.1.26\t1\t\t\t1\tdora@example.org\n".encode(
            "utf-16"
        ),
    }
    known = personal.dropped(account_folder(files=files))
    assert all(known.holds(said) for said in ("berta beispiel", "carl case", "7 elm road", "dora@example.org"))
    assert known.is_start("berta")
    assert not known.holds("carl beispiel")


def test_the_cache_holds_no_name_and_is_made_again_when_a_file_changes(account_folder):
    folder = account_folder(files={"orders.txt": ORDERS})
    personal.dropped(folder)
    kept = (folder / ".cache" / "dropped").read_bytes()
    assert b"nna" not in kept
    assert personal.dropped(folder).holds("anna schön")
    (folder / "exports" / "orders.txt").write_bytes(ORDERS.replace("Anna Schön".encode(), b"Emil Ende"))
    assert personal.dropped(folder).holds("emil ende")
    assert not personal.dropped(folder).holds("anna schön")


def test_two_accounts_do_not_share_their_hashes(account_folder):
    one, other = (personal.dropped(account_folder(files={"o.txt": ORDERS}, id=name)) for name in ("a", "b"))
    assert not one.hashes & other.hashes
