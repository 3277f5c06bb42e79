### What a reader reads, in British English.
###
### A sentence stands under a key. `{ $orders }` is put in by the kit, written as the account writes numbers; a choice in
### braces picks the first line that fits, a plural (`[one]`), a number (`[0]`) or a word, else the line with the star.
### A line break is a space. Figures never stand without their counts, and nothing is promised of what the marketplace decides.

## Words every page uses

# A rate within a sentence; a title raises its first letter.
rate =
    .order_defect_rate = order defect rate
    .negative_feedback_rate = negative feedback
    .a_to_z_claims = a-to-z claims
    .chargebacks = chargebacks
    .late_shipment_rate = late shipment rate
    .cancellation_rate = cancellation rate
    .valid_tracking_rate = valid tracking rate
    .on_time_delivery_rate = on-time delivery rate
    .on_time_delivery_legacy = on-time delivery (before 2024)
    .perfect_order_percentage = perfect order percentage (until 2018)
    .return_rate = return rate
    .refund_rate = refund rate
    .feedback_score = public feedback score
    .negative_share = negative share of feedback
    .invoice_defect_rate = invoice defect rate
    .business_hour_delivery_rate = business hour delivery rate
    .contact_response_time = answers within 24 hours (until 2018)
    .return_dissatisfaction_rate = return dissatisfaction rate
    .cs_dissatisfaction_rate = customer service dissatisfaction rate (until 2018)

# What its count is of: stands after the number, as in “2 orders with a defect”.
counted-is =
    .order_defect_rate = with a defect
    .negative_feedback_rate = with one or two stars
    .a_to_z_claims = with a claim that counts
    .chargebacks = with a chargeback
    .late_shipment_rate = not confirmed in time
    .cancellation_rate = cancelled by the seller
    .valid_tracking_rate = with valid tracking
    .on_time_delivery_rate = delivered on time
    .on_time_delivery_legacy = delivered on time
    .perfect_order_percentage = without a fault
    .return_rate = with a return request
    .refund_rate = refunded
    .feedback_score = with four or five stars
    .negative_share = with one or two stars
    .invoice_defect_rate = without an invoice in time
    .business_hour_delivery_rate = delivered in opening hours
    .contact_response_time = answered within 24 hours
    .return_dissatisfaction_rate = handled badly
    .cs_dissatisfaction_rate = that say no

# What is counted; `shop` in the lesson.
number-of =
    .order = { $number ->
            [one] { $number } order
           *[other] { $number } orders
        }
    .package = { $number ->
            [one] { $number } package
           *[other] { $number } packages
        }
    .shop = { $number ->
            [one] { $number } shop
           *[other] { $number } shops
        }
    .unit = { $number ->
            [one] { $number } unit
           *[other] { $number } units
        }
    .feedback = { $number } feedback
    .message = { $number ->
            [one] { $number } message
           *[other] { $number } messages
        }
    .return-request = { $number ->
            [one] { $number } return request
           *[other] { $number } return requests
        }
    .answer = { $number ->
            [one] { $number } answer
           *[other] { $number } answers
        }

# Who ships; $window: so many days, where a rate has several windows.
ships =
    .merchant = seller ships
    .amazon = Amazon ships
    .marketplace = the marketplace ships
    .all = all orders
store-unknown = unknown
window = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
days = { $first } to { $last }

# $rate is a percentage, $of the orders it is of with their word.
share = { $rate } ({ $part } of { $of })

# Before a figure of which the files prove one side only.
bound =
    .lower_bound = at least
    .upper_bound = at most
    .approximate = about

# A chance never claims certainty: under 1 in 1,000, over 99 in 100.
chance = { $side ->
        [under] under { $part } in { $of }
        [over] over { $part } in { $of }
        [just_under] just under { $part } in { $of }
        [just_over] just over { $part } in { $of }
       *[whole] { $part } in { $of }
    }
share-of-100 = { $side ->
        [fewer] fewer than 1 in 100
        [more] more than 99 in 100
       *[about] about { $part } in 100
    }

# A target: $target is a percentage.
aim =
    .below = under { $target }
    .at_most = at most { $target }
    .above = over { $target }
    .at_least = at least { $target }
    .equal = exactly { $target }
    .info = advised { $target }

status =
    .met = Target met
    .breached = Target missed
    .too_few_orders = Too few orders to tell
    .not_mature = Not yet judged
    .no_data = No data
# The same under a figure, over which the target stands.
status-of-figure =
    .met = Met
    .breached = Missed
    .too_few_orders = { status.too_few_orders }
    .not_mature = { status.not_mature }
    .no_data = { status.no_data }
# $status: one of those.
verdict = { $evidence ->
        [unproved] { $status }, not proved
        [strong] { $status }, { evidence.strong }
        [weak] { $status }, { evidence.weak }
       *[none] { $status }
    }

# A rate within a list that says “rates” once at its end.
short-rate =
    .order_defect_rate = order defect
    .negative_feedback_rate = { rate.negative_feedback_rate }
    .a_to_z_claims = { rate.a_to_z_claims }
    .chargebacks = { rate.chargebacks }
    .late_shipment_rate = late shipment
    .cancellation_rate = cancellation
    .valid_tracking_rate = valid tracking
    .on_time_delivery_rate = on-time delivery
    .on_time_delivery_legacy = { rate.on_time_delivery_legacy }
    .perfect_order_percentage = { rate.perfect_order_percentage }
    .return_rate = return
    .refund_rate = refund
    .feedback_score = { rate.feedback_score }
    .negative_share = { rate.negative_share }
    .invoice_defect_rate = invoice defect
    .business_hour_delivery_rate = business hour delivery
    .contact_response_time = { rate.contact_response_time }
    .return_dissatisfaction_rate = return dissatisfaction
    .cs_dissatisfaction_rate = { rate.cs_dissatisfaction_rate }
short-rates = { $rates } rates
# $of: whose rate it is, or its counts.
rate-of = { $rate } ({ $of })
part = { $part } of { $of }
list = { $names }
more = { $number } more
rates = { $number ->
        [one] { $number } rate
       *[other] { $number } rates
    }

## The first screen: headline

kicker = { $account } · { $stores } · as of { $day }{ $looked ->
        [then] {""}
       *[later] {" "}· looked at on { $today }
    }

# $whose: nothing, one store and channel, or several stores.
whose = { $whose ->
        [place] {" "}({ $place })
        [stores] {" "}in { $stores }
       *[nobody] {""}
    }
# What the year before says of a miss, in stretches as long as the window or longer.
past-blocks = { $blocks } { $block_days ->
        [30] months
        [31] months
       *[other] periods of { $block_days } days
    }
past = { $past ->
        [all] , as in each of the { past-blocks } before ({ $counts })
        [again] , as in { $missed } of the { past-blocks } before
        [windows] , as in { $missed } of the { $windows ->
            [one] { $windows } window
           *[other] { $windows } windows
        } of { $days } days before
        [first] , and did not in the { past-blocks } before
       *[unknown] {""}
    }
misses = The { $rate }{ whose } misses its target{ past }.
some-miss = { $missed } of { rates } miss their targets{ $naming ->
        [some] : the { $rates }.
       *[all] .
    }
misses-longest = The { $rate } does{ past }.
windows-cannot-tell = Windows of this size cannot tell chance from change.
window-cannot-tell = One window of this size cannot tell chance from change.
record-explains = A shop with your record before ({ part }) misses this target in { $often } of { $windows } such windows.
may-miss = The { $rates }{ whose } may miss { $rates ->
        [one] its target
       *[other] their targets
    }: the files cannot prove it.
marks-more = It marks { $more ->
        [one] { $more } more figure
       *[other] { $more } more figures
    } bad or at risk.
# $why: what the files leave open, such as “the order files end on 14 October 2026”.
leaves-open = No rate is seen to miss its target, but { $why }: that leaves the { $rates } open.
cannot-prove-met = No rate is seen to miss its target, but the files cannot prove it for { $unproved } of { rates }.
too-few-orders = Too few orders to tell.
too-few-orders-of = There are too few orders to tell of the { $rates }.
all-meet = { $number ->
        [1] The one rate your files speak for meets its target: the { $rates }.
       *[other] Each of the { $number } rates your files speak for meets its target.
    }
none-was-judged = The marketplace judged none of the rates these files can tell on this day.
no-verdict-yet = The files do not allow a verdict yet{ $why ->
        [unknown] .
       *[known] : { $gap }.
    }
they-name = They name { $bad }.
# $bad: so many orders; $are: what they are, such as “with a defect”.
bad-of = { $bad } { $are } ({ $of })

## The first screen: what has turned

# A rate that does better since an event of the account, or by weeks of its orders.
turned = { $whose ->
        [it] It
       *[rate] The { $rate }
    } has turned { $by ->
        [event] since { $day }: { $after } bad, { $before } before{ $age ->
            [told] , { known-by }
           *[whole] {""}
        }.
       *[weeks] by weeks of orders: { turned-weeks }.
    }
turned-weeks = { $seen } of the orders since { $since } known to be bad, about { $expected } would be at the rate before
keep = Change nothing more for now: the { $naming ->
        [few] { $rates }
       *[many] { rates }
    } { $number ->
        [one] has turned, and older orders keep it from its target
       *[other] have turned, and older orders keep them from their targets
    }.
# $what: an event in the account's own words; $rates with their stores.
acted = After “{ $what }” ({ $day }){ $word ->
        [clear] , the { $rates }: { $finding }
        [no_change] {" "}no change is seen in the { $rates }.
        [measuring] {" "}it is too early to tell of the { $rates }.
       *[cannot_tell] {" "}nothing can be told yet of the { $rates }.
    }
by-weeks = By weeks of orders, { $turned ->
        [down] fewer
       *[up] more
    } turn bad, beyond chance, { $rate }: { turned-weeks }.

## The first screen: figures

figure-theirs = marketplace's own
figure-aim = target { $aim }
also-missed = Also missed: { $rates }.
may-be-missed = May be missed too, which the files cannot prove: { $rates }.

## The first screen: what to do, and what happens by itself

met-again = Met again { $sure ->
        [at_best] { sure.at_best }, without a new bad one:
       *[at_the_earliest] { sure.at_the_earliest } (bad ones may be missing):
    } { $days }.
sure =
    .at_best = at best
    .at_the_earliest = at the earliest
met-from = the { $rate } from { $day }
met-from-to = from { $first } ({ $first_rate }) to { $last } ({ $last_rate })
no-longer-judged = The { $rate } is no longer judged from { $day }, for too few orders are left then.
# $stores: those it is said of, where not of all.
stays = The { $rate }{ $stays ->
        [all] {""}
       *[some] {" "}({ $stores })
    } { $source ->
        [files] does not clear by waiting.
       *[marketplace] is the marketplace's own figure, which does not say when it clears.
    }
first-then = { $rate } first, then { $more } more

download-for = Download { $download }: { $why } (for the { $rates }).
download-missing = Download what is missing: { $download }.
# $named: the first of them.
download-dead = Download again { $files ->
        [one] the file that cannot be read: { $named }.
        [2] the files that cannot be read: { $named }.
       *[other] the { $files } files that cannot be read, { $named } the first of them.
    }
download-orders = Download the orders of { $days }: the order files end on { $ends }, other files reach { $others }.
download-again = Download again what was damaged: { $rows }.
most-rows = most rows of { $file }
look-into-rows = Look into the rows that tell too little: { $rows }.
answer-first = { $files } { $files ->
        [one] waits
       *[other] wait
    } for an answer before being used.
end-the-cause = Find and end the cause: { $rates }.
look-at-orders = Look at the bad orders one by one: { $rates }.
look-into-marks = Look into it: { $marks }.
and-more = and { more }
nothing-urgent = { $room ->
        [0] Nothing is urgent, but the next bad order would miss the target of the { $rate }.
       *[other] Nothing is urgent. With today's orders { more-bad }, late reports included, would still meet the target of
            the { $rate }.
    }
not-looked-at = Not looked at (no file tells): { $rates }.
of-all-categories = The { $rate } is the marketplace's, of all categories together: one of them can miss the target.
stars-unread = { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } of { $file } could not be read; no judged rate rests on { $rows ->
        [one] it
       *[other] them
    }.

## The table of rates

no-verdict = No verdict on the { $rates }.
# $rates: without one, for this reason.
no-verdict-for = { $why ->
        [no_order] { $rates }, for their window has no order
       *[too_young] { $rates }, for their orders are too young
    }
of-theirs = the marketplace's own figure
of-all = all categories together
moved =
    .rising = rising, beyond chance
    .falling = falling, beyond chance
    .about_the_same = about the same
    .cannot_be_told = cannot be told apart
moved-beside = { $moved ->
        [about_the_same] as
       *[other] from
    } { $counts } { $then ->
        [window_before] before
       *[year_before] in the year before
    }
# Bad ones that would still meet the target.
room = { $room ->
        [0] the next bad one would miss it
       *[other] { $proved ->
            [no] at most { more-bad }
           *[yes] { more-bad }
        }
    }
more-bad = { $room ->
        [one] { $room } more bad one
       *[other] { $room } more bad ones
    }
way-back =
    .day = met from { $day } { $sure }
    .unjudged = no longer judged from { $day }, for too few orders
    .orders = not by waiting; { $orders ->
            [one] { $orders } further good order
           *[other] { $orders } further good orders
        }
    .never = not by waiting
    .theirs = the marketplace does not say

## Tables

nothing-to-show = Nothing to show.
# The one printed beside every rate: intervals.LEVEL.
interval = 90 % interval
# Over a column, alike in every table. What stands over the columns of one table alone is under `head-` with its name.
head =
    .account = Account
    .bad_ones = Bad ones
    .besides = Besides
    .figure = Figure
    .file = File
    .interval = { interval }
    .leaves = Leaves
    .of = Of
    .open_point = Open point
    .order = Order
    .orders = Orders
    .period = Period
    .placed = Placed
    .rate = Rate
    .reason = Reason
    .rejected = Rejected
    .result = Result
    .rows_kept = Rows kept
    .seen = Seen
    .setting = Setting
    .setting_name = Name in account.toml
    .since = Since
    .source = Source
    .store = Store
    .target = Target
    .verdict = Verdict
    .what = What
    .why = Why
    .window = Window

no-rates = No rate can be judged from these files.
head-rates =
    .figure = Figure, { interval }
    .trend = The last year
    .moved = Moved
    .left = Room, or way back
    .chance = Missed day in 30 days
evidence =
    .strong = strong evidence
    .weak = weak evidence
truly-met = chance it is truly met { $chance }
# The small picture of a rate's year, read aloud.
trend = { $days }: { $rates }, target { $aim }

## Tables: what was judged

window-to = { window } to { $day }
head-parts =
    .part = Part
no-parts = The files prove no part of a rate.
head-compared =
    .theirs = Marketplace
    .ours = These files
    .explanation = Why they differ
no-compared = No account-health file: there is nothing to compare with.
both-same = Both count the same.
both-same-of = Both count the same: { $rates }.
both-same-rate = { rate-of } { $counts }
# Why the marketplace's figure and that of the files differ, or are not compared.
not-compared =
    .group = Not compared: the marketplace prints one figure, these files tell each { $group } apart.
    .window = Not compared: the marketplace's file prints no window with this figure.
    .untold = Not compared: no file here tells this rate but the marketplace's own.
    .uncovered = Not compared: the order files do not cover the whole of the marketplace's window.
    .no_order = Not compared: the files hold no order of this kind in the marketplace's window.
group =
    .category = category
