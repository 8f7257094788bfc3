// Runs in a page before its own scripts, the same in the page under measurement and in the floor: says when what was
// drawn stood on the screen, in ms since the navigation began.
//
// The time is the browser's own: a speck of text with `elementtiming` (on a block, which text belongs to) is added in the frame in question, and its
// renderTime is the moment that very frame was presented, rasterised curves included.
"use strict";

(() => {
  const QUIET_MS = 500;
  const PATIENCE_MS = 60_000;
  const MAP_PARTS = [".geolayer .layer.land path, .geolayer .layer.coastlines path", ".geolayer .scattergeo path"];
  const shown = {}; // name of a speck -> ms
  const waiting = {}; // name of a speck -> who asked for it

  new PerformanceObserver((list) => {
    for (const { identifier, renderTime } of list.getEntries()) {
      shown[identifier] = renderTime;
      (waiting[identifier] || []).forEach((tell) => tell(renderTime));
    }
  }).observe({ type: "element", buffered: true });

  const when = (name) =>
    new Promise((tell, refuse) => {
      if (name in shown) return void tell(shown[name]);
      waiting[name] = [...(waiting[name] || []), tell];
      setTimeout(() => refuse(new Error(`${name} was not on the screen after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    });

  // Specks of a kind, such as frames, take turns; the watch for changes below leaves out the box they are in.
  const specks = {};
  const box = document.createElement("div");
  box.style.cssText = "position:fixed;left:0;top:0;font:6px sans-serif;color:#888;z-index:9;pointer-events:none";
  const speck = (name) => {
    const one = document.createElement("div");
    one.setAttribute("elementtiming", name);
    one.textContent = ".";
    const kind = name.split("-")[0];
    specks[kind]?.remove();
    box.append((specks[kind] = one));
    if (!box.isConnected) document.body.append(box);
  };

  // --- the first view ---
  const drawn = (selector) => [...document.querySelectorAll(selector)].some((path) => (path.getAttribute("d") || "").length > 2);
  const watchMap = () => {
    if (document.body && MAP_PARTS.every(drawn)) return speck("map");
    requestAnimationFrame(watchMap);
  };
  requestAnimationFrame(watchMap);

  // When an element with a text first stands there.
  const watchWords = (selector) => {
    if ([...document.querySelectorAll(selector)].some((one) => one.textContent.trim())) return speck("words");
    requestAnimationFrame(() => watchWords(selector));
  };

  // --- the last of many changes ---
  let frames = 0, scheduled = false, changed = 0, inFlight = 0, clicked = 0, watched = false;
  const note = () => {
    changed = performance.now();
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      if (document.body) speck(`frame-${++frames}`);
    });
  };
  // Notes every change of the page from now on.
  const watch = () => {
    if (watched) return;
    watched = true;
    new MutationObserver((changes) => changes.some(({ target }) => !box.contains(target)) && note()).observe(
      document, { subtree: true, childList: true, attributes: true, characterData: true });
  };
  const ownFetch = window.fetch;
  window.fetch = (...request) => {
    inFlight++;
    return ownFetch(...request).finally(() => {
      inFlight--;
      changed = performance.now();
    });
  };

  const arm = () => {
    addEventListener("click", (event) => {
      clicked = changed = event.timeStamp;
      watch();
    }, { capture: true, once: true });
  };
  const quiet = async () => {
    while (!clicked || inFlight || scheduled || performance.now() - changed < QUIET_MS)
      await new Promise((go) => setTimeout(go, 50));
    return { ms: (await when(`frame-${frames}`)) - clicked, frames };
  };

  // From the start of the navigation to the last change of the page, which must have been watched from its beginning.
  const settled = async (busy) => {
    await still();
    while (busy() || inFlight || scheduled || performance.now() - changed < QUIET_MS)
      await new Promise((go) => setTimeout(go, 50));
    return when(`frame-${frames}`);
  };

  // --- nothing under way any more ---
  const lastAnswer = () => Math.max(changed, ...performance.getEntriesByType("resource").map(({ responseEnd }) => responseEnd));
  const still = async () => {
    while (document.readyState !== "complete" || inFlight || performance.now() - lastAnswer() < QUIET_MS)
      await new Promise((go) => setTimeout(go, 50));
  };

  // --- one change made by a call ---
  let calls = 0;
  const timed = async (act) => {
    const begun = performance.now();
    await act();
    const name = `call-${++calls}`;
    requestAnimationFrame(() => speck(name));
    return (await when(name)) - begun;
  };

  const graphs = () => [...document.querySelectorAll(".js-plotly-plot")];
  const nameOf = (graph) => graph.id || graph.closest("[id]").id;
  const map = () => graphs().find((graph) => graph.querySelector(".geolayer"));
  window.bench = {
    shown: when,
    watch,
    watchWords,
    settled,
    arm,
    quiet,
    still,
    redraw: () => timed(() => window.Plotly.redraw(map())),
    react: (figures) => timed(() => Promise.all(figures.map(({ id, data, layout }) => window.Plotly.react(id, data, layout)))),
    // What every graph shows, and where it stands, so that the floor can draw the same.
    figures: () => graphs().map((graph) => {
      const { left, top, width, height } = graph.getBoundingClientRect();
      const { data, layout } = graph;
      return JSON.parse(JSON.stringify({ id: nameOf(graph), data, layout, left, top: top + scrollY, width, height }));
    }),
    origin: () => performance.timeOrigin,
    loaded: () => performance.getEntriesByType("resource").map(({ name }) => name),
  };
})();
