// What the browser does alone: it turns clicks, brushes and typed text into choices, and frames and labels the map.
// A choice is text such as "country=CHN"; the server reads it (dashboard/selection.py, Selection.act).
"use strict";

(() => {
  let counter = 0;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const choose = (text) => text && set("choice", { data: { text, at: ++counter } });
  const address = () => new URLSearchParams(window.location.search);

  // --- clicks on anything that says what it chooses ---
  const tableView = { sort: "left_home", descending: true };
  const TEXTS = ["leader", "transport", "occasion"]; // columns that read from A to Z first
  const seeTable = (change) => set("table-view", { data: Object.assign(tableView, change, { at: ++counter }) });

  const actions = {
    choose: (text) => choose(text),
    zoom: (how) => zoom(how),
    sort: (name) => {
      const descending = tableView.sort === name ? !tableView.descending : !TEXTS.includes(name);
      seeTable({ sort: name, descending, page: 0 });
    },
    page: (number) => seeTable({ page: Number(number) }),
    column: (name) => {
      const hidden = tableView.hidden || [];
      seeTable({ hidden: hidden.includes(name) ? hidden.filter((one) => one !== name) : [...hidden, name] });
    },
  };

  document.addEventListener("click", (event) => {
    for (const [name, act] of Object.entries(actions)) {
      const button = event.target.closest(`[data-${name}]`);
      if (!button) continue;
      fromTable = Boolean(button.closest("#rows"));
      keepFocus(name, button);
      return void act(button.dataset[name]);
    }
  });

  // What a choice redraws loses the keyboard's place: the new button of the same name gets it back.
  let fromTable = false;
  const keepFocus = (name, button) => {
    const part = button.closest("[id]");
    const again = `button[data-${name}="${CSS.escape(button.dataset[name])}"]`;
    const watch = new MutationObserver(() => {
      const same = document.activeElement === document.body && part && part.querySelector(again);
      if (same) same.focus({ preventScroll: true });
    });
    watch.observe(document.body, { childList: true, subtree: true });
    addEventListener("pointerdown", () => watch.disconnect(), { once: true, capture: true });
    addEventListener("keydown", () => watch.disconnect(), { once: true, capture: true });
  };

  // --- menus: one open at a time, closed by Escape and by a click elsewhere ---
  const openMenus = () => document.querySelectorAll("details.choice[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // --- the map ---
  const plot = () => document.querySelector("#atlas .js-plotly-plot");
  // The card around the graph: the graph itself has no height until its script has loaded.
  const card = () => document.querySelector(".atlas").getBoundingClientRect();
  let frame = null; // what "zoom to selection" frames
  let partial = false; // whether the map leaves routes out, so that a closer view has more to show
  let drawn = null; // the layout of the first drawing: later ones keep the reader's view

  // A trace of many lines says each line's words once and how many points it has; Plotly wants them at every point.
  const spread = (trace) => {
    if (!trace.meta) return trace;
    const each = (values) => values.flatMap((value, at) => Array(trace.meta[at]).fill(value));
    return { ...trace, text: each(trace.text), customdata: each(trace.customdata) };
  };

  const drawMap = (map) => {
    const { no_update } = window.dash_clientside;
    if (!map) return [no_update, no_update];
    const data = map.figure.data.map(spread);
    frame = map.frame;
    partial = Boolean(map.note);
    if (!drawn) {
      whenDrawn();
      const { width, height } = card();
      // Under a finger the page scrolls past the map; its buttons zoom.
      const dragmode = matchMedia("(pointer: coarse)").matches ? false : "pan";
      drawn = { ...map.figure.layout, dragmode, geo: { ...map.figure.layout.geo, ...window.frame(frame, width / height) } };
      return [{ data, layout: drawn }, map.note];
    }
    return [{ data, layout: { ...plot().layout } }, map.note];
  };

  // Labels are placed anew after every drawing; the graph exists only once Dash has put it there.
  const whenDrawn = () => {
    const graph = plot();
    if (!graph || !graph.on) return void requestAnimationFrame(whenDrawn);
    graph.on("plotly_afterplot", () => window.placeLabels(graph));
    graph.on("plotly_relayout", () => {
      clearTimeout(looking);
      if (partial) looking = setTimeout(() => set("viewport", { data: viewed() }), 250);
    });
    graph.on("plotly_click", (click) => choose(ringUnder(click.event) ?? click.points[0].customdata));
    window.placeLabels(graph);
  };

  // West, south, east and north of what the map shows, a little more than less.
  let looking = 0;
  const viewed = () => {
    const { center, projection, lonaxis, lataxis } = plot()._fullLayout.geo;
    const [across, down] = [lonaxis, lataxis].map(({ range }) => ((range[1] - range[0]) / 2 / projection.scale) * 1.3);
    return [center.lon - across, center.lat - down, center.lon + across, center.lat + down];
  };

  // Lines end in the middle of a ring, where Plotly takes them for nearer than the ring: a click inside it means the place.
  // Of several rings it is the one whose middle is nearest; a home chooses nothing.
  const ringUnder = ({ clientX: x, clientY: y }) => {
    const graph = plot();
    const drawnTraces = graph.querySelectorAll(".scattergeo");
    const rings = graph.data.flatMap((trace, at) =>
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

  const zoom = (how) => {
    const { width, height } = card();
    if (how === "fit") return window.Plotly.relayout(plot(), flat(window.frame(frame, width / height)));
    const now = plot()._fullLayout.geo.projection.scale;
    return window.Plotly.relayout(plot(), { "geo.projection.scale": Math.max(1, how === "in" ? now * 1.6 : now / 1.6) });
  };

  // Plotly.relayout takes attribute paths, so that what a view does not name stays.
  const flat = (view, path = "geo") =>
    Object.entries(view).reduce((all, [key, value]) => {
      const here = `${path}.${key}`;
      const nested = value && typeof value === "object" && !Array.isArray(value);
      return Object.assign(all, nested ? flat(value, here) : { [here]: value });
    }, {});

  // Keys for the map itself: arrows turn it, + and - zoom.
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "map-keys") return;
    if (event.key === "+" || event.key === "=") zoom("in");
    if (event.key === "-") zoom("out");
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { center, projection } = plot()._fullLayout.geo;
    const stride = 30 / projection.scale;
    const lon = center.lon + step[0] * stride;
    const lat = Math.max(-85, Math.min(85, center.lat + step[1] * stride));
    window.Plotly.relayout(plot(), { "geo.center.lon": lon, "geo.center.lat": lat, "geo.projection.rotation.lon": lon });
  });

  // --- what figures tell ---
  const chooseClicked = (click) => {
    if (click && click.points.length) choose(click.points[0].customdata);
  };
  const chooseBrushed = (brush) => {
    if (!brush || !brush.range || !brush.range.x) return;
    const [first, last] = brush.range.x.map(Math.round).sort((a, b) => a - b);
    years(first, last);
  };
  const years = (first, last) => {
    const value = first === last ? `${first}` : `${first}-${last}`;
    if (!address().getAll("years").includes(value)) choose(`years:=${value}`);
  };
  const chooseTyped = (first, last) => {
    if (first && last) years(Math.min(first, last), Math.max(first, last));
  };
  // The open trip comes into view in its own list; the page moves only where a row of the table has opened it.
  const showOpened = () => {
    requestAnimationFrame(() => {
      const list = document.getElementById("trip-list");
      const opened = list.querySelector('[aria-expanded="true"]');
      if (opened) list.scrollTop += opened.getBoundingClientRect().top - list.getBoundingClientRect().top - 6;
      if (opened && fromTable) document.getElementById("trips").scrollIntoView({ block: "nearest" });
      fromTable = false;
    });
  };
  const searchTable = (search) => {
    if ((tableView.search || "") !== (search || "")) seeTable({ search, page: 0 });
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: { drawMap, chooseClicked, chooseBrushed, chooseTyped, searchTable, showOpened },
  });
})();
