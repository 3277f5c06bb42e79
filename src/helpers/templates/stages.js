"use strict";
// What each picture that is played draws, from marks that keep their identity as they move.
(() => {
  const { shopOf, yearOf, isMissed, tail, volumeOf, allowedOf, count, whole: rounded, plural, say, MOST, SHOPS, YEAR } = window.lesson;

  // ---- making elements
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const make = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
  const draw = (name, attributes = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
  const label = (x, y, text, attributes = {}) => draw("text", { x, y, ...attributes }, text);
  const MEANING = { "■": "happy", "◆": "unhappy", "□": "silent" };
  const spoken = (text) => text.split(/([■◆□]\u00a0[\p{L}]+)/u).map((part) => {
    const meaning = part[1] === "\u00a0" && MEANING[part[0]];
    if (!meaning) return part;
    return make("span", { class: `word ${meaning}` }, make("span", { "aria-hidden": "true" }, `${part[0]}\u00a0`), part.slice(2));
  });
  const shape = (isDiamond, half) => (isDiamond
    ? `M0,${-1.25 * half}L${1.25 * half},0L0,${1.25 * half}L${-1.25 * half},0Z`
    : `M${-half},${-half}h${2 * half}v${2 * half}h${-2 * half}Z`);
  const mark = (isDiamond, half, kind) => draw("path", { d: shape(isDiamond, half), class: `mark ${kind}` });
  const put = (node, x, y) => { node.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`; };

  // Many small squares piled in columns of a given width, from the ground up.
  const piled = (columns, left, wide, ground, high) => {
    const many = columns.reduce((sum, one) => sum + one.count, 0), isFew = many <= 30; // dealt by hand: large enough to see one
    const most = Math.max(1, ...columns.map((one) => (isFew ? one.count : one.room || one.count)));
    let step = isFew ? 14 : 7;
    while (step > 1.4 && Math.ceil(most / Math.max(1, Math.floor((wide - 4) / step))) * step > high) step -= 0.2;
    const across = Math.max(1, Math.floor((wide - 4) / step)), side = step * 0.8;
    return columns.map(({ count: of, isBad }, at) => {
      const begin = left + at * wide + (wide - across * step) / 2;
      let d = "";
      for (let one = 0; one < of; one += 1) {
        d += `M${(begin + (one % across) * step).toFixed(1)},${(ground - (Math.floor(one / across) + 1) * step).toFixed(1)}h${side.toFixed(1)}v${side.toFixed(1)}h${-side.toFixed(1)}Z`;
      }
      return draw("path", { d, class: isBad ? "pile bad" : "pile good" });
    });
  };

  // ---- the stages: kind → what it draws. Each gets {values, shop, data, width, svg, act, speak, later} and returns its moves.
  const STAGES = {
    buyers: (stage) => {
      const pool = [], { svg } = stage;
      let isOfAll = false;
      const [big, tray] = [label(0, 34, "", { class: "big" }), label(0, 0, "", { class: "quiet" })];
      const caption = label(0, 54, "", { class: "quiet" });
      svg.append(big, caption, tray);
      const buttons = [["Of those who wrote", false], ["Of all who bought", true]].map(([words, ofAll]) =>
        stage.act(words, () => { isOfAll = ofAll; moves(); }));
      const moves = () => {
        const { happy, unhappy, happy_write: positive, unhappy_write: negative } = stage.values;
        const wrote = positive + negative, all = happy + unhappy;
        const columns = Math.max(8, Math.min(26, Math.floor(stage.width / 24))), cell = Math.min(26, stage.width / columns);
        while (pool.length < all) { pool.push(mark(false, 8, "")); svg.append(pool[pool.length - 1]); }
        const up = Math.max(1, Math.ceil(wrote / columns)), low = 72 + up * cell + 34;
        pool.forEach((node, at) => {
          const isUnhappy = at < negative || (at >= wrote && at < wrote + unhappy - negative), isWriter = at < wrote;
          node.setAttribute("d", shape(isUnhappy, 0.32 * cell));
          const isAway = !isOfAll && !isWriter;
          node.setAttribute("class", `mark ${isUnhappy ? "unhappy" : "happy"} ${isWriter ? "wrote" : "hollow"}${isAway ? " away" : ""}${at < all ? "" : " gone"}`);
          const slot = isAway ? at - wrote : at;
          put(node, ((slot % columns) + 0.5) * cell, (isAway ? low : 72) + (Math.floor(slot / columns) + 0.5) * cell);
        });
        big.textContent = `${count(negative)} of ${count(isOfAll ? all : wrote)}`;
        caption.textContent = isOfAll ? "who bought left bad feedback" : "who wrote left bad feedback";
        tray.textContent = isOfAll || all === wrote ? "" : `${count(all - wrote)} silent: not counted`;
        tray.setAttribute("y", low - 10);
        stage.high(Math.max(72 + Math.ceil(all / columns) * cell, low + Math.ceil((all - wrote) / columns) * cell) + 4);
        buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(isOfAll === (at === 1))));
        stage.speak(say.buyers(stage.values, isOfAll));
      };
      return moves;
    },
    settled: (stage) => {
      const parts = ["bad", "silent", "good"].map((kind) => draw("rect", { y: 30, height: 50, class: `part ${kind}` }));
      const line = draw("line", { y1: 24, y2: 96, class: "target" }), name = label(0, 110, "", { class: "halo" });
      const words = ["start", "middle", "end"].map((anchor) => label(0, 14, "", { "text-anchor": anchor, class: "strong" }));
      stage.svg.append(...parts, line, name, ...words);
      return () => {
        const { orders, good, bad, target_of_1000: target } = stage.shop, silent = orders - good - bad, { width } = stage;
        const isNarrow = width < 560, scale = width / orders;
        [[0, bad], [bad, silent], [bad + silent, good]].forEach(([from, many], at) => {
          parts[at].setAttribute("x", from * scale);
          parts[at].setAttribute("width", many * scale);
        });
        const texts = isNarrow
          ? [`◆ ${count(bad)} unhappy`, `□ ${count(silent)} silent`, `■ ${count(good)} happy`]
          : [`◆ ${count(bad)} wrote: unhappy`, `□ ${count(silent)} silent: nobody knows`, `■ ${count(good)} wrote: happy`];
        words.forEach((node, at) => { node.textContent = texts[at]; node.setAttribute("x", (at * width) / 2); });
        words[1].setAttribute("y", isNarrow ? 130 : 14); // three long numbers do not fit side by side on a telephone
        stage.high(isNarrow ? 136 : 120);
        const at = (width * target) / 1000, isRight = target > 500;
        line.setAttribute("x1", at);
        line.setAttribute("x2", at);
        name.textContent = `target under ${target / 10}\u202f%`;
        name.setAttribute("text-anchor", isRight ? "end" : "start");
        name.setAttribute("x", at + (isRight ? -5 : 5));
        stage.speak(say.settled(stage.shop));
      };
    },
    asked: (stage) => {
      const rows = ["good", "good", "bad", "bad"].map((kind, at) => {
        const bar = draw("rect", { x: 0, y: 50 * at + 22, height: 16, class: `bar ${kind}` }), text = label(0, 50 * at + 15, "");
        stage.svg.append(draw("rect", { x: 0, y: 50 * at + 22, height: 16, width: stage.width, class: "track" }), bar, text);
        return [bar, text];
      });
      stage.high(200);
      return () => {
        const { orders, good, bad } = stage.shop, { answer, unhappy } = stage.values;
        const answers = ((orders - good - bad) * answer) / 100, worse = (answers * unhappy) / 100, then = good + bad + answers;
        const [among, all] = stage.width < 560 ? ["", ""] : [", of the feedback", ", of all orders"]; // both counts fit a telephone
        [[`Good${among}, unasked`, good, good + bad], [`Good${among}, all asked`, then - worse - bad, then],
          [`Bad${all}, unasked`, bad, orders], [`Bad${all}, all asked`, bad + worse, orders]].forEach(([name, part, whole], at) => {
          rows[at][0].setAttribute("width", whole ? (stage.width * part) / whole : 0);
          rows[at][1].textContent = whole ? `${name}: ${rounded(part)} of ${rounded(whole)}` : `${name}: no feedback, no score`;
        });
        stage.speak(say.asked({ ...stage.shop, ...stage.values }));
      };
    },
    shop: (stage) => {
      const orders = draw("g"), pile = draw("g");
      stage.svg.append(orders, pile);
      let number = 0, dealt = [];
      const deal = stage.act("", () => play(1));
      stage.act("Deal again", () => play(number + 1));
      stage.act("Deal 1,000 shops", () => many());
      const rule = () => ({ ...stage.values, target_of_1000: stage.shop.target_of_1000 });
      const badOf = (one) => shopOf(stage.values.seed, one, stage.values.orders, stage.values.bad_of_1000).filter(Boolean).length;
      const top = () => Math.ceil(stage.values.orders / grid().columns) * grid().cell + 16;
      const grid = () => {
        const cell = Math.max(7, Math.min(24, Math.sqrt((stage.width * 130) / stage.values.orders)));
        return { cell, columns: Math.floor(stage.width / cell) };
      };
      const heap = () => {
        const { orders: n, bad_of_1000: rate } = stage.values, allowed = allowedOf(stage.shop.target_of_1000, n), mean = (n * rate) / 1000;
        const spread = Math.sqrt(mean) + 0.5, group = Math.max(1, Math.ceil((8 * spread) / 14));
        const least = Math.max(0, Math.floor(mean - 4 * spread)), from = allowed + 1 - group * Math.ceil((allowed + 1 - Math.min(least, allowed + 1)) / group);
        const columns = Math.max(4, Math.ceil((mean + 4 * spread + 1 - from) / group));
        const at = (bad) => Math.min(columns - 1, Math.max(0, Math.floor((bad - from) / group)));
        const counts = Array(columns).fill(0);
        dealt.forEach((bad) => { counts[at(bad)] += 1; });
        const room = Array.from({ length: columns }, (_, one) => {
          let sum = 0;
          for (let k = Math.max(0, from + one * group); k < from + (one + 1) * group; k += 1) sum += tail(n, rate / 1000, k - 1) - tail(n, rate / 1000, k);
          return 1050 * sum;
        });
        const wide = Math.min(120, stage.width / columns), ground = top() + 210;
        const names = room.map((_, one) => {
          const low = Math.max(0, from + one * group), high = from + (one + 1) * group - 1;
          return one === columns - 1 ? `${low}+` : low >= high ? String(Math.max(low, high)) : `${low}–${high}`;
        });
        const missed = dealt.filter((bad) => bad > allowed).length;
        const every = Math.ceil((7 * Math.max(...names.map((name) => name.length)) + 6) / wide); // names that would touch are left out
        pile.replaceChildren(
          label(0, top() + 16, `■ meets: ${count(dealt.length - missed)}`, { class: "strong good" }),
          label(stage.width, top() + 16, `◆ misses: ${count(missed)}`, { class: "strong bad", "text-anchor": "end" }),
          ...piled(counts.map((one, k) => ({ count: one, room: room[k], isBad: from + k * group > allowed })), 0, wide, ground, 176),
          draw("line", { x1: 0, x2: wide * columns, y1: ground + 1, y2: ground + 1, class: "ground" }),
          ...names.map((name, one) => label((one + 0.5) * wide, ground + 16, one % every ? "" : name, { "text-anchor": "middle", class: "tick" })),
          label(0, ground + 34, `shops, by bad ones of ${count(n)} orders`, { class: "quiet" }),
        );
        stage.high(ground + 40);
      };
      const told = () => {
        const { orders: n, bad_of_1000: rate } = stage.values, target = stage.shop.target_of_1000, allowed = allowedOf(target, n);
        const one = number ? say.shop({ ...rule(), number, bad: badOf(number) }) : "";
        const missed = dealt.filter((bad) => bad > allowed).length;
        const all = dealt.length > 1 ? say.shops({ missed, many: dealt.length, chance: tail(n, rate / 1000, allowed) }) : "";
        stage.speak([one, all].filter(Boolean).join(" ") || "Nothing is dealt yet. Guess first: how many bad ones?");
      };
      const fall = () => {
        const { cell, columns } = grid(), bad = shopOf(stage.values.seed, number, stage.values.orders, stage.values.bad_of_1000);
        orders.replaceChildren(...bad.map((is) => mark(is, 0.3 * cell, is ? "unhappy wrote" : "happy wrote")));
        [...orders.children].forEach((node, at) => {
          const x = ((at % columns) + 0.5) * cell, y = (Math.floor(at / columns) + 0.5) * cell;
          put(node, x, y);
          if (isStill()) return;
          const end = `translate(${x}px, ${y}px)`, frames = [{ transform: `translate(${x}px, ${y - 60}px)`, opacity: 0 }, { transform: end, opacity: 1 }];
          node.animate(frames, { duration: 380, delay: (900 * at) / bad.length, fill: "backwards", easing: "ease-in" });
          if (bad[at]) node.animate([{ transform: end }, { transform: `${end} scale(2.2)` }, { transform: end }], { duration: 700, delay: 1350 });
        });
      };
      const play = (next) => {
        if (next === 1 || next > SHOPS) { next = 1; dealt = []; }
        number = next;
        fall();
        heap();
        stage.later(1400, () => {
          if (dealt.length < SHOPS) dealt.push(badOf(number));
          heap();
          told();
        });
      };
      const many = () => {
        if (dealt.length === SHOPS) { stage.next("seed"); number = 0; } // dealt once more, they are other shops
        if (!number) { number = 1; fall(); }
        dealt = [];
        const more = (upTo) => {
          while (dealt.length < Math.min(upTo, SHOPS)) dealt.push(badOf(dealt.length + 1));
          heap();
          if (dealt.length < SHOPS) stage.frame(() => more(upTo + 9)); else told();
        };
        more(isStill() ? SHOPS : 9);
      };
      const fresh = () => {
        number = 0;
        dealt = [];
        deal.textContent = `Deal ${plural(stage.values.orders, "order")}`;
        orders.replaceChildren();
        heap();
        told();
      };
      return Object.assign(fresh, { yours: (shop) => stage.set("orders", Math.min(shop.orders, MOST)) });
    },
    year: (stage) => {
      const high = 190, picture = draw("g"), pile = draw("g"), clip = draw("rect", { x: 0, y: -10, height: high + 20, width: 0 });
      const name = `clip-${stage.name}`;
      stage.svg.append(draw("clipPath", { id: name }, clip), picture, pile);
      let number = 0, missedDays = [], dealt = [];
      stage.act("Deal a year", () => play(1));
      stage.act("Deal again", () => play(number + 1));
      stage.act("Deal 1,000 years", () => many());
      const target = () => stage.shop.target_of_1000;
      const laws = () => {
        const { orders_a_day: volume, bad_of_1000: rate } = stage.values;
        return [stage.data.laws[volume][rate], stage.data.laws[volume][1000 - rate]];
      };
      const missedOf = (one) => yearOf(stage.values.seed, one, laws()).map(([bad, orders]) => isMissed(bad, orders, target()));
      const axes = (windows) => {
        const rates = windows.map(([bad, orders]) => (orders ? bad / orders : null));
        const most = Math.max((1.6 * target()) / 1000, 1.1 * Math.max(0, ...rates.filter((one) => one !== null)));
        const y = (rate) => high - 20 - (rate / most) * (high - 40), x = (day) => (day / YEAR) * stage.width;
        const line = ["", ""];
        rates.forEach((rate, day) => {
          if (rate === null) return;
          const isOver = isMissed(...windows[day], target());
          const before = day && rates[day - 1] !== null ? `M${x(day).toFixed(1)},${y(rates[day - 1]).toFixed(1)}V` : `M${x(day).toFixed(1)},`;
          line[Number(isOver)] += `${before}${y(rate).toFixed(1)}H${x(day + 1).toFixed(1)}`;
        });
        picture.replaceChildren(
          draw("g", { "clip-path": `url(#${name})` }, draw("path", { d: line[0], class: "rate good" }), draw("path", { d: line[1], class: "rate bad" })),
          draw("line", { x1: 0, x2: stage.width, y1: y(target() / 1000), y2: y(target() / 1000), class: "target" }),
          label(0, y(target() / 1000) - 7, `target under ${target() / 10}\u202f%`, { class: "halo" }),
          draw("line", { x1: 0, x2: stage.width, y1: y(0), y2: y(0), class: "ground" }),
          label(0, high - 4, "day 1", { class: "tick" }), label(stage.width, high - 4, "day 365", { class: "tick", "text-anchor": "end" }),
        );
      };
      const heap = () => {
        const over = dealt.filter(Boolean).length, ground = high + 170, wide = Math.min(300, stage.width / 2);
        pile.replaceChildren(...(dealt.length < 2 ? [] : [
          label(0, high + 26, `■ never over: ${count(dealt.length - over)}`, { class: "strong good" }),
          label(2 * wide, high + 26, `◆ over on some day: ${count(over)}`, { class: "strong bad", "text-anchor": "end" }),
          ...piled([{ count: dealt.length - over, room: SHOPS }, { count: over, room: SHOPS, isBad: true }], 0, wide, ground, 130),
          draw("line", { x1: 0, x2: 2 * wide, y1: ground + 1, y2: ground + 1, class: "ground" }),
        ]));
        stage.high(dealt.length < 2 ? high : ground + 8);
      };
      const told = () => {
        const { orders_a_day: volume, bad_of_1000: rate } = stage.values;
        const missed = missedDays.filter(Boolean).length, setting = { ...stage.values, target_of_1000: target() };
        const one = number ? say.year({ ...setting, number, missed, first: missedDays.indexOf(true) + 1 }) : "";
        const chance = target() === stage.data.target ? stage.data.chances[volume][stage.data.rates.indexOf(rate)] : null;
        const all = dealt.length > 1 ? say.years({ missed: dealt.filter(Boolean).length, many: dealt.length, chance }) : "";
        stage.speak([one, all].filter(Boolean).join(" ") || "Nothing is dealt yet. Guess first: on how many days of the year is it over?");
      };
      const run = () => {
        const windows = yearOf(stage.values.seed, number, laws());
        missedDays = windows.map(([bad, orders]) => isMissed(bad, orders, target()));
        axes(windows);
        clip.setAttribute("width", stage.width);
        if (!isStill()) clip.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration: 1600 });
      };
      const play = (next) => {
        if (next === 1 || next > SHOPS) { next = 1; dealt = []; }
        number = next;
        run();
        stage.later(1600, () => {
          if (dealt.length < SHOPS) dealt.push(missedDays.some(Boolean));
          heap();
          told();
        });
      };
      const many = () => {
        if (dealt.length === SHOPS) { stage.next("seed"); number = 0; }
        if (!number) { number = 1; run(); }
        dealt = [];
        const more = (upTo) => {
          while (dealt.length < Math.min(upTo, SHOPS)) dealt.push(missedOf(dealt.length + 1).some(Boolean));
          heap();
          if (dealt.length < SHOPS) stage.frame(() => more(upTo + 10)); else told();
        };
        more(isStill() ? SHOPS : 10);
      };
      const fresh = () => {
        number = 0;
        [missedDays, dealt] = [[], []];
        axes([]);
        heap();
        told();
      };
      const volumes = () => Object.keys(stage.data.laws).map(Number);
      return Object.assign(fresh, { yours: (shop) => stage.set("orders_a_day", volumeOf(shop.orders, volumes())) });
    },
  };
  Object.assign(window.lesson, { STAGES, make, draw, spoken });
})();
