"""The plain command: a notebook refuses by itself what papermill gives it and it does not declare."""

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from helpers import places
from helpers.errors import SettingsError
from helpers.reports import parameters

DECLARED = 'account_folder: str = "data/sample/small-good"  # folder\nas_of: str = ""\n'
SETUP = "parameters.refuse_unknown()"


def given(*lines):
    return ["", DECLARED, "\n".join(["# Parameters", *lines]), SETUP]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'acount_folder = "x"',
            "parameter 'acount_folder': expected one of account_folder, as_of\n  Hint: did you mean",
        ),
        ("as_of = 2026", "parameter 'as_of': expected a text, found 2026"),
        ("as_of = None", "parameter 'as_of': expected a text, found None"),
        ('as_of = float("nan")', "parameter 'as_of': expected a text, found nan"),
        ('as_of = "2026-10-31"', None),
    ],
)
def test_a_parameter_a_notebook_does_not_declare_or_that_is_no_text_is_refused(line, said):
    if said is None:
        parameters.refuse_unknown(given(line))
        return
    with pytest.raises(SettingsError) as raised:
        parameters.refuse_unknown(given('account_folder = "x"', line))
    assert str(raised.value).startswith(said)


def test_a_notebook_run_by_hand_may_hold_any_names():
    parameters.refuse_unknown(["", DECLARED, "mine = 3", SETUP])


def test_the_notebook_says_what_seller_audit_would():
    with pytest.raises(SettingsError) as raised:
        parameters.checked({"acount_folder": "x"}, ["account_folder", "as_of", "today"])
    assert raised.value.message == "parameter 'acount_folder': expected one of account_folder, as_of, today"


@pytest.mark.parametrize("notebook", sorted(path.name for path in places.NOTEBOOKS.glob("*.ipynb")))
def test_papermill_with_a_misspelt_name_makes_no_report_of_the_sample(notebook, tmp_path):
    with pytest.raises(
        PapermillExecutionError, match=r"parameter 'acount_folder': expected one of (account|reports)_folder"
    ):
        papermill.execute_notebook(
            str(places.NOTEBOOKS / notebook),
            str(tmp_path / "out.ipynb"),
            parameters={"acount_folder": "x"},
            cwd=str(places.home()),
            progress_bar=False,
            log_output=False,
        )
