"""What a run leaves for machines and for people: a line of JSON a report, progress with the time left, a table."""

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

from trial import recorded

from helpers.reports import progress, records
from helpers.reports.tasks import FAILED, UNCHANGED, Outcome, Problem, Task

OUT = Path("/out")
PAGE = OUT / "b" / "failed" / "02-metric-trends.html"
KEYS = [
    *("schema_version", "account", "name", "folder", "notebook", "month", "as_of", "status", "code", "said", "seconds"),
    *("memory_mb", "flags", "verdict", "files", "look"),
]


def outcome(account="acme", **said):
    task = Task(
        account, Path("/data") / account, Path("/n/02-metric-trends.ipynb"), "2026-10-31", "2026-10", OUT, name="A"
    )
    return Outcome(task, said.pop("code", 0), **{"as_of": "2026-10-31"} | said)


# --- for machines ------------------------------------------------------------------------------------------------


def test_a_report_is_one_line_with_these_keys_and_the_last_line_sums_up(tmp_path):
    writer = records.Writer(tmp_path, datetime(2026, 11, 28, 4, 15, tzinfo=UTC))
    file = OUT / "acme" / "2026-10" / "acme-2026-10-metric-trends.html"
    good = outcome(files=[file], seconds=3.14159, memory_mb=201.26, flags=("stale",), verdict="All is met.")
    bad = outcome("b", code=1, said="KeyError: 'ü'", status=FAILED)
    writer.add(records.of(good))
    writer.add(records.of_problem(Problem(Path("/data/c"), 2, "no id"), "2026-10", "2026-10-31"))
    writer.add(records.of(bad))
    writer.add(records.ended([good, bad], 1, 2))
    assert writer.path == tmp_path / ".runs" / "2026-11-28T041500Z.jsonl"
    first, second, third, last = map(json.loads, writer.path.read_text(encoding="utf-8").splitlines())
    assert list(first) == list(second) == KEYS
    assert first["files"] == ["acme/2026-10/acme-2026-10-metric-trends.html"]
    assert (first["seconds"], first["memory_mb"], first["flags"]) == (3.14, 201.3, ["stale"])
    assert (second["account"], second["folder"], second["code"]) == ("", "/data/c", 2)
    assert third["said"] == "KeyError: 'ü'"
    assert [one["look"] for one in (first, second, third)] == [
        "",
        "seller-audit check /data/c",
        "seller-audit check /data/b",
    ]
    assert list(last) == ["schema_version", "ended_at", "code", "made", "unchanged", "failed"]
    assert (last["code"], last["made"], last["unchanged"], last["failed"]) == (2, 1, 0, 2)


def test_every_line_has_reached_the_disk_before_the_next_report_is_looked_at(tmp_path, monkeypatch):
    reached = []
    monkeypatch.setattr(os, "fsync", lambda handle: reached.append(os.fstat(handle).st_size))
    writer = records.Writer(tmp_path, datetime(2026, 11, 28, tzinfo=UTC))
    writer.add(records.of(outcome()))
    assert reached == [writer.path.stat().st_size]


def test_each_line_stands_in_the_file_as_it_is_written_and_runs_of_one_second_have_files_of_their_own(tmp_path):
    started = datetime(2026, 11, 28, tzinfo=UTC)
    first, second = (records.Writer(tmp_path, started) for _ in range(2))
    assert (first.path.stem, second.path.stem) == ("2026-11-28T000000Z", "2026-11-28T000001Z")
    first.add(records.of(outcome(verdict="V.", flags=("no_verdict",))))
    second.add(records.ended([], 0, 0))
    (line,), (last,) = recorded(tmp_path)
    assert (line["schema_version"], line["verdict"], line["flags"]) == (1, "V.", ["no_verdict"])
    assert (last["code"], last["made"], last["failed"]) == (0, 0, 0)


# --- what stands against relying on a report ---------------------------------------------------------------------


