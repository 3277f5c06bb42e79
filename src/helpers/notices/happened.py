"""What a message says has been done: the events with their words, and what of the business is withdrawn by them."""

from __future__ import annotations

import re

from helpers.notices import rules
from helpers.notices.clauses import Clause
from helpers.notices.layout import Unit
from helpers.notices.reading import Words

NOT_YET = re.compile(
    r"\b(?:before|until|once|if|when|how|to|so that|must be|can be|may be|not|cannot)\b[^.]{0,30}$", re.IGNORECASE
)
NARROW = ("category", "programme", "seller_fulfilled")
GOES_ON = re.compile(
    r"\bat risk of (?:deactivation|suspension)\b|\b(?:can|may) (?:still sell|(?:continue|go on|keep) (?:to sell|selling))\b",
    re.IGNORECASE,
)
UNTOUCHED = re.compile(  # before `were removed`: denied, or said of money
    r"\b(?:not|never|when) $|\b(?:nothing|none|no (?:\w+ ){0,2}(?:offers?|listings?|products?|account))\b(?:(?! and )[^.,;])*$"
    r"|\b(?<!your )(?:accounts|sellers) $|\b(?:balance|funds|money|payments?|payouts?|disbursements?|proceeds)\b(?:(?!account|offers|listings)[^.,;]){0,30}$",
    re.IGNORECASE,
)


def events(found: list[Clause]) -> dict[str, Words]:
    """What is said to have been done, with its words: not what is only threatened or supposed."""
    told: dict[str, Words] = {}
    for one in found:
        for rule in rules.every("events", one.text):
            match = rule.pattern.search(one.text)
            assert match is not None
            before = one.text[: match.start()]
            threat = (
                rules.rule("marks", "threat").search(before.rsplit(", ", 1)[-1][-60:] + match[0])
                if rule.value == "deactivated"
                else None
            )
            is_firm = re.search(r"\b(?:can|may) (?:no longer|not)\b|\bcannot\b", match[0], re.IGNORECASE)
            if (
                one.marked("supposed")
                or (threat and not is_firm)
                or (one.unit.role in ("consequence", "definition") and rule.value == "deactivated")
            ):
                continue
            if rule.value == "denied" and one.marked("threat") and re.search(r"\bif\b", one.text, re.IGNORECASE):
                continue
            if rule.value == "deactivated" and UNTOUCHED.search(before):
                continue
            if rule.value == "reinstated" and NOT_YET.search(before):
                continue
            told.setdefault(rule.value, Words(one.text[:300], one.unit.line))
    return told


def scope(kind: str, tone: str | None, told: dict[str, Words], found: list[Clause], every: list[Unit]) -> str:
    """What is withdrawn, or stays so."""
    if tone in ("warning", "not_a_notice", None):
        return "funds" if kind == "funds_notice" else "none"
    if tone in ("denied", "information_request"):
        if "deactivated" not in told and any(GOES_ON.search(one.text) for one in every):
            return "none"
        said = rules.first(
            "scopes", " ".join(words.text for name, words in told.items() if name in (tone, "deactivated"))
        )
        return said.value if said and said.value in NARROW else "account"
    if tone == "deactivated":
        if kind in ("listing_removal", "programme_notice"):
            return {"listing_removal": "listing"}.get(kind, "programme")
        text = told["deactivated"].text
        facts = [one.text for one in found if rules.rule("events", "deactivated").search(one.text)]
        if re.search(
            r"\b(?:selling|seller) account\b|\byour account\b|\bprivileges\b|\bcannot sell\b|\bcan(?:not)? (?:no longer )?sell on\b",
            text,
            re.IGNORECASE,
        ):
            return "account"
        said = [which.value for one in (text, *facts) if (which := rules.first("scopes", one))]
        if said:  # a heading speaks of listings alone, the sentence under it says which
            return next((value for value in said if said[0] == "listing" and value in NARROW), said[0])
    return "account" if tone == "deactivated" else "none"
