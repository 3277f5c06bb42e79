"use strict";
// Draws each chart in place of its still picture, as wide as the page allows. Nothing is fetched.
(() => {
  const unpacked = ({ columns, days = [], ...rows }) => {
    if (!columns) return Object.values(rows);
    for (const name of days) columns[name] = columns[name].map((day) => `${day}T00:00:00`);
    const names = Object.keys(columns);
    return columns[names[0]].map((_, at) => Object.fromEntries(names.map((name) => [name, columns[name][at]])));
  };
  // Every figure is as wide as the text it stands in, also one that waits to be shown.
  const main = document.querySelector("main"), edge = getComputedStyle(main);
  const room = main.clientWidth - parseFloat(edge.paddingLeft) - parseFloat(edge.paddingRight);
  const look = JSON.parse(document.getElementById("look")?.textContent || "{}");
  const draw = async (figure) => {
    const spec = { config: look, ...JSON.parse(figure.querySelector("script").textContent) };
    for (const [name, packed] of Object.entries(spec.datasets || {})) spec.datasets[name] = unpacked(packed);
    const holder = figure.querySelector(".drawn");
    const still = figure.querySelector(".still");
    if (spec.width) spec.width = Math.min(spec.width, room);
    if (figure.dataset.narrow && room < 576) spec.height = Number(figure.dataset.narrow);
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const { view } = await window.vegaEmbed(holder, spec, { ast: true, actions: false, renderer: "svg", tooltip: { theme } });
    // One picture with one text, that of the still one: its hundreds of marks are read in the table under it.
    holder.querySelector("svg").setAttribute("aria-hidden", "true");
    const embedded = holder.querySelector("[role=graphics-document]");
    if (embedded) ["role", "aria-label", "aria-roledescription"].forEach((name) => embedded.removeAttribute(name));
    const said = figure.querySelector(".said");
    if ((spec.params || []).some(({ name }) => name === "said")) view.addSignalListener("said", (_, text) => { said.textContent = text; });
    still.replaceChildren();
    still.className = "unseen";
    holder.hidden = false;
  };
  // The keyboard walks through the points of a chart, each a sentence made of its row in the table under it.
  const walk = (figure) => {
    const table = figure.querySelector(".twin table"), holder = figure.querySelector(".drawn");
    if (!table) return;
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent), rows = [...table.tBodies[0].rows];
    const told = document.createElement("p");
    told.className = "walked";
    told.setAttribute("aria-live", "polite");
    holder.after(told);
    holder.tabIndex = 0;
    holder.setAttribute("role", "group");
    holder.setAttribute("aria-label", `${figure.querySelector(".finding").textContent} ${document.body.dataset.walk}`);
    let at = -1;
    holder.addEventListener("keydown", (event) => {
      if (event.target !== holder) return; // a slider in it moves by the same keys
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      at = Math.min(Math.max(to, 0), rows.length - 1);
      const [first, ...rest] = [...rows[at].cells].map((cell) => cell.textContent);
      told.textContent = `${first}: ${rest.map((text, n) => text && `${heads[n + 1]} ${text}`).filter(Boolean).join(", ")}.`;
    });
    holder.addEventListener("blur", () => { told.textContent = ""; at = -1; });
  };
  document.querySelectorAll("figure.chart:not([data-stage])").forEach((figure) => draw(figure).then(() => walk(figure)));
})();
