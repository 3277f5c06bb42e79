"""The made-up letter to one of the accounts with its answer, and the same answered in a hurry, for a class."""

from __future__ import annotations

from pathlib import Path

ACCOUNT = "on-the-mend"
TEXTS = Path(__file__).with_name("letters")
CASES = {"2026-11-letter": "first", "2026-11-exercise": "class"}


def cases(profile_id: str) -> dict[str, bytes]:
    """The files of the cases of a sample account: path → bytes; none for all but one of them."""
    if profile_id != ACCOUNT:
        return {}
    files = {}
    for name, folder in CASES.items():
        for path in ("letter.txt", "sent/answer-to-warning.txt", "case.toml"):
            source = TEXTS / folder / path if (TEXTS / folder / path).is_file() else TEXTS / "first" / path
            files[f"cases/{name}/{path}"] = source.read_bytes()
    return files
