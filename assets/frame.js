// Which view of the globe fills the map's card: a box of longitudes and latitudes -> the entries of Plotly's layout.geo.
//
// Plotly clips the map for ever to the projected bounds of its axis ranges, so a card is filled only where those bounds
// have the card's own shape; scale and centre then move the map inside. The projection is d3-geo's natural earth, nearly
// true to shape at the middle latitudes, turned so that the selection stands in the middle.
"use strict";

window.frame = (() => {
  const POLE = Math.PI / 2;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const degrees = (angle) => (angle * 180) / Math.PI;

  // Width of one radian of longitude at a latitude, and height of a latitude (d3-geo naturalEarth1Raw).
  const stretch = (phi) => {
    const p2 = phi * phi, p4 = p2 * p2;
    return 0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4));
  };
  const height = (phi) => {
    const p2 = phi * phi, p4 = p2 * p2;
    return phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
  };
  const latitude = (y) => {
    let low = -POLE, high = POLE;
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (height(middle) < y) low = middle; else high = middle;
    }
    return (low + high) / 2;
  };

  // Half the width and height of the largest part of the map that has the card's shape.
  const windowOf = (aspect) => {
    const half = Math.min(Math.PI * stretch(0), height(POLE) * aspect);
    return [half, half / aspect];
  };

  const ranges = (aspect) => {
    const [halfWidth, halfHeight] = windowOf(aspect);
    const lon = halfWidth / stretch(0);
    // The window's upper edge is drawn as four great circles, which bulge towards the pole: ask for less.
    return [degrees(lon), degrees(Math.atan(Math.tan(latitude(halfHeight)) * Math.cos(lon / 4)))];
  };

  const span = ([west, , east]) => (((east - west) % 360) + 360) % 360 || 360;

  const scale = (box, aspect, margin) => {
    const [halfWidth, halfHeight] = windowOf(aspect);
    const [, south, , north] = box;
    // The parallel nearest to the equator is the widest.
    const nearest = south < 0 && north > 0 ? 0 : radians(Math.min(Math.abs(south), Math.abs(north)));
    const width = (radians(span(box)) / 2) * stretch(nearest);
    const tall = (height(radians(north)) - height(radians(south))) / 2;
    return Math.max(1, (1 - 2 * margin) * Math.min(halfWidth / Math.max(width, 1e-6), halfHeight / Math.max(tall, 1e-6)));
  };

  /** The layout.geo entries that frame [west, south, east, north] (degrees; east below west crosses 180°) in a card. */
  return (box, aspect, margin = 0.1) => {
    const [west, south, , north] = box;
    const zoom = scale(box, aspect, margin);
    const lon = ((west + span(box) / 2 + 540) % 360) - 180;
    // Nearer to a pole than this the map would end inside the card.
    const limit = Math.max(0, height(POLE) - windowOf(aspect)[1] / zoom);
    const middle = (height(radians(south)) + height(radians(north))) / 2;
    const lat = degrees(latitude(Math.max(-limit, Math.min(limit, middle))));
    const [halfLon, halfLat] = ranges(aspect);
    return {
      projection: { type: "natural earth", rotation: { lon }, scale: zoom, minscale: 1 },
      center: { lon, lat },
      lonaxis: { range: [lon - halfLon, lon + halfLon] },
      lataxis: { range: [-halfLat, halfLat] },
    };
  };
})();
