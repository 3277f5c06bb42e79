"use strict";
// Draws each chart in place of its still picture, as wide as the page allows. Nothing is fetched.
(() => {
  const unpacked = ({ columns, ...rows }) => {
    if (!columns) return Object.values(rows);
    const names = Object.keys(columns);
    return columns[names[0]].map((_, at) => Object.fromEntries(names.map((name) => [name, columns[name][at]])));
  };
  // Every figure is as wide as the text it stands in, also one that waits to be shown.
  const main = document.querySelector("main"), edge = getComputedStyle(main);
  const room = main.clientWidth - parseFloat(edge.paddingLeft) - parseFloat(edge.paddingRight);
  const draw = async (figure) => {
    const spec = JSON.parse(figure.querySelector("script").textContent);
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
  document.querySelectorAll("figure.chart").forEach(draw);
})();
