"""What a message wants: what has to be sent, what may be, what a plan has to treat, and whether money is kept."""

from __future__ import annotations

import re

from helpers.notices import rules
from helpers.notices.layout import Unit
from helpers.notices.reading import Charge, OtherPeriod, Words


def asked(every: list[Unit]) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, tuple[Words, ...]]]:
    """What has to be sent or done, what may be, and the words of each."""
    must: dict[str, Words] = {}
    may: dict[str, Words] = {}
    for one in every:
        for rule in rules.every("asked", one.text):
            match = rule.pattern.search(one.text)
            assert match is not None
            part = _part(one.text, match.start(), match.end())
            if rule.value != "appeal" and _is_refused(one.text, match.start(), match.end()):
                continue
            is_optional = rules.marked("optional", part) or (
                rules.marked("optional", one.text) and rule.value in ("appeal", "phone_call")
            )
            if rule.value == "appeal" and re.search(
                r"counted wrongly|in error|mistake|wrong|disagree|believe|think|you (?:can|may)",
                one.text,
                re.IGNORECASE,
            ):
                is_optional = True
            if rule.value == "phone_call" and one.role == "help":
                is_optional = True
            if re.search(
                r"\b(?:plan|invoices?|documents?|POA)\b[^.]{0,20}\byou (?:sent|submitted|provided)|\bthank|\breceived your\b|\byour (?:second|first|last|latest) (?:submission|plan)|\bplan of \d|convinced",
                one.text,
                re.IGNORECASE,
            ) and rule.value in ("plan_of_action", "invoices", "documents"):
                continue
            if (
                rule.value == "invoices"
                and re.search(r"\b(?:each|every|after|customer|buyer|business order)\b", part, re.IGNORECASE)
                and "supplier" not in part.lower()
            ):
                continue  # those of the seller to buyers
            if is_optional:
                may.setdefault(rule.value, Words(one.text[:300], one.line))
            elif _is_demand(one, part) or _is_listed(one.text, match.start(), part):
                must.setdefault(rule.value, Words(one.text[:300], one.line))
    papers = [words.text for name, words in must.items() if name != "appeal"]
    if "appeal" in must and must["appeal"].text in papers:
        must.pop("appeal")  # it is made with those papers
    may = {name: words for name, words in may.items() if name not in must}
    words = {"asked": tuple(must.values()), "offered": tuple(may.values())}
    return tuple(must) or ("none",), tuple(may), words


def _is_demand(one: Unit, part: str) -> bool:
    """Whether the words ask: an imperative, a must, or a place under a heading that says what to do."""
    if one.role in ("consequence", "definition"):
        return False
    wants = re.compile(
        r"^(?:\W*\(?[a-h\d]?[.)]?\s*)?(?:please|send|submit|tell|(?:first )?reactivate|write|upload|provide|attach|answer|reply|respond|confirm|complete|take|pass|acknowledge|include|give|call|have|book|schedule|prepare|file|appeal|create|sign|enter|use|and|to)\b|\bplease\b|\b(?:must|need|needs|require[sd]?|have to|has to|asked you\b|ask(?:s|ed)? (?:you )?(?:to|for)|want|expect you|should)\b|\b(?:send|submit|write|upload|provide|answer) (?:us|this|the|a|an|your)\b|\b(?:also missing|still missing|missing:)|\bhow to come back\b|\bunless we (?:receive|get)\b",
        re.IGNORECASE,
    )
    return bool(wants.search(part)) or one.role == "do" or bool(wants.search(one.lead))


_MAY = re.compile(r"\b(?:may|might|could|can)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:please|send|submit|provide|upload|attach|tell|explain|describe|reply|answer|need|must|require)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^\W*(?:and |or )?(?:together )?(?:with )?(?:\(?[a-h1-9]\)\s*)?(?:what|how|why|a|an|the|your|any|all|copies|invoices?|documents?)\b",
    re.IGNORECASE,
)


def _is_listed(text: str, start: int, part: str) -> bool:
    """Whether a part without a verb goes on with what the words before it ask for: `send us (a) …, (b) …, and (c) a plan`."""
    return bool(_LISTED.match(part)) and bool(_ASKS.search(text[:start]))


def _is_refused(text: str, start: int, end: int) -> bool:
    """Whether a thing is named in order to say that it is not wanted: `a plan of action is not needed`."""
    before = re.split(r"[;,:] ", text[:start])[-1]
    after = re.match(
        r"[^,;.]{0,20}\b(?:is|are|was) (?:not|no longer) (?:\w+ )?(?:needed|required|necessary|asked|wanted)",
        text[end:],
        re.IGNORECASE,
    )
    return bool(after) or (
        rules.marked("negated", before)
        and not re.search(r"\b(?:do(?:es)? not|do(?:es)?n.t) (?:receive|hear|get)|\bif\b", before, re.IGNORECASE)
    )


def _part(text: str, start: int, end: int) -> str:
    """The part of a sentence around a place, from comma or semicolon to the next."""
    first = max((match.end() for match in re.finditer(r"[;,] (?:and |but |or )?|\. | but ", text[:start])), default=0)
    rest = re.search(r"[;:] |, (?:and|but|or) | but |\. ", text[end:])
    return text[first : end + (rest.start() if rest else len(text))]


def plan_topics(every: list[Unit], charged: list[Charge], asked: tuple[str, ...], tone: str | None) -> tuple[str, ...]:
    """The subjects the plan has to treat: those named where it is asked for, else the charges."""
    if "plan_of_action" not in asked:
        return ()
    places = [
        one
        for one in every
        if one.role not in ("reason", "definition", "help", "consequence")
        and (
            rules.rule("asked", "plan_of_action").search(one.text)
            or rules.rule("asked", "plan_of_action").search(one.lead)
            or one.role == "do"
            or tone == "information_request"
        )
        and not re.search(r"\bthank", one.text, re.IGNORECASE)
    ]
    found: dict[str, None] = {}
    for one in places:
        if one.text.startswith(("Use ", "See ", "Guidance")):
            continue
        for name, rule in rules.subjects().items():
            short = rules.loose(name)
            if (rule.pattern.search(one.text) or (short and short.search(one.text))) and not rules.marked(
                "good", one.text
            ):
                found.setdefault(name, None)
    if "feedback_score" in found and "negative_feedback_rate" in found:
        found.pop("feedback_score")
    topics = [name for name in found if name not in ("document_request", "account_review")]
    main = list(dict.fromkeys(charge.subject for charge in charged if charge.part_of is None))
    return tuple(topics or main)


def funds(every: list[Unit], others: list[OtherPeriod]) -> tuple[str, tuple[Words, ...]]:
    """Whether money is kept: `true`, `false`, or `unknown` where the text is silent or only threatens."""
    for value in ("true", "false"):
        for one in every:
            match = rules.rule("funds", value).search(one.text)
            if match is None:
                continue
            around = _part(one.text, match.start(), match.end())
            modal = _MAY.search(around[: around.find(match[0]) + len(match[0])])
            if value == "true" and (
                modal
                or rules.rule("funds", "false").search(one.text)
                or rules.marked("supposed", one.text)
                or re.search(r"\bnot\b(?! be)", match[0])
            ):
                continue
            return value, (Words(one.text[:300], one.line),)
    reserve = next((one for one in others if one.what == "reserve" and not _MAY.search(one.words.text)), None)
    return ("true", (reserve.words,)) if reserve else ("unknown", ())
