"""Many accounts on one morning: whom to call first, what is new, one list with its promise, a funnel, deadlines."""

import json
import math

import numpy as np
import polars as pl
import pytest
from scipy.stats import binom, poisson

from helpers import portfolio, tables
from helpers.errors import SettingsError
from helpers.frames import SCHEMAS
from helpers.portfolio.listed import cut
from helpers.signals import alarm, delays, steady

KEY = {"account": "a", "marketplace": "amazon.co.uk", "metric": "order_defect_rate", "fulfilment": "merchant"}
KEY |= {"group": None, "window_days": 60}
VERDICT = KEY | {
    "as_of": "2026-10-31",
    "window_start": "2026-08-19",
    "window_end": "2026-10-17",
    "status": "met",
    "evidence": "weak",
    "exactness": "exact",
    "source": "files",
    "numerator": 2,
    "denominator": 1000,
    "rate": 0.002,
    "design_effect": 1.0,
    "target": "0.01",
    "must_be": "below",
    "is_on_target": True,
    "probability_met": 0.9,
    "headroom": 7,
    "finding": "…",
}
MISSED = {"status": "breached", "is_on_target": False, "numerator": 30, "rate": 0.03, "probability_met": 0.2}
SIGNAL = {name: value for name, value in KEY.items() if name != "window_days"} | {
    "watch": "target",
    "day": "2026-10-31",
    "statistic": 12.0,
    "alarm_at": 9.99,
    "is_marked": True,
    "marked_since": "2026-10-20",
    "is_borne": True,
    "days": 400,
    "reported": 12,
    "expected": 5.0,
    "level": 0.01,
    "log_e_value": 4.0,
}
MARK = {"marketplace": "amazon.co.uk", "metric": "late_shipment_rate", "fulfilment": "merchant", "window_days": 30}
MARK |= {"status": "BAD", "is_flagged": True, "is_recent": True, "taken_on": "2026-10-30"}
MARK |= {"finding": "The marketplace marks the late shipment rate BAD."}
GAP = {"account": "a", "marketplace": "amazon.co.uk", "metric": "order_defect_rate", "fulfilment": "merchant"}
GAP |= {"kind": "order files", "first_day": "2026-09-01", "last_day": "2026-09-09", "why": "…", "download": "…"}
DECIDED = KEY | {"day": "2026-11-05", "window_start": "2026-08-24", "window_end": "2026-10-22", "orders": 900}
DECIDED |= {"visible": 9, "expected": 9.5, "low": 9, "high": 11, "allowed": 8, "word": "missed"}
MATURITY = KEY | {"window_start": "2026-08-19", "window_end": "2026-10-17", "orders": 1000, "visible": 9}
MATURITY |= {"share": 0.7, "expected": 13.0, "low": 10, "high": 18}


@pytest.fixture
def night(tmp_path):
    """A function that lays down one account's results, as a report leaves them, and gives the folder of reports."""

    def lay(account, month="2026-10", verdicts=({},), name=None, **parts):
        said = {
            "schema_version": 2,
            "notebook": "02-metric-trends",
            "account": account,
            "name": name or account.upper(),
            "as_of": "2026-10-31" if month == "2026-10" else "2026-09-30",
            "answer": {"headline": f"{account} is well."},
            "verdicts": [VERDICT | one for one in verdicts],
            **{
                frame: []
                for frame in (
                    "decided",
                    "maturity",
                    "actions",
                    "signals",
                    "alerts",
                    "gaps",
                    "marketplace_marks",
                    "files",
                )
            },
        } | parts
        folder = tmp_path / "out" / account / month
        folder.mkdir(parents=True)
        stem = f"{account}-{month}-metric-trends"  # a page is found by the manifest, whatever its name
        (folder / f"{stem}.json").write_text(json.dumps(said), encoding="utf-8")
        (folder / f"{stem}.html").write_text("<p>", encoding="utf-8")
        outputs = {f"{stem}.html": "", f"{stem}.json": "", f"{stem}.orders.csv": ""}
        manifest = {"reports": {"02-metric-trends": {"outputs": outputs}, "05-appeal": {"outputs": {}}}}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return tmp_path / "out"

    return lay


def run(out, *lines, started="2026-11-01T041500Z", has_ended=True, cut_off=""):
    (out / ".runs").mkdir(parents=True, exist_ok=True)
    said = [{"month": "2026-10", "notebook": "02-metric-trends", "status": "made", "code": 0} | line for line in lines]
    said += (
        [{"ended_at": "2026-11-01T04:20:00Z", "code": 0, "made": 1, "unchanged": 0, "failed": 0}] if has_ended else []
    )
    text = "".join(f"{json.dumps(line)}\n" for line in said) + cut_off
    (out / ".runs" / f"{started}.jsonl").write_text(text, encoding="utf-8")


