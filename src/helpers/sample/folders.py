"""A profile → the files of its folder: complete, or with the damage a real client's folder has."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import polars as pl

from helpers.sample.account_file import account_file
from helpers.sample.account_health import account_health
from helpers.sample.defect_files import defect_list, feedback_file
from helpers.sample.further_files import everything_else, packed
from helpers.sample.letters import cases
from helpers.sample.money_back import given_back
from helpers.sample.order_files import CORE, EU, months, order_file
from helpers.sample.parcels import shipped
from helpers.sample.profiles import LAST_DAY, Profile
from helpers.sample.truth import opening, orders

DOWNLOADED = date(2026, 11, 1)


def contents(profile: Profile) -> dict[str, bytes]:
    """Every file of a sample account: path → bytes, the same each time."""
    truth = orders(profile)
    made = _with_holes(truth, profile) if profile.id == "with-holes" else _complete(truth, profile)
    return made | cases(profile.id)


def _complete(truth: pl.DataFrame, profile: Profile) -> dict[str, bytes]:
    header = CORE if profile.currency == "USD" else EU
    if header is CORE:
        header = [*CORE, "is-replacement-order", "is-buyer-requested-cancellation"]
    if profile.has_lists:
        truth = given_back(shipped(truth, profile), profile)
    files, columns = {}, {}
    for first, last, taken in months(truth):
        file = order_file(truth, first, last, taken, header, profile)
        end = min(last, LAST_DAY)
        name = f"exports/orders/all-orders-{end:%Y-%m}.txt"
        files |= packed(name, file) if profile.merchant > 20 else {name: file}
        if (end - opening(truth)).days > 80:
            path = f"defects/order-defects-{end:%Y-%m}.csv"
            columns[path] = {"taken_on": taken.date()}
            files[f"exports/{path}"] = defect_list(truth, end).encode()
    language = "de" if profile.has_lists and profile.currency == "EUR" else "en"
    files["exports/feedback.txt"] = feedback_file(truth, profile, language).encode()
    columns["feedback.txt"] = {"taken_on": DOWNLOADED}
    if not profile.has_lists:
        files["exports/account-health.json"] = account_health(truth, profile).encode()
    else:
        more, explained = everything_else(truth, profile)
        files, columns = files | more, columns | explained
    return {"account.toml": account_file(profile, columns).encode(), **files}


def _with_holes(truth: pl.DataFrame, profile: Profile) -> dict[str, bytes]:
    """One month missing, one file cut, one saved by a spreadsheet, one empty, one unknown; no list, no JSON."""
    files = {}
    for first, last, taken in months(truth):
        file = order_file(truth, first, last, taken, EU, profile)
        name = f"exports/all-orders-{min(last, LAST_DAY):%Y-%m}.txt"
        if (last.year, last.month) == (2026, 5):
            continue
        if (last.year, last.month) == (2026, 8):
            files[name] = file[: file.rindex(b"202-", 0, -400) + 9]
        elif (last.year, last.month) == (2026, 3):
            files[f"exports/march/{name.rsplit('/', 1)[1]}"] = _as_a_spreadsheet_saves(file)
        else:
            files |= packed(name, file)
    text = feedback_file(truth, profile, "de").replace("Fast and well packed", "Schnell geliefert, sehr schön")
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("bewertungen.txt"), text.replace("\n", "\r\n").encode("cp1252"), zipfile.ZIP_DEFLATED
        )
    files["exports/von der Kundin/feedback.zip"] = archived.getvalue()
    files["exports/empty.txt"] = b""
    files["exports/notes from the call.txt"] = b"Ask for May 2026, the file is missing.\n"
    return {"account.toml": account_file(profile, {}).encode(), **files}


def _as_a_spreadsheet_saves(file: bytes) -> bytes:
    lines = file.decode().split("\n")
    cells = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' if '"' in cell else cell for cell in line.split("\t")]
        for line in lines
    ]
    text = "\r\n".join("\t".join(row) for row in cells)
    return text.replace("true", "TRUE").replace("false", "FALSE").encode("cp1252")


def write(profile: Profile, folder: Path) -> None:
    """Write a sample account to `folder`, replacing its files."""
    shutil.rmtree(folder / "exports", ignore_errors=True)
    for path, content in contents(profile).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
