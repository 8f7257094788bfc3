// The map, as far as only the browser can know: which view fills the card, what lies under a click, what is in sight.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const map = () => document.querySelector("#atlas .js-plotly-plot");
  const meta = () => map().layout.meta; // of the server: the frame of the selection, and what is left out, in words

  // The server's figure with the points along its lines and the view that fills a card of this shape; a reader's own view
  // stays, whatever is chosen.
  const framed = (graph, { data, layout }) => {
    const now = graph.layout?.geo && graph._fullLayout?.geo ? graph.layout : null;
    if (now) return { data: window.lines.drawn(data), layout: { ...layout, dragmode: now.dragmode, geo: now.geo } };
    const { width, height } = graph.getBoundingClientRect();
    // Under a finger the page scrolls past the map; its buttons zoom.
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : "pan";
    const geo = { ...layout.geo, ...window.frame(layout.meta.frame, width / height) };
    return { data: window.lines.drawn(data), layout: { ...layout, dragmode, geo } };
  };

  // What follows the drawing begins with the first one: Dash's own figure is drawn by Dash, when it likes.
  const drawn = (graph) => {
    if (graph !== map()) return;
    byId("map-note").textContent = meta().note;
    if (graph.begun) return;
    graph.begun = true;
    graph.on("plotly_afterplot", () => window.placeLabels(graph));
    graph.on("plotly_click", (click) => window.choose(ringUnder(click.event) ?? click.points[0].customdata));
    graph.on("plotly_relayout", look);
    window.placeLabels(graph);
    document.dispatchEvent(new Event("atlas-drawn"));
  };

  // West, south, east and north of what the map shows, a little more than less, once it rests.
  let looking = 0;
  const look = () => {
    clearTimeout(looking);
    if (meta().note) looking = setTimeout(() => window.dash_clientside.set_props("viewport", { data: viewed() }), 250);
  };
  const viewed = () => {
    const { center, projection, lonaxis, lataxis } = map()._fullLayout.geo;
    const [across, down] = [lonaxis, lataxis].map(({ range }) => ((range[1] - range[0]) / 2 / projection.scale) * 1.3);
    return [center.lon - across, center.lat - down, center.lon + across, center.lat + down];
  };

  // Lines end in the middle of a ring, where Plotly takes them for nearer than the ring: a click inside it means the place.
  // Of several rings it is the one whose middle is nearest; a home chooses nothing.
  const ringUnder = ({ clientX: x, clientY: y }) => {
    const drawnTraces = map().querySelectorAll(".scattergeo");
    const rings = map().data.flatMap((trace, at) =>
      ["places", "homes"].includes(trace.uid)
        ? [...drawnTraces[at].querySelectorAll("path.point")].map((ring, nth) => ({ ring, choice: trace.customdata[nth] }))
        : [],
    );
    const near = ({ ring, choice }) => {
      const { left, right, top, bottom } = ring.getBoundingClientRect();
      const away = Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
      return { choice, away, inside: away <= Math.max(right - left, bottom - top) / 2 };
    };
    const under = rings.map(near).filter((one) => one.inside).sort((a, b) => a.away - b.away);
    return under.length ? under[0].choice : undefined;
  };

  // Plotly.relayout takes attribute paths, so that what a view does not name stays.
  const flat = (view, path = "geo") =>
    Object.entries(view).reduce((all, [key, value]) => {
      const nested = value && typeof value === "object" && !Array.isArray(value);
      return Object.assign(all, nested ? flat(value, `${path}.${key}`) : { [`${path}.${key}`]: value });
    }, {});

  const zoomBy = (factor) => {
    const now = map()._fullLayout.geo.projection.scale;
    window.Plotly.relayout(map(), { "geo.projection.scale": Math.max(1, now * factor) });
  };
  const fit = () => {
    const { width, height } = map().getBoundingClientRect();
    window.Plotly.relayout(map(), flat(window.frame(meta().frame, width / height)));
  };
  const move = (across, up) => {
    const { center, projection } = map()._fullLayout.geo;
    const stride = 30 / projection.scale;
    const lon = center.lon + across * stride;
    const lat = Math.max(-85, Math.min(85, center.lat + up * stride));
    window.Plotly.relayout(map(), { "geo.center.lon": lon, "geo.center.lat": lat, "geo.projection.rotation.lon": lon });
  };
  const zooms = { "zoom-in": () => zoomBy(1.6), "zoom-out": () => zoomBy(1 / 1.6), "zoom-fit": fit };
  document.addEventListener("click", ({ target }) => zooms[target.closest(".zoom button")?.id]?.());

  // The points of a map cannot be reached by key: arrows turn it, + and - zoom.
  const keys = {
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, 1), ArrowDown: () => move(0, -1),
    "+": zooms["zoom-in"], "=": zooms["zoom-in"], "-": zooms["zoom-out"],
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "map-keys" || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  window.atlas = { framed, drawn };
})();