def read(out, month="2026-10"):
    return portfolio.read(out, month, "2026-11-02")


def reasons(out):
    return [(row["account"], row["reason"]) for row in portfolio.accounts(read(out)).iter_rows(named=True)]


def row_of(out, account):
    return portfolio.accounts(read(out)).row(by_predicate=pl.col("account") == account, named=True)


# --- whom to call ---------------------------------------------------------------------------------------------------


def test_accounts_are_called_in_the_order_of_their_gravest_reason(night):
    night("fine")
    night("open", gaps=[GAP])
    night("flag", marketplace_marks=[MARK])
    night("alarm", signals=[SIGNAL])
    night("soon", decided=[DECIDED])
    night("weak", verdicts=[MISSED])
    out = night("strong", verdicts=[MISSED | {"evidence": "strong"}])
    assert reasons(out) == [
        ("strong", "missed_strong"),
        ("weak", "missed_weak"),
        ("soon", "will_miss"),
        ("alarm", "alarm"),
        ("flag", "flagged"),
        ("open", "open"),
        ("fine", "fine"),
    ]


def test_lesser_reasons_never_add_up_to_a_graver_one(night):
    night(
        "all",
        verdicts=[MISSED],
        marketplace_marks=[MARK],
        gaps=[GAP],
        signals=[SIGNAL | {"metric": "cancellation_rate"}],
    )
    out = night("strong", verdicts=[MISSED | {"evidence": "strong"}])
    assert [account for account, _ in reasons(out)] == ["strong", "all"]
    assert len(row_of(out, "all")["also"]) == 3


def test_of_two_accounts_with_one_reason_the_one_with_more_rates_goes_first_then_the_less_likely_to_be_on_target(night):
    strong = MISSED | {"evidence": "strong"}
    night("b", verdicts=[strong | {"probability_met": 0.04}])
    night("c", verdicts=[strong | {"probability_met": 0.01}])
    out = night("d", verdicts=[strong, strong | {"metric": "cancellation_rate", "window_days": 7}])
    assert [account for account, _ in reasons(out)] == ["d", "c", "b"]


def test_windows_and_stores_of_one_rate_are_one_rate(night):
    late = MISSED | {"metric": "late_shipment_rate", "target": "0.04"}
    out = night("a", verdicts=[late | {"window_days": 10}, late | {"window_days": 30}])
    assert row_of(out, "a")["sentence"].startswith("1 rate misses its target, weak evidence: late shipment rate 3.00")


def test_a_reason_names_its_figure_with_its_count_its_target_and_its_store(night):
    out = night("a", verdicts=[MISSED | {"evidence": "strong"}])
    said = "order defect rate 3.00\N{NARROW NO-BREAK SPACE}% (30 of 1,000 orders), target under 1\N{NARROW NO-BREAK SPACE}%"
    assert said in row_of(out, "a")["sentence"]
    assert "(amazon.co.uk, seller ships)" in row_of(out, "a")["sentence"]


def test_a_miss_the_files_cannot_prove_is_a_reason_of_its_own_and_no_miss(night):
    out = night("a", verdicts=[MISSED | {"exactness": "upper_bound"}])
    assert row_of(out, "a")["reason"] == "unproved"
    assert (
        "May miss a target, which the files cannot prove: order defect rate at most 3.00"
        in row_of(out, "a")["sentence"]
    )


def test_a_met_target_that_the_files_cannot_prove_is_not_called_fine(night):
    out = night("a", verdicts=[{"exactness": "lower_bound"}])
    assert reasons(out) == [("a", "open")]
    assert row_of(out, "a")["sentence"] == "No file proves that 1 rate met now is on target."


def test_a_target_met_now_and_missed_once_late_reports_are_in_will_miss(night):
    night("sure", maturity=[MATURITY])
    out = night("open", maturity=[MATURITY | {"low": 9}])  # 9 of 1,000 meet a target of under 1 %
    assert dict(reasons(out)) == {"sure": "will_miss", "open": "fine"}
    assert "9 of 1,000 orders are bad now, 10 to 18 in the end" in row_of(out, "sure")["sentence"]


