// What the browser does alone: it turns clicks, brushes and typed text into questions, and puts in place what is answered.
// A choice is text such as "country=CHN"; the server reads it (dashboard/selection.py, Selection.act).
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const json = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

  // Asked for before anything else is loaded: the first view, and the base map, which Plotly would fetch only when it draws.
  const first = json(`_first-view${location.search}`);
  const baseMap = json(document.documentElement.dataset.basemap);
  const loaded = new Promise((go) => addEventListener("DOMContentLoaded", go));

  // --- questions: one at a time, so that each is asked at the address that the one before led to ---
  const table = { sort: "left_home", descending: true, search: "", page: 0, hidden: [] };
  const menu = { key: "", find: "" };
  const state = { seen: {}, viewport: null, ready: false, at: 0, under_way: 0, patience: 0, waiting: [] };
  const PATIENCE_MS = 10_000; // a question that fails has no answer

  const ask = (change) => {
    if (!state.ready || performance.now() - state.under_way < PATIENCE_MS) {
      const same = (one) => !one.act && !change.act && String(one.parts) === String(change.parts);
      state.waiting = [...state.waiting.filter((one) => !same(one)), change];
      return;
    }
    state.under_way = performance.now();
    state.patience = setTimeout(() => say("The server does not answer. Choose again, or load the page again."), PATIENCE_MS);
    const { seen, viewport } = state;
    const data = { query: location.search, seen, viewport, table, menu, ...change, at: ++state.at };
    window.dash_clientside.set_props("ask", { data });
  };
  const say = (words) => {
    delete state.seen.notices; // so that the next answer writes over it
    byId("notices").textContent = words;
  };
  const next = () => {
    clearTimeout(state.patience);
    state.under_way = -PATIENCE_MS;
    if (state.waiting.length) ask(state.waiting.shift());
  };

  const choose = (text) => {
    if (!text) return;
    table.page = 0;
    ask({ act: text });
  };
  const seeTable = (change) => {
    Object.assign(table, change);
    ask({ parts: ["rows"] });
  };

  // --- answers ---
  const put = {
    html: (id, value) => (byId(id).innerHTML = value),
    hidden: (id, value) => (byId(id).hidden = value),
    value: (id, value) => (byId(id).value = value ?? ""),
    figure: (id, value) => window.drawing.draw(id, value),
  };
  const fill = (parts, wanted = () => true) => {
    for (const [id, [prop, value]] of Object.entries(parts)) if (wanted(id, prop)) put[prop](id, value);
  };
  const note = ({ query, seen }) => {
    Object.assign(state.seen, seen);
    if (query !== location.search) history.pushState(null, "", query || location.pathname);
  };

  const show = (answer) => {
    if (!answer) {
      state.ready = true; // Dash says by this that it has started
    } else {
      note(answer);
      fill(answer.parts);
      if ("trip-list" in answer.parts) showOpened();
    }
    next();
  };

  // The first view: all words and the map, then the charts, then the scripts of Dash, which only choices need.
  const begin = async () => {
    const [answer, topology] = await Promise.all([first, baseMap, loaded]);
    window.PlotlyGeoAssets = { topojson: { world_110m: topology } };
    note(answer);
    fill(answer.parts, (id, prop) => prop !== "figure" || id === "atlas");
    await painted();
    fill(answer.parts, (id, prop) => prop === "figure" && id !== "atlas");
    showOpened();
    startDash();
  };
  const painted = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  const startDash = async () => {
    const scripts = [...byId("dash").content.querySelectorAll("script")].map((waiting) => {
      const script = document.createElement("script");
      for (const { name, value } of waiting.attributes) script.setAttribute(name, value);
      script.textContent = waiting.textContent;
      script.async = false; // in their order
      return script;
    });
    const [fetched, inline] = [scripts.filter((one) => one.src), scripts.filter((one) => !one.src)];
    const arrived = fetched.map((script) => new Promise((go) => script.addEventListener("load", go)));
    document.body.append(...fetched);
    await Promise.all(arrived); // what stands in the page itself would run at once
    document.body.append(...inline);
  };
  begin().catch((error) => {
    say("The page could not be loaded: the server did not answer as it should. Load it again.");
    throw error;
  });

  // --- clicks on anything that says what it chooses ---
  const TEXTS = ["leader", "transport", "occasion"]; // columns that read from A to Z first
  const actions = {
    choose,
    zoom: (how) => window.drawing.zoom(how),
    sort: (name) => {
      const descending = table.sort === name ? !table.descending : !TEXTS.includes(name);
      seeTable({ sort: name, descending, page: 0 });
    },
    page: (number) => seeTable({ page: Number(number) }),
    column: (name) => {
      const { hidden } = table;
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

  // --- menus: one open at a time, closed by Escape and by a click elsewhere; filled when they open ---
  const openMenus = () => document.querySelectorAll("details.choice[open]");
  document.addEventListener("click", (event) => {
    for (const one of openMenus()) if (!one.contains(event.target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of openMenus()) {
      one.open = false;
      one.querySelector("summary").focus();
    }
  });
  const seeMenu = (key, find) => {
    Object.assign(menu, { key, find });
    ask({ parts: [`${key}-options`] });
  };
  // `toggle` does not bubble.
  document.addEventListener("toggle", ({ target }) => {
    const key = target.dataset.menu;
    if (key && target.open) seeMenu(key, byId(`${key}-search`).value);
    if (key && !target.open && menu.key === key) menu.key = "";
  }, true);

  // --- what is typed ---
  const years = (from, to) => {
    const value = from === to ? `${from}` : `${from}-${to}`;
    if (!new URLSearchParams(location.search).getAll("years").includes(value)) choose(`years:=${value}`);
  };
  document.addEventListener("change", ({ target }) => {
    const [from, to] = ["from", "to"].map((end) => Number(byId(`years-${end}`).value));
    if (target.closest("#years-menu") && from && to) years(Math.min(from, to), Math.max(from, to));
  });
  let typing = 0;
  document.addEventListener("input", ({ target }) => {
    clearTimeout(typing);
    const key = target.closest("[data-menu]")?.dataset.menu;
    if (target.id === "table-search") typing = setTimeout(() => seeTable({ search: target.value, page: 0 }), 250);
    if (key) typing = setTimeout(() => seeMenu(key, target.value), 200);
  });

  // --- the map by key: arrows turn it, + and - zoom ---
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "map-keys") return;
    if (event.key === "+" || event.key === "=") window.drawing.zoom("in");
    if (event.key === "-") window.drawing.zoom("out");
    if (!steps[event.key]) return;
    event.preventDefault();
    window.drawing.move(...steps[event.key]);
  });

  // The open trip comes into view in its own list; the page moves only where a row of the table has opened it.
  const showOpened = () => {
    const list = byId("trip-list");
    const opened = list.querySelector('[aria-expanded="true"]');
    if (opened) list.scrollTop += opened.getBoundingClientRect().top - list.getBoundingClientRect().top - 6;
    if (opened && fromTable) byId("trips").scrollIntoView({ block: "nearest" });
    fromTable = false;
  };

  window.drawing.listen({
    choose,
    years,
    look: (viewport) => {
      state.viewport = viewport;
      ask({ parts: ["atlas"] });
    },
  });
  addEventListener("popstate", () => ask({}));
  window.dash_clientside = Object.assign({}, window.dash_clientside, { page: { show } });
})();