def said(*statuses, files=()):
    return {
        "files": [{"reaches": reach, "last_day": last} for reach, last in files],
        "verdicts": [{"status": s} for s in statuses],
    }


def test_a_report_is_stale_where_no_file_reaches_the_day_asked_for():
    short, long = ("2026-10-29", "2026-10-30"), ("2026-10-31", None)
    assert records.flags(said("met", files=[short]), "2026-10-31") == ("stale",)
    assert records.flags(said("met", files=[short, long]), "2026-10-31") == ()
    assert records.flags(said("met", files=[short, (None, None)]), "") == ()
    assert records.flags(said("met"), "2026-10-31") == ("stale",)


def test_a_report_has_no_verdict_where_not_one_rate_could_be_judged():
    files = [("2026-10-31", None)]
    assert records.flags(said("no_data", "not_mature", files=files), "2026-10-31") == ("no_verdict",)
    assert records.flags(said(files=files), "2026-10-31") == ("no_verdict",)
    for judged in ("met", "breached", "too_few_orders"):
        assert records.flags(said("no_data", judged, files=files), "2026-10-31") == ()


def test_the_verdict_of_a_report_is_the_first_sentence_of_its_headline():
    assert (
        records.verdict({"answer": {"headline": "2.5 % of 40 are late. Two more may be."}}) == "2.5 % of 40 are late."
    )
    assert records.verdict({"answer": None}) == records.verdict({}) == ""


# --- for people ---------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_far_a_run_is_and_how_long_it_will_take():
    stream, times = Terminal(), iter([0.0, 30.0, 120.0])
    shown = progress.Progress(stream, 4, clock=lambda: next(times))
    shown.ended(outcome(), lambda: stream.write("path\n"))
    shown.ended(outcome("b", code=1, said="no room", status=FAILED, page=PAGE), lambda: None)
    shown.close()
    assert stream.getvalue().split(progress.CLEAR) == [
        "0 of 4 reports",
        "path\n1 of 4 reports, about 90 s left",
        f"b 02-metric-trends: no report: no room. Look at: {PAGE}\n2 of 4 reports, 1 failed, about 2 min left",
        "",
    ]


def test_a_log_has_one_plain_line_a_report_with_its_moment():
    stream = io.StringIO()
    shown = progress.Progress(stream, 3)
    shown.ended(outcome(seconds=3.2, flags=("stale", "unread"), unread=25), lambda: None)
    shown.ended(outcome("b", status=UNCHANGED), lambda: None)
    shown.ended(outcome("c", code=1, said="no room", status=FAILED, page=PAGE), lambda: None)
    shown.close()
    lines = stream.getvalue().splitlines()
    assert [datetime.fromisoformat(line[:20]).tzinfo for line in lines] == [UTC] * 3
    assert [line[21:] for line in lines] == [
        "acme 02-metric-trends: made in 3 s; files end before the day looked at; 25 files could not be recognised",
        "b 02-metric-trends: unchanged, made of the same as what lies there",
        f"c 02-metric-trends: no report: no room. Look at: {PAGE}",
    ]
    assert "\x1b" not in stream.getvalue()


def test_the_table_tells_every_report_its_verdict_or_what_failed_and_where_to_look(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    bad = outcome("b", code=3, said="a question is open.", status=FAILED, seconds=1.25, page=PAGE)
    unfit = Problem(Path("/data/c"), 2, "no id", PAGE)
    rows = progress.table([bad, outcome(verdict="All is met.", seconds=12)], [unfit], 200)
    head, first, second, problem, sums = rows.splitlines()
    assert head.split() == ["ACCOUNT", "REPORT", "SECONDS", "VERDICT"]
    assert first.split(maxsplit=3) == ["acme", "metric-trends", "12.0", "All is met."]
    assert second.split(maxsplit=3)[3] == "FAILED: a question is open. Look at: seller-audit check /data/b"
    assert problem == f"/data/c  no report: no id. Look at: {PAGE}"
    assert sums == "1 made, 0 unchanged, 2 failed in 3 min"
