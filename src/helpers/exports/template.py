"""The commented account.toml of a new account."""

from __future__ import annotations

import json

from helpers.vocabulary import GOOD_SENSES, OPTIONS

TEMPLATE = """\
# Who the account is. Put the downloads, exactly as they came, into exports/ beside this file:
# any names, sub-folders, .gz and .zip are fine.

id = "{id}"                          # names the folder of the reports: letters, digits, - and _
name = {name}                        # as the reports print it
marketplaces = ["amazon.co.uk"]      # the stores you sell in: amazon.com, amazon.de, ...; any other shop too
fulfilment = ["merchant", "amazon"]  # who ships: the seller, Amazon, or both

# time_zone = "Europe/London"        # only for files that name no marketplace, and for shops outside Amazon
# currency = "GBP"                   # of amounts in files that name no currency
# notebooks = ["02"]                 # which reports to make
# locale = "en_GB"                   # how numbers and days are written: en_US, de_DE, ...
# may_name = ["Lantern"]             # names of other accounts that are words of this one too: a brand, a SKU

# Also woken by a forecast, from which chance of a missed day on, within how many days:
# [alerts]
# chance = 0.5
# days = 30

# Your own name on the reports; the same keys in a brand.toml beside the accounts' folders stand for all of them:
# [brand]
# name = "Example Consulting"
# logo = "logo.png"                  # PNG or JPEG, in the folder of this file
# accent = "#0B5394"
# footer = "Example Consulting, 1 Example Street, Exampletown"

# A target of your own, for example of a contract:
# [targets.order_defect_rate]
# value = "0.005"
# must_be = "below"                  # {must_be}
# window_days = 60
# valid_from = 2026-01-01

# When "seller-audit check" asks how a file writes its dates:
# [columns."feedback*.txt"]
# dates = "d/m/y"                    # or "m/d/y", "d.m.y", "y/m/d", "iso"

# A list with headers the kit does not know: our word = "the header in the file".
# [columns."defects/odr*.csv"]
# report = "order_defects"
# one_row_is = "order"                # or "defect": an order with two defects has two lines
# rows_are = "defective_only"
# dates = {{ format = "%d/%m/%Y" }}
# columns = {{ order_day = "Order Date", order_id = "Order ID", negative_feedback = "Negative Feedback" }}
# marks = {{ set = ["X"], not_set = [""] }}
# Other lists: late_shipments, valid_tracking, on_time_delivery, a_to_z_claims. In lists of shipments one_row_is is
# "order" or "package"; weight = "units" says that each line of on_time_delivery counts its units.
# Tables of a shop outside Amazon: orders, shipments, feedback. docs/maps has ready maps for eBay, Etsy, Shopify, Walmart:
# [columns."ebay/*.csv"]
# report = "orders"
# marketplace = "ebay.com"
# dates = "%b-%d-%y"
# columns = {{ order_id = "Order Number", purchased_at = "Sale Date", status = "State", cancelled_at = "Cancelled" }}
# values = {{ status = {{ Done = "shipped" }} }}     # what a word of the file means
# constants = {{ fulfilment = "merchant" }}        # what no column tells, the same on every line
# footer = ["record(s) downloaded"]             # last lines that are no orders

# Counts typed from the Feedback Manager page; days = 0 is lifetime:
# [[feedback_totals]]
# taken_on = 2026-01-31
# marketplace = "amazon.co.uk"
# days = 90
# positive = 120
# neutral = 3
# negative = 6

# What you did, and when: each gets a before and after in the report.
# [[events]]
# on = 2026-03-02
# what = "another carrier"           # a few words, as the report prints them
# metric = "late_shipment_rate"      # what it was meant for; none: no rate in particular
# until = 2026-03-06                 # its last day, where it took some
# marketplace = "amazon.co.uk"       # where it was done; also fulfilment = "merchant". What was left alone is compared
# rebase = true                      # charts start a new level with it
# why = "all parcels go by it"       # ... and say why

# Open points of the marketplace's rules, and the reading to take:
# [options]
{options}"""


def template(account: str, name: str) -> str:
    """A commented account.toml for a new account with this id and name, as `seller-audit new` writes it."""
    options = "".join(
        f'# {name} = "{one.default}"  # or {", ".join(one.readings[1:])}\n' for name, one in OPTIONS.items()
    )
    low, high = (" or ".join(senses) for senses in GOOD_SENSES.values())
    must_be = f"{low}; of a rate that is good when high: {high}"
    return TEMPLATE.format(id=account, name=json.dumps(name, ensure_ascii=False), must_be=must_be, options=options)