def test_a_mark_of_the_marketplace_on_a_rate_that_misses_here_is_said_once(night):
    out = night("a", verdicts=[MISSED], marketplace_marks=[MARK | {"metric": "order_defect_rate"}])
    assert row_of(out, "a")["also"] == []


def test_an_old_mark_of_the_marketplace_calls_nobody(night):
    assert reasons(night("a", marketplace_marks=[MARK | {"is_recent": False}])) == [("a", "fine")]


def test_files_that_end_before_the_month_leave_an_account_open(night):
    files = [{"path": "o.txt", "report": "all_orders", "rows_kept": 1, "last_day": "2026-10-20", "reaches": None}]
    out = night("a", files=files)
    assert row_of(out, "a")["sentence"] == "The newest file ends before 31 October 2026."
    assert reasons(night("b", files=[files[0] | {"reaches": "2026-10-31"}]))[-1] == ("b", "fine")


def test_an_account_without_any_verdict_is_not_called_fine(night):
    out = night("a", verdicts=[{"status": "no_data", "is_on_target": None}])
    assert row_of(out, "a")["sentence"] == "No rate can be judged from its files."


def test_an_account_that_is_fine_says_what_its_own_report_says(night):
    assert row_of(night("a"), "a")["sentence"] == "a is well."


# --- what runs leave ------------------------------------------------------------------------------------------------


def test_an_account_whose_report_failed_is_called_for_that(night):
    out = night("a")
    run(out, {"account": "b", "name": "Bees", "status": "failed", "code": 3, "said": "no columns"})
    assert row_of(out, "b") | {"also": []} == {
        "account": "b",
        "name": "Bees",
        "reason": "failed",
        "rates": 0,
        "brief": "its report failed: no columns",
        "sentence": "Its report failed: no columns.",
        "also": [],
        "place": 1,
        "as_of": None,
        "report": None,
    }


def test_an_account_whose_settings_cannot_be_read_is_named_by_its_folder(night, tmp_path):
    out, kiln = night("a"), tmp_path / "data" / "kiln"
    kiln.mkdir(parents=True)
    (kiln / "account.toml").write_text("id = ", encoding="utf-8")
    run(
        out,
        {
            "account": "",
            "name": "",
            "folder": str(kiln),
            "notebook": "",
            "status": "failed",
            "code": 2,
            "said": "no id",
        },
    )
    assert row_of(out, "kiln")["sentence"] == "Its report failed: no id."


def test_a_later_run_that_looked_at_a_folder_puts_an_end_to_what_failed_there_and_a_mistyped_folder_is_no_client(
    night, tmp_path
):
    out, kiln = night("a"), tmp_path / "data" / "kiln"
    kiln.mkdir(parents=True)
    (kiln / "account.toml").write_text("id = ", encoding="utf-8")
    failed = {"account": "", "name": "", "notebook": "", "status": "failed", "code": 2, "said": "no id"}
    run(out, {**failed, "folder": str(kiln)}, {**failed, "folder": "nosuch"})
    told, _ = portfolio.night(out, "2026-10")
    assert told.filter(status="failed").get_column("account").to_list() == ["kiln"]
    later = {"account": "kiln", "name": "Kiln", "notebook": "02-metric-trends", "status": "made", "folder": str(kiln)}
    run(out, later, started="2026-11-05T041500Z")
    told, _ = portfolio.night(out, "2026-10")
    assert told.filter(status="failed").is_empty()


ASKED = {"began_at": "2026-11-01T04:15:00Z", "reports": 3}
THREE = [
    {"account": one, "name": one.upper(), "folder": f"data/{one}", "notebook": "02-metric-trends"}
    for one in ("a", "b", "c")
]


def test_what_a_killed_run_never_came_to_is_named_until_a_run_comes_to_it(night):
    out = night("a")
    run(out, ASKED | {"asked": THREE}, THREE[0], has_ended=False)
    p = read(out)
    told = portfolio.failures(p.night)
    assert [(row["account"], row["status"]) for row in told.iter_rows(named=True)] == [
        ("b", "not_reached"),
        ("c", "not_reached"),
    ]
    assert reasons(out) == [("b", "failed"), ("c", "failed"), ("a", "fine")]
    assert (
        row_of(out, "b")["sentence"]
        == "Its report was not reached: the run ended before it. The next run goes on with it."
    )
    screen = portfolio.first_screen(p, portfolio.accounts(p), portfolio.letters(p)[0])
    assert "Not reached: B, C. The run ended before; the next one goes on with them." in screen.facts
    assert not [one for one in screen.facts if "failed" in one]
    shown = tables.failures(told, {}, "").data
    assert "Not reached: the run ended before it." in shown
    assert "exit code" not in shown
    run(out, ASKED | {"asked": THREE}, THREE[1], started="2026-11-02T041500Z", has_ended=False)
    assert portfolio.failures(read(out).night).get_column("account").to_list() == ["c"]
    run(out, ASKED | {"asked": THREE}, *THREE, started="2026-11-03T041500Z")
    assert portfolio.failures(read(out).night).is_empty()