theirs-without-counts = The marketplace's file gives a rate without its counts.
# $reasons: those below, separated by semicolons.
compared = { $reasons }.
other-orders = the files hold { $orders } { $more ->
        [more] more
       *[fewer] fewer
    } than the marketplace counts (cancelled or pending orders, or days cut at another hour)
other-part = { $part }: { $counts }
other-overlap = the kinds of defect overlap differently
both-count = { $theirs } at the marketplace, { $ours } in the files
shorter-contradicts = The last { $last } of these { $days } days hold more than all of them: the file contradicts itself.
shorter-holds = Of the marketplace's { $days } days the last { $last } hold { $lately }, the { $first } before { $before }.
head-changes =
    .new = New
    .left = Rolled off
    .orders = Orders in the window
on-day = On { $day }
no-changes = The files do not hold the whole of the earlier window, so no change is told.
head-roll-off =
    .day = Day
    .after = After it
no-roll-off = No defect stands in any window.
roll-off = { window } on which a defect leaves
head-score =
    .window = Feedback received in
    .good = Four or five stars
    .shown = Shown as
no-feedback-score = No feedback file with four and five stars: a positive share would be an artefact of the file.
shown-as = { $share } %{ $file ->
        [shorter] {" "}(the file is shorter)
       *[whole] {""}
    }

## Tables: alerts, watches, where bad ones come from

head-alerts =
    .alert = Alert
    .steady = Steady accounts it marks in a year
    .fixed_step = Waking at a rise of a quarter of the target
alert-kind =
    .breach = { status.breached }
    .alarm = Alarm
    .nowcast = Will be missed
    .forecast = Likely to be missed
    .gap = Files missing
no-alert = No alert: nothing is so now that was not so a month before. A rate the files do not tell raises none.
head-signals =
    .reported = Reported in 28 days
    .due = Due at its target
    .due_own = Due at its own level
    .mark = Mark
    .steady = Steady accounts each marks in a year
marked-since =
    .target = target since { $day }
    .own_level = own level since { $day }
no-signals = The files hold no rate that could be watched as reports come in.
signals = { rates } watched as reports come in
head-drivers =
    .level = Level
    .rest = The rest
    .times = Times the rest
    .adjusted = Within one other factor
    .excess = More than at the rest’s rate
    .drawn = Drawn to all
no-drivers = { $tested ->
        [0] The files tell too little of too few orders to compare any of them.
        [one] Of { $tested } level tested none differs from the rest beyond chance.
       *[other] Of { $tested } levels tested none differs from the rest beyond chance.
    }
drivers-register = The register: { $levels ->
        [one] { $levels } level
       *[other] { $levels } levels
    } looked at, { $tested } tested
# What orders can be told apart by.
factor =
    .sku = SKU
    .carrier = carrier
    .ship_service = ship service
    .region = region
    .weekday = weekday of the order
    .handling = handling time
    .store = store
    .channel = channel
    .month = month
# A handling time; the longest are one.
handling = { window }{ $more ->
        [more] {" "}or more
       *[none] {""}
    }
driver-level = { $factor } { $level }{ $sold ->
        [gone] {" "}(no longer sold)
       *[still] {""}
    }
outcome =
    .claims_and_returns = Claims and returns
driver-excess = { $excess } (between { $least } and { $most })
driver-adjusted = { $ratio } (compared within { $factor })
driver-turned = The plain comparison points the other way: the levels are not sold alike (Simpson).
claims-and-returns =
    .same = Claims and returns say the same.
    .against = Claims and returns say the opposite: who writes may differ, not what they lived.
    .cannot_tell = Claims and returns are too few to tell.
driver-result =
    .selected = beyond chance
    .tested = not beyond chance
    .untold = not tested: told of { $told } in 100 orders
    .few = not tested: under { $orders }
head-returned =
    .sku = { factor.sku }
    .returns = Returns
    .all_returns = All its returns
    .refunded = Orders refunded
reasons =
    .other = other reasons
    .untold = not told
no-returned = The files hold no return of an order whose SKU is known.
returned = { $lines ->
        [one] { $lines } line
       *[other] { $lines } lines
    } of returns by SKU and reason

## Tables: what was done, and what young orders will still bring

no-actions = account.toml names no [[events]] up to this day: what was done is not known.
head-actions =
    .said = Said
    .before = Bad before
    .after = Bad since
    .counted = Counted
    .expected = Had nothing been done
    .ratio = Of the rate before, { interval }
    .planned = Least fall to show, as planned
    .smallest = Least fall to show, now
fix-word =
    .measuring = measuring
    .cannot_tell = cannot tell yet
    .helped = helped
    .no_change = no change seen
    .worse = worse since
fix-said = { $word }{ $meant ->
        [no] {" "}(not meant for it)
       *[yes] {""}
    }
ratio-ends =
    .at_least = at least { $low } times
    .range = { $low } to { $high } times
least-fall =
    .none = none
    .to = to { $part } in 100
actions = { rates } before and after
actions-across = These days hold what the marketplace did or has every year ({ $events }).
head-maturity =
    .visible = Visible
    .share = Reported by now
    .in_the_end = In the end
    .tried = Tried on the past
    .own_delays = Delays of your own
    .removed = Removed later
in-the-end = about { $expected } ({ $low } to { $high })
not-tried = the files do not reach back far enough
tried = { $held } of { $tried ->
        [one] { $tried } interval
       *[other] { $tried } intervals
    } held; { $visible } visible then, { $expected } expected, { $came } came
removed-later = { $removed ->
        [0] none told of { $told } bad feedback
       *[other] { $removed } of { $told } bad feedback ({ $share } in 100)
    }
no-maturity = No judged rate of these files waits for late reports.
prior =
    .real_orders = low reviews of real orders of another marketplace, 2016 to 2018
    .not_published = no delays of this kind are published: taken wide, as firm as ten of your own
    .at_once = known within days, as the files show it
delays-taken = Beside your own delays are taken: { $sources }.
head-decided =
    .days = Days to come
    .known = Bad ones known
    .late = With late reports, 90 %
    .allowed = Allowed
decided =
    .missed = missed already
    .met = met, 19 in 20
    .open = open
no-decided = No rate of these files has days to come whose orders are all placed.

## Tables: what was read

head-kinds =
    .report = Recognised as
    .files = Files
head-files =
    .report = { head-kinds.report }
head-remarks =
    .remarks = Remarks
# What a file was recognised as.
report =
    .account_health = account health
    .performance_v1 = performance v1
    .sales_and_traffic = sales and traffic
    .all_orders = all orders
    .all_orders_by_last_update = all orders by last update
    .merchant_returns = merchant returns
    .fba_returns = fba returns
    .settlement = settlement
    .transactions = transactions
    .orders_api = orders api
    .fulfilled_shipments = fulfilled shipments
    .unshipped = unshipped
    .order_defects = order defects
    .a_to_z_claims = a to z claims
    .late_shipments = late shipments
    .on_time_delivery = on time delivery
    .valid_tracking = valid tracking
    .orders = orders
    .shipments = shipments
    .feedback = feedback
not-recognised = not recognised
no-files = There is no file in exports/.
remarks = What is odd about { $files ->
        [one] { $files } file
       *[other] { $files } files
    }
every-file = Every file
head-rejected =
    .rows = Rows
    .lines = First lines
no-rejected = No row was rejected.
head-coverage =
    .exactness = Can be computed
    .missing = What is missing
    .download = Download that closes the gap
computed =
    .lower_bound = { bound.lower_bound }
    .upper_bound = { bound.upper_bound }
    .approximate = roughly
    .impossible = not at all
no-gap = Every rate can be computed exactly from these files.
no-download = No download holds the orders of: { $rates }.

## Tables: besides the rates

head-standing =
    .defect = Defect
defect =
    .negative_feedback = negative feedback
    .a_to_z_claim = a-to-z claim
    .chargeback = chargeback
no-standing = No defect stands in any judged window.
orders-below = { $orders ->
        [one] { $orders } more order
       *[other] { $orders } more orders
    } below, and all in the CSV file.
all-of-them = All of them: { $where }.
head-tallies =
    .where = Where
    .count = Count
    .days = Days
    .note = What it cannot say
no-tallies = No file with payments, returns, traffic, open orders or policy counters.
# Counts no target judges: what is counted, out of what, and what it cannot say.
counted =
    .others = Other policy counters
    .a_to_z_claim = A-to-z claims paid
    .chargeback = Chargebacks paid
    .returned = Orders with a return request
    .flagged = Returned orders marked with a claim
    .negative = Negative feedback
    .granted = Claims granted
    .open = Open orders past their ship-by moment
    .late_shipments = Orders listed as late
    .valid_tracking = Packages listed without valid tracking
    .on_time_delivery = Packages listed as not on time
    .stars = Feedback with one or two stars
counted-of =
    .each = in each of { $number }
    .paid = of { $orders ->
            [one] { $orders } order
           *[other] { $orders } orders
        } with a payment
    .returned = of { $orders ->
            [one] { $orders } order
           *[other] { $orders } orders
        } with a return request
    .units = with { $units ->
            [one] { $units } unit
           *[other] { $units } units
        }{ $told ->
            [some] {" "}at least
           *[all] {""}
        }
    .received = of { $feedback } feedback received
    .open = of { $orders ->
            [one] { $orders } open order
           *[other] { $orders } open orders
        }
# $rows: those that do not tell it.
counted-note =
    .a_to_z_claim = at least: claims the marketplace paid itself, refused or has not decided are not in payments
    .chargeback = at most: a payment does not say whether service or fraud was disputed
    .unit_less = a return is no defect; the file does not tell the units
    .returned = a return is no defect{ $rows ->
            [0] {""}
            [one] ; { $rows } row without units
           *[other] ; { $rows } rows without units
        }
    .flagged = a mark in the returns file: it has neither a day nor an outcome
    .negative = by the day received; not the order defect rate{ rows-without }
    .granted = by the day granted, both ways of shipping together{ rows-without }
    .open = as they stood when the file was made
    .lists = the lists hold bad ones only
    .bad_only = the file holds no four or five stars, so no share of it is told
    .no_order = no order is known
rows-without = { $rows ->
        [0] {""}
        [one] ; { $rows } row without it
       *[other] ; { $rows } rows without it
    }
they-say = the marketplace says: { $status ->
        [GOOD] in order
        [BAD] over its target
       *[other] { $status }
    }
they-say-nothing = the marketplace gives no verdict
lists = { $lists ->
        [one] { $lists } list
       *[other] { $lists } lists
    }
all-stores = all stores
no-unjudged = Every rate these files give has a target.
head-reported =
    .values = As downloads told it
reported = { $figures ->
        [one] { $figures } figure
       *[other] { $figures } figures
    } of the marketplace over { $days ->
        [one] { $days } download day
       *[other] { $days } download days
    }
not-measured = not measured
no-word = no word

## Tables: the rules

head-definitions =
    .counts = What it counts
definition =
    .valid_tracking_rate = Packages with a tracking number that matches the carrier and was scanned, divided by
        packages confirmed as shipped; each product category on its own, by the day delivery was promised.
    .on_time_delivery_rate = Units delivered by the seller's own deliver-by day, divided by tracked units with a
        delivery scan. Days end at midnight Pacific time, in every store. Measured since 2024.
    .on_time_delivery_legacy = Tracked packages delivered within the promise shown to the buyer, divided by tracked
        packages.
    .order_defect_rate = Orders with at least one of: feedback of one or two stars, an A-to-z claim that counts, a
        service chargeback; divided by all orders. An order with three defects counts once. An order belongs to the day it was
        placed, whenever the defect came.
    .negative_feedback_rate = Orders rated one or two stars, divided by all orders (three stars never count).
    .a_to_z_claims = Orders with an A-to-z claim that counts, divided by all orders. A refused claim does not count.
    .chargebacks = Orders with a card dispute about service, divided by all orders.
    .perfect_order_percentage = Orders without bad feedback, claim, chargeback, cancellation, lateness, refund or a
        message from the buyer, divided by all orders. Refunds and messages are not in the files.
    .return_rate = Orders with a return request, divided by orders. The marketplace sets no target for it.
    .refund_rate = Units refunded divided by units ordered on the same days. Refunds belong to earlier orders, so a
        quiet day can exceed 100 %. No longer a target since October 2018.
    .invoice_defect_rate = Business orders without an invoice by the end of the first working day after shipping,
        divided by business orders.
    .business_hour_delivery_rate = Packages delivered to business customers in their opening hours, divided by all
        packages to them.
    .contact_response_time = Buyers' messages answered within 24 hours, divided by messages that needed an answer.
    .return_dissatisfaction_rate = Return requests with bad feedback, refused without ground, or left for over 48
        hours.
    .cs_dissatisfaction_rate = Buyers' answers that their problem was not solved, divided by answers.
    .late_shipment_rate = Orders confirmed as shipped after their expected ship date, divided by the orders the seller
        fulfils. The moment of confirming decides, not the ship date typed in.
    .cancellation_rate = Orders the seller cancelled before shipping, divided by all orders the seller fulfils. A
        cancellation the buyer asked for through the marketplace does not count.
    .feedback_score = Feedback of four or five stars, divided by feedback received; by the day it was received. Buyers
        who stay silent are in neither number.
    .negative_share = Feedback of one or two stars, divided by feedback received. Letters up to about 2009 closed
        accounts for it. It is not the negative feedback of the order defect rate, which divides by orders.
head-evidence-words =
    .word = Word
    .meaning = What it means
evidence-word =
    .strong = Strong
    .weak = Weak
    .truly_met = Chance that the true rate meets the target
    .one_report = A promise for one report
evidence-means =
    .strong = A shop exactly on its target would look like this in at most 1 report in 20. A strong miss also holds when its worst
        day counts as a single bad order. Bad orders that come together, as in a carrier's bad week, count as fewer than they are.
        The bar beside a rate leaves out 5 % on either side.
    .weak = Not that all is well, and not that the verdict is wrong: these orders alone cannot tell.
    .truly_met = It starts from a fixed guess: before the first order it takes it that two shops in three are on target. It is
        printed once the orders weigh as much as that guess, which is 50 orders at a target of 1 %, 20 at 2.5 %, and more where bad
        orders come together.
    .one_report = Of shops just inside their target about 1 in 6 is called a strong miss at least once in twelve monthly reports.
head-targets =
    .must_be = Must be
    .note = Note
target-note =
    .theirs = the marketplace's file differs from the kit's table ({ $aim }) and is used
    .unfit = the marketplace's file ({ $file }) prints { $aim }, which no rate can be held to: the kit's table is used
    .paused = not judged: { $event } ({ $source })
# Who says so, in brackets behind the source: grades of the kit's table are letters and stand as they are.
grade =
    .file = file
    .own = own
no-targets = No target of these rates was in force.
head-open-points =
    .effects = What another reading changes
# What the rules of the marketplace leave open.
open-point =
    .odr_denominator = whether cancelled and pending orders count as orders in the order defect rate
    .odr_window_before_2021 = window and lag of the order defect rate from 2012 to October 2021, in days
    .claims_rule = whether a claim decided for the seller is left out, or every claim counts as it once did
    .claims_withdrawn = whether a claim the buyer withdrew counts
    .fba_feedback = whether 1-2 star feedback on an order fulfilled by Amazon counts as a defect
    .cr_denominator = whether pending orders count as orders in the cancellation rate
    .cr_items = whether a shipped order with one cancelled item counts as cancelled
    .lsr_dating = which day puts an order into the window of the late shipment rate
    .lsr_late = whether an order is late once its ship-by moment has passed, or three days later, as until September
        2014
    .clock = whose midnight ends the day of an order
    .score_min = from how many feedback in 12 months the 12-month score is shown instead of the lifetime one
    .break_date = the day from which buyers can rate with stars alone: response rates are not compared across it
    .feedback_days = days from the order in which its buyer can leave feedback (third parties say so)
    .feedback_withdraw_days = days from a feedback in which its buyer can take it back (third parties say so)
    .feedback_removal_days = days from a feedback in which the seller can ask for its removal (third parties say so)
