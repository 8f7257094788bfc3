// Labels of the map that do not overlap: homes first, then places, the most visited first; each takes the first side of
// its ring that is free, and one without a free side waits for a closer view. The first home is always named.
"use strict";

window.placeLabels = (() => {
  // A place only passed through is a dot, and has its name in a closer view alone.
  const DOT = 8;
  const CLOSE = 5;
  const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const moved = (box, [dx, dy]) => ({ left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy });

  // How far to move a label that stands right of its ring so that it stands right, left, below or above, or at a corner.
  const sides = (label, ring) => {
    const across = (ring.left + ring.right - label.left - label.right) / 2;
    const [left, right] = [ring.left - 3 - label.right, Math.max(0, ring.right + 1 - label.left)];
    const [down, up] = [ring.bottom + 1 - label.top, ring.top - 1 - label.bottom];
    return [[right, 0], [left, 0], [across, down], [across, up], [left, down], [right, down], [left, up], [right, up]];
  };

  // Of rings about one point the widest: the open trip marks its stops within the rings of the places.
  const widest = (ring, rings) => {
    const about = (one) => Math.hypot(one.left + one.right - ring.left - ring.right, one.top + one.bottom - ring.top - ring.bottom) < 3;
    return rings.filter(about).reduce((most, one) => (one.width > most.width ? one : most), ring);
  };

  const within = (box, card) => box.left >= card.left && box.right <= card.right && box.top >= card.top && box.bottom <= card.bottom;

  // The same sides as Plotly names them, for who draws the map again.
  const NAMES = ["middle right", "middle left", "bottom center", "top center", "bottom left", "bottom right", "top left", "top right"];

  // The side of its ring on which a label goes, as a move; undefined where none is free.
  const sideFor = (box, ring, card, taken) =>
    sides(box, ring).find((side) => within(moved(box, side), card) && !taken.some((other) => overlaps(moved(box, side), other)));

  return (graph) => {
    if (!graph._fullLayout.geo) return; // nothing is drawn yet
    const traces = [...graph.querySelectorAll(".scattergeo")].filter((trace) => trace.querySelector("text")).reverse();
    const pairs = traces.flatMap((trace) => {
      const rings = trace.querySelectorAll("path.point");
      return [...trace.querySelectorAll("text")].map((label, at) => [label, rings[at]]);
    });
    // Everything is moved back, then measured, then moved: the browser lays the page out once, not once for each label.
    for (const [label] of pairs) label.style.translate = "";
    const card = graph.getBoundingClientRect();
    const measured = pairs.map(([label, ring]) => [label, label.getBoundingClientRect(), ring.getBoundingClientRect()]);
    const buttons = [...document.querySelectorAll(".zoom")].map((one) => one.getBoundingClientRect());
    const taken = measured.map(([, , ring]) => ring).filter((ring) => ring.width > DOT);
    const far = graph._fullLayout.geo.projection.scale < CLOSE;
    const rings = [...taken];
    taken.push(...buttons);
    measured.forEach(([label, box, own], rank) => {
      const ring = widest(own, rings);
      const side = ring.width <= DOT && far ? undefined : sideFor(box, ring, card, rank ? taken : buttons);
      label.style.visibility = side ? "" : "hidden";
      if (!side) return;
      label.dataset.side = NAMES[sides(box, ring).findIndex((one) => one[0] === side[0] && one[1] === side[1])];
      label.style.translate = `${side[0]}px ${side[1]}px`;
      taken.push(moved(box, side));
    });
  };
})();
