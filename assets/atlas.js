// The map, as far as only the browser can know: which view fills the card, what lies under a click, what is in sight.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const map = () => document.querySelector("#atlas .js-plotly-plot");
  let frame = null; // what "zoom to selection" frames
  let partial = false; // whether the map leaves routes out, so that a closer view has more to show

  // The server's figure with the points along its lines, and with the view that fills a card of this shape.
  const framed = (figure, card) => {
    const { width, height } = card.getBoundingClientRect();
    // Under a finger the page scrolls past the map; its buttons zoom.
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : "pan";
    const geo = { ...figure.layout.geo, ...window.frame(figure.frame, width / height) };
    return { data: window.lines.drawn(figure.data), layout: { ...figure.layout, dragmode, geo } };
  };

  // Dash sets the figure before Plotly has drawn it; what follows the drawing begins with the first one.
  const begin = (graph = map()) => {
    if (!graph?._fullLayout?.geo) return void requestAnimationFrame(() => begin());
    graph.on("plotly_afterplot", () => window.placeLabels(graph));
    graph.on("plotly_click", (click) => window.choose(ringUnder(click.event) ?? click.points[0].customdata));
    graph.on("plotly_relayout", look);
    window.placeLabels(graph);
    document.dispatchEvent(new Event("atlas-drawn"));
  };

  let begun = false;
  const draw = (figure) => {
    if (!figure) return [window.dash_clientside.no_update, window.dash_clientside.no_update];
    ({ frame } = figure);
    partial = Boolean(figure.note);
    // The reader's view stays, whatever is chosen.
    if (map()?._fullLayout?.geo) return [{ data: window.lines.drawn(figure.data), layout: { ...map().layout } }, figure.note];
    if (!begun) begin();
    begun = true;
    return [framed(figure, byId("atlas")), figure.note];
  };

  // West, south, east and north of what the map shows, a little more than less, once it rests.
  let looking = 0;
  const look = () => {
    clearTimeout(looking);
    if (partial) looking = setTimeout(() => window.dash_clientside.set_props("viewport", { data: viewed() }), 250);
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
    window.Plotly.relayout(map(), flat(window.frame(frame, width / height)));
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

  window.framed = framed;
  window.dash_clientside = Object.assign({}, window.dash_clientside, { atlas: { draw } });
})();