# Its readings; numbers and days stand as they are.
reading =
    .not_cancelled = not cancelled
    .with_cancelled = with cancelled
    .that_count = that count
    .every_claim = every claim
    .counted = counted
    .not_counted = not counted
    .with_pending = with pending
    .without_pending = without pending
    .order_date = order date
    .expected_ship_date = expected ship date
    .confirm_date = confirm date
    .past_ship_by = past ship by
    .three_days_past = three days past
    .store = store
    .pacific = pacific
    .utc = utc
no-effects = No other reading changes a figure of this report.
other-open-points = Another reading of the other { $points ->
        [one] { $points } open point
       *[other] { $points } open points
    } changes no figure of this report.
# $reading: another one of an open point; $figures: what each becomes.
effect = { $reading }: { $figures }{ $verdicts ->
        [stay] ; every verdict stays
       *[turn] {""}
    }
no-effect = no figure of this report
instead-of = { $other } instead of { $usual }
status-within =
    .met = target met
    .breached = target missed
    .too_few_orders = too few orders to tell
    .not_mature = not yet judged
    .no_data = no data

## Many accounts: the first screen

many-kicker = { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    } · reports of { $month } · looked at on { $day }
no-report-of-month = No report of { $month } lies in this folder.
# What several accounts are called for, or one.
called =
    .missed_strong = { $accounts ->
            [one] misses
           *[other] miss
        } a target on strong evidence
    .missed_weak = { $accounts ->
            [one] misses
           *[other] miss
        } a target on weak evidence
    .will_miss = { $accounts ->
            [one] meets
           *[other] meet
        } a target now and will miss it
    .alarm = { $accounts ->
            [one] gets
           *[other] get
        } reports faster than a target allows
    .flagged = { $accounts ->
            [one] is
           *[other] are
        } marked by the marketplace
call-first =
    .alone = Call { $account } first: it { $why }.
    .none = { $accounts } accounts { $why }, on equal evidence: none of them comes first.
    .equal = { $accounts } accounts { $why }. First come { $equal } of equal evidence, in the order of their names.
    .of_several = { $accounts } accounts { $why }. Call { $account } first.
    .untold = No account is seen to miss a target, but { $left } of { $of } cannot be told.
    .nobody = Nobody needs a call: nothing is open of { $accounts ->
            [one] { $accounts } account
           *[other] { $accounts } accounts
        }.
call = { $account }: { $why }.
equal-accounts = Accounts equal in evidence stand in the order of their names, which is no advice.
reason-number = { $reason }: { $number }
by-reason = Of { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }, by the gravest reason — { $reasons }.
answer-due = { $account }: an answer to a letter is due { $left ->
        [0] today
        [1] tomorrow
       *[other] in { $left } days
    }, on { $day }.
# An account that has no place among those to call, and is not known to be well.
left-unjudged = Not judged in full — { $account }: { $why }.
left-unjudged-more = { $accounts } more { $accounts ->
        [one] account is
       *[other] accounts are
    } not judged in full.
reports-failed = { $reports ->
        [one] { $reports } report
       *[other] { $reports } reports
    } failed: see below why, and where to look.
accounts-not-reached = Not reached: { $accounts }{ $more ->
        [0] {""}
        [one] {" "}and { $more } more account
       *[other] {" "}and { $more } more accounts
    }. The run ended before; the next one goes on with them.
run-not-ended = The newest run did not come to its end: what is missing may be still to come.

## Many accounts: why one is called

full-stop = { $said }.
# $named: rates with their figures. Without its full stop it is a line of the first screen.
rates-miss = { rates } { $number ->
        [one] misses its target
       *[other] miss their targets
    }, { $evidence ->
        [strong] { evidence.strong }
       *[weak] { evidence.weak }
    }: { $named }
rate-is = { $rate } { $figure }
figure-at = { $figure }, { $aim } ({ $of })
rates-will-miss = { rates } { $number ->
        [one] meets its target now and will miss it
       *[other] meet their targets now and will miss them
    }: { $named }
will-miss =
    .decided = the { $rate } ({ $of }) from { $day }, when { $bad } are bad already
    .late_reports = the { $rate } ({ $of }) once late reports are in: { $bad } are bad now, { $low } to { $high } in the end
alarmed = the { $rate } ({ $of }), { $bad } bad in 28 days where { $expected } would just reach it
alarms = Reports come in faster than the target allows, beyond chance: { $rates }.
reason-of = { $reason }: { $rate }
marked-first = { $mark }{ $more ->
        [0] {""}
        [one] ; and { $more } more mark
       *[other] ; and { $more } more marks
    }.
files-of-days = { $files } of { $days }
files-of-days-for = { files-of-days } ({ $store }; { rates } need them)
left-open =
    .unproved = May miss a target, which the files cannot prove: { $rates }.
    .unread = { $number ->
            [one] { $number } file
           *[other] { $number } files
        } cannot be read{ $lost ->
            [part] {" "}whole
           *[whole] {""}
        }: { $files }.
    .hidden = No verdict on the { $rates }.
    .unsure = No file proves that { rates } met now { $number ->
            [one] is
           *[other] are
        } on target.
    .gaps = Files are missing ({ $files }): { rates } cannot be told in full.
    .stale = The newest file ends before { $day }.
    .unjudged = No rate can be judged from its files.
    .older_kit = Its report is of an older version of the kit and does not tell everything: make it again.
unread-row = row { $line } ({ $why })
rows-in-all = { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } in all
its-report =
    .not_reached = Its report{ $of ->
            [one] {" "}{ $notebook }
           *[month] {""}
        } was not reached: the run ended before it. The next run goes on with it.
    .failed = Its report{ $of ->
            [one] {" "}{ $notebook }
           *[month] {""}
        } failed: { $why }.
    .earlier = What stands here is of an earlier run.
results-unread = its results of { $month } cannot be read ({ $why }): make the report again.
no-report-now = There is no report of { $month }, and there was one of the month before.

## Many accounts: news, letters, one list

month-news =
    .no_report = There is no report this month, and there was one last month.
    .first_report = The first report: there is none of the month before to compare with.
    .gap = { $gap } are missing now.
    .missed = Misses its target now: { $figure }, after { $before } a month ago.
    .stronger = Still misses its target, and the evidence is strong now: { $figure }, after { $before } a month ago.
    .met_again = Meets its target again: { $figure }, after { $before } a month ago.
letters-unread = { $account }: its letters cannot be read ({ $why }).
letters-not-looked-for = Letters not looked for: no run of this month says where the folders of { $accounts } lie.
watched-rates = { $watched ->
        [one] { $watched } watched rate
       *[other] { $watched } watched rates
    }
list-promise =
    .unwatched = No rate is watched: no report of this month tells how its bad ones came in.
    .none = On the list: none of { watched-rates }. What was reported in the last 90 days proves of none, all accounts taken
        together, that it misses its target.
    .some = On the list: { $listed } of { watched-rates }. Reports of the last 90 days come faster than the target allows. It is one
        list on one day: of many such lists, at most one rate in ten on average keeps its target. The next day’s list is another
        one.

## Tables: many accounts

# What an account is called for.
reason =
    .missed_strong = target missed, { evidence.strong }
    .missed_weak = target missed, { evidence.weak }
    .will_miss = will miss its target
    .alarm = reports come in faster than the target allows
    .flagged = marked by the marketplace
    .unproved = may miss a target, not proved
    .failed = report failed or missing
    .unread = files unreadable
    .ends_early = files end early
    .open = cannot be told
    .fine = nothing to call for
head-calls =
    .said = What its report says
no-calls = There is no report and no account.
head-news =
    .new = { head-changes.new }
no-news = Nothing is so this month that was not so in the last, as far as both months’ reports tell.
news = { $pieces ->
        [one] { $pieces } piece
       *[other] { $pieces } pieces
    } of news
no-stores = No rate can be judged from these reports.
stores = { $stores ->
        [one] { $stores } store
       *[other] { $stores } stores
    } and channels
stores-left-out = Not in this table, but in the reports: { $rates }.
targets-differ = targets differ
head-one-list =
    .reported = { head-signals.reported }
    .expected = Would just reach the target
so-many-bad = { $bad } bad
one-list = { rates } on the list
head-deadlines =
    .letter = Letter
    .due = Due
    .left = Left
    .confirmed = Confirmed by a person
letter = { $case }: { $kind }, received { $day }
letter-kind =
    .metric_warning = metric warning
    .metric_deactivation = metric deactivation
    .at_risk_banner = at risk banner
    .policy_warning = policy warning
    .policy_deactivation = policy deactivation
    .listing_removal = listing removal
    .account_review = account review
    .verification = verification
    .appeal_answer = appeal answer
    .programme_notice = programme notice
    .funds_notice = funds notice
    .contact_request = contact request
    .reinstatement = reinstatement
    .announcement = announcement
    .advice = advice
    .support_reply = support reply
    .seller_text = seller text
    .community_ban = community ban
    .marketing = marketing
due =
    .unknown = no deadline printed
    .left = { $left ->
            [0] due today
            [one] { $left } day left
           *[other] { $left } days left
        }
    .over = over since { window }
letter-confirmed =
    .yes = yes
    .no = not yet
no-deadlines = No letter lies in the folders that were looked at.
head-failures =
    .report = Report
    .look = Where to look
failed =
    .not_reached = Not reached: the run ended before it.
    .with_code = { $why } (exit code { $code })
    .untold = no reason was told
where-to-look =
    .nowhere = Nowhere: the next run goes on with it.
    .kept = what was kept of it
no-failures = No report of this month failed in a run that is recorded here.

## Tables: the answer to a letter

head-charges =
    .charge = Charge
    .letter = The letter
    .records = The records
no-figure = no figure
no-charges = No charge was confirmed by a person.
head-facts =
    .number = No.
    .said = What it says
    .source = From
no-facts = No evidence.
facts = { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } of evidence
fact-files = { $files }{ $more ->
        [0] {""}
        [one] {" "}and { $more } more file
       *[other] {" "}and { $more } more files
    }
head-behind =
    .ship_by = Ship by
    .confirmed = Confirmed
    .promised = Promised
    .outcome = Counts as
no-behind = No bad order stands in this window.
behind = { $file }: { $orders }
head-problems =
    .where = { head-tallies.where }
    .which = Which
no-problems = Nothing is left open and nothing contradicts.
head-watch =
    .headroom = More that would still meet it
    .met_from = Met from, at best
    .chance = Chance of a missed day in 30
no-watch = No rate can be judged.

## Tables of the lesson

head-beforehand =
    .volume = Orders a day
    .half_good = Half of the sellers far under the target
    .nearly_all_good = Nearly all good
    .many_bad = Many bad
# For how long a shop is checked each day.
checked = { $days ->
        [1] At one check
        [365] Within a year
       *[other] Within { window }
    }
head-two-roads =
    .share = Share
    .formula = Formula
    .simulated = Simulated
    .difference = Difference
road =
    .dissatisfied = Unhappy buyers, of the orders
    .response_rate = Feedback, of the orders
    .negative_of_feedback = Negative, of the feedback
    .negative_of_orders = Negative feedback, of the orders
head-published =
    .case = Case
    .louder = Who writes more readily
    .grade = How it is known
    .assumed = Assumed
case-grade =
    .illustration = made up for teaching
    .primary = read at the source
    .secondary = quoted by another source
    .vendor = a firm’s own poll
    .computed = computed from published figures
more-readily =
    .alike = both alike
    .unhappy = the unhappy, { $times } times
    .happy = the happy, { $times } times
head-known-truth =
    .reading = Reading
    .off_by = Off by, on average
    .holds = Interval holds the truth
    .wide = Interval is wide
case-reading =
    .score = The feedback taken for all buyers
    .ratio = Who writes how readily is known
    .bounds = Nothing is known but the counts
no-known-truth = No shop was read.
# $number: a difference of two percentages.
points = { $number } points

## What moved since the month before

still = No defect came or left in the { $rates }.
still-seen = As far as the files tell, no defect came or left in the { $rates }.
window-not-held = The files do not hold the whole earlier window of the { $rates }.
new-rules = The marketplace changed its rules for the { $rates } between { $first } and { $last }: both figures are counted by
    the new ones.
moved-beyond-chance = The { $rate } is { $moved ->
        [rising] rising
       *[falling] falling
    }, beyond chance, beside the { $then ->
        [window_before] window before
       *[year_before] year before
    }: { $before }, then { $now }.
# $rates: each with its counts before and now.
not-moved = { $moved ->
        [about_the_same] About the same as in the
       *[cannot_be_told] Cannot be told apart from the
    } { $then ->
        [window_before] window before
       *[year_before] year before
    }: { $rates }.
not-moved-rate = { $rate }: { $before }, then { $now }

# Shares with their counts; why: what came, what left, how many orders.
change = The { $rate } { $moved ->
        [rose] rose from
        [fell] fell from
        [same] stayed, as it is printed, at the same rate: from
       *[bound] was
    } { $before } on { $day } { $moved ->
        [bound] and is { $now }
       *[exact] to { $now }
    }{ $why ->
        [untold] .
       *[told] { $moved ->
            [bound] . As far as the files tell: { change-why }
           *[exact] : { change-why }
        }.
    }
change-why = { $new ->
        [0] none new
       *[other] { $new } new
    }, { $left ->
        [0] none left
        [one] { $left } left with its window
       *[other] { $left } left with their window
    }, { $volume }
# $change: how the window's orders changed, by $number of them.
volume =
    .order = { $change ->
            [more] { $number ->
                [one] { $number } more order
               *[other] { $number } more orders
            } in the window
            [fewer] { $number ->
                [one] { $number } fewer order
               *[other] { $number } fewer orders
            } in the window
           *[none] the window holds as many orders
        }
    .package = { $change ->
            [more] { $number ->
                [one] { $number } more package
               *[other] { $number } more packages
            } in the window
            [fewer] { $number ->
                [one] { $number } fewer package
               *[other] { $number } fewer packages
            } in the window
           *[none] the window holds as many packages
        }
    .unit = { $change ->
            [more] { $number ->
                [one] { $number } more unit
               *[other] { $number } more units
            } in the window
            [fewer] { $number ->
                [one] { $number } fewer unit
               *[other] { $number } fewer units
            } in the window
           *[none] the window holds as many units
        }
    .feedback = { $change ->
            [more] { $number } more feedback in the window
            [fewer] { $number } fewer feedback in the window
           *[none] the window holds as many feedback
        }

## What the last report said, and what is said of its day now

# Each is one of $rates below, separated by semicolons. $then and $now are shares with their counts.
restated =
    .new = the { $rate }, not told then, { $now } now
    .gone = the { $rate }, { $then } then, can no longer be told
    .other = the { $rate } was { $then } and is { $now }{ $turned ->
            [met] {" "}and its target is met
            [breached] {" "}and its target is missed
           *[same] {""}
        }
    .target = the { $rate } { $now }, { $then } then
