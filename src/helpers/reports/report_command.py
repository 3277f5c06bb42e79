"""`seller-audit report`: all folders checked, then every report made, told as it ends, written down for machines."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from helpers.reports.records import Begin, End, Record, Writer
    from helpers.reports.tasks import Outcome

SHOWN = (".html", ".pdf", ".eml")  # of a report's files those a person opens
UNFIT = 3  # the exit code of data that are not fit


def cores() -> int:
    """How many processors this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 64)


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...")
@click.option("--month", metavar="YYYY-MM", help="Report on the end of this month (default: the newest day).")
@click.option("--as-of", metavar="YYYY-MM-DD", help="Report on this day.")
@click.option(
    "--today", metavar="YYYY-MM-DD", help="What is in the future lies after this day: to make a report again."
)
@click.option("--notebook", "asked", multiple=True, metavar="NN", help="Which report, e.g. 02; may be repeated.")
@click.option("--out", metavar="DIR", help="Where to put the reports (default: reports/ in the kit's folder).")
@click.option("--pdf", is_flag=True, help="Print each report as PDF too (needs Chromium, Chrome or Edge).")
@click.option("--mail", is_flag=True, help="Write a mail (.eml) with the report attached; sending it is yours.")
@click.option("--no-html", is_flag=True, help="With --mail: attach the PDF alone.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Reports made at once (default: the cores).")
@click.option("--force", is_flag=True, help="Make every report, also where nothing has changed since.")
@click.option("--strict", is_flag=True, help="End with 3 where files end before the month or no rate could be judged.")
@click.option("--timeout", type=click.IntRange(1), default=600, show_default=True, help="Seconds for one report.")
@click.option(
    "--memory",
    type=click.IntRange(1),
    metavar="MB",
    help="Memory for one report (default: its share of three quarters of the computer's).",
)
@click.option("--index", "index", metavar="DIR", help="With --month: one page over all accounts too, for you alone.")
@click.option("--alert-mails", is_flag=True, help="With --month: a mail ready to send for each account with an alert.")
@click.option("--on-done", metavar="COMMAND", default="", help="Run this at the end, with the summary as JSON.")
@click.option("--cluster", metavar="ADDRESS", help="Make them on the workers of this Dask scheduler (tcp://…).")
def report(
    folders: tuple[str, ...],
    month: str | None,
    as_of: str | None,
    today: str | None,
    asked: tuple[str, ...],
    out: str | None,
    pdf: bool,
    mail: bool,
    no_html: bool,
    jobs: int | None,
    force: bool,
    strict: bool,
    timeout: int,
    memory: int | None,
    index: str | None,
    alert_mails: bool,
    on_done: str,
    cluster: str | None,
) -> int:
    """Make the reports of one account, or of every account directly in a folder."""
    from helpers.reports import ending, forking

    ending.heed_signals()
    if cluster is None:
        forking.context()  # imports while the folders are looked at

    from datetime import date

    from helpers import notebooks, places
    from helpers.errors import SettingsError
    from helpers.reports import clients, kept, morning, of_accounts, parameters, progress, records, runner
    from helpers.reports import cluster as on_cluster
    from helpers.reports.tasks import Wanted

    began, started = time.monotonic(), datetime.now(UTC)
    every = [folder for folder, problem in of_accounts.folders(folders) if problem is None]
    wanted = Wanted(pdf, mail, not no_html, clients.names(every))
    wanted.check()
    now = date.today() if today is None else parameters.named_day("--today", today)  # noqa: DTZ011 - the user's own calendar
    period = parameters.period(month, as_of, now)
    chosen = [notebooks.named(name) for name in asked]
    for said in filter(None, map(notebooks.renamed, asked)):
        click.echo(said, err=True)
    target = parameters.output(out, places.home() / "reports")
    shared = {"as_of": period.as_of, "period": period.folder, "out": target, "wanted": wanted}
    if (index or alert_mails) and not month:
        raise SettingsError("--index and --alert-mails: expected --month YYYY-MM beside them, found none")
    after = morning.Asked(Path(index).resolve() if index else None, alert_mails, on_done)
    after.check()
    if after.index:
        from helpers.reports import index as over_all

        over_all.refuse_shared(after.index, target.resolve())
    tasks, problems = of_accounts.checked(folders, chosen, today=now.isoformat(), force=force, **shared)
    for task in tasks:
        kept.forget_problem(task)
    ids = [task.account.lower() for task in tasks]
    problems = [kept.problem(problem, target, ids) for problem in problems]
    for problem in problems:
        click.echo(f"{problem.folder}: {progress.sentence(problem)}", err=True)
    outcomes: list[Outcome] = []
    with _alone(target):
        writer, failed = _begun(target, started)
        _written(writer, records.begin(started, period.folder, tasks, problems))
        lines = [records.of_problem(problem, period.folder, period.as_of) for problem in problems]
        for line in lines:
            failed |= not _written(writer, line)
        made = (
            runner.run(tasks, jobs=jobs or cores(), timeout=timeout, memory=memory)
            if cluster is None
            else on_cluster.run(tasks, cluster, timeout=timeout, memory=memory)
        )
        shown = progress.Progress(sys.stderr, len(tasks))
        try:
            for outcome in made:
                shown.ended(outcome, lambda files=outcome.files: _print(files))
                outcomes.append(outcome)
                lines.append(records.of(outcome))
                failed |= not _written(writer, lines[-1])
        finally:
            shown.close()
        code = _code(outcomes, [problem.code for problem in problems], failed=failed, strict=strict)
        end = records.ended(outcomes, len(problems), code)
        _written(writer, end)
        bad = {outcome.task.account for outcome in outcomes if outcome.code}
        places = {task.account: None if task.account in bad else task.folder for task in tasks}
        is_night = bool(month) and len(every) > len(folders)
        files, unmade = morning.follow(
            after,
            target,
            month or period.folder,
            now,
            lines,
            end,
            folders=places,
            names=wanted.names,
            is_night=is_night,
        )
    _print(files)
    for said in unmade:
        click.echo(said, err=True)
    if len(outcomes) + len(problems) > 1 or code:
        click.echo(
            progress.table(outcomes, problems, time.monotonic() - began),
            err=True,
        )
        if writer is not None:
            click.echo(f"for machines: {writer.path}", err=True)
    return max(code, int(bool(unmade)))


