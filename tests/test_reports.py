"""The run: parameters checked before anything starts, failures that never become a client's page, whole files."""

import functools
import hashlib
import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import nbformat
import polars as pl
import pytest
import trial
from click.testing import CliRunner
from trial import PUBLISH

from helpers import drafts, exports, notebooks, places
from helpers.errors import SettingsError
from helpers.reports import contents, export, parameters, publish, results, runner, terminal
from helpers.reports.command_line import main

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "src" / "helpers" / "reports" / "schemas"
SMALL = places.home() / "data" / "sample" / "small-good"
MONTHLY = places.NOTEBOOKS / "02-metric-trends.ipynb"
TODAY = date(2026, 11, 24)


def schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


# --- parameters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "as_of", "said"),
    [
        ("007", None, "expected a month such as 2026-03, found '007'"),
        ("NO", None, "expected a month such as 2026-03, found 'NO'"),
        ("2026-13", None, "expected a month such as 2026-03, found '2026-13'"),
        ("2026-11", None, "expected a month that is over, found 2026-11, which ends on 2026-11-30"),
        ("2027-01", None, "expected a month that is over"),
        (None, "2026-02-30", "expected a day such as 2026-03-31, found '2026-02-30'"),
        (None, "31.10.2026", "expected a day such as 2026-03-31"),
        (None, "2026-11-24", "expected a day that is over"),
        ("2026-10", "2026-10-31", "found both"),
    ],
)
def test_a_period_that_cannot_be_meant_is_an_error_that_names_the_fix(month, as_of, said):
    with pytest.raises(SettingsError) as raised:
        parameters.period(month, as_of, TODAY)
    assert said in str(raised.value)
    assert "Hint: " in str(raised.value)


def test_a_month_means_its_last_day_and_names_its_folder():
    assert parameters.period("2024-02", None, TODAY) == parameters.Period("2024-02-29", "2024-02")
    assert parameters.period(None, "2026-10-15", TODAY) == parameters.Period("2026-10-15", "2026-10-15")
    assert parameters.period(None, None, TODAY) == parameters.Period()


def test_a_misspelt_parameter_is_an_error_before_a_kernel_starts():
    with pytest.raises(SettingsError, match="expected one of account_folder, as_of"):
        parameters.checked({"acount_folder": "x"}, {"account_folder": {}, "as_of": {}})


def test_a_notebook_is_named_by_its_number_or_its_name():
    assert notebooks.named("02") == notebooks.named("02-metric-trends") == places.NOTEBOOKS / "02-metric-trends.ipynb"
    with pytest.raises(SettingsError, match="expected one of 02, 03, 04, 05, found '2'"):
        notebooks.named("2")


def test_a_number_is_of_one_notebook_alone():
    numbers = [path.stem[:2] for path in places.NOTEBOOKS.glob("*.ipynb")]
    assert len(numbers) == len(set(numbers))


def test_the_former_number_of_a_notebook_is_understood_and_says_its_new_one():
    assert notebooks.named("01").stem == "03-own-feedback"
    assert notebooks.renamed("01") == "notebook 01 of an account is called 03-own-feedback now"
    assert notebooks.renamed("02") == ""


def test_a_folder_without_account_toml_stands_for_the_accounts_in_it(account_folder, tmp_path):
    made = [account_folder(id=name) for name in ("b", "a")]
    assert parameters.accounts(str(tmp_path), "account.toml") == sorted(made)
    with pytest.raises(SettingsError, match=r"expected account\.toml in it"):
        parameters.accounts(str(made[0] / "exports"), "account.toml")