restated-since = Restated since the report of { $day }: { $rates }.
reported-since = Reported since on orders of { $after ->
        [restated] its windows
       *[alone] the windows of the report of { $day }
    }: { $rates }.
more-bad-then = { more-bad } of the { $rate }, which had { $then } then
other-targets = Another target is in force: { $rates }.
of-downloads = Of the downloads for those days { $parts }.
downloads = { $named ->
        [few] { $files }
       *[many] { $number }
    } { $number ->
        [one] is
       *[other] are
    } { $how ->
        [new] new
        [other] other than before
       *[gone] no longer there
    }
taken-down = { $feedback } bad feedback of that time was taken down as far as they show.
# $points: what the rules of the marketplace leave open.
other-readings = The rules leave open { $points }, which account.toml now reads another way.
other-kit = The kit that counts is version { $now }, then { $then }.
nothing-differs = Downloads, readings of the rules and version of the kit are the same: its makers should know.
report-not-compared = The last report is not compared: its results file { $why ->
        [changed] is no longer as it was made
        [of_another] is of another account
        [version] is of another version of the kit, whose figures may mean something else
       *[damaged] is missing or damaged
    }.

## What files leave open

# Kinds of files within a sentence, in the plural.
files =
    .all_orders = order files
    .feedback = feedback files
    .order_defects = order defect lists
    .late_shipments = late shipment lists
    .unshipped = snapshots of open orders
    .valid_tracking = valid tracking lists
    .on_time_delivery = on-time delivery lists
    .money = payment files
    .returns = returns files
    .traffic = sales and traffic files
    .account_health = account health files
    .shipped = files that tell when orders were shipped
# The days a judged window needs and these files do not tell.
gap =
    .end = the { $files } end on { $day }
    .begin = the { $files } begin on { $day }
    .between = the { $files } say nothing of { $days }
    .defects_begin = the order defect lists that reach the day looked at begin with orders of { $day }
    .newest = the newest of the { $files } was taken on { $day }
# Rows that could have told something; what they lack comes last, for it tells the sentences apart.
rows-lack = { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } of { $file } { $lack }
lack =
    .unread = could not be read
    .unsaid = lack the mark, the day or the group a rate needs
    .unknown = have a store or a status that is not known
    .wordless = hold a word that is not known

## What the files can prove, and what to download

# One of what is counted, without a number, as in “no order”.
one =
    .order = order
    .package = package
    .unit = unit
    .feedback = feedback
    .message = message
    .return-request = return request
    .answer = answer

# What keeps a rate from being exact: a clause, often after a dash or beside others, separated by semicolons.
untold =
    .of_nothing = no { $what } in the window
    .no_orders = no order file
    .no_period = no order file that stands for a period
    .cancelled = no column of the order files says which orders were cancelled
    .cancelled_in = no column of { $file } says which orders were cancelled
    .buyer_requested = the files do not say which cancellations the buyer asked for
    .shipped = no file says when orders were confirmed as shipped
    .snapshots_only = late orders only from snapshots of open orders: what happened between two is unseen
    .late_alone = the late shipment list holds late orders only: without an order file there is no denominator
    .bad_packages_only = the list holds bad packages only, so there is no denominator
    .valid_tracking_outside = no table tells of every package whether its tracking was valid
    .on_time_delivery_outside = no table tells of every package when it was promised and delivered
    .packages = only the marketplace's own list of every package can tell
    .perfect = refunds and messages of buyers are not in the files
    .returns = no returns file
    .traffic = no sales and traffic file
    .traffic_days = the sales and traffic file tells weeks or months, and no days
    .feedback_rows = no feedback file with rows
    .bad_stars_only = a feedback file holds no four or five stars: a share of it would be an artefact
    .stores_of_feedback = the feedback file names no store, the account has several, and no order file tells them apart
    .unplaced_feedback = { $feedback } feedback on orders of an unknown store
    .no_download = not supplied: no download is known that tells it
    .no_file_outside = not supplied: no file of a shop outside Amazon tells it
    .theirs_only = no download holds its orders: only the marketplace's own figure
    .claims_list = no list of claims and chargebacks
    .feedback = no feedback file
    .struck = feedback the marketplace took on itself is not marked in the file
    .undated_feedback = the feedback files hold no dated row
    .unplaced_orders = { $orders ->
            [one] { $orders } listed order of the window is
           *[other] { $orders } listed orders of the window are
        } in no order file, so the order files are not complete
    .undated_list = the order defect list names no day
    .undated_defects = { $defects ->
            [one] { $defects } listed defect without a day of its own counts
           *[other] { $defects } listed defects without a day of their own count
        } only from { $day }
    .claims_paid = claims only from payments: those the marketplace paid itself, refused or has not decided are not in them
    .claims_in_returns = claims only from a mark in the returns, which has neither a day nor an outcome
    .chargebacks_paid = chargebacks only from payments, which do not say whether service or fraud was disputed

# A download as the marketplace calls it; in parentheses, at the end, where it is found. $days: the days to ask for, or what is
# usually asked for.
download =
    .all_orders = All Orders report, by order date, { $days ->
        [usual] 120 days or more
       *[days] { $days }
    } (Reports > Fulfilment > All Orders)
    .buyer_requested = All Orders report with the column is-buyer-requested-cancellation added
    .feedback = Feedback file, { $days ->
        [usual] 365 days
       *[days] { $days }
    } (Performance > Feedback > Download)
    .order_defects = Order defect list{ of-days } (Account Health > Order Defect Rate > Download report)
    .late_shipments = Late shipment list{ of-days } (Account Health > Late Shipment Rate > Download report)
    .unshipped = { download.late_shipments }
    .valid_tracking = Valid tracking list with every package{ of-days } (Account Health > Valid Tracking Rate > Download report)
    .on_time_delivery = On-time delivery list with every order{ of-days } (Account Health > On-Time Delivery Rate > Download)
    .money = Transaction file (CSV){ of-days } (Payments)
    .returns = Returns report, { $days ->
        [usual] 60 days
       *[days] { $days }
    } (Reports > Return Reports)
    .traffic = Sales and Traffic report by day{ of-days } (JSON, from an authorised application)
    .account_health = Account health report{ of-days } (V2, JSON, from an authorised application)
    .account_health_taken = Account health report { $day ->
        [past] on the first of each month, for none can be had of a past day
       *[day] taken on { $day }
    } (V2, JSON, from an authorised application)
of-days = { $days ->
    [usual] {""}
   *[days] , { $days }
}
# What a shop outside the marketplace gives in its place.
own-file =
    .all_orders = { $store }'s own orders export, { $days ->
        [usual] 120 days or more
       *[days] { $days }
    }
    .feedback = { $store }'s own list of reviews or feedback, { $days ->
        [usual] 365 days
       *[days] { $days }
    }
    .late_shipments = { $store }'s own orders export with the last moment to ship and the moment of shipping of each
        order{ of-days }
    .unshipped = { own-file.late_shipments }
    .valid_tracking = { $store }'s own list of packages that says of each whether its tracking was valid{ of-days }
    .on_time_delivery = { $store }'s own orders export with the promised and the actual day of each delivery{ of-days }
    .cancelled = { $store }'s own orders export with a column that says which orders were cancelled
    .buyer_requested = { $store }'s own orders export with a column that says which cancellations the buyer asked for

# What closes a gap and is no download: the analyst's to do.
instead =
    .taken_on = if a list is newer than its newest line, say so; seller-audit settle asks when it was taken
    .look_at = look at that day, --as-of { $day }
instead-of-a-download = instead of a download: { $advice }

## Around the answer: a page and a mail

page =
    .doing = What to do
    .beside = By itself
    .skip = Skip to the contents
    .note = Note
    .contents = Contents
    .appendix = Appendix
    .logo = Logo
    .twin = The figures as a table
    .walk = Arrow keys walk through its points.
# What JupyterLab shows of a notebook's results.
published = { $verdicts ->
        [one] { $verdicts } verdict
       *[other] { $verdicts } verdicts
    } as of { $day }

# $about: the first sentence of the report, or how many alerts.
mail-subject = { $account }: { $about } ({ $day })
mail-report = report
mail-figure = { $label }: { $figure } ({ $counts }), { interval } { $between }, { $aim }. { $word }.
mail-counts = { $counts }; { interval } { $between }; { $aim }
mail-changed = What changed
mail-attached = The whole report is attached: { $files }.
mail-of-alerts = { $account } · as of { $day }
alerts = { $alerts ->
        [one] { $alerts } alert
       *[other] { $alerts } alerts
    }
alerts-since = { $alerts ->
        [one] { $alerts } thing has
       *[other] { $alerts } things have
    } become true since last month.

## A letter's charges against the account's records

# A charge within a sentence; a title raises its first letter.
charge =
    .order_defect_rate = { rate.order_defect_rate }
    .feedback_score = feedback score
    .negative_feedback_rate = negative feedback rate
    .a_to_z_claims = A-to-z claim rate
    .chargebacks = { rate.chargebacks }
    .late_shipment_rate = { rate.late_shipment_rate }
    .cancellation_rate = { rate.cancellation_rate }
    .valid_tracking_rate = { rate.valid_tracking_rate }
    .on_time_delivery_rate = { rate.on_time_delivery_rate }
    .invoice_defect_rate = { rate.invoice_defect_rate }
    .contact_response_time = contact response time
    .return_dissatisfaction_rate = { rate.return_dissatisfaction_rate }
    .refund_rate = { rate.refund_rate }
    .account_health_rating = account health rating
    .inauthentic = charge of inauthentic items
    .intellectual_property = intellectual property complaint
    .restricted_product = sale of restricted products
    .product_safety = product safety charge
    .item_condition = charge about the condition of items
    .not_as_described = charge of items not as described
    .drop_shipping = drop shipping charge
    .diverting_buyers = charge of diverting buyers
    .ship_confirmation = charge about shipment confirmations
    .related_account = link to a related account
    .identity_verification = identity verification
    .dormant_account = charge of a dormant account
    .review_manipulation = charge of review manipulation
    .sales_rank_manipulation = charge of sales rank manipulation
    .search_manipulation = charge of search manipulation
    .a_to_z_misuse = misuse of the A-to-z guarantee
    .support_misuse = misuse of seller support
    .seller_conduct = charge about the seller's conduct
    .listing_policy = breach of the listing policy
    .document_request = document request
    .account_review = account review
    .not_received = charge of items not received
    .late_delivery = charge of late delivery
    .defective_item = charge of defective items
charge-status =
    .charge_confirmed = confirmed
    .charge_not_confirmed = not confirmed
    .partly_confirmed = partly confirmed
    .cannot_be_judged = cannot be judged from these files

# The files' figure beside the letter's. $between: the window's first and last day; $days: how many they are.
held = the account's records hold { $figure } { $are } ({ $store }, { $ships }, { $between }, { window }{ $printed ->
        [yes] {""}
       *[no] , the window of the rules on the day of the letter
    }{ $channel ->
        [yes] {""}
       *[no] ; the letter names no channel
    })
# $held: as above. The first letter is raised.
charge-finding =
    .no_rate = cannot be judged: no download tells whether this charge is right. It is answered with documents and the seller's
        own statements.
    .no_group = cannot be judged: the files tell no { $rate }{ $category ->
            [none] {""}
           *[some] {" "}of the category { $category }
        }.
    .theirs = { $status }: the marketplace's own account-health file says so, and no other file tells it. { $finding }
    .untold = cannot be judged: { $why ->
            [impossible] no file tells the { $rate }
            [not_covered] the files do not tell every day of { $between }
           *[of_nothing] the files hold no { $what } of this kind from { $between }
        }.
    .not_borne = { $held }. A figure that is only { quoted-bound } cannot bear { $met ->
            [yes] that it was met
           *[no] that the target was missed
        }: { $why }.
    .met_in_one = { $held }, which meets the target of { $aim }; the letter prints no window, and another cannot be told.
    .met = { $held }, which meets the target of { $aim }.
    .not_confirmed = not confirmed: { $held }, which meets the target of { $aim }.
    .missed = { $held }, which misses the target of { $aim }.
    .confirmed = confirmed: { $held }, which misses the target of { $aim }.
    .miss_confirmed = that the target of { $aim } was missed is confirmed: { $held }. The letter's own figure cannot be checked
        against a bound.
    .figure_not_confirmed = that the target of { $aim } was missed is confirmed, the letter's figure is not: { $held }.
    .no_figure = { $held }. The letter prints neither a figure nor a target, and none was in force.
    .count_is_bound = { $held }. A figure that is only { quoted-bound } neither confirms the letter's nor refutes it.
    .count_confirmed = confirmed: { $held }.
    .count_not_confirmed = not confirmed: { $held }.
    .count_differs = { $held }. The letter's figure is another.
charge-besides =
    .every_window = The letter prints no window; in every window of the rules the target was met.
    .same = The letter's figure is the same.
    .older = The letter's count is that of { older-window }.
    .too_few = The rule judges from { $floor } on; these are { $number }.
quoted-bound = { $exactness ->
        [lower_bound] “{ bound.lower_bound }”
        [upper_bound] “{ bound.upper_bound }”
       *[approximate] “{ bound.approximate }”
    }
charge-lacks =
    .bound = the files tell it as a bound only
    .rate = no file tells this rate
    .window = the letter's window is not the one these files were downloaded for: bad ones before it may be missing
    .days = the files of { $days } that are not there
older-window = an older window, { $between }{ $told ->
        [printed] , as the marketplace's own file prints it
        [among] , as it stood then ({ $others ->
            [one] { $others } other window
           *[other] { $others } other windows
        } near it held the same count)
       *[alone] , as it stood then
    }

# Why the letter's count and the files' differ. $bad: so many bad ones, such as “3 bad orders”.
difference =
    .window = The window that held the letter's count, { $between }, has { window } and ended { $ended ->
            [one] { $ended } day
           *[other] { $ended } days
        } before the one judged on the day of the letter.
    .orders = The files hold { $number } { $side ->
            [more] more than
           *[fewer] fewer than
        } the letter counts: it can be { $pending ->
            [yes] cancelled or pending orders, or days
           *[no] days
        } cut at another hour, which no file tells.
    .rest = { $bad } of the letter { $number ->
            [one] is in no file and nothing here explains it
           *[other] are in no file and nothing here explains them
        }.
    .more = The files hold { $bad } more than the letter.
    .refused_claims = { number-of.order } with a claim that was refused: it does not count, and can be named with its decision.
        At most { $number } of the difference.
    .removed_feedback = { number-of.order } with negative feedback that was struck through: it counts no more. At most
        { $number } of the difference.
    .seen_later = { number-of.order } whose defect is in these files only from { $day } on. At most { $number } of the
        difference.
bad-number-of =
    .order = { $number ->
            [one] { $number } bad order
           *[other] { $number } bad orders
        }
    .package = { $number ->
            [one] { $number } bad package
           *[other] { $number } bad packages
        }
    .unit = { $number ->
            [one] { $number } bad unit
           *[other] { $number } bad units
        }
    .feedback = { $number } bad feedback
    .message = { $number ->
            [one] { $number } bad message
           *[other] { $number } bad messages
        }
    .return-request = { $number ->
            [one] { $number } bad return request
           *[other] { $number } bad return requests
        }
    .answer = { $number ->
            [one] { $number } bad answer
           *[other] { $number } bad answers
        }

