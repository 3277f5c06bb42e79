"""Loops over shops and days, compiled by numba: imported by `compiler.loops` alone.

Compiled loops are kept beside this file where the folder can be written. Each day takes one word of a counter-based
generator (SplitMix64: Steele, Lea, Flood 2014); its halves choose an outcome of each of the day's two parts by Walker's
alias method.
"""

# numba reads the code itself: annotations would say nothing to it.

import os
from pathlib import Path

import numpy as np
from numba import njit  # pyright: ignore[reportMissingImports]

KEPT = os.access(Path(__file__).parent, os.W_OK)
GOLDEN, MIX_1, MIX_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@njit(cache=KEPT, inline="always")
def word(state):
    """The 64 random bits of a place in the stream."""
    z = state * GOLDEN
    z = (z ^ (z >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    return z ^ (z >> S31)


@njit(cache=KEPT, inline="always")
def below(state, n):
    """A whole number from 0 to n − 1."""
    return np.int64(((word(state) >> HALF) * np.uint64(n)) >> HALF)


@njit(cache=KEPT, inline="always")
def uniform(state):
    return (word(state) >> S11) * (1.0 / 9007199254740992.0)


@njit(cache=KEPT, inline="always")
def outcome(bits, own, other):
    """The outcome that 32 random bits choose from an alias table."""
    wide = bits * np.uint64(len(own))
    cell = np.int64(wide >> HALF)
    return cell if (wide & LOW) < own[cell] else other[cell]


@njit(cache=KEPT)
def first_missed(state, shops, days, window, a, b, c, least, known, own_1, other_1, bad, orders, own_2, other_2, good):
    """[shop] the first missed day, from 1 on; 0 where none is.

    state   where the stream of random words begins
    known   [2, day] bad ones and orders of the days before, the oldest first; no day where they are random
    own, other, bad, orders, good   the tables of the day's two parts; orders without a bad one are the second's
    """
    found = np.zeros(shops, np.int32)
    ring_x, ring_n = np.empty(window, np.int64), np.empty(window, np.int64)
    x_1, x_2 = b * bad - a * orders, -a * good
    for shop in range(shops):
        x = n = np.int64(0)
        if known.shape[1]:
            for day in range(window):
                ring_n[day], ring_x[day] = known[1, day], b * known[0, day] - a * known[1, day]
                x, n = x + ring_x[day], n + ring_n[day]
        else:
            ring_x[0] = ring_n[0] = 0
            for day in range(1, window):
                state += np.uint64(1)
                bits = word(state)
                i, j = outcome(bits >> HALF, own_1, other_1), outcome(bits & LOW, own_2, other_2)
                ring_x[day], ring_n[day] = x_1[i] + x_2[j], orders[i] + good[j]
                x, n = x + ring_x[day], n + ring_n[day]
        at = 0
        for day in range(1, days + 1):
            state += np.uint64(1)
            bits = word(state)
            i, j = outcome(bits >> HALF, own_1, other_1), outcome(bits & LOW, own_2, other_2)
            new_x, new_n = x_1[i] + x_2[j], orders[i] + good[j]
            x, n = x + new_x - ring_x[at], n + new_n - ring_n[at]
            if x >= c and n >= least:
                found[shop] = day
                break
            ring_x[at], ring_n[at] = new_x, new_n
            at += 1
            if at == window:
                at = 0
    return found


@njit(cache=KEPT)
def first_reached(state, shops, days, window, c, known, start, own, other):
    """The same where no window can be empty or under a floor: the sums alone are drawn, two days from one word.

    known   [day] b · bad − a · orders of the days before · start  the least such sum of a day: outcome 0 of the table
    """
    found = np.zeros(shops, np.int32)
    ring = np.empty(window, np.int64)
    for shop in range(shops):
        x = np.int64(0)
        if len(known):
            for day in range(window):
                ring[day] = known[day]
                x += known[day]
        else:
            ring[0] = 0
            for day in range(1, window):
                state += np.uint64(1)
                ring[day] = start + outcome(word(state) >> HALF, own, other)
                x += ring[day]
        at, bits, is_second = 0, np.uint64(0), False
        for day in range(1, days + 1):
            if is_second:
                new = start + outcome(bits & LOW, own, other)
            else:
                state += np.uint64(1)
                bits = word(state)
                new = start + outcome(bits >> HALF, own, other)
            is_second = not is_second
            x += new - ring[at]
            if x >= c:
                found[shop] = day
                break
            ring[at] = new
            at += 1
            if at == window:
                at = 0
    return found


@njit(cache=KEPT)
def windows_missed(
    state, chosen, total_bad, total_good, fixed, days, window, a, b, c, least, known, own_1, other_1, bad, orders, own_2, other_2, good
):  # fmt: skip
    """[draw] how many judged windows are missed, when the chosen one holds these totals.

    chosen       [draw] the window, 0 the one judged tomorrow
    total_bad, total_good   [draw] of its days to come (and before, where those are random)
    fixed        orders of every day; −1 where they vary: a Poisson volume
    known        as in first_missed
    The days outside the window follow their law. Those inside are drawn by it too and then brought to the totals: what is
    too much leaves at random, what is missing comes on random days, which keeps the law given the total.
    """
    before = 0 if known.shape[1] else window - 1
    counts = np.empty(len(chosen), np.int64)
    d, g = np.empty(before + days, np.int64), np.empty(before + days, np.int64)
    for draw in range(len(chosen)):
        for day in range(before + days):
            state += np.uint64(1)
            bits = word(state)
            i, j = outcome(bits >> HALF, own_1, other_1), outcome(bits & LOW, own_2, other_2)
            d[day], g[day] = bad[i], orders[i] - bad[i] + good[j]
        last = before + chosen[draw] + 1
        first = max(last - window, 0)
        state = brought(state, d, first, last, total_bad[draw], fixed)
        if fixed < 0:
            state = brought(state, g, first, last, total_good[draw], -1)
        else:
            for day in range(first, last):
                g[day] = fixed - d[day]
        x = n = np.int64(0)
        if before:
            for day in range(before):
                x, n = x + b * d[day] - a * (d[day] + g[day]), n + d[day] + g[day]
        else:
            for day in range(known.shape[1]):
                x, n = x + b * known[0, day] - a * known[1, day], n + known[1, day]
        missed = 0
        for day in range(days):
            new, left = before + day, before + day - window
            x, n = x + b * d[new] - a * (d[new] + g[new]), n + d[new] + g[new]
            if left >= 0:
                x, n = x - b * d[left] + a * (d[left] + g[left]), n - d[left] - g[left]
            elif not before:
                x, n = x - b * known[0, day] + a * known[1, day], n - known[1, day]
            if x >= c and n >= least:
                missed += 1
        counts[draw] = missed
    return counts


@njit(cache=KEPT)
def brought(state, counts, first, last, total, most):
    """Change the counts of the days first … last − 1 so that they sum to a total. Returns the place in the stream.

    most   a day can hold: then each place of each day is taken at most once; −1 where there is no such limit
    """
    held = np.int64(0)
    peak = np.int64(1)
    for day in range(first, last):
        held += counts[day]
        peak = max(peak, counts[day])
    while held > total:
        state += np.uint64(2)
        day = first + below(state, last - first)
        if uniform(state + np.uint64(1)) * peak < counts[day]:
            counts[day] -= 1
            held -= 1
    while held < total:
        state += np.uint64(2)
        day = first + below(state, last - first)
        if most < 0 or uniform(state + np.uint64(1)) * most < most - counts[day]:
            counts[day] += 1
            held += 1
    return state


@njit(cache=KEPT)
def critical_rates(state, shops, days, window, a, b, c, most_rate, own_1, other_1, bad, orders, own_2, other_2, good):
    """[shop] the least true rate at which a day is missed; over `most_rate` where none is up to it.

    Every order of a shop has a mark, uniform between 0 and 1, and is bad at every rate over its mark. Bad ones are added in
    the order of their marks until a judged window is missed (Newman and Ziff 2000).
    """
    found = np.full(shops, 2.0)
    length = window - 1 + days
    n = np.zeros(days, np.int64)
    d = np.zeros(days, np.int64)
    per_day = np.empty(length, np.int64)
    count = np.empty(length, np.int64)
    for shop in range(shops):
        total = 0
        for day in range(length):
            state += np.uint64(1)
            bits = word(state)
            i, j = outcome(bits >> HALF, own_1, other_1), outcome(bits & LOW, own_2, other_2)
            per_day[day], count[day] = orders[i] + good[j], bad[i]
            total += bad[i]
        held = np.int64(0)
        for day in range(window - 1):
            held += per_day[day]
        for day in range(days):
            held += per_day[window - 1 + day]
            n[day], d[day] = held, 0
            held -= per_day[day]
        marks, placed = np.empty(total), np.empty(total, np.int64)
        at = 0
        for day in range(length):
            for _ in range(count[day]):
                state += np.uint64(1)
                marks[at], placed[at] = most_rate * uniform(state), day
                at += 1
        for k in np.argsort(marks):
            first, last = max(placed[k] - window + 1, 0), min(placed[k] + 1, days)
            for day in range(first, last):
                d[day] += 1
                if n[day] and b * d[day] - a * n[day] >= c:
                    found[shop] = marks[k]
                    break
            if found[shop] < 2.0:
                break
    return found