def test_what_an_earlier_run_said_of_a_report_stands_where_a_killed_one_never_came_to_it(night):
    out = night("a")
    run(out, THREE[0], THREE[1] | {"status": "failed", "code": 1, "said": "no room"})
    run(out, ASKED | {"asked": THREE[:2]}, started="2026-11-02T041500Z", has_ended=False)
    assert dict(read(out).night.select("account", "status").iter_rows()) == {"a": "made", "b": "failed"}


def test_a_run_that_came_to_its_end_has_reached_everything_and_old_records_name_nobody(night):
    out = night("a")
    run(out, ASKED | {"asked": THREE}, THREE[0])
    run(out, ASKED, started="2026-11-02T041500Z", has_ended=False)
    run(out, ASKED | {"asked": [7, {"account": ""}]}, started="2026-11-03T041500Z", has_ended=False)
    assert read(out).night.get_column("account").to_list() == ["a"]


def test_accounts_equal_in_evidence_have_one_place_and_none_of_them_is_named_first(night):
    for account in ("c", "a", "b"):
        night(account, verdicts=[MISSED | {"evidence": "strong"}])
    out = night("d")
    p = read(out)
    accounts = portfolio.accounts(p)
    assert list(accounts.select("account", "place").iter_rows()) == [("a", 1), ("b", 1), ("c", 1), ("d", 2)]
    screen = portfolio.first_screen(p, accounts, portfolio.letters(p)[0])
    assert (
        screen.headline == "3 accounts miss a target on strong evidence, on equal evidence: none of them comes first."
    )
    assert screen.others.endswith("Accounts equal in evidence stand in the order of their names, which is no advice.")


def test_the_strongest_evidence_alone_is_advice_on_whom_to_call_first(night):
    night("b", verdicts=[MISSED | {"evidence": "strong", "probability_met": 0.01}])
    out = night("a", verdicts=[MISSED | {"evidence": "strong", "probability_met": 0.02}])
    p = read(out)
    screen = portfolio.first_screen(p, portfolio.accounts(p), portfolio.letters(p)[0])
    assert screen.headline == "2 accounts miss a target on strong evidence. Call B first."
    assert "order of their names" not in screen.others
    night("c", verdicts=[MISSED | {"evidence": "strong", "probability_met": 0.01}])
    p = read(out)
    screen = portfolio.first_screen(p, portfolio.accounts(p), portfolio.letters(p)[0])
    assert (
        screen.headline
        == "3 accounts miss a target on strong evidence. First come 2 of equal evidence, in the order of their names."
    )


FILE = {"path": "orders.txt", "report": "all_orders", "rows_kept": 90, "rows_rejected": 0, "rows_waiting": 0}
FILE |= {"last_day": "2026-10-31", "warnings": []}
UNREAD = {
    "a file nobody knows": (FILE | {"report": None}, [], "1 file cannot be read: orders.txt (not recognised)."),
    "a damaged file": (
        FILE | {"report": None, "rows_kept": 0, "warnings": ["cut off; download it again"]},
        [],
        "1 file cannot be read: orders.txt (cut off).",
    ),
    "rows of one": (
        FILE | {"rows_rejected": 3},
        [{"path": "orders.txt", "line": 17, "reason": "no day"}],
        "1 file cannot be read whole: orders.txt, row 17 (no day), 3 rows in all.",
    ),
    "a row of one, of an older report": (
        FILE | {"rows_rejected": 1},
        [],
        "1 file cannot be read whole: orders.txt, 1 row in all.",
    ),
}


@pytest.mark.parametrize("what", UNREAD)
def test_a_file_that_cannot_be_read_is_named_before_the_files_that_are_missing(night, what):
    file, rejected, said = UNREAD[what]
    row = row_of(night("a", files=[file], rejected=rejected, gaps=[GAP]), "a")
    assert (row["reason"], row["sentence"], row["brief"]) == ("unread", said, said.rstrip("."))
    assert row["also"][0].startswith("Files are missing (order files of ")