# --- the command line --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["report"], 2),
        (["report", "nowhere"], 2),
        (["report", str(SMALL), "--month", "2026-1"], 2),
        (["report", str(SMALL), "--mnth", "2026-10"], 2),
        (["report", str(SMALL), "--month", ""], 2),
        (["report", str(SMALL), "--as-of", ""], 2),
        (["report", str(SMALL), "--out", __file__], 2),
        (["new", __file__ + "/x"], 2),
        (["new", " "], 2),
        (["report", str(SMALL), "--notebook", "99"], 2),
        (["check", "nowhere"], 2),
        (["whois", str(SMALL), "AAAA-AAAA"], 2),
        (["chekc", str(SMALL)], 2),
        (["check", str(SMALL)], 0),
        (["targets"], 0),
        (["targets", "--stale", "--today", "2026-12-01"], 0),
        (["targets", "--stale", "--today", "2027-12-01"], 3),
        (["--help"], 0),
    ],
)
def test_the_exit_code_tells_a_scheduler_what_happened(arguments, code, tmp_path):
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == code, found.output
    assert "Traceback" not in found.output


def test_whois_gives_the_keys_it_knows_and_names_every_one_it_does_not(samples):
    folder = samples / "small-good"
    (key, number), *_ = exports.whois(exports.read(folder)).items()
    found = CliRunner().invoke(main, ["whois", str(folder), "AAAA-AAAA", key, "BBBB-BBBB"])
    assert found.exit_code == 2
    assert f"{key}  {number}" in found.output
    assert "found 'AAAA-AAAA', 'BBBB-BBBB'" in found.output


def test_check_says_what_is_wrong_with_the_scenarios_of_an_account(account_folder):
    folder = account_folder("feedback/us_neg_only.txt", stores=("amazon.com",))
    (folder / "scenarios.toml").write_text('[[scenarios]]\nname = "x"\nlever = "wishing"\n', encoding="utf-8")
    found = CliRunner().invoke(main, ["check", str(folder)])
    assert found.exit_code == 2
    assert "scenarios.lever" in found.output


def test_check_says_for_every_file_what_it_is_and_for_every_metric_what_is_missing(samples):
    found = CliRunner().invoke(main, ["check", str(samples / "with-holes")])
    assert found.exit_code == 0
    for said in (
        "empty.txt",
        "empty file: no data, and no proof",
        "rejected: 1 × the file ends in the middle of this line",
        "Order defect rate: roughly",
        "A-to-z claims: not at all",
        "Order defect list (Account Health",
    ):
        assert said in found.output
    assert max(map(len, found.output.splitlines())) <= 100


def test_check_tells_the_marketplace_s_words_once_whatever_number_of_files_holds_them(samples):
    said = CliRunner().invoke(main, ["check", str(samples / "late-and-broken")]).output
    assert " ".join(said.split()).count("AT RISK") == 1
    assert "AT_RISK" not in said
    assert "(10 of 184 orders)" in " ".join(said.split())


def test_what_is_no_download_stands_apart_from_those_and_a_rate_without_some_window_says_so(tmp_path):
    case = places.CHECKOUT / "tests" / "data" / "cases" / "advice-that-is-no-download" / "account"
    folder = shutil.copytree(case, tmp_path / "a", copy_function=shutil.copyfile)
    said = CliRunner().invoke(main, ["check", str(folder)]).output
    downloads = said[said.index("WHAT TO DOWNLOAD") : said.index("INSTEAD OF A DOWNLOAD")]
    assert "settle" not in downloads
    assert "nothing" not in downloads
    assert "Public feedback score: exactly, over windows the files hold whole (amazon.com" in said
    assert "download: Feedback file, 2 June to 31 July 2026 (Performance" in said


def test_check_as_json_follows_its_schema_and_asks_its_questions(account_folder):
    folder = account_folder("feedback/us_ambiguous.txt", stores=("amazon.com",))
    found = CliRunner().invoke(main, ["check", str(folder), "--json"])
    assert found.exit_code == 3
    said = json.loads(found.stdout)
    jsonschema.validate(said, schema("check"))
    (question,) = said["questions"]
    assert question["path"] == "us_ambiguous.txt"
    assert question["answer"] == '[columns."us_ambiguous.txt"] dates = "m/d" (or "d/m")'
    assert "[columns" not in question["question"]
    text = CliRunner().invoke(main, ["check", str(folder)]).output
    assert question["answer"] in " ".join(text.split())
    assert "run seller-audit settle" in text


