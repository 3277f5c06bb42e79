"""Files made to break the readers: `python benchmarks/attack.py 10000` damages so many, and says what each did.

Each is a file of the tests, damaged by chance (tests/test_exports_damaged.py), with a buyer planted in one cell or
header, packed or not. Held of every one: nothing is raised but the kit's own errors; what is not kept is rejected or
waits; the files speak for no day to come; and the buyer stands neither in what `check` prints, nor in its JSON, nor in
an error, nor in what is kept under `.cache/`.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from test_exports_damaged import SAMPLES, TODAY, check_every_record_is_accounted_for, damaged  # noqa: E402

from helpers import exports  # noqa: E402
from helpers.audit import Audit  # noqa: E402
from helpers.errors import KitError  # noqa: E402
from helpers.exports import personal  # noqa: E402
from helpers.reports import listing, publish  # noqa: E402

BUYER = "Zebulon Quisling"
PLANTED = (BUYER, "zq@example.net", "+44 20 7946 0958", "911-7654321-1234567")
ODD = ("٢٠٢٥-09-01T00:00:00+00:00", "٣", "１２", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "01/01/0001")
ODD += ("31.12.9999", "0001-01-01", "9999-12-31", "9" * 5000, "1e308", "-0", "१०/०९/२५", "12-Sep-9999", "12-Sep-0001")
ODD += ("1 Jan 0001 00:00:00 UTC", "Dec 31, 9999 11:59:59 PM PST", "٣٠/٠٩/٢٠٢٥", "2025-11-03T00:00:00+00:00")
MAPS = (
    "",
    '[columns."*"]\nreport = "order_defects"\none_row_is = "order"\nrows_are = "defective_only"\n'
    'columns = { order_id = "Order ID", kind = "Kind", order_day = "Order Date" }\n',
    '[columns."*"]\nreport = "orders"\ncolumns = { order_id = "amazon-order-id", purchased_at = "purchase-date", '
    'status = "order-status", units = "quantity", value = "item-price", marketplace = "sales-channel" }\n',
)


def planted(content: bytes, chance: random.Random) -> bytes:
    """The content with a buyer in one of its cells or headers, and an odd value in some others of one column."""
    cells = list(re.finditer(rb"[^\t,;\r\n{}\[\]:\"]+", content))
    if not cells:
        return content
    where = chance.choice([cells, cells[:40]])
    for said in (chance.choice(PLANTED), *chance.sample(ODD, chance.choice([0, 1, 1, 2]))):
        cell = chance.choice(where)
        is_same = chance.random() < 0.2  # every cell that says the same: a header, a status, a store
        new = said.encode()
        content = content.replace(cell.group(), new) if is_same else content.replace(cell.group(), new, 1)
    return content


def packed(content: bytes, chance: random.Random) -> bytes:
    """The content as it is, or in an archive, cut or not."""
    match chance.randrange(12):
        case 0:
            content = gzip.compress(content)
        case 1:
            whole = io.BytesIO()
            with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a/b.txt", content)
            content = whole.getvalue()
        case _:
            return content
    return content[: chance.randrange(len(content) + 1)] if chance.random() < 0.3 else content


def attacked(seed: int, folder: Path) -> tuple[str, str]:
    """What one damaged file did: a word, and what is wrong with it (empty where all holds)."""
    chance = random.Random(seed)
    content = damaged(seed) if chance.random() < 0.6 else chance.choice(SAMPLES).read_bytes()
    plain = planted(content, chance)
    content = packed(plain, chance)
    entry = chance.choices(MAPS, (8, 1, 1))[0]
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    (folder / "account.toml").write_text(f'id = "m"\nname = "M"\nmarketplaces = ["amazon.co.uk"]\n{entry}')
    (folder / "exports" / "f").write_bytes(content)
    word, texts, wrong = "read", [], []
    try:
        account = exports.read(folder, TODAY)
        day = account.last_complete_day or TODAY
        one = Audit(account, day, TODAY)
        texts += [listing.as_text(one), publish.as_json(listing.as_json(one)), repr(one.tallies.rows())]
        texts += [repr(one.verdicts.rows())]
        wrong += ["speaks for a day to come"] if day > TODAY else []
        if content == plain and not entry:
            check_every_record_is_accounted_for(content, account)
        word = "asks" if account.questions else "read" if account.files.get_column("report").count() else "named"
    except KitError as error:
        word, texts = "refused", [str(error)]
    except AssertionError as error:
        return "read", f"rows lost: {error}"[:200]
    except Exception as error:  # what this looks for
        traceback.print_exc()
        return "raised", f"{type(error).__name__}: {error}"[:200]
    personal.dropped(folder)
    texts += [
        one.read_bytes().decode("latin-1")
        for one in folder.glob(".cache/**/*")
        if one.match("dropped") or one.suffix == ".json"
    ]
    told = [said for said in (*PLANTED, *map(str.lower, PLANTED)) if any(said in text for text in texts)]
    return word, "; ".join([*wrong, *(f"tells {said}" for said in dict.fromkeys(told))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    said = parser.parse_args()
    words, faults, slowest = Counter(), 0, (0.0, 0)
    with tempfile.TemporaryDirectory() as place:
        for seed in range(said.first, said.first + said.number):
            begun = time.perf_counter()
            word, wrong = attacked(seed, Path(place) / "m")
            slowest = max(slowest, (time.perf_counter() - begun, seed))
            words[word] += 1
            faults += bool(wrong)
            if wrong:
                print(f"{seed}: {word}: {wrong}", flush=True)
    told = ", ".join(f"{count} {word}" for word, count in sorted(words.items()))
    print(f"{said.number} files: {told}; {faults} with a fault; slowest {slowest[0]:.1f} s (seed {slowest[1]})")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
