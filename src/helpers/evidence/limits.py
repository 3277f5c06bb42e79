"""What the records do not support: printed with every answer, so that no sentence claims more than they bear."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.cases import Case
from helpers.evidence.judging import Judged
from helpers.sentences import say
from helpers.wording import capital


def unsupported(case: Case, judged: tuple[Judged, ...]) -> list[str]:
    """Each thing the files do not show, as a sentence; never empty."""
    return list(dict.fromkeys(_sentences(case, judged)))


def _sentences(case: Case, judged: tuple[Judged, ...]) -> Iterator[str]:
    yield say("unsupported.causes")
    if case.said.done:
        yield say("unsupported.measures")
    for one in judged:
        if one.meant is None:
            yield say("unsupported.no_file", charge=one.name)
            continue
        charge = capital(one.name)
        for counted in one.counted[:1]:
            for missing in counted.missing:
                yield say("unsupported.missing", charge=charge, missing=missing)
            if not counted.is_covered:
                yield say("unsupported.days", charge=charge)
        rest = sum(reason.orders or 0 for reason in one.reasons if reason.what == "rest")
        if rest:
            yield say("unsupported.rest", charge=charge, bad=rest)
        if one.charge.hedged:
            yield say("unsupported.hedged", charge=charge)
    yield say("unsupported.words")
    yield say("unsupported.outcome")