def test_new_makes_a_folder_that_check_can_read_and_never_overwrites(tmp_path):
    folder = tmp_path / "Müller & Söhne"
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 0
    assert CliRunner().invoke(main, ["check", str(folder)]).exit_code == 0
    again = CliRunner().invoke(main, ["new", str(folder)])
    assert again.exit_code == 2
    assert "expected no such file" in again.output


def test_hostile_file_names_are_harmless_on_a_terminal(account_folder):
    folder = account_folder(files={"\x1b[2Jevil\u202etxt": b"x"})
    found = CliRunner().invoke(main, ["check", str(folder)])
    assert "\x1b" not in found.output
    assert "\u202e" not in found.output
    assert "\\x1b[2Jevil" in found.output


# --- the run -----------------------------------------------------------------------------------------------------


@pytest.fixture
def task(tmp_path):
    """A function that makes a task of a small notebook with the given cells after its parameters."""
    return functools.partial(trial.task, tmp_path)


def outcome(task, **said):
    (found,) = runner.run([task], **said)
    return found


def made(out):
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file() and path.name != ".lock")


def test_a_report_is_three_files_and_the_manifest_knows_their_hashes(task):
    one = task(PUBLISH)
    found = outcome(one)
    assert (found.code, found.said) == (0, "")
    assert made(one.out) == [
        f"acme/2026-10/{name}" for name in ("acme-2026-10-trial.html", "acme-2026-10-trial.json", "manifest.json")
    ]
    manifest = json.loads((one.out / "acme/2026-10/manifest.json").read_text())
    jsonschema.validate(manifest, schema("manifest"))
    made_of = manifest["reports"]["07-trial"]["made_of"]
    assert set(made_of) == {"account.toml", "07-trial.ipynb", "account folder", "kit", "asked for"}
    for path in (one.folder / "account.toml", one.notebook):
        assert made_of[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    for name, digest in manifest["reports"]["07-trial"]["outputs"].items():
        assert hashlib.sha256((one.out / "acme/2026-10" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("raise ValueError('the cell broke')", "ValueError: the cell broke (07-trial.ipynb, cell 3, line 1)"),
        ("one = 1\nraise ValueError", "ValueError (07-trial.ipynb, cell 3, line 2)"),
        ("def f():\n    return {}['x']\n\n\nf()", "KeyError: 'x' (07-trial.ipynb, cell 3, line 2)"),
        ("import json\n\njson.loads('{')", "JSONDecodeError: Expecting property name"),
        ("import json\n\njson.loads('{')", "(07-trial.ipynb, cell 3, line 3)"),
        ("1 +", "SyntaxError: invalid syntax"),
        ("class Own(BaseException): ...\nraise Own('odd')", "Own: odd (07-trial.ipynb, cell 3, line 2)"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt (07-trial.ipynb, cell 3, line 1)"),
        ("import sys\nsys.exit(3)", "SystemExit: 3 (07-trial.ipynb, cell 3)"),
        ("raise ValueError(chr(0xD800))", "(07-trial.ipynb, cell 3"),
        ("import sys; sys.exit(0)", "stopped before its last cell"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the kernel ended by signal 9"),
        ("1 + 1", "without publishing its results"),
        ("from helpers.errors import ExportError; raise ExportError('bad file', 'mend it')", "bad file"),
    ],
)
def test_a_failed_notebook_never_becomes_a_page(task, cell, said):
    one = task(cell, *([PUBLISH] if "1 + 1" not in cell else []))
    found = outcome(one)
    assert found.code == (3 if "ExportError" in cell else 1)
    assert said in found.said
    assert "memory" not in found.said
    assert [name for name in made(one.out) if name.endswith((".html", ".json"))] == ["acme/failed/07-trial.html"]


def test_a_file_that_is_no_notebook_of_python_is_named_and_says_what_to_do(task):
    one = task(PUBLISH)
    book = json.loads(one.notebook.read_text())
    del book["metadata"]["kernelspec"]
    for content, said in ((json.dumps(book), "expected a kernelspec"), ("{", "expected a Jupyter notebook")):
        one.notebook.write_text(content)
        found = outcome(one)
        assert found.code == 2
        assert f"07-trial.ipynb: {said}" in found.said
        assert "; open it in JupyterLab" in found.said


def test_what_nobody_foresaw_is_told_with_its_class_and_line_and_stops_no_other_report(task, tmp_path):
    one, other = task(PUBLISH), task(PUBLISH, out=tmp_path / "second")
    (tmp_path / "brand.toml").write_text("")
    unforeseen = replace(one, notebook=tmp_path / "gone.ipynb")
    found, good = runner.run([unforeseen, other])
    assert found.code == 1
    assert re.search(r"FileNotFoundError: .+ \(\w+\.py, line \d+\)", found.said)
    assert good.code == 0


def test_an_earlier_report_is_left_whole_when_a_later_run_fails(task):
    good = task(PUBLISH)
    outcome(good)
    before = {name: (good.out / name).read_bytes() for name in made(good.out)}
    assert outcome(task("raise ValueError")).code == 1
    assert {name: (good.out / name).read_bytes() for name in before} == before


def test_a_report_that_hangs_is_stopped_and_the_next_is_made(task, tmp_path):
    slow = task("import time; time.sleep(600)")
    found = outcome(slow, timeout=8)
    assert found.code == 1
    assert "longer than 8 seconds" in found.said


def test_one_bad_account_does_not_spoil_the_others(account_folder, tmp_path):
    good, bad = account_folder("all_orders/us_31col.txt", stores=("amazon.com",), id="good"), account_folder(id="bad")
    (bad / "account.toml").write_text("id = 7")
    arguments = ["report", str(tmp_path), "--out", str(tmp_path / "out")]
    found = subprocess.run(
        [sys.executable, "-m", "helpers.reports.command_line", *arguments], capture_output=True, text=True
    )
    assert found.returncode == 2
    assert f"{bad}: {bad / 'account.toml'}" in found.stderr
    assert "SettingsError" not in found.stderr
    assert found.stdout.strip().endswith("good-2025-09-metric-trends.html")
    assert str(good.name) in found.stdout


@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_a_run_that_is_ended_leaves_nothing_half_written_and_no_kernel(task, tmp_path, sign):
    one = task(
        "import ipykernel; open(account_folder + '/reached', 'w').write(ipykernel.get_connection_file())",
        "import os; open(account_folder + '/pid', 'w').write(str(os.getpid()))",
        "import time; time.sleep(600)",
        PUBLISH,
    )
    program = (
        "from pathlib import Path\nfrom helpers.reports import ending, runner\n"
        f"task = runner.Task('acme', Path({str(one.folder)!r}), Path({str(one.notebook)!r}), '', '2026-10', Path({str(one.out)!r}))\n"
        "if __name__ == '__main__':\n    ending.heed_signals()\n    list(runner.run([task]))\n"
    )
    script = tmp_path / "run.py"
    script.write_text(program)
    # Whoever runs the tests may ignore a signal (nohup does): a child would inherit that, and rightly so.
    heeds = functools.partial(signal.signal, getattr(signal, sign), signal.SIG_DFL) if sign != "SIGKILL" else None
    child = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.DEVNULL, preexec_fn=heeds)
    pid = tmp_path / "pid"
    deadline = time.monotonic() + 60
    while not pid.exists() or not pid.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    child.send_signal(getattr(signal, sign))
    child.wait(timeout=30)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid.read_text()}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid.read_text()}").exists()
    assert made(one.out) == []
    drafts.sweep([Path(tempfile.gettempdir())])  # as the next run does
    own = set(Path(tempfile.gettempdir()).glob(f"{drafts.PREFIX}*"))
    assert [path for path in own if drafts.is_dead(path)] == []
    assert not Path((tmp_path / "reached").read_text()).exists()


