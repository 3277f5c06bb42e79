"""Files appear whole or not at all; what dead runs left is swept, what runs that are alive are at work on is not."""

import os
import subprocess
import sys
import time

import pytest

from helpers import drafts
from helpers.exports import cache

posix = pytest.mark.skipif(os.name != "posix", reason="other systems go by age alone")


def of_a_dead_process(folder):
    """A draft in the folder whose process is over, as it lies there after a kill."""
    code = (
        f"import os; from helpers import drafts; open({str(folder)!r} + '/' + drafts.prefix() + 'x', 'w'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (draft,) = folder.iterdir()
    return draft


@posix
def test_a_draft_of_a_dead_process_is_swept_and_one_of_a_live_process_is_not(tmp_path):
    dead, alive, other = of_a_dead_process(tmp_path), tmp_path / f"{drafts.prefix()}y", tmp_path / "report.html"
    for path in (alive, other):
        path.write_text("x")
    drafts.sweep([tmp_path, tmp_path / "none"])
    assert not dead.exists()
    assert alive.exists()
    assert other.exists()


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="the system does not tell")
def test_a_process_nobody_has_waited_for_is_dead(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    draft = tmp_path / drafts.prefix().replace(f"-{os.getpid()}-", f"-{child.pid}-")
    draft.write_text("x")
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it is over, and still there
    assert drafts.is_dead(draft)
    child.wait()


def test_a_draft_of_another_computer_is_swept_after_a_day_and_not_before(tmp_path):
    young, old = tmp_path / ".draft-ffffffff-1-a", tmp_path / ".draft-ffffffff-1-b"
    young.mkdir()
    old.mkdir()
    (old / "page.html").write_text("x")
    a_day_ago = time.time() - drafts.DEAD_AFTER - 60
    os.utime(old, (a_day_ago, a_day_ago))
    drafts.sweep([tmp_path])
    assert [path.name for path in tmp_path.iterdir()] == [young.name]


def test_a_file_that_cannot_be_written_leaves_no_draft(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="directory"):
        drafts.write(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_file_is_written_whole_with_the_mode_asked_for(tmp_path):
    drafts.write(tmp_path / "f", b"whole", 0o600)
    assert (tmp_path / "f").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert os.name != "posix" or (tmp_path / "f").stat().st_mode & 0o777 == 0o600


@posix
def test_the_next_reading_sweeps_the_account_and_its_cache(read, account_folder):
    folder = account_folder("all_orders/us_31col.txt", stores=("amazon.com",))
    place = folder / cache.PLACE
    place.mkdir(parents=True)
    dead = of_a_dead_process(place)
    alive = place / f"{drafts.prefix()}y"
    alive.write_text("x")
    from helpers import exports

    exports.read(folder)
    assert not dead.exists()
    assert alive.exists()
    assert len(list(place.glob("*.json"))) == 1
