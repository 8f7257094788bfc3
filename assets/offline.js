// Draws the figures that stand in a page which was saved as one file; there is no Dash in it, and nobody to ask.
"use strict";

(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  window.PlotlyGeoAssets = { topojson: { world_110m: read("base-map") } };

  const framed = (place, { data, layout }) => {
    const { frame: box, middle, view: kind } = layout.meta;
    const size = place.getBoundingClientRect();
    const geo = { ...layout.geo, ...window.frame.geo(kind, window.frame.fit(kind, box, size, middle), size) };
    return [window.lines.drawn(data), { ...layout, geo, dragmode: matchMedia("(pointer: coarse)").matches ? false : "pan" }];
  };

  for (const [id, figure] of Object.entries(read("figures"))) {
    const place = document.getElementById(id);
    const isMap = Boolean(figure.layout.meta?.frame);
    const [data, layout] = isMap ? framed(place, figure) : [figure.data, { ...figure.layout, dragmode: false }];
    const config = { displayModeBar: false, showSendToCloud: false, responsive: true, scrollZoom: isMap, doubleClick: false };
    window.Plotly.newPlot(place, data, layout, config).then(() => {
      if (!isMap) return;
      window.placeLabels(place);
      place.on("plotly_afterplot", () => window.placeLabels(place));
    });
  }
})();
