"""What the records do not support: printed with every answer, so that no sentence claims more than they bear."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.cases import Case
from helpers.evidence.judging import Judged
from helpers.wording import capital, plural


def unsupported(case: Case, judged: tuple[Judged, ...]) -> list[str]:
    """Each thing the files do not show, as a sentence; never empty."""
    return list(dict.fromkeys(_sentences(case, judged)))


def _sentences(case: Case, judged: tuple[Judged, ...]) -> Iterator[str]:
    yield "The files say what happened to orders and when. They do not say why: every cause is the seller's own statement."
    if case.said.done:
        yield "The files do not show that a measure was taken, nor that it is the reason of a change."
    for one in judged:
        if one.meant is None:
            yield f"No file says anything of this charge: {one.name}."
            continue
        for counted in one.counted[:1]:
            for missing in counted.missing:
                yield f"{capital(one.name)}: {missing}."
            if not counted.is_covered:
                yield f"{capital(one.name)}: the files leave out days of the window."
        rest = sum(reason.orders or 0 for reason in one.reasons if reason.what == "rest")
        if rest:
            yield f"{capital(one.name)}: {plural(rest, 'bad one', 'bad ones')} of the difference to the letter without a reason in any file."
        if one.charge.hedged:
            yield f"{capital(one.name)}: the letter names it as one of several that may apply; which one is meant it does not say."
    yield "What a parcel held, what a buyer was promised in messages, and what a conversation said is in no file."
    yield "Nobody can tell from these files what the marketplace decides, nor when."