def test_files_that_cannot_be_written_are_a_plain_error(task, tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")
    found = outcome(task(PUBLISH))
    assert found.code == 1
    assert "cannot write the report" in found.said


def test_the_monthly_report_of_an_account_whose_dates_are_open_stops_with_the_question(account_folder, tmp_path):
    folder = account_folder(
        "feedback/us_ambiguous.txt", "all_orders/us_31col_by_last_update.txt", stores=("amazon.com",)
    )
    (folder / "exports" / "us_31col_by_last_update.txt").unlink()
    found = outcome(runner.Task("t", folder, MONTHLY, "2025-10-31", "2025-10", tmp_path / "out"))
    assert found.code == 3
    assert "can be read as" in found.said


# --- results and page ------------------------------------------------------------------------------------------


@pytest.fixture
def report(report_page):
    """The folder of the small sample's monthly report."""
    return report_page("small-good", MONTHLY.stem).parent


def test_the_results_follow_their_schema_and_say_what_the_page_says(report):
    said = json.loads((report / "small-good-2026-10-metric-trends.json").read_text())
    jsonschema.validate(said, schema("results"))
    (odr,) = [row for row in said["verdicts"] if row["metric"] == "order_defect_rate"]
    counts = (odr["status"], odr["evidence"], odr["numerator"], odr["denominator"], odr["exactness"])
    assert counts == ("breached", "weak", 2, 185, "exact")
    assert odr["rate_reported"] == pytest.approx(2 / 185, abs=1e-7)
    assert odr["discrepancy"] == pytest.approx(0, abs=1e-7)
    assert said["findings"] == [row["finding"] for row in said["verdicts"]]
    assert odr["finding"] in json.dumps(said, ensure_ascii=False)


def test_no_order_number_and_no_address_stands_in_a_report(report):
    text = "".join((report / f"small-good-2026-10-metric-trends{end}").read_text() for end in (".html", ".json"))
    account = exports.read(SMALL)
    assert not [number for number in account.orders.get_column("order_id") if number in text]
    assert "marketplace.amazon.example.com" not in text


def test_a_second_run_gives_the_same_page_to_the_byte(report, tmp_path):
    today = json.loads((report / "manifest.json").read_text())["reports"]["02-metric-trends"]["parameters"]["today"]
    outcome(runner.Task("small-good", SMALL, MONTHLY, "", "", tmp_path, today=today))
    again = tmp_path / "small-good" / "2026-10" / "small-good-2026-10-metric-trends.html"
    assert again.read_bytes() == (report / again.name).read_bytes()


def test_the_plain_papermill_command_works_too(tmp_path):
    command = [
        str(Path(sys.executable).parent / "papermill"),
        str(MONTHLY),
        str(tmp_path / "o.ipynb"),
    ]
    command += ["-p", "account_folder", "data/sample/small-good", "-p", "as_of", "2026-09-30", "--no-progress-bar"]
    found = subprocess.run(
        command, cwd=places.home(), capture_output=True, text=True, env=os.environ | {"PYTHONWARNINGS": "ignore"}
    )
    assert found.returncode == 0, found.stderr[-2000:]
    said = results.collect(nbformat.read(tmp_path / "o.ipynb", as_version=4))
    assert said["as_of"] == "2026-09-30"


def test_frames_become_rows_with_iso_days_and_no_nan():
    frame = pl.DataFrame({"day": [date(2026, 1, 2)], "rate": [float("nan")], "list": [["a"]]})
    assert results.plain(frame) == [{"day": "2026-01-02", "rate": None, "list": ["a"]}]


def page_of(*outputs, prose="# T"):
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data=one) for one in outputs])
    return export.page(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(prose), cell]), "T <script>")


