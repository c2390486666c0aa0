/** Events for tests of the page's modules, from rows of plain values. */

import { ABSENT } from "../../../geoevents/maps/static/numbers.js";
import { Events } from "../../../geoevents/maps/static/records.js";

export const FIELDS = {
  place: ["id", "name", "latitude", "longitude", "feature_code", "country", "admin1", "admin2"],
};
const KINDS = [
  ["Suicide bomb", "Explosions/Remote violence", "Political violence"],
  ["Armed clash", "Battles", "Political violence"],
  ["Peaceful protest", "Protests", "Demonstrations"],
];
const NAMES = ["", "Army", "Militia", "Wire", "Daily"];
const PLACES = [
  ["p1", "Baquba", 33.75, 44.64, "PPLA", "IQ", "Diyala", ""],
  ["p2", "Mosul", 36.34, 43.13, "PPLA", "IQ", "Nineveh", ""],
  ["p3", "Gulf", 12.5, 48, "GULF", "", "", ""],
];

const DEFAULTS = {
  kind: 0,
  weapon: 0,
  start: 100,
  end: 100,
  date_prec: 1,
  latitude: 33.75,
  longitude: 44.64,
  where_prec: 1,
  radius: 0,
  place: 0,
  area: ABSENT,
  killed: [ABSENT, ABSENT, ABSENT],
  injured: [ABSENT, ABSENT, ABSENT],
  side_a: 0,
  side_b: 0,
  status: 0,
  clarity: 1,
  confidence: 800,
  merge_confidence: 1000,
  publishers: [3],
};

/** Events from rows that name only what matters. */
export function events(rows) {
  const full = rows.map((row, i) => ({ id: `evt-${i}`, ...DEFAULTS, ...row }));
  const column = (name) => full.map((row) => row[name]);
  const columns = Object.fromEntries(Object.keys({ id: 0, ...DEFAULTS }).map((name) => [name, column(name)]));
  columns.latitude = columns.latitude.map((value) => Math.round(value * 100000));
  columns.longitude = columns.longitude.map((value) => Math.round(value * 100000));
  columns.publishers = full.map((_, i) => i); // a row of its own for each
  for (const harm of ["killed", "injured"]) {
    ["low", "best", "high"].forEach((part, i) => {
      columns[`${harm}_${part}`] = full.map((row) => row[harm][i]);
    });
  }
  const tables = {
    kinds: KINDS,
    names: NAMES,
    publishers: full.map((row) => row.publishers),
    places: PLACES,
    statuses: ["reported", "denied"],
    areas: [],
    countries: [["IQ", "IRQ", "Iraq"]],
  };
  return new Events({ count: full.length, tables }, columns, [], FIELDS);
}
