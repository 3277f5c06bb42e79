"""The vocabulary of a reading (docs/notices.md)."""

from __future__ import annotations

from helpers.notices import rules

TONES = ("warning", "deactivated", "information_request", "denied", "reinstated", "not_a_notice")
SCOPES = ("account", "seller_fulfilled", "category", "listing", "programme", "funds", "none")
KINDS = (
    "metric_warning",
    "metric_deactivation",
    "at_risk_banner",
    "policy_warning",
    "policy_deactivation",
    "listing_removal",
)
KINDS += ("account_review", "verification", "appeal_answer", "programme_notice", "funds_notice", "contact_request")
KINDS += ("reinstatement", "announcement", "advice", "support_reply", "seller_text", "community_ban", "marketing")
SUBJECTS = tuple(rules.subjects())
ASKED = (*(rule.value for rule in rules.table("asked")), "none")
