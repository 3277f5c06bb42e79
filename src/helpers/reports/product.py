"""What a client gets from one executed notebook: the page, its results, and on request a PDF and a mail.

Everything that is text goes through the privacy gate before it is handed on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from helpers.errors import KitError, SettingsError
from helpers.exports import personal, settings
from helpers.reports import brand, clients, contents, export, origin, pdf, privacy, publish, sheets
from helpers.reports.tasks import Wanted
from helpers.sentences import written_like
from helpers.wording import day

APPEAL = {"05-appeal"}  # the notebooks that have to name orders
MOST_LEAKS = 10  # named in a message

READ_AGAIN = (".json", ".csv")  # the results hold every word of the page that comes from the account


class LeakError(KitError):
    """A finished report says who a buyer is, or something else no report may hold."""


def files(
    notebook: Any, said: dict, folder: Path, stem: str, wanted: Wanted, known: personal.Dropped | None = None
) -> dict[str, str | bytes]:
    """Ending → content of each file of the report, written the way of the account's locale.

    said   the notebook's results · folder   the account's · stem   how its files are called
    known  what the gate looks for (personal.dropped), where it has been read already
    Raises LeakError when the gate stops the report, SettingsError for a brand or a browser that cannot be used.
    """
    with written_like(settings.read(folder).locale):
        return _made(notebook, said, folder, stem, wanted, known or personal.dropped(folder))


def _made(
    notebook: Any, said: dict, folder: Path, stem: str, wanted: Wanted, known: personal.Dropped
) -> dict[str, str | bytes]:
    own = brand.read(folder)
    when = day(date.fromisoformat(said["as_of"]))
    name = said.get("name", said["account"])
    title = f"{question(notebook)} {name}, {when}"
    page = contents.read(notebook, title, running=f"{name} · {when}", brand=own, note=brand.note(folder))
    html = export.written(page)
    made: dict[str, str | bytes] = {".html": html, ".json": publish.as_json(said), **sheets.sheets(said)}
    texts = {f"{stem}{ending}": content for ending, content in made.items() if isinstance(content, str)}
    shown = [cell.get("outputs", ()) for cell in notebook.cells]
    texts[f"outputs of {said.get('notebook', stem)}.ipynb"] = json.dumps(shown, ensure_ascii=False)
    others = clients.besides(wanted.names, settings.read(folder), own)
    let_through(
        texts,
        known,
        allowed=f"{name} {own.name} {own.footer}",
        order_numbers=said.get("notebook") in APPEAL,
        folder=folder,
        others=others,
    )
    attached: dict[str, bytes] = {}
    if wanted.pdf or (wanted.mail and pdf.browser()):
        made[".pdf"] = attached[f"{stem}.pdf"] = pdf.printed(html)
    if wanted.page_in_mail:
        attached[f"{stem}.html"] = html.encode()
    if wanted.mail:
        made[".eml"] = _mail(page, said, attached)
    return made


def names_another(files: Iterable[Path], folder: Path, wanted: Wanted) -> bool:
    """Whether a report that lies there may hold the name of an account that was not known when it was made: then it is made
    again, and goes through the gate."""
    others = clients.besides(wanted.names, settings.read(folder), brand.read(folder))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files if path.suffix in READ_AGAIN)
    return any(any(True for _ in clients.found(text, others)) for text in texts)


def _mail(page: contents.Page, said: dict, attached: dict[str, bytes]) -> bytes:
    from helpers.reports import mail

    if not attached:
        raise SettingsError("--mail --no-html: expected a browser for the PDF, found none", "leave out --no-html")
    return mail.written(mail.words(said, attached, page.brand), page, attached)


def let_through(
    texts: dict[str, str],
    known: personal.Dropped,
    *,
    allowed: str = "",
    order_numbers: bool = False,
    folder: Path | None = None,
    others: Collection[str] = (),
    but: Collection[str] = (),
) -> None:
    """Raises LeakError when a finished text says what no report may (privacy.leaks): it names where in the report, and
    where it comes from.

    folder   the account's, whose files the strings come from · others  the names of other accounts
    but      what may stand there, by the name `Leak.what` has for it
    """
    leaks = privacy.leaks(texts, known, allowed=allowed, order_numbers=order_numbers, others=others)
    leaks = [leak for leak in leaks if leak.what not in but]
    if leaks:
        more = [f"and {len(leaks) - MOST_LEAKS} more"] if len(leaks) > MOST_LEAKS else []
        lines = "\n  ".join([*(f"{leak}{_origin(leak, folder)}" for leak in leaks[:MOST_LEAKS]), *more])
        hint = "take the strings out where they come from, or rename the file"
        if any(leak.what == privacy.CLIENT for leak in leaks):
            hint += "; a name that is this account’s own word too goes into may_name of its account.toml"
        raise LeakError(f"stopped, the report would show\n  {lines}", hint)


def _origin(leak: privacy.Leak, folder: Path | None) -> str:
    """Where a leak comes from, in words; empty where no file of the account holds it."""
    try:
        found = origin.places(folder, leak.said) if folder else []
    except OSError:
        return ""  # what cannot be read now was read before: the place in the report is named all the same
    return f"; it stands in {' and '.join(found)}" if found else ""


def question(notebook: Any) -> str:
    """The question a notebook answers: its first heading."""
    first = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    found = re.search(r"^# (.+)$", first, re.MULTILINE)
    return found[1] if found else ""