# What the records do not support.
unsupported =
    .causes = The files say what happened to orders and when. They do not say why: every cause is the seller's own statement.
    .measures = The files do not show that a measure was taken, nor that it is the reason of a change.
    .no_file = No file says anything of this charge: { $charge }.
    .missing = { $charge }: { $missing }.
    .days = { $charge }: the files leave out days of the window.
    .rest = { $charge }: { $bad ->
            [one] { $bad } bad one
           *[other] { $bad } bad ones
        } of the difference to the letter without a reason in any file.
    .hedged = { $charge }: the letter names it as one of several that may apply; which one is meant it does not say.
    .words = What a parcel held, what a buyer was promised in messages, and what a conversation said is in no file.
    .outcome = Nobody can tell from these files what the marketplace decides, nor when.

# What a document must show. $age: the most days, where the letter prints them.
must-show =
    .invoices = a real supplier's invoice: supplier with address and telephone, your business, date, products and at least the
        quantity you sold; prices may be covered, nothing else{ at-most-old }
    .documents = the paper the letter names, whole, legible, in colour, with the very name and address of the
        account{ at-most-old }
at-most-old = { $age ->
        [0] {""}
        [one] ; not older than { $age } day, as the letter says
       *[other] ; not older than { $age } days, as the letter says
    }
# What shows more of a charge than the downloads do.
shows-more =
    .order_defect_rate = for each claim the carrier's proof of delivery: tracking number, day, place; answers to the buyers
    .a_to_z_claims = { shows-more.order_defect_rate }
    .late_shipment_rate = the carrier's acceptance of the orders listed: tracking number or order number, day and hour
    .cancellation_rate = stock records of the orders listed: what was in stock on the day of the order
    .valid_tracking_rate = the carrier's record of the parcels listed: number, first scan, day
    .on_time_delivery_rate = the carrier's record of the parcels listed: first scan, delivery, day
    .inauthentic = invoices of the supplier for the very products, and a letter of the brand's owner where it is not yours
    .intellectual_property = a licence or letter of the rights owner that names the products and your business
    .identity_verification = an identity document and a recent bill that show the same name and address as the account
    .related_account = papers on owner, address, bank account and devices that tell the two businesses apart
    .invoice_defect_rate = the invoices of the orders listed, with the day each was uploaded

# A row of evidence, and where it is from.
evidence-row =
    .letter = The letter: “{ $words }”
    .confirmed = The letter, as { $who } confirmed it: { $charge }
    .orders = { number-of.order } behind { $of ->
            [older] the letter's figure, in its older window
           *[count] this figure
        }, one row each
    .shared = { $factor } { $level }: { $share } in the year, of the rest { $rest }; at most { $more } more than at the rate of
        the rest. That is where they stand, not why.
    .after = In the same window: before { $day } { $before } { $are }, from that day on { $since }. Of younger orders more can
        still be reported.
    .by_age = By day { $age } of the order: { $after } of { $after_of } since, { $before } of { $before_of } up to a year before.
    .not_why = The files do not say what the change comes from.
    .admitted = The charge is admitted
    .not_admitted = The charge is not admitted
    .step = By { $day }, { $owner }: { $text }
    .removals = { $number } feedbacks and claims with their clock
none-of = no { $what }
evidence-from =
    .line = { $letter }, line { $line }
    .seller = stated by the seller
    .no_file = no file
    .theirs = the marketplace's own figures
# What an order counts as, in its row.
order-is =
    .stars = feedback of { $stars ->
            [one] { $stars } star
           *[other] { $stars } stars
        }
    .claim = A-to-z claim
    .claim_decided = A-to-z claim ({ $outcome })
    .chargeback = chargeback
    .late_shipment_rate = confirmed late
    .cancellation_rate = cancelled by the seller
    .valid_tracking_rate = without valid tracking
    .on_time_delivery_rate = not delivered on time

## The marketplace's own words: $status stands as the marketplace prints it

mark =
    .account = { mark-by } calls the account{ mark-on } { $status }{ mark-end }
    .marked = { mark-by } marks { $what } { $status }{ $told ->
            [nothing] {""}
            [count] {" "}({ $figure })
           *[figure] : { $figure }
        }{ mark-end }
    .printed = { mark-by } prints { $what }{ $told ->
            [nothing] {""}
            [count] {" "}({ $figure })
           *[figure] : { $figure }
        }{ mark-end }
# $who: in a sentence of its own, or in a list of what is to be looked into, the first there or another one.
mark-by = { $who ->
        [sentence] The marketplace
        [first] the marketplace
       *[next] it
    }
mark-end = { $who ->
        [sentence] .
       *[listed] {""}
    }
# $stores: one, where the account has no other and it stands above.
mark-on = { $stores ->
        [one] {""}
       *[several] {" "}on { $store }
    }
# $what: the marketplace's name of one of its counters.
mark-of = { $of ->
        [counter] { $what }{ mark-on }
       *[rate] the { $what } ({ $store }, { $ships })
    }
mark-figure =
    .unmeasured = not measured ({ $of })
    .missing = no figure
    .printed = { $rate }, printed { $orders ->
            [0] {""}
           *[other] for { $of }{" "}
        }without its count

## Did it help: what is said of an action, before and after

known-by = each known by day { $age_days } of the order
# Whatever is bad since and before; $since and $before: such as “9 of 850 orders”.
fix-both = { $since } bad since, { $before } before{ $age ->
        [told] {" "}({ known-by })
       *[whole] {""}
    }
fix =
    .measuring = Too early to tell: { $both }.
    .never_tells = Too early to tell, and so few turn bad that a year would not: { $both }.
    .cannot_tell = Cannot be told yet, for { $why }: { $both }.
    .fell_again = It rose beyond chance before this and has fallen again: { $both }. Had nothing been done, about { $expected }
        would be bad.
    .helped = Fewer turn bad than chance explains: { $both }; { $ratio }.
    .worse = It did not help, and more turn bad than chance explains: { $both }; { $ratio }.
    .no_change = No change seen: { $both }.
fix-tells-from = At the earliest on { $day } it can be told.
fix-smallest = A fall to { $rate } of the rate before would have shown in four of five cases.
fix-ratio =
    .at_least = { ratio-ends.at_least } the rate before
    .fall = { $ends } of the rate before
    .rise = { ratio-ends.range } the rate before
the-rate = the { $rate }
fix-moved = Moved, not mended: { $rates } rose.
fix-beside = Where nothing was done ({ $place }): { $since } since, { $before } before.
fix-left-out = Left out on both sides, for no file tells their day: { $bad ->
        [one] { $bad } bad one
       *[other] { $bad } bad ones
    }.
fix-why =
    .no_bad_one = there was no bad one before, so no fall can be seen
    .ended = the days since ended too soon to show a fall
    .too_few = a fall to half would not show in so few orders
    .bound = the files tell { $bound ->
            [none] nothing of
           *[known] { $bound }
        } so many bad ones, and two such figures cannot be compared
    .holes = files are missing of { $days }{ $more ->
            [0] {""}
           *[other] ; and of { $more } more times
        }
    .short = before the days that prompted it the files tell { $blocks ->
            [one] { $blocks } stretch
           *[other] { $blocks } stretches
        } of { $days } days, and { $needed } are needed to know how much the rate varies by itself
    .fell_there_too = the rate fell in { $place } as well, where nothing was done

## Verdicts: what is found of a rate

# $subject: a rate with whose it is. $aim: its target.
finding = { $subject }: { $said }
finding-counted = { $source ->
        [marketplace] the marketplace's own figure, { finding-window }
       *[files] { finding-window }
    }
finding-window = { $figure } { $are }, { $days } days to { $end }, as of { $day }
finding-of-all = The figure is of all categories together: one of them can miss the target.
on-target = The rate is exactly on the target: the marketplace's text and its screens differ on whether that passes.
found =
    .too_few = Too few orders to tell: with { $orders } a single bad one would miss the target of { $aim }; { $needed } are
        needed.
    .not_proved = As far as the files show the target of { $aim } is { $met ->
            [yes] met
           *[no] missed
        }, but they cannot prove it: the figure is { $exactness ->
            [lower_bound] at least so high
            [upper_bound] at most so high
           *[approximate] near this only
        }, and what is missing can turn it.
    .judged = The target of { $aim } is { $met ->
            [yes] met
           *[no] missed
        }{ $evidence ->
            [strong] , and the evidence is strong
            [weak] , but the evidence is weak
           *[none] {""}
        }{ $why ->
            [one_day] : without its worst day it would not be proved
            [small] : this window is too small to prove more ({ $orders } without a bad one would be)
            [one_bad] : one bad one is enough at this volume
            [chance] : the chance that the true rate meets it is { $chance }
           *[unsaid] {""}
        }.
not-judged =
    .not_mature = not yet judged; the files do not reach the end of { not-judged-days } (as of { $day }, target { $aim }).
    .no_order = no { $what } in { not-judged-days } (as of { $day }, target { $aim }).
    .missing = no figure; a file it needs is missing (as of { $day }, target { $aim }).
    .not_covered = no verdict; the order files do not cover all of { not-judged-days }. Not covered in full: { $part } of { $of }
        (as of { $day }, target { $aim }).
    .no_orders = no rate; the files name { $bad } { $are } in { not-judged-days }, and not how many orders there were (as of
        { $day }).{ $needed ->
            [0] {""}
           *[other] {" "}The target of { $aim } is met only if at least { $needed } were placed in it.
        }
not-judged-days = the { $days } days to { $end }

## Alerts: what became true since a month before

alert =
    .alarm = The { $rate } misses its target as reports come in, and since { $since } beyond chance: { $bad } bad in the last 28
        days, where { $expected } would just reach it.
    .nowcast = The { $rate } meets its target with what is reported, { $bad } of { $of }, and will miss it once late reports are
        in: { $low } to { $high } in the end.
    .forecast = The { $rate } meets its target, and is over within { $days } days with a chance of { $chance }; account.toml asks
        to be told from { $asked } on.
    .gap = { $files } of { $days } are missing: { $why }. Download: { $download }.
# What nobody should wake at, beside the alerts that are worth it.
fixed-step = a rise of the judged rate by a quarter of its target within 30 days
# Why no alert is no comfort.
alert-unjudged =
    .unread = { $number ->
            [one] { $number } file
           *[other] { $number } files
        } could not be recognised, { $first } first.
    .rates = No file tells the { $rates }.
# How many accounts in which nothing happens an alert of this kind marks.
steady =
    .breach = Of steady accounts like this one { $share } have such a day within a year.
    .alarm = Of steady accounts like this one { $share } that keep the target are marked so within a year.
    .nowcast = Of steady accounts like this one { $share } look so on some day within a year.
    .forecast = Of steady accounts like this one { $share } that keep the target are marked so in a year of monthly reports.

## Charts: what many of them say

# What stands for itself, then what is said of it.
labelled = { $label }: { $text }
# What a rate is of, without a number.
plural-of =
    .order = orders
    .package = packages
    .unit = units
    .feedback = feedback
    .message = messages
    .return-request = return requests
    .answer = answers
picture-cut = { $cut ->
        [yes] , cut at the top
       *[no] {""}
    }
# $done: so many things that were done, each with the number of its line.
picture-lines = { $lines ->
        [0] {""}
       *[other] {" "}Lines: { $done }.
    }

## Charts: the rate that decides and the others over time

trend-measure = { $whose }: last { $days } days of { $what }, judged each day{ $band ->
        [no] {""}
        [cut] . Grey band: { interval }, cut at the top
       *[whole] . Grey band: { interval }
    }{ $ticks ->
        [yes] . Ticks: new bad ones
       *[no] {""}
    }{ $ahead ->
        [yes] . Dotted: if no new bad one came
       *[no] {""}
    }.{ picture-lines }
trend-hole = not known: files missing
head-trend =
    .day = Day
    .seventh_day = Day, every seventh
    .done = Done
# $figure: a rate with its counts.
judged-on = On { $day }: { $figure }.

lanes-find = The other { $number ->
        [one] rate
       *[other] { rates }
    }: { $missed ->
        [0] on the right side of the target
       *[other] { $number ->
            [one] {""}
           *[other] { $missed } of them{" "}
        }on the wrong side of the target
    }.
lanes-measure = Each on its own scale. Dashed: its target. Orange where a day lay on the wrong side.
# $target: see figure-aim.
lane-of =
    .wide = { $whose }: { $rate }, { $target }
    .narrow = { $rate }, { $target }: { $whose }
head-lanes =
    .today = On the day
    .lowest = Lowest of the year
    .highest = Highest of the year

## Charts: alerts, and mature weeks beside chance

alarm-measure = Bad ones reported in 28 days, by the day of the report. Shaded: since the alarm stands.
alarm-line =
    .reported = reported
    .expected = would just reach the target
alarm-told = { $reported ->
        [one] { $reported } bad one was
       *[other] { $reported } bad ones were
    } reported in the 28 days to { $day }, where { $expected } would just reach the target.{ $alarm ->
        [stands] {" "}The alarm stands.
       *[none] {""}
    }
head-alarm =
    .last_day = 28 days to
    .reported = Reported
    .expected = At the target
    .alarm = Alarm
alarm-stands = stands

control-find = { $whose }: { $out } of { $cohorts } { $out ->
        [one] stands
       *[other] stand
    } out{ $better ->
        [0] {""}
       *[other] , { $better } of them better
    }{ $plain ->
        [0] {""}
       *[other] ; limits that know of no bad weeks would name { $plain }
    }.
cohorts-of =
    .week = { $number ->
            [one] { $number } week
           *[other] { $number } weeks
        }
    .fortnight = { $number ->
            [one] { $number } fortnight
           *[other] { $number } fortnights
        }
    .four_weeks = { $number ->
            [one] { $number } period of four weeks
           *[other] { $number } periods of four weeks
        }
control-find-gaps = { $whose }: { $gaps ->
        [one] { $gaps } gap
       *[other] { $gaps } gaps
    } between two bad ones, { $out ->
        [0] none longer or shorter than chance makes them
        [one] { $out } stands out
       *[other] { $out } stand out
    }.
control-trial = { $trial ->
        [yes] {" "}Limits on trial: fewer than 12 points.
       *[no] {""}
    }
control-measure = Points differ { $spread ->
        [chance] as chance makes them
       *[more] more than chance makes them
    } (spread { $sigma }; 1 is chance alone).{ $broken ->
        [0] {""}
       *[other] {" "}Run rules broken: { $rules }.
    }{ control-trial }
control-measure-gaps = Orders between two bad ones: the higher the better. Limits: three standard deviations of chance.{ control-trial }
run-rule =
    .one-beyond-three = one beyond three
    .two-of-three-beyond-two = two of three beyond two
    .four-of-five-beyond-one = four of five beyond one
    .eight-on-one-side = eight on one side
# $of: so many orders; $limits: two ends.
control-told = { $part } of { $of } of { days } { $part ->
        [one] was
       *[other] were
    } bad: { $rate }, { control-limits }{ $rules ->
        [0] .
       *[other] ; run rules broken: { $broken }.
    }
control-told-gap = { $orders ->
        [one] { $orders } order lies
       *[other] { $orders } orders lie
    } between the bad ones of { $first } and { $last }, { control-limits }.
control-limits = { $out ->
        [yes] beyond
       *[no] within
    } the limits { $limits }
is-out = yes
head-control =
    .orders = Orders of
    .limits = Limits
    .out = Stands out
    .rules = Run rules
head-gaps =
    .days = From one to the next
    .orders = Orders between
    .limits = { head-control.limits }
    .out = { head-control.out }

## Charts: weeks of orders