def test_a_chart_s_data_cannot_end_their_script_element():
    page = page_of(
        {contents.CHART: {"description": "</script><script>alert(1)</script><!--", "title": {"text": ["x"]}}}
    )
    assert "<script>alert(1)" not in page
    assert page.count("<script>") == 2  # the library and the page's own script
    assert "T &lt;script&gt;" in page


def test_raw_html_and_script_links_in_prose_are_text():
    page = page_of(prose="# T\n\n<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](http://example.com/x.png)")
    assert "<img src=x" not in page
    assert "javascript:" not in page


def test_a_page_without_charts_carries_no_script():
    page = page_of({"text/html": "<p>x</p>"})
    assert "<script" not in page
    assert "script-src 'none'" in html.unescape(page)


@pytest.mark.parametrize("damaged", ["[]", "7", '{"reports": []}', '{"reports": 1}', "[" * 100_000, "{", "null"])
def test_a_manifest_that_is_none_is_written_anew(tmp_path, damaged):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "manifest.json").write_text(damaged)
    publish.put(tmp_path / "f", "a", "a", {".html": "x"}, {"account": "t"})
    assert list(json.loads((tmp_path / "f" / "manifest.json").read_text())["reports"]) == ["a"]


def test_two_runs_into_one_folder_keep_both_entries(tmp_path):
    for name in ("02-a", "03-b"):
        publish.put(tmp_path / "x", name, name, {".json": "{}\n"}, {"account": "a"})
    assert sorted(json.loads((tmp_path / "x" / "manifest.json").read_text())["reports"]) == ["02-a", "03-b"]


