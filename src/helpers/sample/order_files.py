"""The truth → All Orders downloads, under their real header rows, as they stood on the day they were taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import polars as pl

from helpers.sample.profiles import LAST_DAY, Profile
from helpers.sample.truth import opening

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
        "is-business-order": (pl.col("is_business") if "is_business" in truth.columns else pl.lit(False)).cast(
            pl.String
        ),
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
    """Monthly downloads: each from three days before the month to its end, taken the evening after."""
    first = opening(truth)
    while first <= LAST_DAY:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(following - timedelta(days=1), LAST_DAY)
        taken = datetime(following.year, following.month, 1, 22, tzinfo=UTC)
        # The newest download also holds the orders of its own morning.
        yield first - timedelta(days=3), last + timedelta(days=last == LAST_DAY), taken
        first = following
