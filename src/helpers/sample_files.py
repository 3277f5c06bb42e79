"""A made-up account → its folder, in the marketplace's own file formats: `python -m helpers.sample_files`.

Header rows are the real ones; everything under them is invented. The buyer's columns hold markers such as
"Example Buyer", so that a test can see that nobody reads them.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from helpers.sample import DE, FR, LAST_DAY, PROFILES, UK, US, Profile, orders

HERE = Path(__file__).resolve().parents[2] / "data" / "sample"
DOWNLOADED = date(2026, 11, 1)
STORE_ID = {UK: "A1F83G8C2ARO7P", DE: "A1PA6795UKMFR9", FR: "A13V1IB3VIYZZH", US: "ATVPDKIKX0DER"}
CORE = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
]
EU = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "url",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "number-of-items",
    "item-status",
    "tax-collection-model",
    "tax-collection-responsible-party",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "address-type",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "payment-method-details",
    "item-extensions-data",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
    "fulfilled-by",
    "buyer-company-name",
    "buyer-cst-number",
    "buyer-vat-number",
    "buyer-tax-registration-id",
    "buyer-tax-registration-country",
    "buyer-tax-registration-type",
    "customized-url",
    "customized-page",
    "is-heavy-or-bulky",
    "is-replacement-order",
    "is-exchange-order",
    "original-order-id",
    "is-amazon-invoiced",
    "vat-exclusive-item-price",
    "vat-exclusive-shipping-price",
    "vat-exclusive-giftwrap-price",
    "licensee-name",
    "license-number",
    "license-state",
    "license-expiration-date",
    "is-iba",
    "buyer-citizen-name",
    "buyer-citizen-id",
    "is-transparency",
    "default-ship-from-address-name",
    "default-ship-from-address-field-1",
    "default-ship-from-address-field-2",
    "default-ship-from-address-field-3",
    "default-ship-from-city",
    "default-ship-from-state",
    "default-ship-from-country",
    "default-ship-from-postal-code",
    "actual-ship-from-address-name",
    "actual-ship-from-address-field-1",
    "actual-ship-from-address-field-2",
    "actual-ship-from-address-field-3",
    "actual-ship-from-city",
    "actual-ship-from-state",
    "actual-ship-from-country",
    "actual-ship-from-postal-code",
    "is-ispu-order",
    "store-chain-store-id",
    "is-pickup-point-order",
    "pickup-point-type",
    "is-buyer-requested-cancellation",
    "buyer-requested-cancel-reason",
    "ioss-number",
    "order-invoice-type",
    "invoice-business-legal-name",
    "invoice-business-address",
    "invoice-business-tax-id",
]
EU.append("invoice-business-tax-office ")  # the blank at the end is in the real header
FEEDBACK = {
    "en": "Date Rating Comments Your_Response Order_ID Rater_Email",
    "de": "Datum Bewertung Kommentar Ihre_Antwort Transaktionsnummer E-Mail_des_Bewertenden",
}
COMMENTS = {1: "Arrived broken", 2: "Not what I ordered", 3: "Works, but late", 4: "Good", 5: "Fast and well packed"}


# --- order files ---------------------------------------------------------------------------------------------


def order_file(
    truth: pl.DataFrame, first: date, last: date, taken: datetime, header: list[str], profile: Profile
) -> bytes:
    """An All Orders download by order date, as it stood when it was taken: young orders not yet settled."""
    settled = pl.col("settled_at") <= taken
    by_amazon = pl.col("fulfilment") == "amazon"
    cancelled = settled & pl.col("state").str.starts_with("cancelled")
    status = (
        pl.when(cancelled).then(pl.lit("Cancelled")).when(settled).then(pl.lit("Shipped")).otherwise(pl.lit("Pending"))
    )
    item = pl.when(cancelled & by_amazon).then(pl.lit("Cancelled")).when(cancelled).then(pl.lit(""))
    item = item.when(settled & ~pl.col("is_other_shop")).then(pl.lit("Shipped")).otherwise(pl.lit("Unshipped"))
    store = pl.when("is_other_shop").then(pl.lit("Non-Amazon"))
    store = store.otherwise(pl.lit("Amazon") + pl.col("marketplace").str.strip_prefix("amazon"))
    quantity = pl.when(cancelled).then(pl.lit(0)).otherwise("units")
    price = (
        pl.when(cancelled)
        .then(pl.lit(""))
        .otherwise(((pl.col("product") + 3) * pl.col("units") * 4).cast(pl.String) + ".50")
    )
    written = {
        "amazon-order-id": pl.col("order_id"),
        "purchase-date": _stamp(pl.col("purchased_at")),
        "last-updated-date": _stamp(
            pl.when(settled).then("settled_at").otherwise(pl.col("purchased_at") + timedelta(minutes=10))
        ),
        "order-status": status,
        "fulfillment-channel": pl.when(by_amazon).then(pl.lit("Amazon")).otherwise(pl.lit("Merchant")),
        "sales-channel": store,
        "order-channel": pl.when(by_amazon).then(pl.lit("")).otherwise(pl.lit("WebsiteOrderChannel")),
        "ship-service-level": pl.lit("Standard"),
        "product-name": pl.lit('Example lamp 12" no. ') + pl.col("product").cast(pl.String),
        "sku": pl.lit("EX-") + pl.col("product").cast(pl.String).str.zfill(4),
        "asin": pl.lit("B0EXAMPL") + pl.col("product").cast(pl.String).str.zfill(2),
        "item-status": item,
        "quantity": quantity.cast(pl.String),
        "currency": pl.when(cancelled).then(pl.lit("")).otherwise(pl.lit(profile.currency)),
        "item-price": price,
        "ship-city": pl.lit("Testville"),
        "ship-postal-code": pl.lit("00001"),
        "ship-country": pl.lit("US" if profile.currency == "USD" else "GB"),
        "is-business-order": pl.lit("false"),
        "buyer-company-name": pl.lit("Example Buyer"),
        "is-replacement-order": pl.col("is_replacement").cast(pl.String),
        "is-buyer-requested-cancellation": (cancelled & (pl.col("state") == "cancelled_by_buyer")).cast(pl.String),
    }
    rows = truth.filter(pl.col("day").is_between(first, last), pl.col("purchased_at") <= taken)
    rows = rows.select(pl.all().repeat_by("lines").explode()) if rows.height else rows
    table = rows.select(written.get(name, pl.lit("")).cast(pl.String).alias(name) for name in header)
    return table.write_csv(separator="\t", quote_style="never").encode()


def _stamp(moment: pl.Expr) -> pl.Expr:
    return moment.dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def months(truth: pl.DataFrame) -> Iterator[tuple[date, date, datetime]]:
    """Monthly downloads: each from three days before the month to its end, taken the morning after."""
    first = truth.get_column("day").min()
    while first <= LAST_DAY:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(following - timedelta(days=1), LAST_DAY)
        taken = datetime(following.year, following.month, 1, 8, tzinfo=UTC)
        yield first - timedelta(days=3), last, taken
        first = following


# --- the other downloads ---------------------------------------------------------------------------------------


def feedback_file(truth: pl.DataFrame, profile: Profile, language: str = "en", *, days: int = 365) -> str:
    """A feedback download, newest first, one line a feedback received by the last day."""
    header = "\t".join(name.replace("_", " ") for name in FEEDBACK[language].split(" "))
    since = LAST_DAY - timedelta(days=days - 1)
    received = truth.filter(pl.col("feedback_on").is_between(since, LAST_DAY)).sort(
        "feedback_on", "order_id", descending=True
    )
    lines = [
        f"{day.strftime(profile.feedback_dates)}\t{stars}\t{COMMENTS[stars]}\t\t{order}\trater{n:05d}@marketplace.amazon.example.com"
        for n, (day, stars, order) in enumerate(received.select("feedback_on", "stars", "order_id").iter_rows())
    ]
    return "\n".join([header, *lines]) + "\n"


def defects_by(truth: pl.DataFrame, day: date) -> pl.DataFrame:
    """The orders with a defect seen by `day`, with a flag a kind: what the marketplace would list."""
    negative = (pl.col("stars") <= 2) & (pl.col("feedback_on") <= day)
    flags = truth.with_columns(
        negative=negative.fill_null(False),
        claim=(pl.col("claim_on") <= day).fill_null(False),
        chargeback=(pl.col("chargeback_on") <= day).fill_null(False),
    )
    return flags.filter(pl.any_horizontal("negative", "claim", "chargeback"))


def defect_list(truth: pl.DataFrame, day: date) -> str:
    """The order-defect download of the window judged on `day`: one line an order, an X for each kind."""
    window = pl.col("day").is_between(day - timedelta(days=73), day - timedelta(days=14))
    rows = defects_by(truth, day).filter(window).sort("day", "order_id")
    lines = ["Order Date,Order ID,Fulfilled By,Negative Feedback,A-to-z Guarantee Claim,Chargeback"]
    for row in rows.iter_rows(named=True):
        marks = ",".join("X" if row[kind] else "" for kind in ("negative", "claim", "chargeback"))
        channel = "Amazon" if row["fulfilment"] == "amazon" else "Seller"
        lines.append(f"{row['day']:%d/%m/%Y},{row['order_id']},{channel},{marks}")
    return "\n".join(lines) + "\n"


def account_health(truth: pl.DataFrame, profile: Profile) -> str:
    """The marketplace's own figures of the morning after the last day, consistent with the other files."""
    placed = truth.filter(~pl.col("is_replacement"), ~pl.col("is_other_shop"))
    blocks = []
    for store in profile.stores:
        here = placed.filter(pl.col("marketplace") == store)
        channels = (("mfn", "merchant"), ("afn", "amazon"))
        rates = {key: _defect_block(here.filter(pl.col("fulfilment") == name), key) for key, name in channels}
        week = pl.col("day").is_between(LAST_DAY - timedelta(days=6), LAST_DAY)
        recent = here.filter(week, pl.col("fulfilment") == "merchant")
        by_seller = (pl.col("state") == "cancelled_by_seller") & (pl.col("settled_at") < _end_of(LAST_DAY, profile))
        cancelled = recent.filter(by_seller).height
        window = _window(LAST_DAY - timedelta(days=6), LAST_DAY)
        cancellations = (
            window
            | {"orderCount": recent.height, "cancellationCount": cancelled}
            | _judged(cancelled, recent.height, 0.025)
        )
        blocks.append(
            {
                "marketplaceId": STORE_ID[store],
                "orderDefectRate": rates,
                "preFulfillmentCancellationRate": cancellations,
            }
        )
    statuses = [{"marketplaceId": STORE_ID[store], "status": "NORMAL"} for store in profile.stores]
    return json.dumps({"accountStatuses": statuses, "performanceMetrics": blocks}, indent=1) + "\n"