def test_of_accounts_with_unreadable_files_the_one_they_leave_without_data_goes_first_and_says_how_many(night):
    page = FILE | {
        "rows_kept": None,
        "last_day": None,
        "report": None,
        "warnings": ["is a saved web page; put in the download"],
    }
    night("a", files=[FILE, page])
    hidden = {"metric": "late_shipment_rate", "status": "no_data"}
    out = night("b", verdicts=[{}, hidden], files=[FILE, page, page])
    row = row_of(out, "b")
    assert reasons(out) == [("b", "unread"), ("a", "unread")]
    assert row["sentence"] == (
        "2 files cannot be read: orders.txt (is a saved web page); orders.txt (is a saved web page). "
        "No verdict on the late shipment rate."
    )


def test_an_account_that_cannot_be_told_is_named_where_five_others_are_called_first(night):
    for name in "abcde":
        night(name, verdicts=[MISSED])
    out = night("f", files=[FILE | {"report": None}])
    read_ = portfolio.read(out, "2026-10", "2026-11-02")
    said = portfolio.first_screen(read_, portfolio.accounts(read_), portfolio.letters(read_)[0])
    assert len(said.actions) == 5
    assert said.facts[0] == "Not judged in full — F: 1 file cannot be read: orders.txt (not recognised)."


def test_a_miss_that_has_turned_says_so_as_its_report_does(night):
    turned = {"turned": "down", "turned_from": "2026-09-14", "turned_visible": 1, "turned_expected": 8.2}
    out = night("a", verdicts=[MISSED], maturity=[MATURITY | turned | {"turned_exposure": 600.0}])
    since = "It has turned by weeks of orders: 1 of the orders since 14 September 2026 known to be bad, about 8.2 would be at the rate before"
    assert row_of(out, "a")["sentence"].endswith(f"target under 1\u202f% (amazon.co.uk, seller ships). {since}.")
    assert row_of(out, "a")["brief"].endswith(f"(30 of 1,000 orders). {since}")


def test_rejected_rows_leave_an_account_open_only_where_days_are_missing(night):
    out = night("a", files=[FILE | {"rows_rejected": 3}])
    assert reasons(out) == [("a", "fine")]
    assert reasons(night("b", files=[FILE | {"report": None}])) == [("b", "unread"), ("a", "fine")]


def test_a_failure_does_not_hide_what_an_earlier_run_found(night):
    out = night("a", verdicts=[MISSED | {"evidence": "strong"}])
    run(out, {"account": "a", "status": "failed", "code": 1, "said": "the kernel died"})
    assert row_of(out, "a")["reason"] == "missed_strong"
    assert row_of(out, "a")["also"] == ["Its report failed: the kernel died. What stands here is of an earlier run."]


def test_the_failure_of_another_notebook_is_named_and_leaves_the_monthly_report_as_it_is(night):
    out = night("a")
    run(out, {"account": "a", "notebook": "03-own-feedback", "status": "failed", "code": 3, "said": "no feedback."})
    assert row_of(out, "a")["sentence"] == "Its report 03-own-feedback failed: no feedback."


def test_the_newest_run_has_the_last_word_on_a_report(night):
    out = night("a")
    run(out, {"account": "a", "status": "failed", "code": 1}, started="2026-11-01T041500Z")
    run(out, {"account": "a", "status": "made"}, started="2026-11-02T041500Z")
    assert portfolio.failures(read(out).night).is_empty()


def test_another_month_s_run_says_nothing_of_this_one(night):
    out = night("a")
    run(out, {"account": "a", "status": "failed", "code": 1, "month": "2026-09"})
    assert read(out).night.is_empty()
    assert read(out).has_ended is None


def test_a_run_that_was_killed_is_named_and_its_cut_line_is_no_word_on_any_report(night):
    out = night("a")
    run(out, {"account": "a"}, has_ended=False, cut_off='{"month": "2026-10", "account": "b", "status": "fai')
    p = read(out)
    assert p.night.get_column("account").to_list() == ["a"]
    letters, _ = portfolio.letters(p)
    assert "did not come to its end" in portfolio.first_screen(p, portfolio.accounts(p), letters).facts[0]


def test_results_that_cannot_be_read_leave_the_account_open_and_stop_nobody(night):
    out = night("a")
    night("b", schema_version=1)
    (next((out / "a" / "2026-10").glob("*.json"))).write_text("{", encoding="utf-8")
    assert dict(reasons(out)) == {"a": "failed", "b": "failed"}
    assert "schema version" not in row_of(out, "a")["sentence"]


