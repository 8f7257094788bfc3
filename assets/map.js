// The map, as far as only the browser can know: which view fills the card, what lies under a click, what is in sight.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const map = () => document.querySelector("#map .js-plotly-plot");
  const meta = () => map().layout.meta; // of the server: the frame of the selection, and what is left out, in words

  const kind = (graph = map()) => graph.layout.meta.view; // "map" or "globe"

  // The server's figure with the points along its lines and the view that fills a card of this shape; a reader's own view
  // stays, whatever is chosen.
  const framed = (graph, { data, layout }) => {
    const { frame: box, middle, view: how } = layout.meta;
    const size = (graph.framed = graph.getBoundingClientRect());
    const kept = graph._fullLayout?.geo?._subplot?.projection && kind(graph) === how;
    const view = kept ? window.frame.read(graph, how) : window.frame.fit(how, box, size, middle);
    const dragmode = layout.dragmode ?? "pan"; // by mouse; for fingers see touch.js
    return { data: window.lines.drawn(data), layout: { ...layout, dragmode, geo: { ...layout.geo, ...window.frame.geo(how, view, size) } } };
  };

  // What follows the drawing begins with the first one: Dash's own figure is drawn by Dash, when it likes.
  const drawn = (graph) => {
    markTrip(graph);
    if (graph === map()) byId("map-note").textContent = meta().note;
    if (graph.begun) return;
    graph.begun = true;
    graph.on("plotly_afterplot", () => (markTrip(graph), window.placeLabels(graph), fill(graph)));
    graph.on("plotly_relayout", () => (settle(graph), window.placeLabels(graph)));
    window.placeLabels(graph);
    if (graph !== map()) return;
    graph.on("plotly_click", click);
    for (const event of ["mousemove", "mouseleave", "mousedown"]) graph.addEventListener(event, point);
    graph.on("plotly_relayout", look);
    document.querySelector("#page .map > .loading").hidden = true;
    document.dispatchEvent(new Event("map-drawn"));
  };

  // A flat map that was dragged off its card comes back.
  const settle = (graph) => {
    const view = window.frame.read(graph, kind(graph));
    const held = window.frame.geo(kind(graph), view, graph.getBoundingClientRect()).center.lat;
    if (Math.abs(held - view.lat) > 0.5) show(view, graph);
  };

  // A card that has changed its shape is filled anew.
  const fill = (graph) => {
    const size = graph.getBoundingClientRect();
    if (!size.width || Math.abs(size.width / size.height - graph.framed.width / graph.framed.height) < 0.01) return;
    graph.framed = size;
    show(window.frame.read(graph, kind(graph)), graph);
  };

  // West, south, east and north of what the map shows, a little more than less, once it rests; not before it shows
  // something else than all that was chosen, which is here.
  let [looking, looked] = [0, false];
  const shows = (view) => Object.entries(now()).every(([key, value]) => Math.abs(value - view[key]) < 0.02 * (key === "zoom" ? value : 90));
  const look = () => {
    clearTimeout(looking);
    const all = () => window.frame.fit(kind(), meta().frame, map().getBoundingClientRect(), meta().middle);
    if (!meta().note || (!looked && shows(all()))) return;
    looked = true;
    looking = setTimeout(() => window.dash_clientside.set_props("viewport", { data: viewed() }), 250);
  };
  const viewed = () => {
    const { width, height } = map().getBoundingClientRect();
    const { projection } = map()._fullLayout.geo._subplot;
    const { lon, lat } = window.frame.read(map(), kind());
    const [across, down] = [width, height].map((side) => ((side / 2 / projection.scale()) * 1.3 * 180) / Math.PI);
    const away = kind() === "globe" ? Math.min(90, Math.max(across, down)) : down;
    const wide = Math.min(180, across / Math.max(0.1, Math.cos((Math.min(85, Math.abs(lat) + away) * Math.PI) / 180)));
    return [lon - wide, lat - away, lon + wide, lat + away];
  };

  // What lies under a point of the screen. Lines end in the middle of a ring, where Plotly takes them for nearer than the
  // ring; and of two things that lie on each other Plotly names one. The nearest comes first.
  const REACH = 6; // px from the middle of a line
  const ringsUnder = ({ clientX: x, clientY: y }) => {
    const drawnTraces = map().querySelectorAll(".scattergeo");
    const rings = map().data.flatMap((trace, at) =>
      ["places", "homes"].includes(trace.uid)
        ? [...drawnTraces[at].querySelectorAll("path.point")].map((ring, nth) => ({
            ring,
            choice: trace.customdata[nth],
            says: trace.hovertext?.[nth] ?? window.words.home.replace("{place}", trace.text[nth]),
          }))
        : [],
    );
    const near = ({ ring, ...rest }) => {
      const { left, right, top, bottom } = ring.getBoundingClientRect();
      const away = Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
      return { ...rest, away, inside: away <= Math.max(right - left, bottom - top) / 2 };
    };
    return rings.map(near).filter((one) => one.inside).sort((a, b) => a.away - b.away);
  };
  const awayFrom = ([x, y], [ax, ay], [bx, by]) => {
    const [across, down] = [bx - ax, by - ay];
    const part = Math.max(0, Math.min(1, ((x - ax) * across + (y - ay) * down) / (across * across + down * down || 1)));
    return Math.hypot(ax + part * across - x, ay + part * down - y);
  };
  const linesUnder = ({ clientX, clientY }) => {
    const { left, top, width } = map().getBoundingClientRect();
    const { projection } = map()._fullLayout.geo._subplot;
    const isHidden = (place) => kind() === "globe" && projection.isLonLatOverEdges(place);
    const spot = [clientX - left, clientY - top];
    const found = new Map();
    for (const { mode, uid, lon, lat, text, customdata } of map().data) {
      if (mode !== "lines") continue;
      let before = null;
      lon.forEach((each, at) => {
        const now = each === null || isHidden([each, lat[at]]) ? null : projection([each, lat[at]]);
        // Where the map is cut a line leaves it on one side and comes back on the other.
        const away = now && before && Math.abs(now[0] - before[0]) < width / 2 ? awayFrom(spot, before, now) : Infinity;
        const one = found.get(text[at]);
        if (away <= REACH && away < (one?.away ?? Infinity)) found.set(text[at], { away, choice: customdata[at], says: text[at] });
        before = now;
      });
    }
    return [...found.values()].sort((a, b) => a.away - b.away);
  };
  const under = (event) => [...ringsUnder(event), ...linesUnder(event)];

  // A ring is its place, a line that one trip alone went along is that trip; of all else the reader chooses.
  let pressed = { clientX: 0, clientY: 0 };
  document.addEventListener("pointerdown", (event) => (pressed = event), true);
  const click = ({ event }) => {
    // The end of a drag is none.
    if (Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > REACH) return;
    const [ring] = ringsUnder(event);
    if (ring) return void (ring.choice && window.choose(ring.choice));
    const choices = linesUnder(event).map(({ choice }) => choice).filter(Boolean);
    if (choices.length === 1 && choices[0].startsWith("trip=")) return void window.choose(choices[0]);
    if (choices.length) pick(choices, event);
  };
  const pick = (choices, { clientX, clientY }) => {
    const { left, top, width } = byId("map").getBoundingClientRect();
    const menu = byId("line-choice");
    menu.style.left = `${Math.max(8, Math.min(clientX - left, width - 330))}px`;
    menu.style.top = `${clientY - top + 8}px`;
    const filled = new MutationObserver(() => {
      filled.disconnect();
      menu.querySelector("button")?.focus({ preventScroll: true });
    });
    filled.observe(menu, { childList: true });
    window.dash_clientside.set_props("picked", { data: { choices, at: performance.now() } });
  };
  const unpick = () => byId("line-choice")?.childElementCount && window.dash_clientside.set_props("line-choice", { children: [] });
  document.addEventListener("click", ({ target }) => {
    const inside = target.closest("#line-choice");
    // Not before the button's own choice has been handed on.
    if (!target.closest(".map") || (inside && target.closest("button"))) setTimeout(unpick);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !byId("line-choice")?.childElementCount) return;
    unpick();
    byId("map-keys").focus({ preventScroll: true });
  });

  // Everything under the pointer is named, where Plotly would name the nearest, and the pointer says what can be clicked.
  const MOST_NAMED = 8;
  let asked = 0;
  const point = (event) => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => name(event));
  };
  const name = (event) => {
    const things = event.type === "mousemove" && event.buttons === 0 ? under(event) : [];
    const said = byId("map-hover");
    map().classList.toggle("clickable", things.some(({ choice }) => choice));
    said.hidden = !things.length;
    if (said.hidden) return;
    const more = things.length > MOST_NAMED ? `<p>${window.words.more.replace("{number}", things.length - MOST_NAMED)}</p>` : "";
    // Of many each has its name and the line below it.
    const lines = things.length > 3 ? 2 : Infinity;
    const texts = things.slice(0, MOST_NAMED).map(({ says }) => `<p>${says.split("<br>").slice(0, lines).join("<br>")}</p>`);
    said.innerHTML = texts.join("") + more; // escaped by the server
    const { left, top, width } = byId("map").getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    said.style.left = x > width / 2 ? "" : `${x + 14}px`;
    said.style.right = x > width / 2 ? `${width - x + 14}px` : "";
    said.style.top = `${Math.max(0, y - 10)}px`;
  };

  // The open trip stands out by a class on what is drawn already.
  const markTrip = (graph) => {
    const drawnTraces = graph.querySelectorAll(".scattergeo");
    const ofTrip = graph.data.map(({ uid }) => uid.startsWith("trip-"));
    ofTrip.forEach((is, at) => drawnTraces[at]?.classList.toggle("of-trip", is));
    graph.classList.toggle("trip-open", ofTrip.includes(true));
  };

  // Plotly.relayout takes attribute paths, so that what a view does not name stays.
  const flat = (view, path = "geo") =>
    Object.entries(view).reduce((all, [key, value]) => {
      const nested = value && typeof value === "object" && !Array.isArray(value);
      return Object.assign(all, nested ? flat(value, `${path}.${key}`) : { [`${path}.${key}`]: value });
    }, {});

  const show = (view, graph = map()) =>
    window.Plotly.relayout(graph, flat(window.frame.geo(kind(graph), view, graph.getBoundingClientRect())));
  const now = () => window.frame.read(map(), kind());
  const fit = (box) => show(window.frame.fit(kind(), box, map().getBoundingClientRect(), meta().middle));
  const move = (across, up) => {
    const { lon, lat, zoom } = now();
    show({ lon: lon + (across * 30) / zoom, lat: Math.max(-85, Math.min(85, lat + (up * 30) / zoom)), zoom });
  };

  // Places and homes where they are on the screen, the stops of an open trip alone; the wider a ring the more it weighs.
  const marks = () => {
    const { projection } = map()._fullLayout.geo._subplot;
    const named = (uids) => map().data.filter(({ uid, lon }) => uids.includes(uid) && lon.length);
    const traces = [named(["trip-stops"]), named(["places", "homes"])].find((one) => one.length) ?? [];
    return traces.flatMap(({ lon, lat, marker: { size } }) =>
      lon.map((each, at) => {
        const spot = [each, lat[at]];
        return { spot, px: projection(spot), hidden: projection.isLonLatOverEdges(spot), weight: (size[at] ?? size) ** 2 };
      }),
    );
  };

  // Closer to where most of the selection is in the closer view: the middle of what is drawn is often empty.
  const CLOSER = 1.6;
  const zoomIn = () => {
    const { width, height } = map().getBoundingClientRect();
    const away = ({ px: [x, y] }) => Math.hypot(x - width / 2, y - height / 2);
    const inside = (across, down) => ({ px: [x, y] }, of) => Math.abs(x - of[0]) <= across / 2 && Math.abs(y - of[1]) <= down / 2;
    const front = marks().filter(({ hidden }) => !hidden).sort((a, b) => away(a) - away(b));
    const seen = front.filter((one) => inside(width, height)(one, [width / 2, height / 2]));
    const together = inside(width / CLOSER, height / CLOSER);
    const weight = ({ px }) => seen.reduce((sum, one) => sum + (together(one, px) ? one.weight : 0), 0);
    const middles = (seen.length ? seen : front.slice(0, 1)).map((one) => ({ ...one, weight: weight(one) }));
    const [lon, lat] = middles.reduce((most, one) => (one.weight > most.weight ? one : most), middles[0])?.spot ?? [now().lon, now().lat];
    show({ lon, lat, zoom: now().zoom * CLOSER });
  };
  const zooms = {
    "zoom-in": zoomIn,
    "zoom-out": () => show({ ...now(), zoom: now().zoom / CLOSER }),
    "zoom-fit": () => fit(meta().frame),
    "zoom-world": () => (kind() === "globe" ? show({ ...now(), zoom: 1 }) : fit(meta().world)),
  };
  document.addEventListener("click", ({ target }) => {
    zooms[target.closest(".zoom button")?.id]?.();
    if (!target.closest("[data-zoom=trip]") || !meta().trip) return;
    fit(meta().trip);
    byId("map").scrollIntoView({ block: "nearest" });
  });

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

  window.map = { framed, drawn, now, show };
})();
