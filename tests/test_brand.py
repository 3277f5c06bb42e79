"""The consultant's own name: said once for all accounts, said again for one, and never unreadable."""

import pytest

from helpers import exports
from helpers.errors import SettingsError
from helpers.reports import brand, contents, export

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


def test_without_a_word_a_page_carries_no_name(account_folder):
    assert brand.read(account_folder()) == brand.Brand()
    assert '<header class="brand">' not in export.written(contents.Page("T"))


def test_an_account_may_differ_from_what_stands_for_all(account_folder, tmp_path):
    folder = account_folder(settings='[brand]\nname = "For one"\n')
    (tmp_path / "brand.toml").write_text('name = "For all"\naccent = "#7a0000"\nfooter = "F"\nlogo = "l.png"\n')
    (tmp_path / "l.png").write_bytes(PNG)
    found = brand.read(folder)
    assert (found.name, found.accent, found.footer, found.kind) == ("For one", "#7A0000", "F", "png")
    page = export.written(contents.Page("T", brand=found))
    assert 'alt="For one"' in page
    assert "--accent:#7A0000;" in page
    assert '<footer class="brand">F</footer>' in page


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('accent = "#FFE600"', "contrast 4.5"),
        ('accent = "blue"', "accent"),
        ('colour = "#000000"', "unknown key"),
        ('logo = "../l.png"', "same folder"),
        ('logo = "none.png"', "same folder"),
        ('logo = "bad.svg"', "neither PNG nor JPEG"),
        ('logo = "big.png"', "bytes"),
        ("name = 7", "name"),
    ],
)
def test_a_brand_that_cannot_be_used_is_an_error_that_names_the_fix(account_folder, tmp_path, said, expected):
    folder = account_folder(settings=f"[brand]\n{said}\n")
    (tmp_path / "l.png").write_bytes(PNG)
    (folder / "bad.svg").write_text("<svg onload='x'/>")
    (folder / "big.png").write_bytes(PNG + b"x" * brand.MOST_BYTES)
    with pytest.raises(SettingsError, match=expected):
        brand.read(folder)


def test_the_nearest_readable_colour_is_offered(account_folder):
    with pytest.raises(SettingsError) as raised:
        brand.read(account_folder(settings='[brand]\naccent = "#FFE600"\n'))
    offered = str(raised.value).split('accent = "')[1][:7]
    brand._check_accent(offered, None)


def test_hostile_words_of_a_brand_are_text(account_folder):
    evil = "</style><script>x</script>"
    page = export.written(contents.Page("T", running=evil, brand=brand.Brand(name=evil, footer=evil)))
    assert "<script>x" not in page
    assert page.count("</style>") == 1


def test_a_shared_brand_is_checked_like_any_setting(account_folder, tmp_path):
    folder = account_folder()
    (tmp_path / "brand.toml").write_text("name = [\n")
    with pytest.raises(SettingsError, match="expected TOML text"):
        brand.read(folder)


def test_a_new_account_shows_how(account_folder):
    assert "# [brand]" in exports.template("x", "X")
