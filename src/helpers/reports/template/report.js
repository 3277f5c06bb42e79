"use strict";
// Draws each chart in place of its still picture, as wide as the page allows. Nothing is fetched.
(() => {
  const wrapped = (lines, most) => {
    const out = [];
    for (const word of [].concat(lines).join(" ").split(" ")) {
      if (out.length && (out[out.length - 1] + " " + word).length <= most) out[out.length - 1] += " " + word;
      else out.push(word);
    }
    return out;
  };
  const draw = async (figure) => {
    const spec = JSON.parse(figure.querySelector("script").textContent);
    const holder = figure.querySelector(".drawn");
    const picture = figure.querySelector("img");
    const room = figure.clientWidth;
    if (room < spec.width) {
      const before = spec.title.text.length * 20 + (spec.title.subtitle || []).length * 18;
      spec.title.text = wrapped(spec.title.text, Math.floor(room / 8.4));
      if (spec.title.subtitle) spec.title.subtitle = wrapped(spec.title.subtitle, Math.floor(room / 6.9));
      spec.height += spec.title.text.length * 20 + (spec.title.subtitle || []).length * 18 - before;
      spec.width = room;
    }
    await window.vegaEmbed(holder, spec, { ast: true, actions: false, renderer: "svg", tooltip: true });
    holder.hidden = false;
    picture.remove();
  };
  document.querySelectorAll("figure.chart").forEach(draw);
})();