def test_a_report_of_an_older_kit_that_tells_no_gaps_is_not_called_fine(night):
    out = night("a")
    path = next((out / "a" / "2026-10").glob("a-*.json"))
    said = json.loads(path.read_text(encoding="utf-8"))
    del said["gaps"]
    path.write_text(json.dumps(said), encoding="utf-8")
    assert row_of(out, "a")["reason"] == "open"


def test_a_folder_without_a_report_says_so(tmp_path):
    p = portfolio.read(tmp_path, "2026-10", "2026-11-02")
    letters, _ = portfolio.letters(p)
    said = portfolio.first_screen(p, portfolio.accounts(p), letters).headline
    assert said == "No report of 2026-10 lies in this folder."


@pytest.mark.parametrize("month", ["2026-13", "10-2026", "", "2026-1"])
def test_a_month_that_is_none_is_refused(tmp_path, month):
    with pytest.raises(SettingsError, match="expected a month such as 2026-10"):
        portfolio.read(tmp_path, month)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="expected the folder of the reports, found none"):
        portfolio.read(tmp_path / "none", "2026-10")


# --- what is new ----------------------------------------------------------------------------------------------------


def news(out):
    return [(row["account"], row["kind"]) for row in portfolio.news(read(out)).iter_rows(named=True)]


def test_a_rate_that_met_its_target_last_month_and_misses_it_now_is_news_and_the_way_back_too(night):
    night("a", month="2026-09")
    night("b", month="2026-09", verdicts=[MISSED])
    night("a", verdicts=[MISSED])
    assert news(night("b")) == [("a", "missed"), ("b", "met_again")]


def test_a_miss_of_a_rate_last_month_could_not_judge_is_not_called_new(night):
    night("a", month="2026-09", verdicts=[{"status": "no_data", "is_on_target": None}])
    assert news(night("a", verdicts=[MISSED])) == []


def test_a_miss_whose_evidence_has_become_strong_is_news(night):
    night("a", month="2026-09", verdicts=[MISSED])
    assert news(night("a", verdicts=[MISSED | {"evidence": "strong"}])) == [("a", "stronger")]


def test_a_first_report_and_a_missing_one_are_news(night):
    night("old", month="2026-09")
    assert news(night("new")) == [("old", "no_report"), ("new", "first_report")]


def test_a_gap_and_a_mark_are_news_only_where_last_month_had_none(night):
    night("a", month="2026-09", gaps=[GAP], marketplace_marks=[MARK])
    night("b", month="2026-09")
    night("a", gaps=[GAP], marketplace_marks=[MARK])
    assert news(night("b", gaps=[GAP], marketplace_marks=[MARK])) == [("b", "flagged"), ("b", "gap")]


def test_the_month_before_january_is_december(night):
    night("a", month="2025-12")
    out = night("a", month="2026-01")
    assert list(portfolio.read(out, "2026-01", "2026-02-02").before) == ["a"]


# --- one list on one day --------------------------------------------------------------------------------------------


def test_the_evidence_of_two_days_is_the_one_worked_by_hand():
    """The mean over L of the product of L^x e^{−(L−1) m}, 2 of 1.0 and 0 of 0.5 expected."""
    found = alarm.log_e_value([[2.0, 0.0]], [[1.0, 0.5]], [[1.0, 1.0]])
    by_hand = sum(lift**2 * math.exp(-(lift - 1) * 1.5) for lift in (1.25, 1.5, 2, 3, 5)) / 5
    assert np.exp(found) == pytest.approx([by_hand])


def test_evidence_is_one_on_average_at_the_target_and_less_under_it():
    """What the list's promise rests on: E[L^X] = e^{(L−1) m} of a Poisson count."""
    x = np.arange(400.0)
    e = np.exp(alarm.log_e_value(x[:, None], np.full((400, 1), 3.0), np.ones((400, 1))))
    assert poisson(3.0).pmf(x) @ e == pytest.approx(1.0)
    assert poisson(2.0).pmf(x) @ e < 0.75


def test_only_the_last_ninety_days_are_evidence():
    old, new = [[9.0] + [0.0] * 90], [[0.0] + [0.0] * 90]
    shared = [[0.1] * 91], [[1.0] * 91]
    assert alarm.log_e_value(old, *shared) == pytest.approx(alarm.log_e_value(new, *shared))


