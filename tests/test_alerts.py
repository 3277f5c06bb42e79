"""Who is woken and by what: changes of evidence since an earlier day, with the share of steady accounts each marks."""

import json
import shutil
from datetime import date
from fractions import Fraction
from importlib.resources import files

import jsonschema
import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from helpers import alerts, audit, charts, tables
from helpers.errors import SettingsError
from helpers.frames import SCHEMAS
from helpers.reports.command_line import main
from helpers.scenarios import share_over
from helpers.scenarios.known import Known, Rule
from helpers.verdicts import Limit
from helpers.wording import in_100

TODAY = "2026-11-01"


@pytest.fixture(scope="module")
def mending(samples):
    """The sample that was over its target until mid-September, on a day in July."""
    return audit.of(samples / "on-the-mend", "2026-07-15", TODAY)


def run(*said):
    return CliRunner().invoke(main, ["alerts", *map(str, said), "--today", TODAY])


def test_an_alarm_wakes_once_and_not_again_while_it_stands(mending):
    """It stands since 12 July: new on 15 July to who last looked on 30 June, and not to who looked on 13 July."""
    first, again = (alerts.of(mending, since).filter(kind="alarm") for since in (date(2026, 6, 30), date(2026, 7, 13)))
    assert first.get_column("metric").to_list() == ["order_defect_rate"]
    assert first.item(0, "since") == date(2026, 7, 12)
    assert again.is_empty()


def test_every_alert_but_a_gap_says_how_many_steady_accounts_it_marks_and_what_a_fixed_step_would(mending):
    found = alerts.of(mending, date(2026, 6, 30))
    marks = found.filter(pl.col("kind") != "gap")
    assert marks.get_column("share_marked").null_count() == 0
    assert (marks.get_column("share_fixed_step") >= marks.get_column("share_marked")).all()
    assert marks.get_column("fixed_step").unique().to_list() == [
        "a rise of the judged rate by a quarter of its target within 30 days"
    ]
    assert found.filter(kind="gap").get_column("share_marked").null_count() == found.filter(kind="gap").height


def test_a_missed_target_wakes_when_the_files_prove_it_and_it_was_met_before(samples):
    """Two of 185 orders since 23 October; a month before none was missed."""
    looked = audit.of(samples / "small-good", "", TODAY)
    found = alerts.of(looked).filter(kind="breach", metric="order_defect_rate")
    assert found.height == 1
    assert "2 of 185 orders" in found.item(0, "sentence")
    assert found.item(0, "window_days") == 60


def test_a_target_that_was_missed_before_wakes_nobody_again(samples):
    looked = audit.of(samples / "late-and-broken", "", TODAY)
    assert looked.verdicts.filter(status="breached").height > 0
    assert alerts.of(looked).filter(kind="breach").is_empty()


def test_a_missing_file_wakes_when_a_judged_window_first_needs_it(samples):
    """May 2026 is missing; the window judged on 15 June is the first whose days the files do not hold."""
    looked = audit.of(samples / "with-holes", "2026-06-20", TODAY)
    gap = alerts.of(looked, date(2026, 5, 10)).filter(kind="gap")
    assert "May 2026" in gap.item(0, "sentence")
    assert "Download" in gap.item(0, "sentence")
    assert alerts.of(looked, date(2026, 6, 19)).filter(kind="gap").is_empty()


def test_what_files_tell_only_as_at_most_so_many_never_wakes(samples):
    looked = audit.of(samples / "lamp-house", "", TODAY)
    marked = looked.signals.with_columns(
        is_marked=pl.lit(value=True), marked_since=pl.lit(looked.day), is_borne=pl.col("fulfilment") == "merchant"
    )
    found = alerts.of(looked.given(signals=marked))
    assert set(found.filter(kind="alarm").get_column("fulfilment")) == {"merchant"}


