### What a reader reads, in British English.
###
### A sentence stands under a key. `{ $orders }` is put in by the kit, written as the account writes numbers; a choice in
### braces picks the first line that fits, a plural (`[one]`), a number (`[0]`) or a word, else the line with the star.
### A line break is a space. Figures never stand without their counts, and nothing is promised of what the marketplace decides.

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
