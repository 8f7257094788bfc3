// The lines of the map: the server tells the towns along each, and the points between them are found here.
//
// A trace of lines carries the towns of all its lines end to end, and in `meta` how many each has; its words and choices
// stand once a line. Plotly wants them at every point, and gives no hover between two points that are far apart.
"use strict";

window.lines = (() => {
  const POINTS = 33; // along a line, as in dashboard/travel/great_circles.py
  const FEWEST = 5; // from one town to the next
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const degrees = (angle) => Math.round((angle * 180_000) / Math.PI) / 1000;
  const vector = ([lon, lat]) => {
    const [across, up] = [radians(lon), radians(lat)];
    return [Math.cos(up) * Math.cos(across), Math.cos(up) * Math.sin(across), Math.sin(up)];
  };

  // So many points evenly along the great circle between two [longitude, latitude] in degrees, both ends included:
  // spherical linear interpolation (Shoemake 1985). Equal and opposite points, which have no one great circle, are joined flat.
  const greatCircle = (from, to, points) => {
    const [one, other] = [vector(from), vector(to)];
    const angle = Math.acos(Math.max(-1, Math.min(1, one[0] * other[0] + one[1] * other[1] + one[2] * other[2])));
    const bend = Math.sin(angle);
    return Array.from({ length: points }, (_, step) => {
      const part = step / (points - 1);
      if (bend < 1e-9) return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
      const [a, b] = [Math.sin((1 - part) * angle) / bend, Math.sin(part * angle) / bend];
      const [x, y, z] = [0, 1, 2].map((axis) => a * one[axis] + b * other[axis]);
      return [degrees(Math.atan2(y, x)), degrees(Math.asin(Math.max(-1, Math.min(1, z))))];
    });
  };

  const along = (towns) => {
    const points = Math.max(Math.floor(POINTS / (towns.length - 1)), FEWEST);
    return towns.slice(1).flatMap((town, at) => greatCircle(towns[at], town, points));
  };

  // Words and choices of each line at every point of it, and nothing between two lines.
  const spread = (trace) => {
    const [lon, lat, text, customdata, middles] = [[], [], [], [], []];
    let first = 0;
    trace.meta.forEach((towns, at) => {
      const points = along(trace.lon.slice(first, first + towns).map((each, nth) => [each, trace.lat[first + nth]]));
      for (const [x, y] of [...points, [null, null]]) {
        lon.push(x);
        lat.push(y);
        text.push(trace.text[at]);
        customdata.push(trace.customdata[at]);
      }
      middles.push({ point: points[points.length >> 1], text: trace.text[at], choice: trace.customdata[at] });
      first += towns;
    });
    return [{ ...trace, lon, lat, text, customdata, meta: undefined }, middles];
  };

  // The traces as Plotly draws them. One without points of its own marks the middles of the lines before it.
  const drawn = (traces) => {
    let unmarked = [];
    return traces.map((trace) => {
      if (trace.meta) {
        const [line, middles] = spread(trace);
        unmarked = [...unmarked, ...middles];
        return line;
      }
      if (trace.lon) return trace;
      const marked = unmarked;
      unmarked = [];
      return {
        ...trace,
        lon: marked.map(({ point }) => point[0]),
        lat: marked.map(({ point }) => point[1]),
        text: trace.text ?? marked.map(({ text }) => text),
        hovertext: marked.map(({ text }) => text),
        customdata: marked.map(({ choice }) => choice),
      };
    });
  };

  return { greatCircle, drawn };
})();
