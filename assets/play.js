// Plays the trips over the year strip, and the open trip leg by leg: over what the page has been sent (figures/film.py), so
// that no frame asks the server. Lines lie in a drawing of their own over Plotly's, placed by its projection, and a frame
// only switches them on and off: Plotly would draw the whole map for each.
"use strict";

(() => {
  const STEP_MS = { slow: 2400, normal: 1200, fast: 500 };
  const MOST_NAMED = 8;
  const SVG = "http://www.w3.org/2000/svg";
  const byId = (id) => document.getElementById(id);
  const map = () => document.querySelector("#map .js-plotly-plot");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  let film = { note: "", lines: [], trips: [], legs: [] };
  let way = "year", speed = "normal";
  let alone = false; // whether the open trip is played, not the years
  let at = null; // the year, or the leg, that is shown; null: nothing is
  let part = 1; // how much of it has passed
  let frame = 0, before = 0, begun = 0;
  let paths = [], dot = null;

  const span = () => [film.trips[0][0], Math.max(...film.trips.map(([start]) => start))].map(Math.floor);
  const first = () => (alone ? 0 : span()[0]);
  const last = () => (alone ? film.legs.length - 1 : span()[1]);
  const fill = (text, values) => Object.entries(values).reduce((all, [name, value]) => all.replace(`{${name}}`, value), text);

  // --- the drawing ---
  const draw = () => {
    byId("played")?.remove();
    const svg = document.createElementNS(SVG, "svg");
    svg.id = "played";
    svg.setAttribute("aria-hidden", "true");
    paths = film.lines.map(([mode, dash]) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", mode);
      if (dash !== "solid") path.setAttribute("stroke-dasharray", dash.replaceAll("px", ""));
      svg.append(path);
      return path;
    });
    dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("r", 6);
    svg.append(dot);
    byId("map").after(svg);
    place();
  };
  const place = () => {
    if (!byId("played")) return;
    const shape = map()._fullLayout.geo._subplot.projection.getPath(); // cut where the map is cut
    paths.forEach((path, nth) => {
      const [, , , , lon, lat] = film.lines[nth];
      path.setAttribute("d", shape({ type: "LineString", coordinates: lon.map((each, town) => [each, lat[town]]) }) ?? "");
    });
    dim();
    if (at !== null) show();
  };
  // Plotly's own lines and symbols step aside, its rings and names wait until they are reached.
  const dim = () => {
    if (!map()) return; // it is not drawn yet
    const groups = map().querySelectorAll(".scattergeo");
    map().data.forEach(({ uid, mode }, nth) => {
      groups[nth]?.classList.toggle("way", mode === "lines" || uid.endsWith("-middles") || uid === "trip-legs");
      groups[nth]?.classList.toggle("homes", uid === "homes");
    });
    map().classList.toggle("playing", at !== null);
  };
  const reach = (places) => {
    const groups = map().querySelectorAll(".scattergeo");
    map().data.forEach(({ uid, customdata }, nth) => {
      if (!["places", "trip-stops"].includes(uid)) return;
      const [rings, names] = ["path.point", "text"].map((kind) => groups[nth].querySelectorAll(kind));
      customdata.forEach((choice, one) => {
        for (const drawn of [rings[one], names[one]]) drawn?.classList.toggle("reached", places.has(choice.slice(6)));
      });
    });
  };

  // --- what is to be seen ---
  const seen = () => {
    if (alone) return film.legs.slice(0, at + 1).map(([line], leg) => ({ lines: [line], now: leg === at }));
    const time = at + Math.min(part, 0.9999);
    // Each trip from the day it left home; of single years until its year, or the trip, is over.
    return film.trips
      .filter(([start, end]) => start <= time && (way === "all" || end >= at))
      .map(([start, end, where, lines]) => ({ lines, where, now: end >= time || Math.floor(start) === at }));
  };
  let shown = "";
  const show = () => {
    const [on, now] = [new Set(), new Set()];
    const trips = seen();
    for (const trip of trips) for (const line of trip.lines) (on.add(line), trip.now && now.add(line));
    const next = `${[...on]}|${[...now]}`;
    if (next !== shown) {
      shown = next;
      paths.forEach((path, nth) => (path.classList.toggle("on", on.has(nth)), path.classList.toggle("now", now.has(nth))));
      reach(new Set([...on].flatMap((line) => film.lines[line]?.slice(2, 4) ?? [])));
    }
    follow();
    mark();
    return trips;
  };
  // The open trip has a dot that goes along its leg.
  const follow = () => {
    const [line, back] = alone ? film.legs[at] : [-1];
    const path = paths[line];
    const length = path?.getTotalLength();
    dot.classList.toggle("on", Boolean(length));
    if (!length) return;
    const { x, y } = path.getPointAtLength(length * (back ? 1 - part : part));
    dot.setAttribute("transform", `translate(${x} ${y})`);
    dot.setAttribute("class", `on ${film.lines[line][0]}`);
  };
  const mark = () => {
    const axis = byId("year-strip").querySelector(".js-plotly-plot")?._fullLayout?.xaxis;
    const marker = byId("play-now");
    marker.classList.toggle("on", at !== null && !alone);
    // A bar stands around its year; between two a year begins.
    if (axis && at !== null && !alone) marker.style.left = `${axis._offset + axis.d2p(at - 0.5 + part)}px`;
  };
  const say = () => {
    const text = alone ? film.legs[at][2] : years();
    if (alone) byId("play-says").innerHTML = text.replace("<br>", ": "); // escaped by the server
    else byId("play-says").textContent = text;
    slide(first(), last(), at, byId("play-says").textContent);
  };
  const slide = (...values) => ["min", "max", "now", "text"].forEach((name, nth) => byId("play-now").setAttribute(`aria-value${name}`, values[nth]));
  // What the slider says while nothing is played.
  const rest = () => {
    if (!film.trips.length) return;
    const [begins, ends] = span();
    slide(begins, ends, begins, fill(window.words.not_played, { first: begins, last: ends }));
  };
  const years = () => {
    const of = film.trips.filter(([start, end]) => start < at + 1 && (way === "all" || end >= at));
    const { words } = window;
    const note = at === last() && film.note ? `. ${film.note}` : "";
    if (way === "all" && of.length > 1) return fill(words.played_until, { first: first(), year: at, number: of.length }) + note;
    const named = of.slice(0, MOST_NAMED).map(([, , where]) => where).join("; ");
    const more = of.length > MOST_NAMED ? ` ${fill(words.more, { number: of.length - MOST_NAMED })}` : "";
    return fill(words[["played_none", "played_one"][of.length] ?? "played"], { year: at, number: of.length, places: named + more }) + note;
  };

  // --- time ---
  const go = (to, passed = 1) => {
    if (!(alone ? film.legs : film.trips).length) return void (byId("play-says").textContent = film.note);
    if (at === null) begin();
    [at, part] = [Math.max(first(), Math.min(last(), to)), passed];
    [begun, shown] = [0, ""];
    show();
    say();
  };
  const begin = () => {
    if (!map().played) for (const event of ["plotly_afterplot", "plotly_relayouting", "plotly_relayout"]) map().on(event, place);
    map().played = true;
    at = first();
    draw();
  };
  const tick = (time) => {
    frame = requestAnimationFrame(tick);
    if (!begun) begun = time;
    const passed = (time - begun) / STEP_MS[speed];
    if (passed >= 1) return at < last() ? go(at + 1, still.matches ? 1 : 0) : (go(at), pause());
    if (still.matches) return;
    part = passed;
    show();
  };
  const running = (is) => {
    const button = byId("play-go");
    const says = is ? window.words.pause : window.words.play;
    for (const name of ["aria-label", "title"]) button.setAttribute(name, says);
    button.textContent = is ? "❚❚" : "▶";
  };
  const play = () => {
    const over = at !== null && at >= last() && part >= 1;
    go(at === null || over ? -Infinity : at, still.matches ? 1 : over || at === null ? 0 : part);
    if (at === null) return;
    begun = performance.now() - (still.matches ? 0 : part * STEP_MS[speed]);
    frame = requestAnimationFrame(tick);
    running(true);
  };
  const pause = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    running(false);
  };
  const end = () => {
    if (frame) pause();
    at = null;
    byId("played")?.remove();
    byId("play-says").textContent = "";
    dim();
    mark();
    rest();
  };
  const of = (trip) => {
    if (alone !== trip) end();
    alone = trip;
  };

  // --- who asks for it ---
  const step = (by) => (frame && pause(), go(at === null ? (by > 0 ? -Infinity : Infinity) : at + by));
  document.addEventListener("click", ({ target }) => {
    if (target.closest("#play-end")) return end();
    const trip = target.closest("[data-play=trip]");
    if (!trip && !target.closest("#play-go")) return;
    if (trip && !(alone && frame)) document.querySelector("[data-zoom=trip]")?.click();
    if (trip || at === null) of(Boolean(trip));
    if (frame) pause(); else play();
  });
  const keys = {
    ArrowLeft: () => step(-1), ArrowDown: () => step(-1), ArrowRight: () => step(1), ArrowUp: () => step(1),
    Home: () => step(-Infinity), End: () => step(Infinity), " ": () => (frame ? pause() : play()), Escape: () => end(),
  };
  document.addEventListener("keydown", (event) => {
    const { target, key, altKey, ctrlKey, metaKey } = event;
    if (!target.closest("#play-go, #play-now, #play-end, [data-play]") || !keys[key] || altKey || ctrlKey || metaKey) return;
    if (key === " " && target.closest("button")) return; // it clicks
    event.preventDefault();
    event.stopPropagation();
    keys[key]();
  }, true);

  // The data of the page, and what its controls say.
  let asked = "";
  const control = (data, how, quick, year) => {
    const fresh = data && data !== film;
    if (fresh) (end(), (film = data), (alone = false), rest());
    way = how;
    speed = quick;
    const now = `${year}`;
    if (now !== asked && film.trips.length && Number(year) >= first() && Number(year) <= last()) {
      of(false);
      if (frame) pause();
      go(Number(year));
    } else if (at !== null) (show(), say());
    asked = now;
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { play: { control } });
})();