def test_no_alert_says_luck_or_a_percentage_without_its_count(mending):
    for sentence in alerts.of(mending, date(2026, 6, 30)).get_column("sentence"):
        assert "luck" not in sentence.lower()
        assert "chance that" not in sentence or "%" in sentence


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "fewer than 1 in 100"), (0.02, "about 2 in 100"), (0.595, "about 60 in 100"), (1.0, "more than 99 in 100")],
)
def test_a_simulated_share_is_said_in_whole_accounts_of_a_hundred_and_never_as_certain(share, said):
    assert in_100(share) == said


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_ends_with_4_when_somebody_is_to_be_woken_and_with_0_when_not(samples):
    woken, quiet = run(samples / "small-good"), run(samples / "late-and-broken")
    assert (woken.exit_code, quiet.exit_code) == (4, 0)
    assert "! breach: Order defect rate" in woken.output
    assert "no alert" in quiet.output


def test_an_account_whose_order_and_health_files_are_saved_web_pages_is_said_to_be_unjudged_and_ends_with_3(
    samples, tmp_path
):
    spoilt = tmp_path / "on-the-mend"
    shutil.copytree(samples / "on-the-mend", spoilt)
    dead = [file for kind in ("orders", "account-health") for file in sorted((spoilt / "exports" / kind).iterdir())]
    for file in dead:
        file.unlink()
        file.with_suffix(".txt").write_text("<!DOCTYPE html><html><body>Sign in</body></html>", encoding="utf-8")
    found = run(spoilt)
    assert found.exit_code == 3
    assert "no alert" not in found.output
    said = " ".join(found.output.split())
    assert f"? cannot be judged in full: {len(dead)} files could not be recognised, account-health/" in said
    assert "No file tells the order defect rate" in said
    assert json.loads(run(samples / "late-and-broken", "--json").stdout)["accounts"][0]["unjudged"] == ""


def test_the_json_of_the_command_is_described_by_its_schema(samples):
    said = json.loads(run(samples / "small-good", samples / "late-and-broken", "--json").stdout)
    schema = json.loads(files("helpers.reports").joinpath("schemas", "alerts.json").read_text(encoding="utf-8"))
    jsonschema.validate(said, schema)
    assert list(schema["$defs"]["alert"]["properties"]) == list(SCHEMAS["alerts"])
    assert [len(one["alerts"]) > 0 for one in said["accounts"]] == [True, False]


def test_a_folder_that_cannot_be_read_is_named_and_hides_no_other(samples, tmp_path):
    found = run(tmp_path / "nowhere", samples / "late-and-broken", "--json")
    assert found.exit_code == 2
    said = json.loads(found.stdout)
    assert [one["folder"] for one in said["failed"]] == ["nowhere"]
    assert [one["account"] for one in said["accounts"]] == ["late-and-broken"]


@pytest.mark.parametrize("since", ["2026-10-31", "2027-01-01", "soon"])
def test_a_day_to_compare_with_must_lie_before_the_day_looked_at(samples, since):
    found = run(samples / "small-good", "--since", since)
    assert found.exit_code == 2
    assert "--since" in found.stderr


# --- what the report shows ------------------------------------------------------------------------------------------


def test_an_alarm_has_an_exhibit_with_the_reports_and_those_that_would_reach_the_target(mending):
    found = alerts.of(mending, date(2026, 6, 30)).filter(kind="alarm")
    (drawn,) = charts.alerts(found, mending.watched)
    assert drawn.usermeta["title"] == found.item(0, "sentence")
    newest = dict(zip(drawn.usermeta["twin"]["columns"], drawn.usermeta["twin"]["rows"][0], strict=True))
    row = mending.signals.filter(metric="order_defect_rate", watch="target").row(0, named=True)
    assert newest["Reported"] == str(row["reported"])
    assert newest["Alarm"] == "stands"
    told = [one["told"] for rows in drawn.to_dict()["datasets"].values() for one in rows if "told" in one]
    assert told[0] == (
        f"{row['reported']} bad ones were reported in the 28 days to 15 Jul 2026, where {newest['At the target']} would just "
        "reach the target. The alarm stands."
    )


def test_a_report_without_an_alert_says_so_in_a_sentence():
    nothing = pl.DataFrame(schema=dict(SCHEMAS["alerts"]))
    assert "No alert" in tables.alerts(nothing).data
    assert charts.alerts(nothing, pl.DataFrame()) == []


