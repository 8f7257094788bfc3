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
    const left = ring.left - 3 - label.right;
    const [down, up] = [ring.bottom + 1 - label.top, ring.top - 1 - label.bottom];
    return [[0, 0], [left, 0], [across, down], [across, up], [left, down], [0, down], [left, up], [0, up]];
  };

  const within = (box, card) => box.left >= card.left && box.right <= card.right && box.top >= card.top && box.bottom <= card.bottom;

  const place = (label, ring, card, taken, must, far) => {
    label.style.translate = "";
    label.style.visibility = "";
    if (ring.width <= DOT && far) return void (label.style.visibility = "hidden");
    const box = label.getBoundingClientRect();
    const free = (side) => within(moved(box, side), card) && !taken.some((other) => overlaps(moved(box, side), other));
    const fits = must ? (one) => within(moved(box, one), card) : free;
    const side = sides(box, ring).find(fits);
    if (!side) return void (label.style.visibility = "hidden");
    label.style.translate = `${side[0]}px ${side[1]}px`;
    taken.push(moved(box, side));
  };

  return (graph) => {
    if (!graph._fullLayout.geo) return; // nothing is drawn yet
    const card = graph.getBoundingClientRect();
    const traces = [...graph.querySelectorAll(".scattergeo")].filter((trace) => trace.querySelector("text")).reverse();
    const pairs = traces.flatMap((trace) => {
      const rings = [...trace.querySelectorAll("path.point")].map((ring) => ring.getBoundingClientRect());
      return [...trace.querySelectorAll("text")].map((label, at) => [label, rings[at]]);
    });
    const taken = pairs.map(([, ring]) => ring).filter((ring) => ring.width > 8);
    const far = graph._fullLayout.geo.projection.scale < CLOSE;
    pairs.forEach(([label, ring], rank) => ring && place(label, ring, card, taken, rank === 0, far));
  };
})();