def _end_of(day: date, profile: Profile) -> pl.Expr:
    midnight = datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - the zone is put on next
    return pl.lit(midnight).dt.replace_time_zone(profile.time_zone).dt.convert_time_zone("UTC")


def _defect_block(orders: pl.DataFrame, key: str) -> dict:
    start, end = LAST_DAY - timedelta(days=73), LAST_DAY - timedelta(days=14)
    inside = pl.col("day").is_between(start, end)
    base = orders.filter(inside, pl.col("state") == "shipped")
    bad = defects_by(base, LAST_DAY)
    parts = {"claims": "claim", "chargebacks": "chargeback", "negativeFeedback": "negative"}
    counts = {name: {"count": int(bad.get_column(flag).sum()), "status": "NONE"} for name, flag in parts.items()}
    judged = _judged(bad.height, base.height, 0.01)
    whole = {"orderCount": base.height, "orderWithDefects": {"count": bad.height, "status": judged["status"]}}
    return _window(start, end) | whole | counts | {"fulfillmentType": key} | judged


def _window(start: date, end: date) -> dict:
    return {"reportingDateRange": {"reportingDateFrom": f"{start}T00:00:00Z", "reportingDateTo": f"{end}T23:59:59Z"}}


def _judged(x: int, n: int, target: float) -> dict:
    status = "NONE" if n == 0 else "GOOD" if x / n < target else "BAD"
    rate = round(x / n, 8) if n else 0
    return {"status": status, "rate": rate, "targetValue": target, "targetCondition": "LESS_THAN"}


