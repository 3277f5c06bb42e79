"""The page of a morning over many accounts, `index.html`: for the consultant alone, and never where a client may look."""

from __future__ import annotations

import json
from pathlib import Path

from helpers import drafts, notebooks, portfolio
from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.exports.personal import NOTHING_DROPPED
from helpers.reports import contents, export, making, privacy, product, publish, results
from helpers.reports.failures import Failed

NAME = "index"
MODE = 0o600  # for the one who runs it
MAY_STAND = (privacy.FOLDER,)  # a run that failed is looked for in its folder


def make(reports: Path, month: str, to: Path | None = None, today: str = "") -> list[Path]:
    """Write `index.html` and its results, `index.json`, and return their paths, the page first.

    reports   the folder `seller-audit report` wrote to · month  YYYY-MM · to  where the page lies; None: among the reports
    Raises SettingsError for a folder that belongs to one client and for one that cannot be written, Failed when the
    notebook did not run to its end, product.LeakError when the gate stops the page.
    """
    place = (to or reports).resolve()
    refuse_shared(place, reports.resolve())
    told = portfolio.read(reports, month, today)  # a wrong month or folder is told before a kernel is started
    if not told.now and told.night.is_empty() and not told.unread:
        raise SettingsError(
            f"--month: expected a month with reports in {reports}, found none of {month}", "make them first"
        )
    given = {"reports_folder": str(told.folder.resolve()), "month": month, "today": today, "placed_in": str(place)}
    notebook = making.execute(notebooks.PORTFOLIO, given)
    said = results.collect(notebook)
    if said is None:
        raise Failed("the notebook ended without publishing its results")
    title = f"{product.question(notebook)} {month}"
    page = export.written(contents.read(notebook, title, running=title))
    made = {f"{NAME}.html": page, f"{NAME}.json": publish.as_json(said)}
    shown = json.dumps([cell.get("outputs", ()) for cell in notebook.cells], ensure_ascii=False)
    names = " | ".join(row["name"] for row in said["accounts"])
    product.let_through({**made, f"outputs of {NAME}": shown}, NOTHING_DROPPED, allowed=names, but=MAY_STAND)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name in reversed(made):  # the page last
            drafts.write(place / name, made[name].encode(), MODE)
    except OSError as error:
        hint = "name another folder, or mend its permissions"
        raise SettingsError(f"--index: expected a folder to write to, found {place}: {error.strerror}", hint) from error
    return [place / name for name in made]


def refuse_shared(place: Path, reports: Path) -> None:
    """Raises SettingsError for a folder that belongs to one client: an account's own, or that of its reports.

    The page names every client. What a client is given is a folder of one account, so neither that nor one in it may hold
    the page; a folder that holds other folders of accounts may.
    """
    for folder in (place, *place.parents):
        if (folder / settings.FILE).is_file():
            raise _shared(place, f"the folder of the account in {folder}")
        if folder.parent == reports and _is_of_account(folder):
            raise _shared(place, f"the folder of the reports of {folder.name}")


def _is_of_account(folder: Path) -> bool:
    return any(folder.glob(f"*/{publish.MANIFEST}")) or (folder / "failed").is_dir()


def _shared(place: Path, whose: str) -> SettingsError:
    return SettingsError(
        f"--index: expected a folder of the consultant’s own, found {place}, which is {whose}: the page names every client",
        "name the folder of all reports, or another one that no client is given",
    )
