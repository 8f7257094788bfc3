// Light and dark for the figures. The page's own colours are CSS, which follows by itself; Plotly knows no CSS variables,
// and the server does not know which of the two a reader's system prefers.
"use strict";

(() => {
  const toDark = JSON.parse(document.getElementById("dark-colours").textContent);
  const toLight = Object.fromEntries(Object.entries(toDark).map(([light, dark]) => [dark, light]));
  const chosen = () => document.documentElement.dataset.mantineColorScheme;
  const isDark = () => (chosen() ? chosen() === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

  const recoloured = (value, pairs) => {
    if (typeof value === "string") return pairs[value] ?? value;
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((one) => recoloured(one, pairs));
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, recoloured(one, pairs)]));
  };

  // Every figure that Plotly is given passes here, whoever gives it.
  const dress = (plotly) => {
    if (!plotly || plotly.dressed) return;
    plotly.dressed = true;
    for (const name of ["newPlot", "react"]) {
      const draw = plotly[name];
      plotly[name] = (graph, ...figure) => draw(graph, ...(isDark() ? recoloured(figure, toDark) : figure));
    }
  };

  const follow = () => {
    dress(window.Plotly);
    for (const graph of document.querySelectorAll(".js-plotly-plot")) {
      const { data, layout } = recoloured({ data: graph.data, layout: graph.layout }, isDark() ? toDark : toLight);
      if (graph.dark !== isDark() && graph.data?.length) window.Plotly.react(graph, data, layout);
      graph.dark = isDark();
    }
  };

  dress(window.Plotly);
  window.dash_clientside = Object.assign({}, window.dash_clientside, { theme: { follow } });
})();
