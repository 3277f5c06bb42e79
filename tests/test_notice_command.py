"""`seller-audit notice`: the reading as text and as JSON, and exit codes a script can use."""

import json
from pathlib import Path

from click.testing import CliRunner

from helpers.reports.command_line import main as command

DATA = Path(__file__).parent / "data"


def run(*arguments):
    return CliRunner().invoke(command, ["notice", *map(str, arguments)])


def test_the_json_is_the_reading_with_the_words_it_rests_on():
    done = run(DATA / "notices" / "02_odr_deactivated_figures.txt", "--json")
    said = json.loads(done.output)
    assert (done.exit_code, said["kind"], said["charges"][0]["count"]) == (0, "metric_deactivation", 14)
    assert "14 turned out defective" in said["charges"][0]["words"][0]["text"]


def test_a_letter_in_another_language_ends_with_3_and_is_not_half_read():
    done = run(DATA / "letters" / "german.txt")
    assert done.exit_code == 3
    assert done.output.startswith("Not read.")
    assert "deadline" not in done.output


def test_a_file_that_is_not_there_ends_with_2_and_says_what_to_name(tmp_path):
    assert run(tmp_path / "none.txt").exit_code == 2


def test_what_a_terminal_would_act_on_is_written_out(tmp_path):
    (tmp_path / "n.txt").write_bytes(b"Your Order Defect Rate of 2%\x1b[31m exceeds our target of 1%.")
    assert "\x1b" not in run(tmp_path / "n.txt").output
