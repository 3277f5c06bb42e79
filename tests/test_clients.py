"""A client's report that holds the name of another account is stopped; common words and the own name are let through."""

import shutil

import pytest

from helpers import places
from helpers.errors import SettingsError
from helpers.exports.personal import NOTHING_DROPPED
from helpers.reports import clients, index, privacy, product, runner

OTHERS = frozenset({"Quill and Thimble", "quill-and-thimble", "Zephyrine", "zephyrine"})


def stopped(text, others=OTHERS, name="r.html"):
    return [leak.said for leak in privacy.leaks({name: text}, NOTHING_DROPPED, others=others)]


@pytest.mark.parametrize(
    "text",
    [
        "as for Quill and Thimble, where",
        "QUILL AND THIMBLE",
        "quill-and-thimble/exports",
        "quill_and_thimble_orders.txt",
        "<b>Quill</b> Quill&nbsp;and&nbsp;Thimble",
        "Quill  and\nThimble",
        "ask Zephyrine.",
        "zephyrine",
        "(Zephyrine)",
        "ZEPHYRINE-orders-2026.txt",
        "Zephyrine_returns.csv.gz",
        "2026-zephyrine.xlsx",
    ],
)
def test_the_name_of_another_account_stops_a_report(text):
    assert stopped(text)


@pytest.mark.parametrize(
    "text",
    [
        "a quill, and a thimble",  # the words, with another between them
        "Quill and Thimbles",
        "Thimble and Quill",
        "SKU ZEPHYRINE-RED-4 sold best",  # a word of a SKU
        "zephyrine-blue",
        "ZEPHYRINE",  # one word, in another spelling: it may be anything
        "Zephyrines, Zephyrin",
    ],
)
def test_words_that_are_not_the_name_let_a_report_through(text):
    assert stopped(text) == []


@pytest.mark.parametrize(
    ("name", "is_looked_for"),
    [
        ("Quill and Thimble", True),
        ("Zephyrine", True),
        ("Zeph", True),
        ("Zep", False),  # three letters are a carrier, a size, a country
        ("Orders", False),  # a word of every report
        ("Order defect rate", False),
        ("Amazon", False),
        ("amazon.co.uk", False),
        ("March 2026", False),
        ("2026", False),
        ("—", False),
    ],
)
def test_a_name_is_looked_for_only_where_it_tells_an_account_from_other_words(name, is_looked_for):
    assert clients.can_be_looked_for(name) == is_looked_for


def test_an_account_may_say_its_own_name_and_every_part_of_it():
    every = frozenset({"Zephyrine", "Zephyrine Lamps Ltd", "Quill and Thimble"})
    assert clients.others(every, "z | Zephyrine Lamps Ltd | The Consultant") == {"Quill and Thimble"}
    assert clients.others(every, "z | Zephyrine") == {"Zephyrine Lamps Ltd", "Quill and Thimble"}


def account(folder, id, name, more=""):
    (folder / id / "exports").mkdir(parents=True)
    text = f'id = "{id}"\nname = "{name}"\nmarketplaces = ["amazon.co.uk"]\n{more}'
    (folder / id / "account.toml").write_text(text, encoding="utf-8")
    return folder / id


def test_a_report_of_one_account_knows_those_that_lie_beside_it(tmp_path):
    one = account(tmp_path, "zephyrine", "Zephyrine")
    account(tmp_path, "quill-and-thimble", "Quill and Thimble")
    broken = account(tmp_path, "broken", "Bramble Sisters", "colour = 1")  # a mistake elsewhere does not hide its name
    account(tmp_path, "worse", "Wren")
    (tmp_path / "worse" / "account.toml").write_text("id = ", encoding="utf-8")
    assert clients.names([one]) == {
        "zephyrine",
        "Zephyrine",
        "quill-and-thimble",
        "Quill and Thimble",
        "Bramble Sisters",
        "broken",
    }
    assert clients.names([broken]) == clients.names([one])


def test_a_name_that_is_a_word_of_the_kit_is_found_nowhere():
    text = "Orders of Zephyrine: the file broken.txt is broken, 3 Orders more"
    assert [said for _, said in clients.found(text, {"Orders", "broken", "Zephyrine"})] == ["Zephyrine"]


def test_the_stop_says_where_and_how_a_word_of_the_own_account_is_let_through():
    with pytest.raises(
        product.LeakError, match=r"the name of another account.*\n.*may_name of its account.toml"
    ) as found:
        product.let_through({"r.html": "<h2>Notes</h2> Zephyrine"}, NOTHING_DROPPED, others=OTHERS)
    assert "section “Notes”" in str(found.value)
    assert "Zephyrine" not in str(found.value)


# --- where the page over all accounts may lie -------------------------------------------------------------------------


@pytest.fixture
def reports(tmp_path):
    account(tmp_path / "data", "acme", "Acme")
    (tmp_path / "out" / "acme" / "2026-10").mkdir(parents=True)
    (tmp_path / "out" / "acme" / "2026-10" / "manifest.json").write_text('{"reports": {}}')
    (tmp_path / "out" / "kiln" / "failed").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    "place",
    ["data/acme", "data/acme/exports", "data/acme/new", "out/acme", "out/acme/2026-10", "out/acme/x/y", "out/kiln"],
)
def test_the_page_is_never_written_where_one_client_looks(reports, place):
    with pytest.raises(SettingsError, match="expected a folder of the consultant’s own"):
        index.make(reports / "out", "2026-10", reports / place)
    assert not (reports / place / "index.html").exists()


def test_a_link_into_a_client_s_folder_is_that_folder(reports):
    (reports / "mine").symlink_to(reports / "data" / "acme")
    with pytest.raises(SettingsError, match="expected a folder of the consultant’s own"):
        index.make(reports / "out", "2026-10", reports / "mine")


@pytest.mark.parametrize("place", ["out", "data", "own", "out/mine"])
def test_the_page_may_lie_among_all_reports_or_in_a_folder_of_its_own(reports, place):
    index.refuse_shared((reports / place).resolve(), (reports / "out").resolve())


# --- a report on its way --------------------------------------------------------------------------------------------


def test_a_report_whose_note_names_another_client_is_not_published_and_the_others_are(samples, tmp_path):
    names = frozenset({"Quill and Thimble", "small-good"})
    outcomes = {}
    for text in ("As agreed with Quill and Thimble.", "As agreed."):
        folder = tmp_path / f"data-{len(text)}" / "small-good"
        shutil.copytree(samples / "small-good", folder)
        (folder / "note.md").write_text(text, encoding="utf-8")
        notebook = places.NOTEBOOKS / "02-metric-trends.ipynb"
        task = runner.Task(
            "small-good", folder, notebook, "2026-10-31", "2026-10", tmp_path, product.Wanted(names=names)
        )
        (outcomes[text],) = runner.run([task])
    stopped, let_through = outcomes.values()
    assert (stopped.code, stopped.files) == (1, [])
    assert "the name of another account" in stopped.said
    assert let_through.code == 0
