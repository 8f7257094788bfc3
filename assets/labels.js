// Labels of the map that do not overlap: homes first, then places, the most visited first; each takes the side of its ring
// that is free and covers least, and one without a free side waits for a closer view. The first home is always named.
// Rings of places that are less visited stand in nobody's way.
"use strict";

window.placeLabels = (() => {
  // A place only passed through is a dot, and has its name in a closer view alone.
  const DOT = 6;
  const CLOSE = 900; // px to a radian
  // As plain numbers: what the browser gives is slow to read ten thousand times.
  const boxOf = (drawn) => {
    const { left, right, top, bottom, width, height } = drawn.getBoundingClientRect();
    return { left, right, top, bottom, width, height };
  };
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

  const isWithin = (ring, other) =>
    ring.width < other.width && Math.hypot(ring.left + ring.right - other.left - other.right, ring.top + ring.bottom - other.top - other.bottom) < 6;

  const within = (box, card) => box.left >= card.left && box.right <= card.right && box.top >= card.top && box.bottom <= card.bottom;

  // The same sides as Plotly names them, for who draws the map again.
  const NAMES = ["middle right", "middle left", "bottom center", "top center", "bottom left", "bottom right", "top left", "top right"];

  // Where a label goes round its ring, as a move and the box that it then fills; undefined where no side is free of
  // `taken`. Best is the one that covers least of `rings`, so that the places there keep room for their labels.
  const spotFor = (box, ring, card, taken, rings) => {
    const [across, down] = [box.width + 4, box.height + 2];
    const around = { left: ring.left - across, right: ring.right + across, top: ring.top - down, bottom: ring.bottom + down };
    const [inTheWay, others] = [taken, rings].map((all) => all.filter((one) => one !== ring && overlaps(one, around)));
    const covers = (at) => others.reduce((sum, one) => sum + (overlaps(at, one) ? one.width ** 2 : 0), 0);
    return sides(box, ring)
      .map((move, nth) => ({ move, nth, at: moved(box, move) }))
      .filter(({ at }) => within(at, card) && !inTheWay.some((other) => overlaps(at, other)))
      .map((spot) => ({ ...spot, covers: covers(spot.at) }))
      .sort((one, other) => one.covers - other.covers)[0];
  };
  // A label may lie over the edge of a ring, not over its middle.
  const coreOf = ({ left, right, top, bottom, width }) =>
    ({ left: left + width / 4, right: right - width / 4, top: top + width / 4, bottom: bottom - width / 4 });

  return (graph) => {
    if (!graph._fullLayout.geo) return; // nothing is drawn yet
    const traces = [...graph.querySelectorAll(".scattergeo")].filter((trace) => trace.querySelector("text")).reverse();
    const pairs = traces.flatMap((trace) => {
      const rings = trace.querySelectorAll("path.point");
      const labels = [...trace.querySelectorAll("text")].map((label, at) => [label, rings[at]]);
      return labels.filter(([label]) => label.getAttribute("display") !== "none"); // the far side of the globe
    });
    // Everything is moved back, then measured, then moved: the browser lays the page out once, not once for each label.
    for (const [label] of pairs) label.style.translate = "";
    const card = boxOf(graph);
    const measured = pairs.map(([label, ring]) => [label, boxOf(label), boxOf(ring)]);
    const far = graph._fullLayout.geo._subplot.projection.scale() < CLOSE;
    const rings = measured.map(([, , ring]) => ring).filter((ring) => ring.width > DOT);
    const buttons = [...document.querySelectorAll(".zoom, .map-kinds")].map(boxOf);
    const taken = [...buttons];
    const before = [];
    measured.forEach(([label, box, own], rank) => {
      const ring = widest(own, rings);
      // A place within the ring of one more visited is not told from it by the eye either.
      const waits = (far && ring.width <= DOT) || before.some((one) => isWithin(own, one));
      if (own.width > DOT) before.push(own);
      taken.push(coreOf(own));
      const spot = waits ? undefined : spotFor(box, ring, card, rank ? taken : buttons, rings);
      label.style.visibility = spot ? "" : "hidden";
      if (!spot) return;
      label.dataset.side = NAMES[spot.nth];
      label.style.translate = `${spot.move[0]}px ${spot.move[1]}px`;
      taken.push(spot.at);
    });
  };
})();
