// Draws the figures that the server describes: the map, which keeps the reader's view and gets its labels, and the charts.
"use strict";

window.drawing = (() => {
  const config = { displayModeBar: false, showSendToCloud: false, responsive: true, doubleClick: false };
  const box = (id) => document.querySelector(`#${id} .plot`);
  const map = () => box("atlas");
  const card = () => map().getBoundingClientRect();
  let frame = null; // what "zoom to selection" frames
  let partial = false; // whether the map leaves routes out, so that a closer view has more to show
  let tell = {}; // what is told of clicks and brushes: choose(text), years(first, last), look(viewport)

  const drawMap = (figure) => {
    frame = figure.frame;
    partial = Boolean(figure.note);
    document.getElementById("map-note").textContent = figure.note;
    const data = window.lines.drawn(figure.data);
    if (map().layout) return void window.Plotly.react(map(), data, { ...map().layout });
    const { width, height } = card();
    // Under a finger the page scrolls past the map; its buttons zoom.
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : "pan";
    const layout = { ...figure.layout, dragmode, geo: { ...figure.layout.geo, ...window.frame(frame, width / height) } };
    window.Plotly.newPlot(map(), data, layout, { ...config, scrollZoom: true });
    map().on("plotly_afterplot", () => window.placeLabels(map()));
    map().on("plotly_relayout", () => {
      clearTimeout(looking);
      if (partial) looking = setTimeout(() => tell.look(viewed()), 250);
    });
    map().on("plotly_click", (click) => tell.choose(ringUnder(click.event) ?? click.points[0].customdata));
    window.placeLabels(map());
  };

  const drawChart = (id, { data, layout }) => {
    const first = !box(id).data;
    window.Plotly.react(box(id), data, layout, config);
    if (!first) return;
    box(id).on("plotly_click", (click) => click.points.length && tell.choose(click.points[0].customdata));
    box(id).on("plotly_selected", (brush) => {
      if (brush && brush.range && brush.range.x) tell.years(...brush.range.x.map(Math.round).sort((a, b) => a - b));
    });
  };

  // West, south, east and north of what the map shows, a little more than less.
  let looking = 0;
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
      const here = `${path}.${key}`;
      const nested = value && typeof value === "object" && !Array.isArray(value);
      return Object.assign(all, nested ? flat(value, here) : { [here]: value });
    }, {});

  const zoom = (how) => {
    const { width, height } = card();
    if (how === "fit") return window.Plotly.relayout(map(), flat(window.frame(frame, width / height)));
    const now = map()._fullLayout.geo.projection.scale;
    return window.Plotly.relayout(map(), { "geo.projection.scale": Math.max(1, how === "in" ? now * 1.6 : now / 1.6) });
  };

  const move = (across, up) => {
    const { center, projection } = map()._fullLayout.geo;
    const stride = 30 / projection.scale;
    const lon = center.lon + across * stride;
    const lat = Math.max(-85, Math.min(85, center.lat + up * stride));
    window.Plotly.relayout(map(), { "geo.center.lon": lon, "geo.center.lat": lat, "geo.projection.rotation.lon": lon });
  };

  return {
    draw: (id, figure) => (id === "atlas" ? drawMap(figure) : drawChart(id, figure)),
    listen: (listener) => (tell = listener),
    zoom,
    move,
  };
})();
