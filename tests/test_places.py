"""Where the kit lies: its home can be elsewhere than its code."""

import pytest

from helpers import exports, places
from helpers.errors import SettingsError
from helpers.exports import settings


def test_without_a_word_the_checkout_is_the_home(monkeypatch):
    monkeypatch.delenv("SELLER_AUDIT_HOME", raising=False)
    assert (places.home() / "pyproject.toml").is_file()
    assert sorted(path.suffix for path in places.NOTEBOOKS.glob("02-*")) == [".ipynb"]


def test_a_relative_account_folder_is_looked_for_in_the_home(monkeypatch, account_folder, tmp_path):
    folder = account_folder(id="acme")
    monkeypatch.setenv("SELLER_AUDIT_HOME", str(tmp_path))
    assert settings.find("acme") == folder
    assert exports.read("acme").folder == folder


@pytest.mark.parametrize("said", ["tests", "/nowhere/at/all", __file__])
def test_a_home_that_is_no_folder_or_depends_on_where_one_stands_is_an_error(monkeypatch, said):
    monkeypatch.setenv("SELLER_AUDIT_HOME", said)
    with pytest.raises(SettingsError, match="SELLER_AUDIT_HOME: expected the full path of a folder, found"):
        places.home()