@pytest.mark.parametrize(
    ("e_values", "number"),
    [
        ([39.0, 1.0, 1.0, 1.0], 0),  # of 4 rates the first needs 4 / (0.1 · 1) = 40
        ([40.0, 1.0, 1.0, 1.0], 1),
        ([40.0, 19.0, 1.0, 1.0], 1),  # the second needs 20
        ([39.0, 20.0, 1.0, 1.0], 2),  # and takes the first with it
        ([14.0, 14.0, 14.0, 1.0], 3),  # three need 13.4 each
        ([], 0),
    ],
)
def test_the_list_is_cut_where_the_evidence_of_all_on_it_carries_it(e_values, number):
    assert cut([math.log(e) for e in e_values]) == number


def test_of_the_rates_on_a_list_at_most_one_in_ten_keeps_its_target_on_average():
    """30 rates exactly on target and 10 at twice it, 12 reports expected in 90 days; 2,000 lists."""
    rng = np.random.default_rng(7)
    shares = []
    for _ in range(2000):
        counts = np.concatenate([rng.poisson(12.0, 30), rng.poisson(24.0, 10)]).astype(float)
        log_e = alarm.log_e_value(counts[:, None], np.full((40, 1), 12.0), np.ones((40, 1)))
        order = np.argsort(-log_e)
        number = cut(list(log_e[order]))
        shares.append((order[:number] < 30).sum() / max(number, 1))
    assert np.mean(shares) <= 0.1
    assert np.mean(shares) > 0  # the list is not merely empty


def test_a_rate_of_which_the_files_tell_at_most_so_many_is_not_on_the_list_nor_among_those_it_is_out_of(night):
    night("a", signals=[SIGNAL | {"log_e_value": 9.0, "is_borne": False}])
    listed = portfolio.listed(read(night("b", signals=[SIGNAL | {"log_e_value": 9.0}])))
    assert listed.select("account", "is_listed").rows() == [("b", True)]
    assert portfolio.promise(listed).startswith("On the list: 1 of 1 watched rate.")


def test_an_empty_list_says_so_and_a_portfolio_without_watches_too(night):
    listed = portfolio.listed(read(night("a", signals=[SIGNAL | {"log_e_value": 0.0}])))
    assert portfolio.promise(listed).startswith("On the list: none of 1 watched rate.")
    assert portfolio.promise(listed.clear()).startswith("No rate is watched")


# --- the funnel -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bad", "side"), [(3, "within"), (4, "over"), (0, "within")])
def test_a_store_lies_over_where_the_exact_test_says_so(night, bad, side):
    """Of 100 orders at 1 %: three or more come in 7.9 of 100 looks, four or more in 1.8."""
    assert binom.sf(2, 100, 0.01) > 0.05 > binom.sf(3, 100, 0.01)
    out = night("a", verdicts=[{"numerator": bad, "denominator": 100}])
    assert portfolio.funnel(read(out)).get_column("side").to_list() == [side]


def test_a_store_without_a_bad_one_lies_under_only_where_chance_seldom_leaves_none(night):
    """0 of 300 at 1 %: 4.9 of 100 looks; 0 of 290: 5.4."""
    assert binom.cdf(0, 300, 0.01) < 0.05 < binom.cdf(0, 290, 0.01)
    night("a", verdicts=[{"numerator": 0, "denominator": 300}])
    out = night("b", verdicts=[{"numerator": 0, "denominator": 290}])
    assert portfolio.funnel(read(out)).get_column("side").to_list() == ["under", "within"]


def test_bad_ones_in_lumps_are_worth_less_in_the_funnel(night):
    night("a", verdicts=[{"numerator": 8, "denominator": 200}])
    out = night("b", verdicts=[{"numerator": 8, "denominator": 200, "design_effect": 4.0}])
    found = portfolio.funnel(read(out))
    assert found.select("worth", "side").rows() == [(200.0, "over"), (50.0, "within")]


def test_the_limits_of_a_funnel_are_where_an_exact_tail_is_five_in_a_hundred():
    low, high = portfolio.limits([100.0, 400.0], 0.01)
    assert 3 < high[0] * 100 < 4
    assert low[0] == 0
    assert binom.sf(math.floor(high[1] * 400), 400, 0.01) < 0.05 < binom.sf(math.ceil(high[1] * 400) - 2, 400, 0.01)
    wide_low, wide_high = portfolio.limits([400.0], 0.01, 0.001)
    assert wide_high[0] > high[1]
    assert wide_low[0] <= low[1]


def test_a_bound_has_no_place_in_a_funnel(night):
    out = night("a", verdicts=[{"exactness": "lower_bound"}])
    assert portfolio.funnel(read(out)).is_empty()


