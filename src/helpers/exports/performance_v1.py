"""Customer metrics report (V1, XML): the marketplace's own figures of before 2021 → the `snapshots` frame.

The only download with response times. Rates are texts with a percent sign; denominators are not given. No whole real
file was seen: element names are those that public code reads, and what is not among them is named and left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import Element

import polars as pl

from helpers.exports import loose, repeated
from helpers.exports.content import Content
from helpers.exports.reading import Known, Reading, asking, counted, days, whose_figures
from helpers.exports.xml_elements import elements, local, text_of
from helpers.frames import SCHEMAS
from helpers.targets import marketplaces

# element → metric and whose orders it speaks of; the order defect rate of this report is not split by who ships
RATES = {
    "orderWithDefects": ("order_defect_rate", "all"),
    "negativeFeedbacks": ("negative_feedback_rate", "all"),
    "a_z_claims": ("a_to_z_claims", "all"),
    "chargebacks": ("chargebacks", "all"),
    "lateShipment": ("late_shipment_rate", "merchant"),
    "preFulfillmentCancellation": ("cancellation_rate", "merchant"),
    "refunds": ("refund_rate", "merchant"),
    "validTracking": ("valid_tracking_rate", "merchant"),
    "onTimeDelivery": ("on_time_delivery_legacy", "merchant"),
    "returnDissatisfaction": ("return_dissatisfaction_rate", "merchant"),
    "responseUnder24Hours": ("contact_response_time", "all"),  # the share answered in time, as targets.toml has it
}
STATUSES = {
    "orderDefectRate": "order_defect_rate",
    "orderCancellationRate": "cancellation_rate",
    "lateShipmentRate": "late_shipment_rate",
    "validTrackingRate": "valid_tracking_rate",
    "onTimeDelivery": "on_time_delivery_legacy",
    "returnDissatisfactionRate": "return_dissatisfaction_rate",
    "contactResponseTime": "contact_response_time",
}
GOOD = ("Good", "None", None)


def recognises(content: Content) -> bool:
    return content.is_xml and b"sellerPerformanceReport" in content.text[:4096]


def read(text: bytes, known: Known) -> Reading:
    """Every rate of the file over its own window as one row of the `snapshots` frame; counts are numerators."""
    found, stopped = elements(text, "sellerPerformanceReport")
    warnings: list[str] = []
    rows = [row for _, report in found for row in _rows(report, known, warnings)]
    last = max((row["window_end"] for row in rows if row["window_end"]), default=None)
    taken_on = known.taken_on or (last + timedelta(days=1) if last else None)
    if question := whose_figures(rows, taken_on, known):
        return asking("snapshots", question, len(rows), (stopped,) if stopped else ())
    blank = dict.fromkeys(SCHEMAS["snapshots"])
    named = {"account": known.settings.id, "taken_on": taken_on, "source_file": known.path}
    frame = pl.DataFrame([blank | row | named for row in rows], schema=dict(SCHEMAS["snapshots"]))
    return Reading(
        rows=frame,
        rejected=(stopped,) if stopped else (),
        first_day=days(frame, "window_start")[0],
        last_day=last,
        reaches=last or (taken_on and taken_on - timedelta(days=1)),
        marketplaces=tuple(sorted(set(frame.get_column("marketplace").drop_nulls()))),
        warnings=tuple(warnings),
    )


def _rows(report: Element, known: Known, warnings: list[str]) -> Iterator[dict]:
    """The rows of one store's report. What the kit keeps no column for is named in the warnings."""
    store = _store(report, known)
    statuses = _statuses(report, store or "the account", warnings)
    left = 0
    for block in report.iter():
        frame = block.find("{*}timeFrame")
        if frame is None:
            continue
        start, end = loose.day(text_of(frame, "start")), loose.day(text_of(frame, "end"))
        for one in block:
            metric, fulfilment = RATES.get(local(one), (None, None))
            if metric is None:
                left += one is not frame
                continue
            printed = (text_of(one, "rate") or one.text or "").strip()
            count = loose.count(text_of(one, "count") or (None if "%" in printed else one.text))
            if printed and loose.number(printed) is not None and text_of(one, "rate"):
                warnings.append(f"{store or 'the account'}: {metric} has no percent sign, left empty")
            yield {
                "marketplace": store,
                "metric": metric,
                "fulfilment": fulfilment,
                "window_days": (end - start).days + 1 if start and end else None,
                "window_start": start,
                "window_end": end,
                "numerator": count,
                "rate_reported": _fraction(printed),
                "status_reported": statuses.get(metric),
            }
    warnings += counted(left, f"{store or 'the account'}: figures printed that the kit does not keep")


def _statuses(report: Element, store: str, warnings: list[str]) -> dict[str, str]:
    """metric → the word the checklist gives it; a bad word for anything else is a warning."""
    said = {}
    for checklist in report.iter():
        if local(checklist) != "performanceChecklist":
            continue
        for one in checklist:
            word = repeated.word(text_of(one, "status"))
            if local(one) in STATUSES:
                said |= {STATUSES[local(one)]: word}
            elif word not in GOOD:
                warnings.append(f"{store}: the marketplace calls {_name(one)} {word}")
    return said


def _name(one: Element) -> str:
    return local(one) if repeated.is_key(local(one)) else "an entry the kit does not know"


def _store(report: Element, known: Known) -> str | None:
    """The store the report names by id or by name; else the account's only one; None where it has several."""
    by_sign = {store.id.lower(): store.name for store in marketplaces().values()} | {
        name: name for name in marketplaces()
    }
    for one in report.iter():
        signs = (
            [one.text or "", *one.attrib.values()] if "marketplace" in local(one).lower() else list(one.attrib.values())
        )
        for sign in signs:
            if sign.strip().lower() in by_sign:
                return by_sign[sign.strip().lower()]
    return known.own_store


def _fraction(printed: str) -> float | None:
    """A rate such as `0.5%` or `0,5 %` as a fraction; None without a percent sign, for then nobody knows its unit."""
    share = loose.number(printed.removesuffix("%").strip().replace(",", ".")) if printed.endswith("%") else None
    return None if share is None else share / 100
