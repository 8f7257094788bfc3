// Fingers on the figures. One finger scrolls the page, whatever it begins on: Plotly would take it for a brush or a drag.
// Two fingers on the map move and zoom it, which Plotly offers to one finger only. A tap stays a click.
"use strict";

(() => {
  let began = null; // where two fingers were put down on the map, px
  let shift = null; // from there to where they are now
  const map = () => document.querySelector("#map .js-plotly-plot");
  const moving = () => map().querySelector(".svg-container").style;
  const between = ([a, b]) => ({
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    apart: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
  });

  const start = (event) => {
    // While the page still glides on from a swipe the browser keeps all fingers to itself.
    if (event.touches.length !== 2 || !event.cancelable || !event.target.closest("#map")) return;
    event.preventDefault();
    began = between(event.touches);
  };

  // What is drawn is moved as it is, and drawn anew once the fingers are lifted: that takes longer than a frame.
  const move = (event) => {
    if (!began || event.touches.length !== 2) return;
    event.preventDefault();
    const now = between(event.touches);
    const { left, top } = map().getBoundingClientRect();
    const times = Math.max(1 / window.map.now().zoom, now.apart / began.apart);
    shift = { times, x: now.x - left - (began.x - left) * times, y: now.y - top - (began.y - top) * times };
    Object.assign(moving(), { transformOrigin: "0 0", transform: `translate(${shift.x}px, ${shift.y}px) scale(${times})` });
  };

  const end = ({ touches }) => {
    if (!began || touches.length > 1) return;
    began = null;
    if (!shift) return;
    moving().transform = "";
    const { times, x, y } = shift;
    const { width, height } = map().getBoundingClientRect();
    const [lon, lat] = map()._fullLayout.geo._subplot.projection.invert([(width / 2 - x) / times, (height / 2 - y) / times]);
    shift = null;
    if (!Number.isFinite(lon + lat)) return; // beyond the edge of the world
    window.map.show({ lon, lat, zoom: window.map.now().zoom * times });
  };

  for (const [type, then] of Object.entries({ touchstart: start, touchmove: move, touchend: end, touchcancel: end })) {
    const take = (event) => {
      if (!event.target.closest(".map-figure, .strip, .chart")) return;
      event.stopPropagation();
      then(event);
    };
    document.addEventListener(type, take, { capture: true, passive: false });
  }
})();