def test_one_wrong_argument_and_one_doubled_id_do_not_stop_the_other_accounts(account_folder, tmp_path):
    for name in ("a", "b"):
        account_folder("all_orders/us_31col.txt", id=name, stores=("amazon.com",))
    (tmp_path / "b" / "account.toml").write_text((tmp_path / "a" / "account.toml").read_text())
    out = tmp_path / "out"
    found = CliRunner().invoke(main, ["report", str(tmp_path / "nowhere"), str(tmp_path), "--out", str(out)])
    assert found.exit_code == 2
    assert [path.parent.parent.name for path in out.glob("*/2*/*.html")] == ["a"]
    assert (out / "b" / "failed" / "account.html").is_file()
    assert "nowhere: expected a folder, found none" in found.stderr
    assert "expected an id of its own, found 'a'" in found.stderr


def test_what_a_kernel_or_a_file_says_moves_no_terminal():
    assert terminal.plain("\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202e.") == "red \\x1b]0;title\\x07 \\u202e."


# --- the gate ----------------------------------------------------------------------------------------------------


def test_a_report_that_would_name_a_buyer_is_stopped_and_says_where(task):
    shown = "from IPython.display import HTML, display; display(HTML('<p>written by eve@example.org</p>'))"
    one = task(shown, PUBLISH)
    found = outcome(one)
    assert found.code == 1
    assert "acme-2026-10-trial.html, section “Trial?”" in found.said
    assert "an e-mail address (e…, 15 characters)" in found.said
    assert "eve@" not in found.said
    assert [name for name in made(one.out) if name.endswith((".html", ".json"))] == ["acme/failed/07-trial.html"]


def test_a_buyer_s_name_in_a_file_name_stops_the_report(account_folder, tmp_path):
    header = b"amazon-order-id\torder-status\tpurchase-date\tfulfillment-channel\tbuyer-name\n"
    header += b"111-0000000-0000001\tShipped\t2025-09-10T10:00:00+00:00\tMerchant\tGreta Garten\n"
    folder = account_folder("all_orders/us_31col.txt", files={"Greta Garten.txt": header}, stores=("amazon.com",))
    found = outcome(runner.Task("t", folder, MONTHLY, "2025-10-31", "2025-10", tmp_path / "out"))
    assert found.code == 1
    assert (
        "t-2025-10-metric-trends.html, section “What was read”: a buyer's name or address (G…, 12 characters)"
        in found.said
    )
    assert "it stands in the name of the file ….txt and ….txt, line 2, column 5" in found.said


def test_a_failed_notebook_is_kept_without_what_the_gate_would_stop(task):
    cell = "print('asked eve@example.org about 202-1234567-1234567')\nraise ValueError('order 202_1234567_1234567')"
    one = task(cell, PUBLISH)
    found = outcome(one)
    assert found.said.startswith("ValueError: order … (07-trial.ipynb, cell 3, line 2)")
    kept = (one.out / "acme/failed/07-trial.ipynb").read_text()
    assert "asked … about …" in kept
    assert "1234567" not in kept
    assert "eve@" not in kept
