"""Public cases rebuilt as made-up accounts: each README in data/cases says where it is from, and what is right."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers import coverage, exports, metrics, targets, verdicts

CASES = Path(__file__).parent / "data" / "cases"


@pytest.fixture
def judged(tmp_path):
    """A function that gives the verdicts of a case on a day."""

    def verdicts_of(name, as_of):
        folder = shutil.copytree(CASES / name / "account", tmp_path / name, copy_function=shutil.copyfile)
        account = exports.read(folder, today=date(2026, 11, 28))
        rules = targets.rules(account, as_of)
        trailing = metrics.trailing(metrics.daily(account), rules, as_of)
        return verdicts.judge(trailing, rules, as_of, coverage=coverage.of_metrics(account, as_of)).to_dicts()

    return verdicts_of


def test_on_time_delivery_in_germany_is_missed_by_80_of_100_units_in_september_2026(judged):
    (row,) = judged("otdr-germany-2026", date(2026, 9, 21))
    assert (row["metric"], row["marketplace"]) == ("on_time_delivery_rate", "amazon.de")
    assert (row["window_start"], row["window_end"]) == (date(2026, 9, 1), date(2026, 9, 14))
    assert (row["numerator"], row["denominator"], row["target"]) == (80, 100, "0.90")
    assert (row["status"], row["exactness"], row["evidence"]) == ("breached", "exact", "strong")