def test_a_control_chart_says_how_many_weeks_stand_out_and_that_some_are_better(samples):
    looked = audit.of(samples / "on-the-mend", "", TODAY)
    late = charts.control(looked.control.filter(metric="late_shipment_rate"))
    assert "stand out" in late.usermeta["title"]
    assert "better" in late.usermeta["title"]
    assert len(late.usermeta["twin"]["rows"]) == looked.control.filter(metric="late_shipment_rate").height


def test_the_register_of_drivers_names_every_level_looked_at(samples):
    looked = audit.of(samples / "late-and-broken", "", TODAY)
    said = tables.drivers(looked.drivers).data
    for level in looked.drivers.get_column("level").unique():
        assert level in said


# --- a forecast over a level the account sets --------------------------------------------------------------------


def asking(samples, tmp_path, chance, day):
    """The small shop, with account.toml asking to be woken from a chance on."""
    folder = shutil.copytree(samples / "small-good", tmp_path / f"asking-{chance}")
    said = (folder / "account.toml").read_text(encoding="utf-8")
    (folder / "account.toml").write_text(f"{said}\n[alerts]\nchance = {chance}\n", encoding="utf-8")
    return audit.of(folder, day, TODAY)


def test_a_forecast_wakes_only_where_the_account_asks_for_it_and_only_from_its_level_on(samples, tmp_path):
    quiet = alerts.of(audit.of(samples / "small-good", "2026-08-31", TODAY))
    assert quiet.filter(kind="forecast").is_empty()
    (row,) = alerts.of(asking(samples, tmp_path, 0.1, "2026-08-31")).filter(kind="forecast").to_dicts()
    assert "is over within 30 days with a chance of 31 in 100" in row["sentence"]
    assert "account.toml asks to be told from 10 in 100 on" in row["sentence"]
    assert f"about {round(100 * row['share_marked'])} in 100 that keep the target are marked so" in row["sentence"]
    assert alerts.of(asking(samples, tmp_path, 0.6, "2026-08-31")).filter(kind="forecast").is_empty()


def test_a_forecast_that_stood_over_the_level_before_wakes_nobody_again(samples, tmp_path):
    found = asking(samples, tmp_path, 0.05, "2026-09-01")
    assert alerts.of(found, date(2026, 8, 31)).filter(kind="forecast").is_empty()


@pytest.mark.parametrize("said", ["chance = 0", "chance = 1.5", "chance = 0.5\ndays = 365", "level = 0.5"])
def test_a_level_that_cannot_be_meant_is_refused(samples, tmp_path, said):
    folder = shutil.copytree(samples / "small-good", tmp_path / "a")
    with (folder / "account.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[alerts]\n{said}\n")
    with pytest.raises(SettingsError, match="alerts"):
        audit.of(folder, today=TODAY)


def test_of_steady_accounts_far_under_the_target_a_high_level_marks_next_to_none():
    rule = Rule(Limit(Fraction(1, 100), is_strict=True), 60, 14, 1)
    orders, bad = np.full(439, 50), np.zeros(439, int)
    bad[::10] = 1  # 0.2 %, a fifth of the target
    verdict = {"status": "met", "must_be": "below", "design_effect": 1.0, "as_of": date(2026, 10, 31)}
    known = Known(verdict, rule, orders, bad, orders > 0, np.ones(181), 0.0, 1)
    assert share_over(known, 30, 0.5) <= 0.05
    assert share_over(known, 30, 0.0005) > share_over(known, 30, 0.5)


def test_a_hole_that_several_windows_need_is_one_alert_with_its_one_download(samples, tmp_path):
    folder = tmp_path / "holed"
    shutil.copytree(samples / "on-the-mend", folder)
    (folder / "exports" / "orders" / "all-orders-2026-10.txt.gz").unlink()
    found = alerts.of(audit.of(folder, "2026-10-31", "2026-11-28")).filter(kind="gap").get_column("sentence").to_list()
    assert [one.split(":")[0] for one in found] == ["Order files of 1 October to 31 October 2026 are missing"]
