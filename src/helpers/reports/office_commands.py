"""`seller-audit index` and `targets`: what a consultant does for all accounts at once. Added to the group in command_line.

Only click is imported here; each command imports what it needs, so that --help answers at once.
"""

from __future__ import annotations

import click


@click.command()
@click.argument("reports")
@click.option(
    "--month", metavar="YYYY-MM", required=True, help="Of whose reports; those of the month before tell what is new."
)
@click.option("--to", metavar="DIR", help="Where to put the page (default: the folder of the reports).")
@click.option("--today", metavar="YYYY-MM-DD", help="The day from which deadlines are counted.")
def index(reports: str, month: str, to: str | None, today: str | None) -> int:
    """Write one page over all accounts whose reports lie in a folder: whom to call first, and why."""
    from pathlib import Path

    from helpers.reports import index
    from helpers.reports.command_line import heed_signals
    from helpers.reports.failures import Failed

    heed_signals()
    try:
        made = index.make(Path(reports), month, Path(to) if to else None, today or "")
    except Failed as failed:
        click.echo(f"no page: {failed.said}", err=True)
        return failed.code
    click.echo(made[0])
    return 0


@click.command()
@click.option(
    "--stale", is_flag=True, help="Those nobody compared with their source for over 180 days; exit code 3 if any."
)
@click.option("--today", metavar="YYYY-MM-DD", help="In force, and how long ago, is told as of this day.")
def targets(stale: bool, today: str | None) -> int:
    """Print the targets in force today, with their sources."""
    from datetime import date

    from helpers.reports import parameters, rule_listing

    now = date.today() if today is None else parameters.named_day("--today", today)  # noqa: DTZ011 - the user's own calendar
    for line in rule_listing.stale(now) if stale else rule_listing.in_force(now):
        click.echo(line)
    return 3 if stale and rule_listing.any_stale(now) else 0


COMMANDS = (index, targets)