cohort-find = { $whose }: { $turned ->
        [down] fewer of the orders since { $since } turn bad: { cohort-known }
        [up] more of the orders since { $since } turn bad: { cohort-known }
       *[none] no turn is seen in the last weeks of orders
    }.
cohort-known = { $seen } known, about { $expected } would be at the rate before
cohort-measure = Bars: orders of a week that are known to be bad. Points: how many will be in the end, with their { interval }{ picture-cut }.{ picture-lines }
# $bad: so many orders; $rate: their share, where the week has orders.
cohort-bad = { $orders ->
        [0] { $bad }
       *[other] { $bad } ({ $rate })
    }
cohort-end = about { $expected } ({ $low } to { $high })
head-cohort =
    .week = Week
    .known = Known to be bad
    .end = In the end
# $of: so many orders; $end: see cohort-end.
cohort-told = { $bad } of { $of } of { $week } { $bad ->
        [one] is
       *[other] are
    } known to be bad, and { $end } will be in the end.

## Charts: the same buyers on two denominators

denominators-find = { $unhappy ->
        [0] No buyer of these orders left one or two stars.
        [one] The same unhappy buyer is { denominators-both }.
       *[other] The same { $unhappy } unhappy buyers are { denominators-both }.
    }
denominators-both = { $of_feedback } of the { $feedback } who wrote and { $of_orders } of { $orders }
denominators-measure = One and two star feedback on the orders of { days }, { $where }, with 90 % intervals.
denominators-of =
    .feedback = feedback received
    .orders = orders placed
denominators-told = { $by ->
        [feedback] { $part } of { $of } received on the orders of { days } { $part ->
            [one] has
           *[other] have
        } one or two stars
       *[orders] { $part } of { $of } of { days } brought feedback of one or two stars
    }: { $rate }, { interval } { $ends }.
head-denominators =
    .by = Divided by

## Charts: a rate to come

fan-measure = { $whose }. Line: as shown so far. Band: where 90 of 100 futures lie when nothing changes; dashes: the middle
    one.{ $gap ->
        [yes] {" "}Gap: the files do not tell these days.
       *[no] {""}
    }
head-fan =
    .day = { head-trend.day }
    .middle = Middle
    .futures = 90 of 100 futures
budget-measure = { $whose }: bad { $what } that may still come, allowed less those there. Band: 80 of 100 futures.
budget-under = under the line: over
budget-left = { $side ->
        [over] over by { $bad }
       *[left] { $bad }
    }
head-budget =
    .day = { head-trend.day }
    .low = 10th of 100
    .middle = { head-fan.middle }
    .high = 90th
ahead-find = Fewer bad ones move it slowly: those that are there leave with their window.
ahead-measure = { $whose }. Band: 90 of 100 futures, line: the middle one. Computed beforehand for the steps of the sliders.
slider-ahead =
    .fewer = Fewer bad ones, of 100
    .orders = Orders
more-orders = { $change ->
        [more] { $orders } in 100 more
        [fewer] { $orders } in 100 fewer
       *[none] as now
    }
head-ahead =
    .fewer = { slider-ahead.fewer }
    .met = Meet the target 90 days from now, of 100
    .over = Over within 90 days, of 100

## Charts: what counts leave open, and what chance alone does

ratios-find = The counts leave a wide range; who speaks decides where in it the truth lies.
ratios-measure = Unhappy buyers as a share of orders, for every ratio of who writes. Thick where these counts allow it. Both scales
    grow by factors of ten.
ratios-axis = So many times as often the unhappy write
ratios-decide = decides: about { $ratio }
slider-ratios =
    .ratio = The unhappy write so many times as often
    .target = Target, of 1,000 orders
ratios-known =
    .orders = Orders
    .positive = Positive feedback
    .negative = Negative feedback
    .least = At least so many unhappy buyers
    .most = At most so many unhappy buyers

beforehand = Exact chances, computed beforehand for the volumes of the slider.
look-find = With few orders a good seller can look bad, and a bad one good, by chance alone.
look-measure = Chance to be seen at or over { $target } at one check, by volume. { beforehand }
slider-look =
    .orders = Orders in the window
    .rate = True rate
head-look =
    .allowed = May be bad
    .true_rate = True rate { $rate }
standing-find = With few orders, the record of a good shop can be more bad than good.
standing-measure = How the feedback stands, with buyers as chosen. { beforehand }
slider-standing =
    .orders = Orders
    .model = Buyers
stands =
    .more_negative = More negative than positive
    .tie = As many of each
    .none = No feedback at all
    .more_positive = More positive than negative
head-records =
    .stands = How the record stands
    .chance = Chance

## Charts: who is happy and who wrote

buyers-find = { $unhappy } of { $buyers ->
        [one] { $buyers } buyer was
       *[other] { $buyers } buyers were
    } unhappy, and { $unhappy_wrote } of them wrote; { $happy } { $happy ->
        [one] was
       *[other] were
    } happy, and { $happy_wrote } of them wrote.
buyers-measure = Square: happy. Diamond: unhappy. Filled: wrote. Hollow: silent.
buyers-are =
    .happy-wrote = happy, wrote
    .unhappy-wrote = unhappy, wrote
    .happy-silent = happy, silent
    .unhappy-silent = unhappy, silent
# $are: one of those.
so-many-buyers = { $buyers } { $are }
head-buyers =
    .which = Which
    .buyers = Buyers
panels-find = The same bad feedback, counted twice: among those who wrote, and among all who bought.
panel =
    .wrote = Bad, of those who wrote
    .bought = Bad, of all who bought
counted-among =
    .wrote = those who wrote
    .bought = all who bought
head-panels =
    .among = Counted among
    .bad = Unhappy who wrote
slider-panels =
    .happy = Happy buyers
    .happy_write = Happy ones who write
    .unhappy = Unhappy buyers
    .unhappy_write = Unhappy ones who write

settled-find = Who spoke is known; what the silent lived is not.
settled-measure = One strip for all buyers: unhappy ones who wrote, silent ones, happy ones who wrote.
settled-are =
    .unhappy = wrote: unhappy
    .silent = silent: nobody knows
    .happy = wrote: happy
head-settled =
    .buyers = { head-buyers.buyers }
    .many = How many
asked-find = Asking everyone can move the score. It changes no order.
asked-measure = Roughly, in whole buyers: one answer more or less is chance.
asked-bar =
    .good_unasked = Good, of the feedback, unasked
    .good_asked = Good, of the feedback, when all are asked
    .bad_unasked = Bad, of all orders, unasked
    .bad_asked = Bad, of all orders, when all are asked
asked-no-score = no feedback, no score
head-asked =
    .share = Share
    .many = So many
slider-asked =
    .answer = Of 100 silent buyers who are asked, answer
    .unhappy = Of 100 silent buyers, are unhappy

model-find = One shop's buyers, counted over its feedback and over its orders.
model-measure = Expected shares, from a formula. The score divides by feedback, the order defect rate by orders.
model-bar =
    .negative_of_feedback = Negative, of the feedback
    .negative_of_orders = Negative feedback, of the orders
    .dissatisfied = Unhappy buyers, of the orders
slider-model =
    .unhappy = Of 100 buyers, unhappy
    .happy_write = Of 100 happy ones, write
    .unhappy_write = Of 100 unhappy ones, write
head-model =
    .share = { head-asked.share }
directions-find = Who writes more often differs from market to market.
directions-measure = Square: of a hundred happy buyers so many write. Diamond: of a hundred unhappy ones; on eBay, the chance that an
    unhappy buyer reports badly. Sources in the appendix.
directions-axis = Of each hundred, so many write
writes-oftener = { $who ->
        [unhappy] the unhappy
       *[happy] the happy
    }, { $times } times as often
head-directions =
    .market = Market
    .happy = { slider-panels.happy_write }
    .unhappy = { slider-panels.unhappy_write }
    .oftener = Who writes more often
    .known = How it is known

## Charts: dealt by chance

dealt-target =
    .meets = meets the target
    .misses = misses it
dealt-find = What chance does to shops that are all alike.
dealt-measure = Above: the orders of one dealt shop, square: good, diamond: bad. Below: dealt shops by their bad orders; blue
    { dealt-target.meets }, orange { dealt-target.misses }.
slider-dealt =
    .orders = Orders, up to { $most }
    .bad = Truly bad, of 1,000 orders
    .seed = Seed: with equal numbers it deals the same shops
head-dealt =
    .bad = Bad orders
    .shops = Shops, of 1,000
    .target = The target
year-find = One year of the same shop, checked every day.
year-measure = The rate over the last 60 days, on each day of a dealt year. Orange diamonds: days on which it misses the target.
year-axis = Day of the year
year-told =
    .days = Days of this year on which the target is missed
    .years = Years, of 1,000 such, with at least one such day
slider-year =
    .orders = Orders a day, about
    .bad = { slider-dealt.bad }
    .seed = Seed: with equal numbers it deals the same years

## Charts: stores of many accounts

# $points: a rate of each store, or of each of its categories.
funnel-rates = { $of ->
        [stores] { $stores } { $stores ->
            [one] store
           *[other] stores
        }
       *[categories] { $points } rates of { $stores } stores
    }
funnel-find = { $rate }, { window }: { $over } of { funnel-rates } { $over ->
        [one] lies
       *[other] lie
    } over what chance does to a store on target.
funnel-measure = Bad ones as a share of all, a point { $of ->
        [stores] a store
       *[categories] each
    }{ $equal ->
        [0] {""}
       *[other] ; a number beside one: so many lie there
    }. Full lines: a store exactly on target lies beyond each in 1 of 20 looks, so of { $points } such points about { $expected }
    do; dotted: in 1 of 1,000. Stores with few orders lie far apart by chance alone.
funnel-equal = { $number } ×
funnel-axis = Orders, fewer where bad ones come in lumps
beside-limits =
    .over = worse than the target, beyond chance
    .within = cannot be told from the target
    .under = better
head-funnel =
    .bad = Bad
    .worth = Orders it is worth
    .side = Beside the limits

## Own feedback: the first screen

# $truth: whether so few are dissatisfied, the silent counted.
truly =
    .always = Whatever the silent think, under { $target } are dissatisfied.
    .never = Even with every silent buyer content, the dissatisfied are not under { $target }.
    .depends = Feedback cannot say whether under { $target } are dissatisfied.
public-score =
    .no_download = No feedback download.
    .only_bad = { $negative } negative feedback { public-over }; the file holds no good ones, so no score is told.
    .no_feedback = No feedback { public-over }.
    .told = { $percent } % positive ({ $positive } of { $received } feedback { public-over }).
public-over = { $over ->
        [year] in a year
       *[download] in the download
    }
silent-unknown = { $why ->
        [unjudged] No window of these orders is judged yet
       *[no_order] No order file
    }: who stayed silent is not known.
feedback-untold = No file tells the feedback on these orders.
# $bad: a share with its counts and its bound.
spoke-untold = One or two stars on { $bad }. How many more brought feedback, the files do not say.
spoke = { $spoke } of { $orders } brought feedback, { $negative } of it one or two stars.
# $defects: a share with its counts and its bound; $returned: orders, where files tell it.
signs-beside = With claims and chargebacks, { $defects } had a defect{ $returned ->
        [untold] {""}
        [one] ; { $returned } order came back for a fault
       *[other] ; { $returned } orders came back for a fault
    }.
figure-of =
    .orders = Of all orders
    .feedback = Of those who wrote
    .truth = Truly dissatisfied
figure-between = { $least } to { $most } of { $of }
figure-with-chance = with chance { $interval }
figure-no-target = no target
figure-word =
    .stars = One or two stars
    .bounds = Bounds, no verdict
hold-back-asking = Hold back asking{ $whose ->
        [stores] {" "}in { $stores }
       *[all] {""}
    } while the order defect rate misses its target: an unhappy answer adds to it.
ask-everyone = Ask every buyer in the same neutral words: { $open } can still write.
page-and-download-differ = The page and the download differ: { $finding }.
may-be-removed = { $number } negative feedback with a text may still be removed, if the rules allow{ $bare ->
        [0] {""}
        [one] ; { $bare } more without a text gives no ground
       *[other] ; { $bare } more without a text give no ground
    }.
missing-download =
    .feedback = feedback of all stars, 365 days
    .orders = All Orders report, by order date, 120 days or more
type-the-counts = Type the Feedback Manager's counts into account.toml.

## Own feedback: the score the public reads

# $days: 0 is all of them.
score-window = { $days ->
        [0] since the account began
       *[other] in { $days } days
    } to { $end }
score-with-counts = { $percent } % positive ({ $positive } of { $received } feedback { score-window }; { $neutral } neutral,
    { $negative } negative)
score =
    .told = { $store }: { score-with-counts }.
    .typed = { $store }: { score-with-counts }, by the page's own counts.
    .only_bad = { $store }: { $negative } negative and { $neutral } neutral feedback { score-window }. The download holds no four or
        five stars: its positive share would be 0 % whatever buyers think, so none is told.
    .no_feedback = { $store }: no feedback in the download.
    .page_is_empty = { $store }: the page holds no feedback, so it shows no score.
    .lifetime = { $store }: { $received } feedback in 365 days, fewer than { $least }: the page shows the lifetime score, which no
        download holds. The page's counts of 365 days and of the lifetime (days = 0) can be typed ([[feedback_totals]]).
    .lifetime_untyped = { $store }: { $received } feedback in 12 months on the page, fewer than { $least }: the page shows the
        lifetime score, which was not typed.
score-of-days = The feedback in the download is of { $first } to { $last }: unless no more came in the year, the page counts more.
score-left-open = At exactly 10 feedback in 12 months the marketplace's text does not say which score is shown; score_min =
    { $least } takes the { $taken ->
        [year] 12-month
       *[lifetime] lifetime
    } one.
score-unplaced = { $number } more feedback of these days are on orders in no order file: their store is not known.
# The counts typed from the page beside those of the download.
the-two =
    .lifetime = lifetime is on the page only
    .untold = the download does not tell these days
    .same = the same
    .same_bad = the same, as far as one to three stars go
    .differ = on the page { $differences } than in the download ({ $why })
the-two-differ = { $number } { $side ->
        [more] more
       *[fewer] fewer
    } { $level ->
        [positive] positive
        [neutral] neutral
       *[negative] negative
    }
the-two-why =
    .more = more: the download may miss days, or its orders' store is not known
    .fewer = fewer: feedback may have been taken down or struck through since the download, or changed its stars

## Own feedback: who spoke and who is silent

heard-of = { $where }, { $orders } of { $days }
heard =
    .untold = { heard-of }: no file tells the feedback on them.
    .only_bad = { heard-of }: one or two stars on { $bad }. The files hold no four or five stars: how many spoke, and every share of
        feedback, stay unknown. { heard-between }
    .told = { heard-of }: { $spoke } brought feedback, { $silent } did not. One or two stars: { $spoke ->
            [0] {""}
           *[other] { $of_feedback }, or{" "}
        }{ $bad }. { heard-between }
heard-between = Between { $low } ({ $least }) and { $high } ({ $most }) of them were dissatisfied: feedback alone says no more.
heard-open = { $open } of the silent can still write ({ $wait } days from the order, by third parties).
heard-left-out = { $number } more feedback are on orders that do not count (cancelled, pending, replaced).
heard-known =
    .lower_bound = The feedback files end early or begin late: some that spoke are counted as silent.
    .upper_bound = The marketplace may have struck through some of it, which the file does not mark.
    .approximate = The feedback files end early or begin late, and do not mark what was struck through.