# --- the folders ---------------------------------------------------------------------------------------------


def settings(profile: Profile, lists: dict[str, date]) -> str:
    """The account.toml of a sample; `lists` are the files that name no day of their own, and when each was taken."""
    text = f'id = "{profile.id}"\nname = "{profile.name}"\nmarketplaces = {json.dumps(list(profile.stores))}\n'
    text += f"fulfilment = {json.dumps(['merchant', 'amazon'] if profile.amazon else ['merchant'])}\n"
    text += f'time_zone = "{profile.time_zone}"\n'
    entries = [f'\n[columns."{path}"]\ntaken_on = {taken}\n' for path, taken in lists.items()]
    return (
        text
        + ("\n# These files name no day of their own: when each was downloaded.\n" if lists else "")
        + "".join(entries)
    )


def contents(profile: Profile) -> dict[str, bytes]:
    """Every file of a sample account: path → bytes, the same each time."""
    truth = orders(profile)
    return _with_holes(truth, profile) if profile.id == "with-holes" else _complete(truth, profile)


def _complete(truth: pl.DataFrame, profile: Profile) -> dict[str, bytes]:
    large = profile.merchant > 20
    header = CORE if profile.currency == "USD" else EU
    if header is CORE:
        header = [*CORE, "is-buyer-requested-cancellation"]
    files, lists = {}, {}
    for first, last, taken in months(truth):
        file = order_file(truth, first, last, taken, header, profile)
        name = f"exports/orders/all-orders-{last:%Y-%m}.txt"
        files |= {f"{name}.gz": gzip.compress(file, 9, mtime=0)} if large else {name: file}
        if (last - truth.get_column("day").min()).days > 80:
            path = f"defects/order-defects-{last:%Y-%m}.csv"
            lists[path] = taken.date()
            files[f"exports/{path}"] = defect_list(truth, last).encode()
    files["exports/feedback.txt"] = feedback_file(truth, profile).encode()
    lists["feedback.txt"] = DOWNLOADED
    files["exports/account-health.json"] = account_health(truth, profile).encode()
    return {"account.toml": settings(profile, lists).encode(), **files}


