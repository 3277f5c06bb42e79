"""The gate stops a report that says who a buyer is, says where, and lets honest ones through."""

import re

import pytest

from helpers.exports import personal
from helpers.reports import origin, privacy, product

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
        *(
            (text, "an order number")
            for text in (
                "order_202-1234567-1234567.txt",
                "no202-1234567-1234567b",
                "202-1234567-1234567-2",
                "x-202-1234567-1234567",
                "202–1234567–1234567",
                "202\u20111234567\u20111234567",
                "202 - 1234567 - 1234567",
                "202_1234567_1234567",
                "202 1234567 1234567",
                "202\u200b-1234567-1234567",
                "２０２－１２３４５６７－１２３４５６７",
            )
        ),
        ("file returns_anna_schön.csv", "a buyer's name or address"),
        ("call +44 (0)20 7946-0018!", "a buyer's telephone number"),
        ("call_02079460018.txt", "a buyer's telephone number"),
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
        "202-1234567-123456 2021-1234567 0.202-1234 111.1234567 1234567 12",
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


ORDINARY = ("May", "Sue", "Price", "Orders", "Will", "Germany", "London", "Rose", "A", "B", "1", "2026", "12 34 56")
ORDINARY += ("31 October", "5 May", "May 2026", "Amazon.co.uk", "amazon.de", "Late shipments", "On time", "The report")
ORDINARY += ("Order defect rate", "2026-10-31", "10 2026", "10115")


def test_an_ordinary_word_a_number_a_month_a_store_is_nobody_s_name(account_folder):
    rows = "".join(f"202-0000000-{number:07}\t{name}\t{name}\n" for number, name in enumerate(ORDINARY))
    known = personal.dropped(account_folder(files={"o.txt": f"order-id\tbuyer-name\tship-address-1\n{rows}".encode()}))
    for said in ORDINARY:
        assert stopped(known, f"of {said}, and {said.upper()}") == [], said


PHONES = (
    "+44 20 7946 0018",
    "(020) 7946-0018",
    "02079460018",
    "020 7946 0018 ext 5",
    "Tel.020.7946.0018",
    "5550199 x4",
)


def test_the_cache_is_its_owner_s_alone_and_holds_no_telephone_number_in_any_form(account_folder):
    rows = "".join(f"202-0000000-{number:07}\t{one}\t{one}\n" for number, one in enumerate(PHONES))
    content = f"order-id\tbuyer-phone-number\tship-address-1\n{rows}".encode()
    folder = account_folder(files={"o.txt": content})
    known = personal.dropped(folder)
    kept = folder / ".cache" / "dropped"
    assert kept.stat().st_mode & 0o777 == 0o600
    for number in PHONES:
        forms = {number, personal.digits(number), re.sub(r"\D", "", number), " ".join(personal.words(number))}
        assert [form for form in forms if known.holds(form) or known.is_start(form)] == []
        assert known.is_start(personal.words(number)[0]) is False
    assert "a buyer's telephone number" in stopped(known, "020-7946-0018")


def test_what_is_masked_is_what_would_be_stopped(known):
    said = {"a": ["of Anna Schön, 202-0000000-0000001", 7, None], "anna@example.com": "in /home/x/y"}
    assert privacy.masked(said, known) == {"a": ["of …, …", 7, None], "…": "in …"}
    assert privacy.masked("in /home/x/y", known, but=(privacy.FOLDER,)) == "in /home/x/y"


def test_a_stopped_report_says_in_which_file_line_and_column_the_string_stands(account_folder):
    folder = account_folder(files={"a/orders_Anna Schön.txt": ORDERS}, settings='[brand]\nname = "ANNA  Schön"\n')
    assert origin.places(folder, "anna schön") == [
        "account.toml, line 5, column 1",
        "the name of the file a/orders_….txt",
        "a/orders_….txt, line 2, column 3",
    ]
    assert origin.places(folder, "202-0000000-0000002") == ["a/orders_Anna Schön.txt, line 3, column 1"]
    with pytest.raises(product.LeakError, match=r"it stands in a/orders_Anna Schön\.txt, line 3, column 1"):
        product.let_through({"r.json": "202-0000000-0000002"}, personal.dropped(folder), folder=folder)


def test_two_accounts_do_not_share_their_hashes(account_folder):
    one, other = (personal.dropped(account_folder(files={"o.txt": ORDERS}, id=name)) for name in ("a", "b"))
    assert not one.hashes & other.hashes


@pytest.mark.parametrize(
    "name",
    [
        "Full Name",
        "Buyer Username",
        "Post to name",
        "Post to address 1",
        "Billing Address1",
        "Delivery Name",
        "First Name",
        "Username",
    ],
)
def test_a_column_of_another_shop_that_says_who_a_buyer_is_is_known_by_its_name(name):
    assert personal.is_personal(name)


@pytest.mark.parametrize(
    "name",
    [
        "Name",
        "Item Name",
        "SKU",
        "Delivery Date",
        "Delivery Country",
        "Delivery Service Name",
        "Store Name",
        "Ship To Country",
    ],
)
def test_a_column_that_says_no_person_is_none(name):
    assert not personal.is_personal(name)
