"""Public cases rebuilt as made-up accounts: each README in data/cases says where it is from, and what is right."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers import exports, targets
from helpers.audit import Audit

CASES = Path(__file__).parent / "data" / "cases"


@pytest.fixture
def audit(tmp_path):
    """A function that gives the audit of a case on a day."""

    def audit_of(name, as_of):
        folder = shutil.copytree(CASES / name / "account", tmp_path / name, copy_function=shutil.copyfile)
        account = exports.read(folder, today=date(2026, 11, 28))
        return Audit(targets.with_rules_of(account, as_of), as_of, date(2026, 11, 28))

    return audit_of


def test_on_time_delivery_in_germany_is_missed_by_80_of_100_units_in_september_2026(audit):
    (row,) = audit("otdr-germany-2026", date(2026, 9, 21)).verdicts.to_dicts()
    assert (row["metric"], row["marketplace"]) == ("on_time_delivery_rate", "amazon.de")
    assert (row["window_start"], row["window_end"]) == (date(2026, 9, 1), date(2026, 9, 14))
    assert (row["numerator"], row["denominator"], row["target"]) == (80, 100, "0.90")
    assert (row["status"], row["exactness"], row["evidence"]) == ("breached", "exact", "strong")


def test_a_table_of_orders_without_a_last_moment_to_ship_proves_no_late_shipment(audit):
    found = audit("lateness-exact-without-deadline", date(2025, 10, 30))
    assert found.account.orders.height == 92
    covered = {row["metric"]: row for row in found.covered.to_dicts()}
    assert covered["late_shipment_rate"]["exactness"] == "impossible"
    assert "late_shipment_rate" not in found.trailing.get_column("metric")
    cancelled = found.trailing.filter(metric="cancellation_rate", day=date(2025, 10, 30)).row(0, named=True)
    assert (cancelled["window_start"], cancelled["window_end"]) == (date(2025, 10, 24), date(2025, 10, 30))
    assert (cancelled["window_numerator"], cancelled["window_denominator"]) == (1, 7)
    assert covered["cancellation_rate"]["exactness"] == "upper_bound"  # the buyer may have asked for it
