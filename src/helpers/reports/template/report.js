"use strict";
// Draws each chart in place of its still picture, as wide as the page allows. Nothing is fetched.
(() => {
  const unpacked = ({ columns, ...rows }) => {
    if (!columns) return Object.values(rows);
    const names = Object.keys(columns);
    return columns[names[0]].map((_, at) => Object.fromEntries(names.map((name) => [name, columns[name][at]])));
  };
  const draw = async (figure) => {
    const spec = JSON.parse(figure.querySelector("script").textContent);
    for (const [name, packed] of Object.entries(spec.datasets || {})) spec.datasets[name] = unpacked(packed);
    const holder = figure.querySelector(".drawn");
    const still = figure.querySelector(".still");
    if (spec.width) spec.width = Math.min(spec.width, figure.clientWidth);
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    await window.vegaEmbed(holder, spec, { ast: true, actions: false, renderer: "svg", tooltip: { theme } });
    // One picture with one text, that of the still one: its hundreds of marks are read in the table under it.
    holder.querySelector("svg").setAttribute("aria-hidden", "true");
    const embedded = holder.querySelector("[role=graphics-document]");
    if (embedded) ["role", "aria-label", "aria-roledescription"].forEach((name) => embedded.removeAttribute(name));
    still.replaceChildren();
    still.className = "unseen";
    holder.hidden = false;
  };
  document.querySelectorAll("figure.chart").forEach(draw);
})();
