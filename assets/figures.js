// Every figure passes here on its way to Plotly, whoever draws it, and gets what only the browser knows: the shape of the
// card that a map is to fill, and whether it is dark. The page's own colours are CSS, which follows by itself; Plotly knows
// no CSS variables, and the server does not know which of the two a reader's system prefers.
"use strict";

(() => {
  const toDark = JSON.parse(document.getElementById("dark-colours").textContent);
  const toLight = Object.fromEntries(Object.entries(toDark).map(([light, dark]) => [dark, light]));
  const chosen = () => document.documentElement.dataset.mantineColorScheme;
  let printing = false; // paper is light
  const isDark = () => !printing && (chosen() ? chosen() === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

  const recoloured = (value, pairs) => {
    if (typeof value === "string") return pairs[value] ?? value;
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((one) => recoloured(one, pairs));
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, recoloured(one, pairs)]));
  };

  // Dash draws with `react` alone, and gives it the figure as one value.
  const dress = (plotly) => {
    if (!plotly || plotly.dressed) return;
    plotly.dressed = true;
    const react = (plotly.undressed = plotly.react);
    plotly.react = async (where, ...given) => {
      const graph = typeof where === "string" ? document.getElementById(where) : where;
      const whole = Array.isArray(given[0]) ? { data: given[0], layout: given[1], config: given[2] } : given[0];
      const isMap = Boolean(whole.layout?.meta?.frame);
      const dark = isDark() ? recoloured({ data: whole.data, layout: whole.layout }, toDark) : whole;
      graph.dark = isDark();
      const done = await react(graph, { ...whole, ...dark, ...(isMap ? window.map.framed(graph, dark) : {}) });
      if (isMap) window.map.drawn(graph);
      else point(graph);
      return done;
    };
  };

  // The pointer says what a click chooses: Plotly draws the marks of a chart below a sheet that takes all events.
  const point = (graph) => {
    if (graph.pointed) return;
    graph.pointed = true;
    graph.on("plotly_hover", ({ points: [one] }) => graph.classList.toggle("clickable", Boolean(one.customdata)));
    graph.on("plotly_unhover", () => graph.classList.remove("clickable"));
  };

  const follow = () => {
    dress(window.Plotly);
    for (const graph of document.querySelectorAll(".js-plotly-plot")) {
      if (!graph.data || Boolean(graph.dark) === isDark()) continue;
      const { data, layout } = recoloured({ data: graph.data, layout: graph.layout }, isDark() ? toDark : toLight);
      graph.dark = isDark();
      window.Plotly.undressed(graph, data, layout);
    }
  };

  const print = (now) => {
    printing = now;
    follow();
  };

  dress(window.Plotly);
  window.figures = { print };
  // Mantine writes there what the system prefers, or what the reader chose.
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["data-mantine-color-scheme"] });
})();
