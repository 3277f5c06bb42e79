"use strict";
// Puts the pictures that are played in place of their still ones, with buttons, sliders and a sentence that changes with them;
// keeps the reader's own shop and a class's show of hands. All of it stays in the page.
(() => {
  const { STAGES, make, draw, spoken, count, plural, volumeOf, MOST } = window.lesson;
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const main = document.querySelector("main"), edge = getComputedStyle(main);
  const room = Math.min(main.clientWidth - parseFloat(edge.paddingLeft) - parseFloat(edge.paddingRight), 860);
  const stages = [], yearly = document.querySelector("figure[data-stage=year] script");
  const VOLUMES = yearly ? Object.keys(JSON.parse(yearly.textContent).laws).map(Number) : [1];
  const form = document.querySelector(".your-shop");
  let shop = null; // until one is typed, each picture has its own

  const control = (name, bind, values, changed) => {
    const output = make("output", { class: "value" });
    let input;
    if (bind.input === "select") {
      input = make("select", {}, ...bind.options.map((one, at) => make("option", { value: one }, bind.labels[at])));
    } else {
      input = make("input", { type: bind.input, min: bind.min, max: bind.max, step: bind.step });
      if (bind.input === "number") input.setAttribute("inputmode", "numeric");
    }
    const show = () => {
      if (bind.at_most) {
        input.max = values[bind.at_most];
        values[name] = Math.min(values[name], values[bind.at_most]);
      }
      input.value = values[name];
      if (bind.input === "range") output.textContent = count(values[name]);
    };
    input.addEventListener(bind.input === "number" ? "change" : "input", () => {
      const least = bind.min ?? -Infinity, most = bind.max ?? Infinity, said = Math.round(Number(input.value));
      values[name] = Number.isFinite(said) ? Math.min(Math.max(said, least), most) : values[name];
      changed();
    });
    input.setAttribute("aria-label", bind.name);
    show();
    const words = make("span", {}, bind.name);
    return { row: make("label", { class: `control ${bind.input}` }, words, input, bind.input === "range" ? output : ""), show };
  };

  const enliven = (figure) => {
    const { kind, controls, ...data } = JSON.parse(figure.querySelector("script").textContent);
    const holder = figure.querySelector(".drawn"), paper = figure.querySelector(".said");
    const values = Object.fromEntries(Object.entries(controls).map(([name, bind]) => [name, bind.value]));
    const svg = draw("svg", { class: "stage", "aria-hidden": "true", width: room }), acts = make("div", { class: "acts" });
    const said = make("p", { class: "said", "aria-live": "polite" });
    let waiting = [];
    const stage = {
      values, data, svg, width: room, name: figure.id,
      get shop() { return shop || data.shop; },
      high: (height) => { svg.setAttribute("viewBox", `0 0 ${room} ${Math.ceil(height)}`); },
      speak: (text) => { said.replaceChildren(...spoken(text)); },
      act: (words, does) => {
        const button = make("button", { type: "button" }, words);
        button.addEventListener("click", () => { halt(); does(); });
        acts.append(button);
        return button;
      },
      later: (milliseconds, does) => { if (isStill() || !milliseconds) does(); else waiting.push([clearTimeout, setTimeout(does, milliseconds)]); },
      frame: (does) => waiting.push([cancelAnimationFrame, requestAnimationFrame(does)]),
      set: (name, value) => { values[name] = value; },
      next: (name) => {
        const { min, max } = controls[name];
        values[name] = values[name] < max ? values[name] + 1 : min;
        rows.forEach(({ show }) => show());
      },
    };
    const halt = () => { waiting.forEach(([stop, one]) => stop(one)); waiting = []; };
    const drawn = STAGES[kind](stage);
    const changed = () => { halt(); rows.forEach(({ show }) => show()); drawn(); };
    const rows = Object.entries(controls).map(([name, bind]) => control(name, bind, values, changed));
    const panel = make("div", { class: "controls" }, ...rows.map(({ row }) => row));
    holder.append(...(acts.childElementCount ? [acts] : []), svg, said, ...(rows.length ? [panel] : []));
    stages.push((isTyped) => { if (isTyped && drawn.yours) drawn.yours(shop); changed(); });
    drawn();
    holder.hidden = false;
    [figure.querySelector(".still"), paper, figure.querySelector(".twin")].forEach((one) => one && one.classList.add("on-paper"));
  };

  // ---- what is typed is kept for as long as the page is open, also when it is loaded again
  const kept = { read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
    write: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* kept in the page alone */ } } };

  // ---- your shop: four numbers, typed once
  const WHOLE = (least) => ({ type: "number", inputmode: "numeric", min: least, max: 1000000, step: 1, required: "" });
  const FIELDS = [
    ["orders", "Orders in 60 days", WHOLE(1), "takes a whole number from 1 to 1,000,000"],
    ["good", "Good feedback on them (4 and 5 stars)", WHOLE(0), "takes a whole number from 0 to 1,000,000"],
    ["bad", "Bad feedback on them (1 and 2 stars)", WHOLE(0), "takes a whole number from 0 to 1,000,000"],
    ["target", "Target: bad orders under … %", { type: "text", inputmode: "decimal", pattern: "0*\\d{1,2}([.,]\\d)?", required: "" },
      "takes a number from 0.1 to 99.9 with one decimal at most"],
  ];
  const typed = () => {
    const mina = JSON.parse(form.dataset.shop), paper = document.querySelector(".shop-now"), minas = paper.textContent;
    const inputs = FIELDS.map(([name, , ends]) => make("input", { name, ...ends }));
    const told = make("p", { role: "status" }), reset = make("button", { type: "button" }, "Back to Mina’s shop");
    form.append(make("p", {}, "Type them and leave the field. They stay on this page and go nowhere."), ...inputs.map((input, at) => make("label", { class: "control number" }, make("span", {}, FIELDS[at][1]), input)), reset, told);
    const fill = (one) => inputs.forEach((input) => { input.value = input.name === "target" ? one.target_of_1000 / 10 : one[input.name]; });
    const isMina = (one) => Object.keys(mina).every((name) => one[name] === mina[name]);
    const isRight = (input) => input.checkValidity() && (input.name !== "target" || Number(input.value.replace(",", ".")) >= 0.1);
    const words = (one) => `${plural(one.orders, "order")}, ${count(one.good)} good and ${count(one.bad)} bad feedback, `
      + `${count(one.orders - one.good - one.bad)} silent, target under ${one.target_of_1000 / 10}\u202f%`;
    const tell = (problem) => {
      const now = shop || mina, volume = volumeOf(now.orders, VOLUMES);
      const dealt = now.orders > MOST ? `${count(MOST)} orders, the most there are, not ${count(now.orders)}` : plural(now.orders, "order");
      told.textContent = problem || (!shop ? "" : `${isMina(now) ? "Mina’s shop" : "Your shop"}: ${words(now)}. The strip below and the picture of asking show it. `
        + `Dealt by chance: ${dealt}, and years of about ${plural(volume, "order")} a day, the nearest in the list. How many go bad on average `
        + "stays as set there (5 of 1,000, Mina’s, at first): your counts cannot tell it.");
      told.classList.toggle("problem", Boolean(problem));
      paper.textContent = isMina(now) ? minas : `Your shop, in 60 days: ${words(now)}. The pictures on paper are of Mina’s.`;
      paper.classList.toggle("typed", !isMina(now));
    };
    const take = (one) => {
      shop = one;
      kept.write("shop", shop);
      stages.forEach((change) => change(true));
      tell("");
    };
    const read = () => {
      const now = Object.fromEntries(inputs.map((input) => [input.name, Number(input.value.replace(",", "."))]));
      const wrong = inputs.findIndex((input) => !isRight(input)), isTooMuch = wrong < 0 && now.good + now.bad > now.orders;
      inputs.forEach((input) => input.setAttribute("aria-invalid", String(!isRight(input) || (isTooMuch && input.name !== "target"))));
      if (wrong >= 0) return tell(`“${FIELDS[wrong][1]}” ${FIELDS[wrong][3]}: nothing is changed yet.`);
      if (isTooMuch) return tell(`${plural(now.orders, "order")} cannot have ${count(now.good + now.bad)} feedback: nothing is changed yet.`);
      return take({ orders: now.orders, good: now.good, bad: now.bad, target_of_1000: Math.round(10 * now.target) });
    };
    form.addEventListener("change", read); // a half-typed number is no shop
    reset.addEventListener("click", () => { fill(mina); read(); });
    const before = kept.read("shop");
    fill(before || mina);
    if (before) read(); else tell("");
  };

  // ---- a class is asked: hands for each choice
  const hands = {}, tellers = [];
  const raised = (question) => {
    const name = question.id, choices = [...question.querySelectorAll(".choice")];
    const right = choices.findIndex((one) => one.dataset.right !== undefined);
    hands[name] = kept.read(name) || choices.map(() => 0);
    const told = make("p", { class: "raised", "aria-live": "polite" }), before = question.dataset.before;
    const inputs = choices.map((choice, at) => {
      const text = choice.querySelector("summary").textContent.trim();
      const input = make("input", { type: "number", min: 0, max: 999, step: 1, required: "", inputmode: "numeric", value: hands[name][at], "aria-label": `Hands for ${text}` });
      input.addEventListener("input", () => {
        input.setAttribute("aria-invalid", String(!input.checkValidity()));
        if (!input.checkValidity()) return;
        hands[name][at] = Number(input.value);
        kept.write(name, hands[name]);
        tellers.forEach((tell) => tell());
      });
      input.addEventListener("change", () => { // what is no number of hands is not counted, and does not stay
        input.value = hands[name][at];
        input.setAttribute("aria-invalid", "false");
      });
      return make("label", { class: "control number" }, make("span", { "aria-hidden": "true" }, text), input);
    });
    const sum = (one) => hands[one].reduce((all, each) => all + each, 0);
    tellers.push(() => {
      const isSeen = question.classList.contains("guessed") || before;
      const all = sum(name), of = (one) => `${count(hands[one][right])} of ${count(sum(one))}`;
      told.textContent = !all ? "" : !isSeen ? `${plural(all, "hand")}. Choose an answer above to compare.`
        : `${of(name)} chose “${choices[right].querySelector("summary").textContent.trim()}”, which holds.`
          + (before && hands[before] && sum(before) ? ` Before the lesson it was ${of(before)}.` : "");
    });
    question.append(make("details", { class: "hands" }, make("summary", {}, "Ask the class: a show of hands"), ...inputs, told));
  };

  // ---- one's own first guess, for the question that is asked again
  const guesses = (question) => {
    const name = question.id, key = (one) => `guess ${one}`, before = question.dataset.before;
    const own = make("p", { class: "own", "aria-live": "polite" });
    if (before) question.append(own);
    return (choice) => {
      const said = choice.querySelector("summary").textContent.trim();
      if (!before && !kept.read(key(name))) kept.write(key(name), said);
      if (!before) return;
      const first = kept.read(key(before));
      own.textContent = !first ? "" : first === said ? `At the beginning you chose “${first}” as well.` : `At the beginning you chose “${first}”.`;
    };
  };

  const asked = [...document.querySelectorAll(".asked")];
  asked.forEach((question) => {
    if (question.classList.contains("predict") || question.dataset.before) raised(question);
    const guessed = guesses(question);
    // A guess that is closed again keeps its picture.
    question.addEventListener("toggle", (event) => {
      if (event.target.matches(".choice[open]")) {
        question.classList.add("guessed");
        guessed(event.target);
      }
      tellers.forEach((tell) => tell());
    }, true);
  });
  tellers.forEach((tell) => tell());
  document.querySelectorAll("figure.chart[data-stage]").forEach(enliven);
  if (form) typed();
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      document.body.classList.toggle("answers", button.dataset.print === "answers");
      window.print();
      document.body.classList.remove("answers");
    });
  });
})();
