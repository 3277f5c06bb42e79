"""METRICS: what each rate counts, one literal a metric, in the order in which they are told.

order_defects   the order defect rate and its parts
shipping        late shipments, cancellations
delivery        valid tracking, delivery on time
outcome         perfect orders, returns, refunds
feedback        shares of the feedback received
reported        rates of which only the marketplace's own figure exists
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from helpers.vocabulary.definitions.delivery import DELIVERY
from helpers.vocabulary.definitions.feedback import FEEDBACK
from helpers.vocabulary.definitions.order_defects import ORDER_DEFECTS
from helpers.vocabulary.definitions.outcome import OUTCOME
from helpers.vocabulary.definitions.reported import REPORTED
from helpers.vocabulary.definitions.shipping import SHIPPING
from helpers.vocabulary.metric import Metric

FAMILIES = (ORDER_DEFECTS, SHIPPING, DELIVERY, OUTCOME, FEEDBACK, REPORTED)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.key: metric for family in FAMILIES for metric in family})
COUNTS_BAD = frozenset(key for key, metric in METRICS.items() if metric.good_is == "low")  # what is new, what leaves