# The ratio that decides a target.
breakdown =
    .always = Even if every silent buyer was dissatisfied, dissatisfied buyers are under { $target } of the orders
        ({ breakdown-of }).
    .never = Whatever the silent buyers think, dissatisfied buyers are not under { $target } of the orders: { $negative } of
        { $orders } are known to be negative.
    .no_ratio = No satisfied buyer spoke, so feedback cannot show dissatisfied buyers under { $target } of the orders
        ({ breakdown-of }).
    .no_negative = No feedback was negative, so these counts set no ratio to beat for { $target } ({ breakdown-of }).
    .depends = Dissatisfied buyers are under { $target } of the orders only if buyers are more than { $ratio } times as likely to
        leave feedback when dissatisfied as when satisfied ({ breakdown-of }).
breakdown-of = { $negative } of { $feedback } feedback negative, { $orders }
breakdown-at = { $where }. { $finding }
breakdown-chance = { $high ->
        [endless] So few speak that chance leaves this ratio anywhere above { $low }.
       *[known] Chance leaves this ratio between { $low } and { $most }.
    }

# A published case, and what these counts would mean under it.
preset-title =
    .even = Happy and unhappy buyers speak alike
    .seed = Fifty happy buyers and two unhappy ones
    .hotel_survey = Hotel guests
    .product_reviews = Product reviews, the J shape
    .ebay = eBay, when buyer and seller rated each other
    .film_rental = Films by mail
    .shown_at_once = Holiday homes, each review shown at once
    .blind_reveal = Holiday homes, reviews hidden at first
preset-source =
    .even = no source: it is what reading the score at face value assumes
    .seed = The law of negative averages, as a story: one of 50 satisfied and both of 2 dissatisfied buyers write.
    .hotel_survey = Maritz poll, hospitalitynet.org 4056065: 12 % of all stays fair or poor, 24 % among those who post.
    .product_reviews = Shape: Hu, Zhang and Pavlou 2009, CACM 52(10):144. Means: Askalidis, Kim and Malthouse 2017, Decision
        Support Systems 97:23: 3.89 stars from those who write unasked, 4.34 from buyers asked by e-mail.
    .ebay = Dellarocas and Wood 2008, Management Science 54:460, tables 2, 5, 6: 0.55 % of comments negative, 78.9 % of buyers
        satisfied, who report with chance 0.82.
    .film_rental = Chen, Zheng and Ceran, De-Biasing the Reporting Bias in Social Media Analytics, Production and Operations
        Management, abstract: at Blockbuster.com 0.06 post when dissatisfied, 0.23 indifferent, 0.32 satisfied.
    .shown_at_once = Fradkin, Grewal and Holtz 2021, Marketing Science 40(6), the control group; 3 % would not recommend: Fradkin,
        Grewal, Holtz and Pearson 2015.
    .blind_reveal = Fradkin, Grewal and Holtz 2021, Marketing Science 40(6): against reviews shown at once, 1.7 % more guest
        reviews and guest ratings 0.25 % lower.
preset-assumed =
    .even = everything
    .seed = everything
    .hotel_survey = the level: that a satisfied guest posts with chance 0.1; only the ratio 2.3 follows from the source
    .product_reviews = every number: chosen so that the two means and the J shape come out, taking those asked for the truth
    .ebay = nothing; the chance that a dissatisfied buyer reports badly, 1.7 %, follows
    .film_rental = how many are dissatisfied (20 %), indifferent (30 %) and satisfied (50 %)
    .shown_at_once = that two guests in three review, and that the dissatisfied do half as readily; two levels only
    .blind_reveal = as for reviews shown at once; the two propensities are those that give both changes
implied-spoke = { $ratio ->
        [1] as often when dissatisfied as when satisfied
       *[other] { $ratio } times as often when dissatisfied (as in: { $title })
    }
implied = { $where }: if buyers spoke { implied-spoke }, { $share } of { $orders } were dissatisfied.
implied-ruled-out = { $where }: beyond chance, these counts rule out that buyers spoke { implied-spoke }.

## Own feedback: claims and returns on the same orders

sign =
    .is_disputed = a claim or chargeback
    .is_returned = a return request
    .is_returned_for_fault = a return for a fault
    .is_refunded = a refund
sign-finding = { $where }, { $sign } ({ $flagged } of { $orders }){ $told ->
        [errs] : { $negative } negative and { $other } other feedback cannot say how often the sign errs.
        [contradicted] . The silent are not like those who spoke ({ sign-seen }), so it says nothing of them.
       *[known] . Dissatisfied: { $share } of { $orders }; { sign-seen }, if the silent are like those who spoke in this.
    }
sign-seen = it is on { $on_negative } of { $negative } negative and { $on_other } of { $other } other feedback
bad-list =
    .is_negative = negative feedback
    .is_disputed = claims and chargebacks
    .is_returned_for_fault = returns for a fault
lists-finding = { $where }, { $first } and { $second }. { $finding }
went-wrong = { $both ->
        [0] { $known } of { $orders } are on the lists ({ $one } and { $two }) and none on both, so they cannot say how many more
            went wrong.
       *[other] About { $estimate } of { $orders } went wrong ({ $low } to { $high }): { $one } and { $two } on the lists, { $both } on
            both, if being on one says nothing about the other. Where who is on one list is likelier to be on the other, more went
            wrong.
    }

# What feedback asked for at random, or a sign, says of the dissatisfied; $share: a range of the orders.
identified =
    .arms = Dissatisfied: { $share } of orders, by { identified-arms }, if asking at random changed only who speaks.
    .arms_contradict = The arms contradict each other ({ identified-arms }): asking changed more than who speaks, or was not random.
    .known_sign = Dissatisfied: { $share } of { $orders }, from { $flagged } with the sign, if its error rates are as said.
    .known_sign_impossible = { $flagged } of { $orders } have the sign: impossible with the error rates said.
    .sign = Dissatisfied: { $share } of { $orders }; the sign is on { $on_negative } of { $negative } negative and { $on_other } of
        { $other } other feedback, if the silent are like those who spoke in this.
    .sign_contradicted = The sign is on { $share } of { $orders }: the silent are not like those who spoke.
identified-arms = { $arms ->
        [one] { $arms } arm
       *[other] { $arms } arms
    } of { $orders }

## Own feedback: what may still go

removal =
    .taken_back = negative feedback its buyer can still take back ({ $period } days, by third parties)
    .asked = negative feedback with a text, which the seller can still ask to have removed ({ $period } days, by third parties)
    .amazon = negative feedback on orders Amazon ships, which it may strike through when its text is about delivery alone
    .struck = negative feedback already struck through
# $scenario: one of those; of what is struck through already, the second figure is what stands.
removal-finding = { $where }: { $feedback } in the 12-month score{ $on_window ->
        [untold] {""}
       *[other] {" "}and { $on_window } on these orders
    }: { $what }.
removal-bare = { $number ->
        [one] { $number } more is stars
       *[other] { $number } more are stars
    } without a text, which give no ground to ask.
removal-score = { $scenario ->
        [struck] With it the score is { $before }, as it stands { $after }.
       *[other] As it stands the score is { $before }, without it { $after }.
    }
removal-no-score = The files hold no four or five stars, so no score is told.
removal-score-is = { $received ->
        [0] none (no feedback)
       *[other] { $percent } % positive ({ $positive } of { $received } feedback)
    }
removal-rate = Orders with a defect: { $before }, { $scenario ->
        [struck] as it stands
       *[other] without it
    } { $after }.
removal-no-order = no order left
removal-stays = { $number ->
        [one] { $number } order counts
       *[other] { $number } orders count
    } all the same, by a claim or chargeback.
removal-unjudged = No window of its orders is judged.
removal-no-promise = No removal is promised.

# Where a ground to ask for a removal may apply: suggestions from a few words, and no promise.
ground =
    .obscene = obscene language
    .personal = personal data
    .their_delivery = delivery by the marketplace alone
    .delivery = delay or loss alone, if the label was bought from the marketplace and sent in time
    .product = product review from end to end
    .claim = proof of delivery, a refused parcel, or a protected label, where there is one
ground-rule =
    .obscene = feedback with obscene language is taken down
    .personal = feedback with somebody's personal data is taken down
    .their_delivery = a text about nothing but a delivery of the marketplace is struck through
    .delivery = a text about nothing but delay or loss is struck through where a label of the marketplace was used in time
    .product = a text that is a product review from end to end is taken down; a mixed one stays
    .no_text = stars without a text have no textual ground; only their buyer can take them back
    .none = no ground is seen; that a text is unfair is none
    .claim = a claim can be appealed once, with proof, within { $days } days from the day the money was taken
asked-about =
    .feedback = negative feedback
    .claim = A-to-z claim
ground-source =
    .feedback = help page 20231
    .claim = help page G202041210
ground-caution =
    .feedback = a suggestion from a few words; read the text, it can be wrong
    .claim = the day the money was taken may differ from this one: look it up

## Own feedback: how many buyers write, and open points

response = { $where }: { $share } brought feedback, { $part ->
        [before] before { $day }, when a rating needed a text
        [across] placed before { $day } and rated before or after it
       *[since] since { $day }, when stars alone became enough
    }. Not to be compared across that day, nor with figures published before it.
depends-on =
    .score_min = { $number ->
            [one] { $number } score
           *[other] { $number } scores
        }: which one stands at the top depends on it
    .feedback_days = { $number ->
            [one] { $number } silent buyer
           *[other] { $number } silent buyers
        } can still write by it
    .feedback_withdraw_days = what buyers can still take back
    .feedback_removal_days = what the seller can still ask to have removed
    .break_date = where the response rates are cut

## Tables of own feedback

head-displayed =
    .counted_from = Counted from
    .received = Received
    .positive = Four or five stars
    .neutral = Three
    .negative = One or two
    .on_page = On the page
no-own-score = No feedback download, and no counts typed from the page.
score-source =
    .download = the download
    .page = the page
score-days = { $days ->
        [0] since the account began
       *[other] { $days } days
    }
score-days-to = { score-days } to { $end }
score-level = { $percent } % ({ $part } of { $of })
not-told = not told
score-place =
    .shown = at the top
    .short = the download is shorter

head-page =
    .page_of = Page of
    .on_page = On the page
    .in_download = In the download
    .the_two = The two
no-page = No counts were typed from the page ([[feedback_totals]] in account.toml).

head-heard =
    .spoke = Spoke
    .silent = Silent
    .of_feedback = One or two stars, of feedback
    .of_orders = One or two stars, of orders
    .dissatisfied = Dissatisfied
    .with_chance = With chance
heard-orders = { $orders }, { $days }
no-heard = No window of orders is judged, so no buyers can be counted.

head-breakdowns =
    .truly_under = Truly under
    .only_if = Only if the unhappy speak
    .chance_leaves = Chance leaves
only-if =
    .always = whatever the silent think
    .never = not, whatever the silent think
    .no_ratio = no satisfied buyer spoke: no ratio is enough
    .no_negative = no feedback was negative: no ratio to beat
    .depends = more than { $ratio } times as often
chance-leaves = { $low } to { $end ->
        [endless] no end
       *[known] { $high } times
    }
no-breakdowns = No target is in force, or no judged orders with four and five stars.

head-implied =
    .write_as = If buyers write as
    .louder = Who writes more readily
    .grade = How it is known
    .assumed = Assumed
# Over a column of one window.
dissatisfied-of = Dissatisfied of { $orders }, { $where }
ruled-out = these counts rule it out
no-positive = No feedback with four and five stars on the orders of a judged window.

head-beliefs =
    .before = Before the counts
    .after = After them
believed =
    .dissatisfied = dissatisfied share of orders
    .response_ratio = unhappy over happy, times as often
middle-and-ends = { $middle } ({ $low } to { $high })

head-lists =
    .lists = Lists
    .on_them = On them
    .went_wrong = Went wrong
    .with_chance = With chance
    .of_orders = Of orders
on-lists = { $first } and { $second }, { $both } on both
about-so-many = about { $number }
cannot-be-said = cannot be said
from-to = { $low } to { $high }
no-lists = Two lists of bad orders are needed, and the files hold fewer.

head-proxies =
    .sign = Sign
    .on_orders = On orders
    .on_negative = On negative feedback
    .on_other = On other feedback
    .dissatisfied = Dissatisfied
sign-says-nothing = { $range } (the sign says nothing)
no-proxies = No file tells claims, returns or refunds of every order in a judged window.

head-removals =
    .feedback = Negative feedback
    .how_many = How many
    .score = Score with it
    .score_after = Without it
    .defects = Orders with a defect
    .defects_after = Those without it
removal-of =
    .taken_back = its buyer can still take back
    .asked = with a text, which the seller can still ask to have removed
    .amazon = on orders Amazon ships
    .struck = already struck through
removal-count = { $feedback } in the score{ $on_window ->
        [untold] {""}
       *[other] , { $on_window } on these orders
    }{ $bare ->
        [0] {""}
       *[other] ; { $bare } more without a text
    }
no-removals = No negative feedback in the files can still go, or has gone.

head-response-rates =
    .month = Month of the order
    .rated = Rated
    .brought = Brought feedback
    .can_write = Buyers can still write
rated =
    .before = with a text
    .across = either way
    .since = with a text or stars alone
can-write =
    .yes = yes
    .no = no
no-response = How many orders bring feedback needs orders, and a feedback file with four and five stars.
response-months = { $months ->
        [one] { $months } month
       *[other] { $months } months
    } of orders, one by one

head-influenced =
    .depends = What depends on it
no-influenced = No open point influenced a figure of this section.

## What is to come: the first screen

# A rate as the first words of a sentence or a cell; $rate has its first letter raised.
rate-at = { $rate }, { $where }
ahead-none = No rate can be looked ahead of: the files count none of the judged rates day by day.
likeliest-over = No rate is over today. { $rate }, the likeliest to be, is within { $days } days with a chance of
    { $chance }{ $bound ->
        [exact] {""}
       *[bound] {" "}({ $bound })
    }.
over-today = { $over } of { rates } { $borne ->
        [no] may be
       *[yes] { $over ->
            [one] is
           *[other] are
        }
    } over today. { $when ->
        [untold] No file counts it day by day, so what comes of it is not told.
        [half] { $rate }: half of the futures meet it on some day by { $day }.
       *[chance] { $rate }: on { $day } it is met with a chance of { $chance }, if nothing changes.
    }
any-missed = At least one of the { $met } targets met today, each window and part counted, is missed on some day of the next
    { $days } with a chance of { $chance }.
ahead-others = { $number ->
        [one] { $number } more rate is less pressing; it stands below.
       *[other] { $number } more rates are less pressing; they stand below.
    }

within = { $far ->
        [year] within a year
       *[days] within { window }
    }
# $turned: since when a rate is another one.
lately = { $turned ->
        [never] as lately
       *[day] as since { $turned }
    }
# What a met target leaves: bad ones, and when they are gone.
budget = { $rate }: room for { more-bad } today{ $told ->
        [whole] {""}
       *[range] {" "}(the files tell { $history } days, so what is said of more days ahead is a range)
    }; { $gone ->
        [late] { within } it is gone with a chance of { $bound ->
            [exact] {""}
           *[bound] { $bound }{" "}
        }{ $chance }
       *[soon] gone { $before }{ $bound ->
            [exact] {""}
           *[bound] {" "}({ $bound })
        }
    }{ $turned ->
        [never] .
       *[day] , with new bad ones { lately }.
    }
