// Which view of the world fills the map's card. A view is the longitude and latitude (degrees) in its middle and a zoom, 1
// for the whole world; `geo` says it as the entries of Plotly's layout.geo, for the flat map and for the globe.
//
// Plotly clips the map for ever to the projected bounds of its axis ranges, so a card is filled only where those bounds
// have the card's own shape; scale and centre then move the map inside. They are made anew with every view, since they
// stay where they were while a reader turns the map.
"use strict";

window.frame = (() => {
  const POLE = Math.PI / 2;
  const MARGIN = 0.1; // of the card, on each side of what is framed
  // Pixels: the buttons on the map, which hide what lies at its edge on a telephone; on a narrow map at its foot, too.
  const [BUTTONS, NARROW] = [60, 800];
  const CLOSEST = 150;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const degrees = (angle) => (angle * 180) / Math.PI;
  const within = (limit, value) => Math.max(-limit, Math.min(limit, value));
  const aspectOf = ({ width, height: tall }) => width / tall;
  const span = ([west, , east]) => (((east - west) % 360) + 360) % 360 || 360;
  const middle = (box) => ((box[0] + span(box) / 2 + 540) % 360) - 180;
  // Latitudes from the south of a box to its north.
  const grid = ([, south, , north]) => Array.from({ length: 9 }, (_, step) => south + ((north - south) * step) / 8);

  // The flat map is d3-geo's natural earth, nearly true to shape at the middle latitudes, turned so that the view stands in
  // the middle. Width of one radian of longitude at a latitude, and height of a latitude (d3-geo naturalEarth1Raw).
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
      const half = (low + high) / 2;
      if (height(half) < y) low = half; else high = half;
    }
    return (low + high) / 2;
  };

  // Half the width and height of the largest part of the flat map that has the card's shape.
  const windowOf = (aspect) => {
    const half = Math.min(Math.PI * stretch(0), height(POLE) * aspect);
    return [half, half / aspect];
  };

  const map = {
    fit(box, size) {
      const [halfWidth, halfHeight] = windowOf(aspectOf(size));
      const [, south, , north] = box;
      // The parallel nearest to the equator is the widest.
      const nearest = south < 0 && north > 0 ? 0 : radians(Math.min(Math.abs(south), Math.abs(north)));
      const width = (radians(span(box)) / 2) * stretch(nearest);
      const tall = (height(radians(north)) - height(radians(south))) / 2;
      const beside = Math.max(MARGIN, BUTTONS / size.width);
      const above = size.width < NARROW ? Math.max(MARGIN, BUTTONS / size.height) : MARGIN;
      const [across, up] = [halfWidth / Math.max(width, 1e-6), halfHeight / Math.max(tall, 1e-6)];
      const zoom = Math.min((1 - 2 * beside) * across, (1 - 2 * above) * up);
      const lat = degrees(latitude((height(radians(south)) + height(radians(north))) / 2));
      return { lon: middle(box), lat, zoom: Math.max(1, zoom) };
    },
    geo({ lon, lat, zoom }, aspect) {
      const [halfWidth, halfHeight] = windowOf(aspect);
      // Nearer to a pole than this the map would end inside the card.
      const limit = Math.max(0, height(POLE) - halfHeight / zoom);
      const halfLon = halfWidth / stretch(0);
      // The window's upper edge is drawn as four great circles, which bulge towards the pole: ask for less.
      const halfLat = degrees(Math.atan(Math.tan(latitude(halfHeight)) * Math.cos(halfLon / 4)));
      return {
        projection: { type: "natural earth", rotation: { lon, lat: 0 }, scale: zoom, minscale: 1, maxscale: CLOSEST },
        center: { lon, lat: degrees(latitude(within(limit, height(radians(lat))))) },
        lonaxis: { range: [lon - degrees(halfLon), lon + degrees(halfLon)] },
        lataxis: { range: [-halfLat, halfLat] },
      };
    },
    // Pixels to a radian at zoom 1.
    unit: ({ width, height: tall }) => width / 2 / windowOf(width / tall)[0],
    latitude: (projection, midPt) => projection.invert(midPt)[1],
  };

  // The globe is an orthographic projection. Its bounds are those of a speck of the card's shape in the middle, which alone
  // has one whichever way the globe is turned.
  const RADIUS = 0.47; // of the card's shorter side
  const SPECK = radians(0.1);
  const STEEPEST = 85; // degrees

  const globe = {
    fit(box, size, [lon0, lat0] = [0, 0]) {
      const aspect = aspectOf(size);
      const [lon, lat] = [middle(box), within(STEEPEST, (box[1] + box[3]) / 2)];
      const [tilt, wide, short] = [radians(lat), radians(span(box)) / 2, Math.min(aspect, 1)];
      let [across, up, behind] = [1e-6, 1e-6, false];
      for (const phi of grid(box).map(radians))
        for (const away of [0, wide / 2, wide]) {
          across = Math.max(across, Math.abs(Math.cos(phi) * Math.sin(away)));
          up = Math.max(up, Math.abs(Math.cos(tilt) * Math.sin(phi) - Math.sin(tilt) * Math.cos(phi) * Math.cos(away)));
          behind ||= Math.sin(tilt) * Math.sin(phi) + Math.cos(tilt) * Math.cos(phi) * Math.cos(away) < 0.2;
        }
      const fill = ((0.5 - MARGIN) / RADIUS / short) * Math.min(aspect / across, 1 / up);
      return behind ? { lon: lon0, lat: within(STEEPEST, lat0), zoom: 1 } : { lon, lat, zoom: Math.max(1, fill) };
    },
    geo({ lon, lat: wanted, zoom }, aspect) {
      const lat = within(STEEPEST, wanted);
      const tilt = radians(Math.abs(lat));
      let [half, tall] = [0, 2 * Math.sin(SPECK)];
      for (let step = 0; step < 5; step++) {
        half = Math.asin(Math.min(1, (aspect * tall) / 2 / Math.cos(Math.max(0, tilt - SPECK))));
        // Parallels bend towards the pole.
        tall = 2 * Math.sin(SPECK) + Math.sin(tilt) * Math.cos(tilt + SPECK) * (1 - Math.cos(half));
      }
      const unit = tall * RADIUS * Math.min(aspect, 1);
      return {
        projection: { type: "orthographic", rotation: { lon, lat }, scale: unit * zoom, minscale: unit, maxscale: unit * CLOSEST },
        center: { lon, lat },
        lonaxis: { range: [lon - degrees(half), lon + degrees(half)] },
        lataxis: { range: [lat - degrees(SPECK), lat + degrees(SPECK)] },
      };
    },
    unit: ({ width, height: tall }) => RADIUS * Math.min(width, tall),
    latitude: (projection) => -projection.rotate()[1],
  };

  const KINDS = { map, globe };

  // The view that a drawn map shows now.
  const read = (graph, kind) => {
    const { projection, midPt } = graph._fullLayout.geo._subplot;
    const lon = ((-projection.rotate()[0] + 540) % 360 + 360) % 360 - 180;
    const zoom = projection.scale() / KINDS[kind].unit(graph.getBoundingClientRect());
    return { lon, lat: KINDS[kind].latitude(projection, midPt), zoom };
  };

  /** The view of a kind ("map", "globe") that frames [west, south, east, north] (degrees; east below west crosses 180°); of
      what lies all around a globe, the `front` ([longitude, latitude]). */
  const fit = (kind, box, size, front) => KINDS[kind].fit(box, size, front);
  /** The entries of layout.geo that show a view in a card of this size. */
  const geo = (kind, view, size) =>
    KINDS[kind].geo({ ...view, zoom: Math.max(1, Math.min(CLOSEST, view.zoom)) }, aspectOf(size));

  return { fit, geo, read };
})();
