"""Which orders count: conditions on the facts of an order, shared by the definitions of metrics."""

from __future__ import annotations

import polars as pl

# Looked at once a store, not once a row.
IS_OURS = ~pl.col("marketplace").cast(pl.Categorical()).cat.starts_with("non-amazon")
IS_ORDER = IS_OURS & ~pl.col("is_replacement")
IS_DEFECTIVE = pl.col("defective_on").is_not_null()
IS_SOLD = ~pl.col("is_cancelled") & (pl.col("status") != "pending")
# An order with a defect that counts stays in the denominator, even one cancelled later.
IS_PLACED = IS_ORDER & (IS_SOLD | IS_DEFECTIVE)
IS_SELLER_CANCELLED = pl.col("is_cancelled") & ~pl.col("is_buyer_requested").fill_null(False)