def _with_holes(truth: pl.DataFrame, profile: Profile) -> dict[str, bytes]:
    """One month missing, one file cut, one saved by a spreadsheet, one empty, one unknown; no list, no JSON."""
    files = {}
    for first, last, taken in months(truth):
        file = order_file(truth, first, last, taken, EU, profile)
        name = f"exports/all-orders-{last:%Y-%m}.txt"
        if (last.year, last.month) == (2026, 5):
            continue
        if (last.year, last.month) == (2026, 8):
            files[name] = file[: file.rindex(b"202-", 0, -400) + 9]
        elif (last.year, last.month) == (2026, 3):
            files[f"exports/march/{name.rsplit('/', 1)[1]}"] = _as_a_spreadsheet_saves(file)
        else:
            files |= {f"{name}.gz": gzip.compress(file, 9, mtime=0)}
    text = feedback_file(truth, profile, "de").replace("Fast and well packed", "Schnell geliefert, sehr schön")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("bewertungen.txt"), text.replace("\n", "\r\n").encode("cp1252"), zipfile.ZIP_DEFLATED
        )
    files["exports/von der Kundin/feedback.zip"] = packed.getvalue()
    files["exports/empty.txt"] = b""
    files["exports/notes from the call.txt"] = b"Ask for May 2026, the file is missing.\n"
    return {"account.toml": settings(profile, {}).encode(), **files}


def _as_a_spreadsheet_saves(file: bytes) -> bytes:
    lines = file.decode().split("\n")
    cells = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' if '"' in cell else cell for cell in line.split("\t")]
        for line in lines
    ]
    text = "\r\n".join("\t".join(row) for row in cells)
    return text.replace("true", "TRUE").replace("false", "FALSE").encode("cp1252")


def write(profile: Profile, folder: Path) -> None:
    """Write a sample account to `folder`, replacing its files."""
    shutil.rmtree(folder / "exports", ignore_errors=True)
    for path, content in contents(profile).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


if __name__ == "__main__":
    for one in PROFILES:
        write(one, HERE / one.id)
