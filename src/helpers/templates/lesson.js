"use strict";
// Puts the pictures that are played in place of their still ones, with buttons, sliders and a sentence that changes with them;
// keeps the reader's own shop and a class's show of hands. All of it stays in the page.
(() => {
  const { STAGES, make, draw, spoken, count, plural } = window.lesson;
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const main = document.querySelector("main"), edge = getComputedStyle(main);
  const room = Math.min(main.clientWidth - parseFloat(edge.paddingLeft) - parseFloat(edge.paddingRight), 860);
  const stages = [];
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

  // ---- your shop: four numbers, typed once
  const FIELDS = [
    ["orders", "Orders in 60 days", { min: 1, max: 1000000, step: 1 }],
    ["good", "Good feedback on them (4 and 5 stars)", { min: 0, max: 1000000, step: 1 }],
    ["bad", "Bad feedback on them (1 and 2 stars)", { min: 0, max: 1000000, step: 1 }],
    ["target", "Target: bad orders under … %", { min: 0.1, max: 99.9, step: 0.1 }],
  ];
  const typed = () => {
    const first = JSON.parse(form.dataset.shop), start = { ...first, target: first.target_of_1000 / 10 };
    const inputs = FIELDS.map(([name, , ends]) => make("input", { type: "number", required: "", name, inputmode: name === "target" ? "decimal" : "numeric", value: start[name], ...ends }));
    const told = make("p", { role: "status" });
    form.append(...inputs.map((input, at) => make("label", { class: "control number" }, make("span", {}, FIELDS[at][1]), input)), told);
    const read = () => {
      const now = Object.fromEntries(inputs.map((input) => [input.name, Number(input.value)]));
      const isWhole = inputs.every((input) => input.value !== "" && input.checkValidity());
      const problem = !isWhole ? "Whole numbers, please: at least 1 order, feedback from 0 on, a target from 0.1 to 99.9 %."
        : now.good + now.bad > now.orders ? `${plural(now.orders, "order")} cannot have ${count(now.good + now.bad)} feedback: nothing is changed yet.` : "";
      inputs.forEach((input) => input.setAttribute("aria-invalid", String(Boolean(problem) && (!input.checkValidity() || (isWhole && input.name !== "target")))));
      if (!problem) {
        shop = { orders: now.orders, good: now.good, bad: now.bad, target_of_1000: Math.round(10 * now.target) };
        stages.forEach((tell) => tell(true));
      }
      told.textContent = problem || `Every picture from here on is of this shop: ${plural(shop.orders, "order")}, ${count(shop.good)} good and ${count(shop.bad)} bad feedback, ${count(shop.orders - shop.good - shop.bad)} silent.`;
      told.classList.toggle("problem", Boolean(problem));
    };
    form.addEventListener("input", read);
  };

  // ---- a class is asked: hands for each choice, kept for as long as the page is open, also when it is loaded again
  const kept = { read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
    write: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* kept in the page alone */ } } };
  const hands = {}, tellers = [];
  const raised = (question) => {
    const name = question.id, choices = [...question.querySelectorAll(".choice")];
    const right = choices.findIndex((one) => one.dataset.right !== undefined);
    hands[name] = kept.read(name) || choices.map(() => 0);
    const told = make("p", { class: "raised", "aria-live": "polite" }), before = question.dataset.before;
    const inputs = choices.map((choice, at) => {
      const text = choice.querySelector("summary").textContent.trim();
      const input = make("input", { type: "number", min: 0, max: 999, inputmode: "numeric", value: hands[name][at], "aria-label": `Hands for ${text}` });
      input.addEventListener("input", () => {
        hands[name][at] = Math.min(999, Math.max(0, Math.round(Number(input.value)) || 0));
        kept.write(name, hands[name]);
        tellers.forEach((tell) => tell());
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

  const asked = [...document.querySelectorAll(".asked")];
  asked.forEach((question) => {
    if (question.classList.contains("predict") || question.dataset.before) raised(question);
    // A guess that is closed again keeps its picture.
    question.addEventListener("toggle", (event) => {
      if (event.target.matches(".choice[open]")) question.classList.add("guessed");
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
