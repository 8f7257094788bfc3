// A picture of one view as PNG or SVG, with all that a figure needs once it has left the page: the question, the answer, the
// selection, the legend, the day of the data and the sources. Made here because only the browser has drawn the view, with
// the reader's own frame of the map; a server would need a browser of its own.
"use strict";

(() => {
  const MARGIN = 20;
  const SERIF = 'Charter, "Bitstream Charter", Georgia, Cambria, serif';
  const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
  const SCALE = 2; // px of a PNG for each of the page
  const byId = (id) => document.getElementById(id);
  const graphOf = (view) => byId(view).querySelector(".js-plotly-plot");
  // As numbers: outside a page nobody knows `light-dark`.
  const colour = (name) => {
    const probe = Object.assign(document.createElement("i"), { style: `color: var(${name})` });
    byId("page").append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  // Labels stand where the page has put them; those that wait for a closer view wait in the picture too.
  const asPlaced = (graph, data) => {
    const groups = graph.querySelectorAll(".scattergeo");
    return data.map((trace, at) => {
      if (trace.type !== "scattergeo" || !trace.mode.includes("text")) return trace;
      const labels = [...groups[at].querySelectorAll("text")];
      return {
        ...trace,
        text: trace.text.map((text, nth) => (labels[nth]?.style.visibility === "hidden" ? "" : text)),
        textposition: labels.map((label) => label.dataset.side || "middle right"),
      };
    });
  };

  const inner = async (graph) => {
    const { width, height } = graph.getBoundingClientRect();
    const { data, layout } = JSON.parse(JSON.stringify({ data: graph.data, layout: graph.layout }));
    const url = await window.Plotly.toImage({ data: asPlaced(graph, data), layout }, { format: "svg", width, height });
    return { svg: decodeURIComponent(url.slice(url.indexOf(",") + 1)), width, height };
  };

  // Words broken into lines that fit, at about this many px a letter.
  const wrapped = (text, width, letter) => {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (longer.length * letter > width && lines.at(-1)) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  // Each mode as it is drawn: by its stroke on the map, which the chips of the page count, by its colour in the charts.
  const legend = (view) =>
    [...document.querySelectorAll("#legend .legend-chip")].flatMap((chip) => {
      const mode = chip.dataset.choose.split("=")[1];
      const trace = graphOf(view).data.find(({ uid }) => uid === mode || uid?.startsWith(`${mode}-`));
      if (!trace) return [];
      if (view !== "map") return [{ says: window.words[mode], fill: trace.marker.color }];
      const middles = graphOf(view).data.findIndex(({ uid }) => uid === `${mode}-middles`);
      const symbol = graphOf(view).querySelectorAll(".scattergeo")[middles]?.querySelector("path.point")?.getAttribute("d");
      return [{ says: chip.textContent, symbol, ...trace.line }];
    });

  const picture = async (view, words) => {
    const graph = graphOf(view);
    const { svg, width, height } = await inner(graph);
    const wide = Math.max(width, 480) + 2 * MARGIN;
    const parts = [];
    let y = MARGIN;
    const write = (text, size, font, fill, weight = 400, letter = 0.52) => {
      for (const line of wrapped(text, wide - 2 * MARGIN, size * letter)) {
        y += size * 1.3;
        const style = `font-family='${font}' font-size="${size}" font-weight="${weight}" fill="${fill}"`;
        parts.push(`<text x="${MARGIN}" y="${Math.round(y)}" ${style}>${escaped(line)}</text>`);
      }
    };
    const [ink, soft] = [colour("--ink"), colour("--soft")];
    write(words.questions[view], 22, SERIF, ink, 700);
    const answer = byId(`${view}-answer`)?.textContent;
    if (answer) write(answer, 15, SANS, ink);
    write(`${words.sentence}.`, 14, SANS, ink);
    y += 12;
    const framed = svg.replace("<svg ", `<svg x="${MARGIN}" y="${Math.round(y)}" `);
    y += height + 6;
    let x = MARGIN;
    const modes = legend(view);
    if (modes.length) y += 18;
    for (const { says, color, dash, symbol, fill } of modes) {
      const dashes = dash && dash !== "solid" ? `stroke-dasharray="${dash.replaceAll("px", "")}"` : "";
      if (fill) parts.push(`<rect x="${x + 16}" y="${y - 11}" width="14" height="12" fill="${fill}"/>`);
      if (color) parts.push(`<path d="M${x} ${y - 5}h30" stroke="${color}" stroke-width="3" ${dashes}/>`);
      if (symbol) parts.push(`<path transform="translate(${x + 15} ${y - 5})" d="${symbol}" fill="${color}"/>`);
      parts.push(`<text x="${x + 36}" y="${y}" font-family='${SANS}' font-size="13" fill="${ink}">${escaped(says)}</text>`);
      x += 60 + says.length * 7.5;
    }
    y += 4;
    const left = byId(`${view}-left`)?.textContent;
    if (left) write(left, 13, SANS, ink);
    write(`${words.as_of}. ${words.source}`, 11, SANS, soft);
    y += MARGIN;
    const size = { width: Math.round(wide), height: Math.round(y) };
    const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">`;
    const ground = `<rect width="100%" height="100%" fill="${colour("--card")}"/>`;
    return { ...size, svg: `${open}<title>${escaped(words.questions[view])}</title>${ground}${framed}${parts.join("")}</svg>` };
  };

  const asPng = async ({ svg, width, height }) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * SCALE, height: height * SCALE });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((go) => canvas.toBlob(go, "image/png"));
  };

  const save = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  let words = null;
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-picture]");
    if (!button || !words) return;
    const { picture: view, format } = button.dataset;
    const made = await picture(view, words);
    const blob = format === "svg" ? new Blob([made.svg], { type: "image/svg+xml" }) : await asPng(made);
    save(blob, `${words.name.replace("{}", view)}.${format}`);
  });

  const keep = (said) => {
    words = said;
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { pictures: { keep } });
})();
