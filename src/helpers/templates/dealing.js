"use strict";
// The numbers, rules and sentences of the lesson's pictures that are played, as Python has them (helpers.lesson.dealing and
// .spoken); tests hold the two together.
(() => {
  // ---- numbers: helpers.lesson.dealing
  const WORDS = 4294967296, MOST = 1000, SHOPS = 1000, WINDOW = 60, YEAR = 365, DAYS = 424, YEARS_FROM = 1000000;
  const mixed = (word) => {
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  const numbers = (seed) => {
    const start = mixed(seed);
    return (at) => mixed((start + Math.imul(at + 1, 0x9e3779b9)) >>> 0);
  };
  const shopOf = (seed, number, orders, bad) => {
    const word = numbers(seed), limit = Math.floor((bad * WORDS) / 1000);
    return Array.from({ length: orders }, (_, at) => word(MOST * (number - 1) + at) < limit);
  };
  const yearOf = (seed, number, laws) => {
    const word = numbers(seed), first = YEARS_FROM + 2 * DAYS * (number - 1), bad = [0], all = [0];
    const drawn = ([least, below], at) => {
      let low = 0, high = below.length - 1;
      while (low < high) { const middle = (low + high) >> 1; if (at < below[middle]) high = middle; else low = middle + 1; }
      return least + low;
    };
    for (let day = 0; day < DAYS; day += 1) {
      const wrong = drawn(laws[0], word(first + 2 * day)), right = drawn(laws[1], word(first + 2 * day + 1));
      bad.push(bad[day] + wrong);
      all.push(all[day] + wrong + right);
    }
    return Array.from({ length: YEAR }, (_, day) => [bad[day + WINDOW] - bad[day], all[day + WINDOW] - all[day]]);
  };
  const isMissed = (bad, orders, target) => orders > 0 && 1000 * bad >= target * orders;
  const tail = (orders, rate, allowed) => { // chance of more than `allowed` bad ones
    let term = (1 - rate) ** orders, sum = term;
    for (let k = 1; k <= allowed; k += 1) { term *= ((orders - k + 1) / k) * (rate / (1 - rate)); sum += term; }
    return Math.max(0, 1 - sum);
  };
  const volumeOf = (orders, volumes) => {
    const far = (volume) => Math.max(volume / (orders / 60), orders / 60 / volume);
    return volumes.reduce((best, one) => (far(one) < far(best) ? one : best));
  };

  // ---- words: helpers.wording and helpers.lesson.spoken
  const even = (number, digits) => {
    const scaled = Math.round(1e6 * 10 ** digits * number) / 1e6;
    return (scaled - Math.floor(scaled) === 0.5 ? 2 * Math.round(scaled / 2) : Math.round(scaled)) / 10 ** digits;
  };
  const count = (number) => number.toLocaleString("en-GB");
  const whole = (number) => count(even(number, 0));
  const ofTen = (share) => {
    const tenths = even(10 * share, 0);
    if (share === 0 || share === 1) return share ? "all" : "none";
    return tenths === 0 ? "hardly any" : tenths === 10 ? "nearly all" : `${tenths} in 10`;
  };
  const percent = (rate) => {
    const digits = even(100 * rate, 2) < 10 ? 2 : 1, fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return `${even(100 * rate, digits).toLocaleString("en-GB", fixed)}\u202f%`;
  };
  const plural = (number, one) => `${count(number)} ${one}${number === 1 ? "" : "s"}`;
  const under = (target) => `“under ${String(target / 10)}\u202f%”`;
  const in100 = (share) => (share < 0.01 ? "fewer than 1 in 100" : share > 0.99 ? "more than 99 in 100" : `about ${even(100 * share, 0)} in 100`);
  const allowedOf = (target, orders) => Math.max(Math.floor((target * orders - 1) / 1000), 0);
  const say = {
    // The rate that is shown is said first.
    buyers: ({ happy, unhappy, happy_write: positive, unhappy_write: negative }, isOfAll = false) => {
      const all = happy + unhappy, wrote = positive + negative;
      if (!all) return "No buyer, no rate.";
      const among = `Among all ${plural(all, "buyer")}: ${percent(negative / all)} negative (${count(negative)} of ${count(all)}).`;
      if (!wrote) return `Nobody wrote, so there is no score. ${among}`;
      const part = (one, name) => `${percent(one / wrote)} ${name} (${count(one)} of ${count(wrote)})`;
      const written = `Among the ${count(wrote)} who wrote: ${part(positive, "positive")}, ${part(negative, "negative")}.`;
      return isOfAll ? `${among} ${written}` : `${written} ${among}`;
    },
    settled: ({ orders, good, bad, target_of_1000: target }) => {
      const known = `Of ${plural(orders, "buyer")} ${count(bad)} said ◆\u00a0unhappy, ${count(good)} said ■\u00a0happy, `
        + `${count(orders - good - bad)} said □\u00a0nothing. So of these ${count(orders)} at least ${count(bad)} and at most ${count(orders - good)} were unhappy.`;
      const share = `${count(bad)} of ${count(orders)}`;
      if (1000 * bad >= target * orders) return `${known} Bad feedback alone, ${share}, misses ${under(target)}: no silence can excuse it.`;
      if (1000 * (orders - good) < target * orders) return `${known} Even if every silent buyer was unhappy, it would meet ${under(target)}.`;
      const more = Math.ceil((target * orders) / 1000) - bad;
      return `${known} Bad feedback alone, ${share}, meets ${under(target)}. But if ${plural(more, "silent buyer")} or `
        + "more were unhappy too, the unhappy are too many for it.";
    },
    shop: ({ number, seed, orders, bad, bad_of_1000: rate, target_of_1000: target }) => {
      const allowed = allowedOf(target, orders);
      return `Shop ${count(number)} of seed ${seed}: ${count(bad)} of ${plural(orders, "order")} went bad; on average it is `
        + `${count(rate)} of 1,000. ${under(target).replace("“u", "“U")} allows ${count(allowed)}, so this shop ${bad > allowed ? "misses" : "meets"} it.`;
    },
    shops: ({ missed, many, chance }) => `${plural(many, "shop")} dealt, all alike: ${count(missed)} of ${count(many)} miss the target. `
      + `Computed: ${count(even(1000 * chance, 0))} of 1,000.`,
    year: ({ number, seed, orders_a_day: volume, bad_of_1000: rate, target_of_1000: target, missed, first }) =>
      `Year ${count(number)} of seed ${seed}: about ${plural(volume, "order")} a day, on average ${count(rate)} bad of 1,000. `
      + `On ${count(missed)} of 365 days the rate over 60 days misses ${under(target)}${missed ? `, first on day ${first}` : ""}.`,
    years: ({ missed, many, chance }) => `Of ${plural(many, "such year")} ${count(missed)} miss it on at least one day.`
      + (chance === null ? "" : ` Computed: ${in100(chance)}.`),
    asked: ({ orders, good, bad, answer, unhappy }) => {
      const answers = ((orders - good - bad) * answer) / 100, worse = (answers * unhappy) / 100, received = good + bad;
      const then = received + answers;
      const before = received
        ? `Unasked, ${percent(good / received)} of the feedback is good (${count(good)} of ${count(received)})`
        : "Unasked, there is no feedback and no score";
      const after = then
        ? `with everyone asked, roughly ${ofTen((good + answers - worse) / then)} (about ${whole(good + answers - worse)} of ${whole(then)})`
        : "asked, there is none either";
      return `${before}; ${after}. Bad feedback, of ${plural(orders, "order")}: ${count(bad)} unasked, about ${whole(bad + worse)} asked. No order became better.`;
    },
  };
  window.lesson = { numbers, shopOf, yearOf, isMissed, tail, volumeOf, allowedOf, count, whole, plural, say, MOST, SHOPS, YEAR };
})();
