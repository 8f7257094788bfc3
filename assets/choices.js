// Clicks on the long texts and on buttons that say what they choose, and the texts themselves put in their place.
//
// The list of trips and the table come as HTML, because the browser builds them from components some hundred times as
// slowly; so Dash knows none of their buttons. Here what was clicked is handed on to `callbacks.show`.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  window.words = JSON.parse(byId("words").textContent); // what scripts say, in the language of the page
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  // Dash drops the answer to a choice when another is made before it comes: so each is asked with all those before it.
  let unanswered = [];
  const choose = (text) => text && set("chosen", { data: (unanswered = [...unanswered, text]) });
  const MARKS = ["choose", "page"]; // attributes by which a button is known again in a new text

  let fromTable = false;
  let toSources = false; // whether the sources of the trip that opens are asked for
  document.addEventListener("click", ({ target }) => {
    const at = (name) => target.closest(`[data-${name}]`)?.dataset[name];
    fromTable = Boolean(target.closest("#rows"));
    toSources = at("then") === "sources";
    if (at("more")) return void byId(at("more")).classList.add("whole");
    if (at("copy")) return void copy(byId(at("copy")), target.closest("[data-copy]"));
    const button = target.closest("button[data-choose], button[data-page]");
    if (button) keepFocus(button);
    if (at("page")) return void set("turned", { data: Number(at("page")) });
    // A trip that stands open already is not drawn anew.
    if (toSources && opened()?.parentElement.querySelector(`[data-choose="${at("choose").replace(":", "")}"]`)) showOpened();
    choose(at("choose"));
  });

  // Left and right lead to the trip before and after the open one, Escape closes it: where no menu, dialog or field has them.
  const opened = () => byId("trip-list")?.querySelector('[aria-expanded="true"]');
  const ways = { ArrowLeft: "trip-earlier", ArrowRight: "trip-later", Escape: "trip-close" };
  const isElsewhere = (target) => target !== document.body && !target.closest("#trip-list, #rows, #map-keys");
  const standsOpen = () => [...document.querySelectorAll(".menu, [role=dialog]")].some((one) => one.checkVisibility());
  document.addEventListener(
    "keydown",
    ({ key, target, altKey, ctrlKey, metaKey }) => {
      const menu = key === "Escape" && openMenu();
      if (menu) return void (closeMenu(menu), byId(`${menu}-words`).focus());
      if (!ways[key] || altKey || ctrlKey || metaKey || !opened() || isElsewhere(target) || standsOpen()) return;
      if (key === "Escape" || target.id !== "map-keys") byId(ways[key])?.click();
    },
    true,
  );

  // A menu closes once the keyboard leaves it and its words.
  const menuOf = (element) => element?.closest("[data-menu]")?.dataset.menu;
  const openMenu = () => [...document.querySelectorAll(".menu[data-menu]")].find((one) => one.checkVisibility())?.dataset.menu;
  const closeMenu = (key) => set(`${key}-menu`, { opened: false });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const menu = menuOf(target);
    if (menu && relatedTarget && menuOf(relatedTarget) !== menu && openMenu() === menu) closeMenu(menu);
  });

  // What a choice draws anew loses the keyboard's place. The new button of the same name gets it, else the one that
  // `data-back` names by its choice, else the first of the same part, else the first filter.
  const keepFocus = (button) => {
    const { id, dataset } = button;
    const mark = MARKS.find((name) => dataset[name]);
    const part = `#${CSS.escape(button.closest("[id]:not(button)").id)} button`;
    const again = `${part}[data-${mark}="${CSS.escape(dataset[mark])}"]`;
    const back = `${part}[data-choose="${CSS.escape(dataset.back)}"]`;
    const places = [...(id ? [`#${id}`] : []), again, back, part, ".sentence .words"];
    const watch = new MutationObserver(() => {
      for (const place of places)
        if (document.activeElement === document.body) document.querySelector(place)?.focus({ preventScroll: true });
    });
    watch.observe(document.body, { childList: true, subtree: true });
    for (const event of ["pointerdown", "keydown"])
      addEventListener(event, () => watch.disconnect(), { once: true, capture: true });
  };

  // The open trip comes into view in its own list; the page moves only where a row of the table has opened it.
  const showOpened = () => {
    const list = byId("trip-list");
    const shown = (toSources && byId("trip-sources")) || opened();
    if (shown) list.scrollTop += shown.getBoundingClientRect().top - list.getBoundingClientRect().top - 6;
    if (shown && fromTable) byId("trips").scrollIntoView({ block: "nearest" });
    if (shown && toSources) shown.focus({ preventScroll: true });
    fromTable = toSources = false;
  };

  const shown = {};
  const texts = {
    put: (trips, rows, twins, chosen) => {
      if (!chosen) unanswered = [];
      const fresh = Object.entries({ "trip-list": trips, rows, ...twins }).filter(([id, html]) => html && shown[id] !== html);
      for (const [id, html] of fresh) byId(id).innerHTML = shown[id] = html;
      if (fresh.some(([id]) => id === "trip-list")) showOpened();
    },
    title: (sentence) => {
      if (sentence) document.title = `${sentence}: Leader Travel`;
    },
    open: () => true,
    expanded: (is) => String(Boolean(is)),
    compared: () => {
      if (menuOf(document.activeElement) === "other") byId("other-words").focus();
      return false;
    },
  };

  // A page that is not served over https has no clipboard of its own: there the text is selected and copied.
  const copy = async (source, button) => {
    const copied = await navigator.clipboard?.writeText(source.textContent).then(() => true, () => false);
    if (!copied) window.getSelection().selectAllChildren(source);
    const done = copied || document.execCommand("copy");
    const said = done ? window.words.copied : window.words.not_copied;
    (button.closest("[role=dialog]") ? byId("share-said") : button).textContent = said;
  };

  window.choose = choose;
  window.dash_clientside = Object.assign({}, window.dash_clientside, { texts });
})();
