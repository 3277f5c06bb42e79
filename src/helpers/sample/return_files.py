"""The truth → returns of orders the seller ships: the flat file of a month, 32 columns."""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers.sample.profiles import Profile
from helpers.sample.settlements import REIMBURSED

HEADER = [
    "Order ID",
    "Order date",
    "Return request date",
    "Return request status",
    "Amazon RMA ID",
    "Merchant RMA ID",
    "Label type",
    "Label cost",
    "Currency code",
    "Return carrier",
    "Tracking ID",
    "Label to be paid by",
    "A-to-Z Claim",
    "Is prime",
    "ASIN",
    "Merchant SKU",
    "Item Name",
    "Return quantity",
    "Return Reason",
    "In policy",
    "Return type",
    "Resolution",
    "Invoice number",
    "Return delivery date",
    "Order Amount",
    "Order quantity",
    "SafeT Action reason",
    "SafeT claim id",
    "SafeT claim state",
    "SafeT claim creation time",
    "SafeT claim reimbursement amount",
    "Refunded Amount",
]
DAY = "%d-%b-%Y"


def merchant_returns(truth: pl.DataFrame, first: date, last: date, profile: Profile) -> str:
    """The returns asked for on these days, as the file stood on the day after: one row a line of the order.

    A row without a refund stops after the order quantity, as real ones do. The A-to-Z flag repeats on each line.
    """
    rows = truth.filter(pl.col("returned_on").is_between(first, last)).sort("returned_on", "order_id")
    rows = rows.select(pl.all().repeat_by("lines").explode()) if rows.height else rows
    lines = [HEADER, *(_row(row, last, profile) for row in rows.iter_rows(named=True))]
    return "\n".join("\t".join(line) for line in lines) + "\n"


def _row(row: dict, last: date, profile: Profile) -> list[str]:
    number, product = row["order_id"][-7:], row["product"]
    line = (product + 3) * row["units"] * 400 + 50
    refunded = row["refunded_on"] if row["refunded_on"] is not None and row["refunded_on"] <= last else None
    is_refunded = refunded is not None
    said = [
        row["order_id"],
        row["day"].strftime(DAY),
        row["returned_on"].strftime(DAY),
        "Closed" if is_refunded else "Approved",
        f"D{number}RRMA",
        "",
        "AmazonUnPaidLabel",
        "0.00",
        profile.currency,
        "",
        "",
        "Customer" if row["is_satisfied"] else "Seller",
        "Y" if row["claim_on"] is not None and row["claim_on"] <= last else "N",
        "N",
        f"B0EXAMPL{product:02d}",
        f"EX-{product:04d}",
        f'Example lamp 12" no. {product}',
        str(row["units"]),
        row["return_reason"],
        "Y",
        "C-Returns",
        "StandardRefund",
        "",
    ]
    said += [refunded.strftime(DAY) if is_refunded else "", _money(line * row["lines"])]
    said += [str(row["units"] * row["lines"])]
    if not is_refunded:
        return said
    is_reimbursed = row["reimbursed_on"] is not None and row["reimbursed_on"] <= last
    claim = ["EXAMPLE", f"00000-00000-{number}", "Granted", f"{row['refunded_on']}T10:00:00Z", _money(REIMBURSED)]
    return [*said, *(claim if is_reimbursed else [""] * 5), _money(line)]


def _money(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"