gone-before = before { $day } with a chance of { $chance }
# $figure: a share with its counts and its bound.
way-ahead = { $rate }: over today, { $figure }. With new bad ones { lately } { $first ->
        [never] it is met { within } in fewer than half of the futures.
       *[day] half of the futures meet it on some day by { $first }, and { $good ->
            [never] not for { $end } days on end { within }.
           *[day] for { $end } days on end from { $good }.
        }
    }
way-ahead-best = { $sure ->
        [at_best] At best, with no new bad one,
       *[at_the_earliest] At the earliest, for some bad ones may be missing,
    } it is met from { $day }.
# $limit: whether it takes a whole cause away.
lever-action = { $lever }: { $rate } is { $over ->
        [yes] met on
       *[no] over before
    } { $day } with a chance of { $after } instead of { $before }{ $limit ->
        [no] {""}
       *[yes] , at most: few causes go whole
    }.
lever-sized = { $lever }, { $size }
find-in-common = Find what the bad ones have in common. { $action }
not-ahead = Not looked ahead of, for the files do not count them day by day: { $rates }.
already-over = already over
chance-range = { $low } to { $high }

## What is to come: what stays uncertain

prevented = One bad one prevented does as much as so many clean ones more: { $rates }.
prevented-of = about { $clean } ({ $rate })
uncertain =
    .met = How good the account truly is today. { $rate }: with as few bad ones as the record allows it is over within
        { window } with a chance of { $low }, with as many, of { $high }.
    .over = How good the account truly is today. { $rate }: with as few bad ones as the record allows it is met on { $day } with a
        chance of { $high }, with as many, of { $low }.
    .turned = Whether what turned since { $days } lasts: a relapse is in as many futures as the counts leave open.
    .bounds = What the missing or rejected rows hold: the figures of { $rates } are bounds, and so are their chances.
    .season = The season: none is assumed, orders go on at the pace of the last four weeks. At the top of a peak, chances beyond 60
        days are told too low.
    .never = What never happened in these files: a broken batch, a strike, a carrier’s failure.
    .size = What a change brings: its size is said or assumed, never proved here.
    .marketplace = What the marketplace does about a missed target, and when it answers: no file tells. Nothing here promises
        reinstatement, or that a feedback is taken down.

## What would change it: levers, scenarios and causes

does =
    .fewer_bad = fewer bad ones of one cause
    .volume = more or fewer orders, as good and as bad as now
    .removals_won = bad feedback the marketplace takes down
    .claims_answered = claims answered in time
    .ask_everyone = every buyer asked for feedback, in the same words: the score can rise, and so can the defects
    .handling_time = a handling time that is kept
    .carrier = another carrier
    .pause_offer = an offer paused: its good orders go as well
    .marketplace_fulfilment = orders moved to the marketplace’s fulfilment: their good ones go as well
# The names of the kit's own scenarios.
scenario =
    .quarter = a quarter fewer bad ones
    .half = half as many bad ones
    .more_orders = a fifth more orders
    .removed = one bad feedback taken down
    .claims = half the claims answered in time
    .handling_time = { does.handling_time }
    .carrier = { does.carrier }
    .offer = the offer with a third of the bad ones and a tenth of the orders paused
    .asked = every buyer asked for feedback
    .mended = { $cause } as good as the rest
    .paused = { $cause } paused
lever-size = if, as is assumed, { $least } to { $most } of 100 { $more ->
        [asked] more bad ones come
        [bad] bad ones go
       *[part] { $part } go
    } with it
scenarios-assumed = The account has no scenarios.toml: sizes that name no cause from its files are assumptions of the kit, not
    findings.

cause =
    .sku = SKU { $level }
    .carrier = carrier { $level }
    .ship_service = ship service { $level }
    .region = region { $level }
    .weekday = orders of a { $level }
    .handling = a handling time of { $level }
    .store = { $level }
    .channel = orders where { $level }
no-cause = Of all offers, carriers, ship services, regions, weekdays, handling times, stores and channels the files tell, none has
    more bad ones than chance allows: no scenario is made of one.
# $cause: one of those, its first letter raised.
cause-unmoved = { $cause }: { $why ->
        [untold] fewer than 20 orders of the last year that are old enough, or no file that tells their bad ones
       *[chance] not more bad ones than chance allows
    }; no rate is moved.
cause-found = { $cause }: { $bad } in a year, the rest { $rest }{ $chance ->
        [allows] , which chance allows
       *[beyond] {""}
    }. Only what is beyond the rest’s rate can go: of { $total ->
        [one] { $total } bad one
       *[other] { $total } bad ones
    } about { $likely }, between { $least } and { $most }. That is where they stand, not why.
cause-turned = It is not tried on a rate that has turned since { $day }: it was found in orders before.
cause-gone = Its last order is of { $day }: there is nothing of it left to change.

cost =
    .nothing = nothing
    .once = { $once } once
    .monthly = { $monthly } a month
    .both = { $once } once and { $monthly } a month
    .untold = no cost given
# What is said of the scenarios of one rate: which does most, which is enough for least.
levers-of = { $rate }: { $said }
lever-best = most by “{ $lever }” ({ $told }): { $over ->
        [yes] met on
       *[no] never over until
    } { $day } with a chance of { $after } instead of { $before }.
lever-helps-none = no scenario that names an action helps.
lever-not-needed = { $chance } as things are; nothing more is needed.
lever-not-enough = None of them alone is enough for a chance of { $sure }.
lever-cheapest = Cheapest that is enough for a chance of { $sure }: { $levers } in { window }.
either = { $one } or { $other }
lever-quoted = “{ $lever }”
lever-costing = “{ $lever }”, { $cost }
lever-enough-free = { $paid ->
        [yes] Also enough
       *[no] Enough for a chance of { $sure }
    }, with no cost given: { $levers }.
lever-fewer = Whatever the cause: { $fewer } of 100 bad ones fewer from tomorrow on are enough for it.
lever-fewer-none = Not even without one new bad one from tomorrow on: { $over ->
        [yes] what is there has to leave with its window
       *[no] orders already placed can still turn bad
    }.

## What is to come: tables

chances-over = Over already, and looked at below: { $rates }.
no-chances = { $over ->
        [some] No other judged rate is counted day by day.
       *[none] No judged rate is counted day by day.
    }
head-ways-back =
    .best = At best
first-met = First met: { $odds }
days-on-end = { $days } days on end: { $odds }
days-on-end-too = { $days } days, { $odds }
not-within-a-year = not within a year
no-ways-back = No rate is over today.

head-levers =
    .if = If
    .chance = Chance
    .now = Now
    .then = Then
    .rises = First higher on
    .cost = Cost
enough-for = Enough for { $odds }
lever-named = { $lever }{ $limit ->
        [no] {""}
       *[yes] {" "}(upper limit)
    }
lever-chance = { $over ->
        [yes] met on
       *[no] over before
    } { $day }
is-enough =
    .yes = yes
    .cheapest = yes, cheapest
no-levers = No scenario moves a rate that is over, or likely to be within 90 days.
levers-folded = { $number ->
        [one] { $number } scenario
       *[other] { $number } scenarios
    }, the most urgent rate first, what helps most first

head-enough =
    .lever = Lever
    .so_that = So that it is
with-odds = With { $odds }
lever-aim = { $over ->
        [yes] met on
       *[no] never over until
    } { $day }
least-of-100 = { $least ->
        [0] nothing
       *[other] { $least } of 100
    }
not-even-all = not even all of it
not-even-all-of = Not even all of it is enough for any rate it moves: { $levers }.
no-enough =
    .likely = No rate is over, and none is likely to be: under { $odds } within 90 days.
    .alone = No lever is enough by itself by that day.

head-track-record =
    .within = Within
    .forecasts = Forecasts
    .came = Came
    .error = Error of these
    .usual = Of the usual share
    .naive = Of “is it over now”
    .least = Least error
no-track-record = The past the files tell is too short to try forecasts on.
least-error =
    .brier = these
    .climatology = the usual share
    .naive = “is it over now”
    .alike = all alike

head-relied-on =
    .told = Chance told
    .forecasts = Samples: forecasts
    .should = should have come
    .came = came
    .own_forecasts = This account: forecasts
    .own_should = should have come, here
    .own_came = came, here
# Chances told, in 100.
chances-told = { $least ->
        [0] under { $most } in 100
       *[other] { $most ->
            [100] { $least } in 100 and more
           *[other] { $least } to { $most } in 100
        }
    }
relied-on =
    .samples = On the kit’s made-up accounts a miss followed { $came } of { $forecasts } forecasts of rates met on their day; the
        error was { $error }, that of the usual share { $usual }, and that of “it stays as it is” { $naive }.
    .sellers = Of { $forecasts } such forecasts for real sellers elsewhere the errors were { $error }, { $usual } and { $naive }.
    .none = This account’s past holds no such forecast.
    .few = { relied-on-here }: with fewer than { $enough } a table of its own would tell little but chance.
    .own = { relied-on-here }: they stand beside the others.
relied-on-here = This account’s past holds { $forecasts ->
        [one] { $forecasts } such forecast
       *[other] { $forecasts } such forecasts
    }, { $came } of them followed by a miss

head-by-chance =
    .orders_a_day = Orders a day
    .good_over = A good shop is over within a year
    .good_over_seen = as the marketplace sees it
    .bad_days = Half of those that turn bad are over by
    .bad_days_seen = as the marketplace sees it, by
    .on_target = Of 100 that are over, truly on target
by-day = day { $day }
of-populations = { $first } ({ $others })
other-populations = { $others } under two others

## What would be held

head-held =
    .closed_on = If closed on
    .held = Held
    .weeks = Weeks of revenue
    .from = From
    .rule = Rule
    .free_on = Free or to be asked for
no-currency = no currency told
held-from =
    .payments = payment files
    .orders = order values, at most
held-weeks = { $most ->
        [0] under 1
       *[other] { $least ->
            [0] up to { $most }
           *[other] { $range ->
                [one] about { $most }
               *[two] about { $least } to { $most }
            }
        }
    }
no-held = The files hold neither settlements nor order values: how much would be held is not known.
reserve-rule =
    .freed = freed after 90 days, less claims; many letters add “or longer”
    .asked_for = can be asked for once, after 60 days and an identity check; lost after fraud or repeated breaches
    .japan = held 90 days as a rule, which can be extended
reserve-source =
    .freed = Seller Central forum, thread 177324
    .asked_for = seller-forum.com, thread 6534
    .japan = amazon.co.jp, help page 9RA9LYBJ3QP27M6
held-rests =
    .orders = { $currency }: from order values to { $day }, for { $why }. Fees and refunds are not taken off: what would be held is
        less, so read each amount as “at most”.
    .payments = { $currency }: from payment files to { $day }, after the fees, refunds and claims in them. The least: the account was
        paid out the day before, and { $standard } full days after delivery are kept back. The most: { $tighter } days are, and the
        last payout was { $payout } days ago. Refunds and claims that come after a closure are taken from it.
held-untold = Of the { $days } days before { $day } { $untold } { $untold ->
        [one] is
       *[other] are
    } in no { $of ->
        [orders] order file
       *[payments] payment file (the settlement still open is in none)
    }, and taken at the pace of those told.
held-back = The last settlement says that { $money } were kept as a reserve.
not-paid =
    .currency = no payment file is in this currency
    .none = there is no payment file
    .ended = the payment files end more than a month before
    .missing = of the last { $days } days settled a payment file is missing
    .stores = no payment file tells of { $stores }
allowed-left = What is left of the bad ones the target allows.

## Asking everyone: how far a score can rise

# $target: a share of the feedback; $limit: what the score of buyers like these tends to.
reach =
    .there = The score is at { $target } already ({ $positive } of { $received } feedback); with buyers like these it tends to
        { $limit }.
    .never = { $target } is out of reach ({ $positive } of { $received } feedback positive): with buyers like these the score tends
        to { $limit }.
    .orders = About { $orders ->
            [one] { $orders } order
           *[other] { $orders } orders
        } until the expected score is at { $target }; with buyers like these the expected score never passes { $limit }, a score by
        chance may. Without one more negative it would be { $needed } positive feedback.

## The lesson: the same buyers over those who wrote and over all

no-buyer = No buyer, no rate.
nobody-wrote = Nobody wrote, so there is no score. { among-all }
among-those = Among the { $wrote } who wrote: { $positive_rate } positive ({ $positive } of { $wrote }), { $negative_rate } negative
    ({ $negative } of { $wrote }). { among-all }
among-all = Among all { $buyers ->
        [one] { $buyers } buyer
       *[other] { $buyers } buyers
    }: { $rate } negative ({ $negative } of { $buyers }).

## Under the sliders of the lesson: the page says the same as they move

# One model of who writes, in 1,000 orders.
unhappy-of-1000 = In 1,000 orders: { $unhappy ->
        [one] { $unhappy } unhappy buyer
       *[other] { $unhappy } unhappy buyers
    }
model-silent = { unhappy-of-1000 } and no feedback, so there is no score.
model-shown = { unhappy-of-1000 } and { $feedback } feedback, { $negative } of them negative.
    So { $of_feedback } of the feedback is negative and the score shows { $positive } positive;
    of the orders, { $of_orders } bring negative feedback.

# What counts of feedback alone allow. $low and $high are shares of the orders.
counts-impossible = More feedback than orders: that cannot be.
counts-allow = { $negative } of { $feedback } feedback negative, { $orders ->
        [one] { $orders } order
       *[other] { $orders } orders
    }. Unhappy buyers: at least { $low }, at most { $high }.

# $ratio: how many times as readily the unhappy write.
readily = { $ratio ->
        [1] just as often as the happy
       *[other] { $ratio } times as often as the happy
    }
counts-mean = If the unhappy write { readily }: { $share }.
counts-hardly-fit = If the unhappy write { readily }, these counts are chance: they hardly fit it.
counts-rule-out = That the unhappy write { readily }, these counts rule out, chance taken in.

# $target: a share of the orders, such as 1 %.
counts-always-under = Unhappy buyers are under { $target } of these orders, whatever the silent think.
counts-never-under = Unhappy buyers are not under { $target } of these orders, whatever the silent think.
counts-decide-nothing = These counts set no ratio that decides about { $target } of the orders.
# $interval: the words “90 % interval”.
counts-decide = Unhappy buyers are under { $target } of the orders only if they write about { $ratio } times as often as the
    happy, or more; chance taken in, that is { $least } to { $most } times ({ $interval }).

# How often chance alone makes a seller look bad, and how records of feedback stand.
volume-not-computed = Not computed for this volume.
look = { $orders ->
        [one] { $orders } order
       *[other] { $orders } orders
    }: at most { $allowed } may be bad to stay under { $target }. A seller whose true rate is { $rate } misses that with
    chance { $missed }: of 1,000 such sellers, about { $bad } look bad and { $good } look good.
standing = { $orders ->
        [one] { $orders } order
       *[other] { $orders } orders
    }, 1,000 such shops: about { $more_negative } have more negative than positive feedback, { $tie } as many of each,
    { $none } none at all, { $more_positive } more positive.

## Under the sliders of a forecast

# $lately: which bad ones are taken, “as lately” or “as since 14 September 2026”.
setting = { $fewer ->
        [0] With bad ones { $lately }
       *[other] With { $fewer } in 100 fewer bad ones from tomorrow on
    } and { $change ->
        [more] { $orders } in 100 more orders
        [fewer] { $orders } in 100 fewer orders
       *[none] orders as now
    }
setting-meets = { setting }: of 100 futures { $met } meet the target { $days } days from now.
setting-is-over = { setting }: of 100 futures { $over } are over within { $days } days.
