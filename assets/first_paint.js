// The first paint: draws the map of the page's own first view before Dash is loaded, then starts Dash's scripts, and goes
// once Dash has drawn the same. Belongs to dashboard/page/first_paint.py; without both the page only starts later.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const holder = byId("first-view");
  if (!holder) return;
  const baseMap = fetch(byId("base-map").href).then((answer) => answer.json());

  // The map that stands here is not sent again: the first question says that it is seen, and its answer is given it.
  const ask = window.fetch.bind(window);
  let answered = false;
  window.fetch = async (address, question) => {
    const body = !answered && String(address).includes("/_dash-update-component") && JSON.parse(question.body);
    const seen = body && body.state?.find(({ id }) => id === "seen");
    if (!seen) return ask(address, question);
    seen.value = { map: Number(holder.dataset.seen) };
    const answer = await ask(address, { ...question, body: JSON.stringify(body) });
    if (answer.status !== 200) return answer;
    answered = true;
    const given = await answer.json();
    given.response.map ??= { figure: JSON.parse(holder.textContent) };
    return Response.json(given);
  };

  // Curves take longer to reach the screen than a frame lasts, and what Dash fetches would take turns with them: a browser
  // that can tell says when a text of the same frame was shown.
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  const painted = async () => {
    if (!PerformanceObserver.supportedEntryTypes.includes("element")) return void (await frame(), await frame());
    const title = document.querySelector("#first-paint .brand");
    const again = title.cloneNode(true);
    again.setAttribute("elementtiming", "first-map");
    const shown = new Promise((go) => new PerformanceObserver(go).observe({ type: "element" }));
    title.replaceWith(again);
    await Promise.race([shown, new Promise((go) => setTimeout(go, 1_000))]);
  };
  const draw = async () => {
    window.PlotlyGeoAssets = { topojson: { world_110m: await baseMap } };
    const { data, layout } = JSON.parse(holder.textContent);
    await window.Plotly.react("first-map", data, layout, { displayModeBar: false, staticPlot: true });
    window.placeLabels(byId("first-map"));
    await painted();
  };

  // A script that a page writes itself runs at once; those that it fetches must have run before.
  const startDash = async () => {
    const scripts = [...byId("dash").content.querySelectorAll("script")].map((waiting) => {
      const script = document.createElement("script");
      for (const { name, value } of waiting.attributes) script.setAttribute(name, value);
      script.textContent = waiting.textContent;
      script.async = false; // in their order
      return script;
    });
    const [fetched, inline] = [scripts.filter((one) => one.src), scripts.filter((one) => !one.src)];
    const arrived = fetched.map((script) => new Promise((go, fail) => {
      script.addEventListener("load", go);
      script.addEventListener("error", fail);
    }));
    document.body.append(...fetched);
    await Promise.all(arrived);
    document.body.append(...inline);
  };

  document.addEventListener("map-drawn", () => byId("first-paint").remove(), { once: true });
  // What is missing may be there once the network is back: the page that is read again has the rest of it at hand.
  const interrupted = () => {
    document.querySelector("#first-paint [role=status]").className = "notice";
    document.querySelector("#first-paint [role=status]").textContent = window.words.interrupted;
    addEventListener("online", () => location.reload());
  };
  addEventListener("DOMContentLoaded", () => draw().catch(() => null).then(startDash).catch(interrupted));
})();