def test_a_rate_that_is_good_when_high_is_drawn_by_its_bad_ones(night):
    out = night(
        "a",
        verdicts=[
            {"metric": "valid_tracking_rate", "numerator": 96, "denominator": 100, "target": "0.95", "must_be": "above"}
        ],
    )
    (row,) = portfolio.funnel(read(out)).to_dicts()
    assert (row["bad"], row["rate"]) == (4, 0.04)
    assert row["allowed"] == pytest.approx(0.05)


# --- deadlines, and where the page leads ----------------------------------------------------------------------------


def test_a_deadline_that_ends_within_a_fortnight_stands_on_the_first_screen(night, samples):
    out = night("on-the-mend")
    run(out, {"account": "on-the-mend", "name": "On the Mend", "folder": str(samples / "on-the-mend")})
    for today, is_soon in (("2026-11-10", True), ("2026-11-01", False), ("2026-11-19", False)):
        p = portfolio.read(out, "2026-10", today)
        letters, untold = portfolio.letters(p)
        assert untold == ()
        said = portfolio.first_screen(p, portfolio.accounts(p), letters).facts
        assert any("an answer to a letter is due in 8 days, on 18 Nov 2026" in one for one in said) == is_soon


def test_accounts_whose_folder_no_run_names_are_named_as_not_looked_at(night):
    _, untold = portfolio.letters(read(night("a", name="Acre")))
    assert untold == ("Letters not looked for: no run of this month says where the folders of Acre lie.",)


def test_links_lead_from_the_page_to_the_reports(night, tmp_path):
    p = read(night("a b"))
    assert portfolio.way(p, "") == ""
    assert portfolio.way(p, str(p.folder)) == ""
    assert portfolio.way(p, str(tmp_path / "own" / "pages")) == "../../out"
    said = tables.calls(portfolio.accounts(p), "../../out").data
    assert 'href="../../out/a%20b/2026-10/a%20b-2026-10-metric-trends.html"' in said


def test_a_failed_report_leads_to_its_notebook_as_far_as_it_ran(night):
    out = night("a")
    (out / "a" / "failed").mkdir()
    (out / "a" / "failed" / "02-metric-trends.ipynb").write_text("{}")
    run(out, {"account": "a", "status": "failed", "code": 1, "said": "x"})
    assert portfolio.kept(read(out)) == {("a", "02-metric-trends"): "a/failed/02-metric-trends.ipynb"}


def test_a_name_of_an_account_is_text_on_the_page_and_nothing_else(night):
    out = night("a", name="<script>x</script>")
    p = read(out)
    for table in (tables.calls(portfolio.accounts(p), ""), tables.news(portfolio.news(p))):
        assert "<script>" not in table.data


def test_stores_stand_under_their_target_and_an_own_target_is_said_in_its_cell(night):
    night("a")
    out = night("b", verdicts=[{"target": "0.02"}])
    said = tables.stores({one.name: one.frames["verdicts"] for one in read(out).now.values()}).data
    assert "Order defect rate, targets differ" in said
    assert "2 of 1,000, target under 2" in said
    alone = tables.stores({"A": read(out).now["a"].frames["verdicts"]}).data
    assert "Order defect rate, under 1" in alone


def test_the_frames_of_a_portfolio_have_the_columns_of_their_schemas(night):
    out = night("a", signals=[SIGNAL])
    run(out, {"account": "a"})
    p = read(out)
    made = {
        "portfolio": portfolio.accounts(p),
        "night": p.night,
        "news": portfolio.news(p),
        "listed": portfolio.listed(p),
        "funnel": portfolio.funnel(p),
        "letters": portfolio.letters(p)[0],
    }
    assert {name: dict(frame.schema) for name, frame in made.items()} == {name: dict(SCHEMAS[name]) for name in made}


def test_an_e_value_of_five_is_seldom_on_target_where_bad_ones_come_in_batches_of_days():
    """Markov: at most 1 in 5 of accounts on target. 120 of them, estimated as in the files; benchmarks/PORTFOLIO.md."""
    prior = delays.prior(["negative_feedback_rate"])
    like = steady.Steady(20, 0.01, 0.01, True, 0.03, 1, 60, 14, tuple((prior / prior.sum()).cumsum().tolist()))
    found = alarm.watched(steady.drawn(np.random.default_rng(4), like, 120, 400), 0.01, 60, prior, every=28)
    e = np.exp(alarm.log_e_value(found.counts, found.exposure * 0.01, found.effect))
    assert 0 < (e >= 5).mean() <= 1 / 5
