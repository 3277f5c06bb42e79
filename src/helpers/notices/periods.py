"""The periods and dates of a message: those in which the seller must act, and what every other one is."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

from helpers.notices import dates, numbers, rules
from helpers.notices.clauses import NOT_AFTER, NOT_WINDOW, Clause, windows
from helpers.notices.layout import ENDS, Unit
from helpers.notices.reading import Deadline, OtherPeriod, Words

LIMIT = re.compile(
    r"(?:\b(?:within|in (?:the next|no more than|at most|under)|no(?:t)? (?:later|more) than|you have|have|has|for|by|before|after|in|next|up to|until|deadline:?|limit:?|allows?|given?|gives?|receive[sd]?)(?: a| an| you| the| only| another| next| is| of)*|\() ?$",
    re.IGNORECASE,
)
ACTS = re.compile(
    r"\b(?:you (?:must|have|need|should|are (?:required|asked)|do(?: not|n.t))|please|must reach us|has to (?:reach|arrive|be)|have to (?:reach|arrive|be)|reach us|arrive|send|submit|upload|reply|respond|answer|appeal|provide|complete|confirm|contact us|call us|pass|acknowledge|take (?:the|these) (?:steps?|quiz)|ask(?:ed)? (?:you|that|for)|explain|steps? (?:to complete|is still open|are still open)|deadline|(?:do|does) not (?:receive|hear|get|respond|reply|act|answer|comply|send|provide|arrive)|nothing (?:arrives|reaches)|(?:don.t|without) (?:hear|receiv|a reply)|action (?:is )?required|to complete|(?:unless|until) we (?:receive|hear|get)|we (?:have not|haven.t) (?:received|heard)|is (?:still )?open|by then|time limit|improve|(?:is|are|has|have) not (?:been )?(?:raised|improved|corrected|fixed|resolved|lifted|changed|put right))\b",
    re.IGNORECASE,
)
OURS = re.compile(
    r"^(?:we|our team|amazon|a specialist|a decision|(?:the|this|our) (?:review|check|investigation))\b(?! (?:must|need to|have to|ask|require|expect|request|would like|have not received)\b)",
    re.IGNORECASE,
)
BY_DATE = re.compile(
    r"\b(?:by|before|until|no later than|not later than|on or before|due|deadline(?: is)?:?|latest|up to|till)(?: the| end of(?: the)?(?: day)?(?: on)?| midnight(?: on)?| close of business(?: on)?|,| on| noon(?: on)?| \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: \w{2,4})?(?: on)?| (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)* ?$",
    re.IGNORECASE,
)
FIRST_NOTICE = re.compile(
    r"\b(?:first|initial|original|earlier|previous) (?:message|notice|notification|mail|e-?mail|letter|warning|of our)",
    re.IGNORECASE,
)
NOT_SELLERS = ("reserve", "invoice_age", "document_age", "effect_delay", "probation")
HALF = timedelta(days=183)
OTHER = ("inventory", "funds_hold", "reply_time", "review", "requirement", "window")


def told(
    found: list[Clause], units: list[Unit], subject: str, *, month_first: bool, since: date | None
) -> tuple[list[Deadline], list[OtherPeriod]]:
    """The deadlines, the first to end first, and the other periods in the order of the text.

    since   the day of the message, or one before it: a limit without a year is the first such day from then on
    """
    deadlines: list[Deadline] = []
    others: list[OtherPeriod] = []
    sentences = ([Unit(subject, 1, "heading", 0)] if subject else []) + units
    in_windows = {id(one.unit): one for one in found if one.windows and (one.figures or one.pairs or one.targets)}
    for number, unit in enumerate(sentences):
        for text in _sentences(unit):
            before = sentences[number - 1].text if number else ""
            for period in numbers.periods(text):
                what = _what(text, before, period, unit)
                words = Words(text[:300], unit.line)
                if what == "deadline":
                    deadlines.append(
                        Deadline(
                            words,
                            days=period.days,
                            counts_from=_counts_from(text),
                            in_business_days=period.are_business,
                        )
                    )
                elif what == "window" and (id(unit) in in_windows or _is_window_of_rate(text)):
                    continue
                elif what is not None:
                    others.append(OtherPeriod(period.days, what, words))
            deadlines += _dated(text, unit, before, month_first, since)
    return _once(deadlines), _each_once(others)


def _sentences(unit: Unit) -> list[str]:
    ends = [0, *(match.end() for match in ENDS.finditer(unit.text)), len(unit.text)]
    return [unit.text[a:b].strip() for a, b in itertools.pairwise(ends)]


_ASKED_AFTER = re.compile(r"\b(?:passed|once|after)\b", re.IGNORECASE)  # money is kept until a review may be asked for
# What says by itself that a period is the seller's, whatever else stands in the sentence.
_YOURS = re.compile(
    r"\byou\b[^.;]{0,40}\b(?:respond|reply|answer|send|submit|provide|appeal|act|acknowledge)\b[^.;,]{0,40}\bwithin ?$",
    re.IGNORECASE,
)
_TO_SEND = re.compile(
    r"(?<!dated )(?<!issued )(?<!made )(?<!bought )(?<!purchased )(?<!from )(?<!falling )\b(?:within|in the next)(?: the next)? ?$",
    re.IGNORECASE,
)
_OF_THIS_LETTER = re.compile(
    r" (?:of|from|after) (?:receiving|the receipt of|receipt of|getting|the date of)? ?this (?:message|notice|letter|e-?mail|notification)\b",
    re.IGNORECASE,
)


def _what(text: str, before: str, period: numbers.Period, unit: Unit) -> str | None:
    """What a period is; None where nothing tells."""
    lead, after = text[: period.start], text[period.end :]
    if unit.role == "definition" and not re.search(r"\bDD", text):
        sure = next((rule.value for rule in rules.every("periods", text) if rule.value in NOT_SELLERS), None)
        return sure or ("window" if _is_window(lead, after) else "requirement")
    if not OURS.match(text.strip()) and (_YOURS.search(lead) or (LIMIT.search(lead) and _OF_THIS_LETTER.match(after))):
        return "deadline"
    if (
        OURS.match(text.strip())
        and rules.rule("periods", "review").search(text)
        and not rules.rule("periods", "reply_time").search(text)
    ):
        return "review"
    around = _around(text, period)
    if _is_toward_buyers(_beside(text, period)) and not _is_money(around):
        return "requirement"
    if _is_window_of_rate(text) and not NOT_WINDOW.search(lead) and not NOT_AFTER.match(after):
        return "window"
    is_asked = ACTS.search(text) or ACTS.search(unit.lead)
    is_until = is_asked and _TO_SEND.search(lead)  # `send invoices within 72 hours`: not how old they may be
    for rule in rules.every("periods", around):
        if is_until and rule.value in ("invoice_age", "document_age"):
            continue
        if rule.value == "reserve" and not rule.pattern.search(_beside(text, period)):
            continue
        if rule.value in NOT_SELLERS:
            return rule.value
    if _is_window(lead, after):
        return "window"
    if rules.marked("general", text) and rules.rule("periods", "requirement").search(text):
        return "requirement"
    ours = OURS.match(text.strip()) or OURS.match(around.strip()) or rules.rule("periods", "reply_time").search(text)
    kept = rules.rule("periods", "funds_hold").search(text)
    is_kept = kept and re.search(
        r"\b(?:kept|keep|retain|hold|held|withh|for (?:as long as|up to|at least)|after|from now|released?|passed)",
        text,
        re.IGNORECASE,
    )
    if not ours and is_asked and (LIMIT.search(lead) or re.match(r" (?:to |from |counted|after|deadline)", after)):
        in_clause = lead.rsplit(",", 1)[-1] + after.split(",", 1)[0]
        is_of_money = is_kept and _is_money(in_clause)
        if not is_of_money and not rules.rule("periods", "inventory").search(in_clause):
            return "deadline"
    for value, words in [(value, words) for words in dict.fromkeys((around, text)) for value in OTHER[:-1]]:
        if rules.rule("periods", value).search(words):
            return "funds_hold" if value == "review" and _is_money(before) and _ASKED_AFTER.search(text) else value
    if _is_money(before):
        return "funds_hold"
    if unit.kind == "heading" or LIMIT.search(lead):
        return "deadline" if ACTS.search(f"{text} {before}") and not ours else None
    return None


def _around(text: str, period: numbers.Period) -> str:
    """The part of a sentence a period belongs to: from the last full break before it to the next one after it."""
    start = max(text.rfind(";", 0, period.start), text.rfind(" (1)", 0, period.start), -1) + 1
    ends = [place for mark in (";", ", (2)", ", (3)") if (place := text.find(mark, period.end)) > 0]
    return text[start : min(ends, default=len(text))]


def _is_toward_buyers(text: str) -> bool:
    """Whether the words tell what sellers owe buyers at all times, and not what this letter wants."""
    of_letter = re.search(r"\bus\b|\bplan\b|\bappeal\b|\bthis (?:notice|letter|message|e-?mail)\b", text, re.IGNORECASE)
    return bool(rules.rule("periods", "toward_buyers").search(text)) and not of_letter


def _beside(text: str, period: numbers.Period) -> str:
    """The words nearest to a period: those after the period before it in its sentence, and those up to the next."""
    others = numbers.periods(text)
    start = max((one.end for one in others if one.end <= period.start), default=0)
    end = min((one.start for one in others if one.start >= period.end), default=len(text))
    end = min(end, period.end + 25) if len(others) > 1 else end
    joint = text.rfind(", and ", start, period.start)
    return text[joint + 6 if joint > 0 else start : end]


def _is_money(text: str) -> bool:
    return bool(rules.rule("periods", "funds_hold").search(text))


def _is_window(lead: str, after: str) -> bool:
    return bool(
        rules.rule("periods", "window").search(lead) or re.match(r"(?:-day)? (?:period|window|figure|rate)\b", after)
    ) or bool(re.search(r"\b(?:last|past|previous|trailing|rolling)(?: the)? ?$", lead, re.IGNORECASE))


def _is_window_of_rate(text: str) -> bool:
    """Whether a window stands beside a figure or a target of a rate: it belongs there."""
    return bool(numbers.shares(text)) and bool(windows(text, month_first=False))


def _counts_from(text: str) -> str:
    return "first_notice" if FIRST_NOTICE.search(text) else "notice"


def _dated(text: str, unit: Unit, before: str, month_first: bool, since: date | None) -> list[Deadline]:
    spans = dates.spans(text, month_first=month_first)
    found = []
    for one in dates.days(text, month_first=month_first, earliest=since):
        if any(span.start <= one.start < span.end for span in spans):
            continue
        lead = text[: one.start]
        acts = ACTS.search(text) or unit.role == "do" or ACTS.search(before)
        if (
            since is not None
            and not re.search(r"\d{4}|[/.]\d\d$", text[one.start : one.end])
            and one.day > since + HALF
        ):
            continue  # without a year, and of the year after: it lies behind
        is_unless = bool(re.search(r"\bon $", lead) and re.match(r",? unless\b", text[one.end :], re.IGNORECASE))
        is_limit = BY_DATE.search(lead) and acts and not OURS.match(text.strip())
        if is_unless or (is_limit and not _is_money(lead.rsplit(",", 1)[-1])):
            words = Words(text[:300], unit.line)
            found.append(Deadline(words, date=one.day, counts_from="unknown", is_doubtful=one.is_doubtful))
    return found


def _once(found: list[Deadline]) -> list[Deadline]:
    """Each deadline once. Days come in the order of their length; a date that the same sentence gives in days follows."""
    first: dict[tuple, Deadline] = {}
    for one in found:
        known = first.get((one.days, one.date))
        if known is None or (known.counts_from != "first_notice" and one.counts_from == "first_notice"):
            first[(one.days, one.date)] = one
    dated = [one for one in first.values() if one.date is not None]
    return sorted((one for one in first.values() if one.days is not None), key=lambda one: one.days or 0) + sorted(
        dated, key=lambda one: str(one.date)
    )


def _each_once(found: list[OtherPeriod]) -> list[OtherPeriod]:
    first: dict[tuple[int, str], OtherPeriod] = {}
    for one in found:
        first.setdefault((one.days, one.what), one)
    return list(first.values())