def _code(outcomes: list[Outcome], codes: list[int], *, failed: bool, strict: bool) -> int:
    """The exit code of a run: the highest of its reports and folders, 1 where its records could not be written, 3 under
    --strict where a report leaves it open how the account stands."""
    is_flagged = strict and any(outcome.flags for outcome in outcomes)
    return max([0, int(failed), UNFIT if is_flagged else 0, *codes, *(outcome.code for outcome in outcomes)])


def _print(files: list[Path]) -> None:
    for path in files:
        if path.suffix in SHOWN:
            click.echo(path)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold a folder of reports for this run; one that holds it already is waited for, and that is said."""
    from filelock import FileLock, Timeout

    from helpers.errors import SettingsError
    from helpers.places import RUNS

    try:
        (out / RUNS).mkdir(exist_ok=True)
        lock = FileLock(out / RUNS / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            click.echo(f"{out}: another run is at work here; this one waits for it", err=True)
            lock.acquire()
    except OSError as error:
        raise SettingsError(f"--out: expected a folder to write to, found {out}: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


def _begun(out: Path, started: datetime) -> tuple[Writer | None, bool]:
    """The file a run is written down in, and whether there is none because it could not be begun."""
    from helpers.reports import records

    try:
        return records.Writer(out, started), False
    except OSError as error:
        click.echo(f"no record of this run for machines: {error}", err=True)
        return None, True


def _written(writer: Writer | None, one: Begin | Record | End) -> bool:
    """Whether a line was written down; what hinders it is said, and stops no report."""
    if writer is None:
        return True
    try:
        writer.add(one)
    except OSError as error:
        click.echo(f"{writer.path}: a line is missing: {error}", err=True)
        return False
    return True
