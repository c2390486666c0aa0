/**
 * Which events are shown: criteria, and how many events each choice would leave.
 *
 * Every criterion has a bit; an event's mask holds the bits of the criteria it fails. A choice's count takes the
 * events that fail nothing but that choice's own criterion, so that it says what choosing it would leave.
 * @module filters
 */

import { ABSENT } from "./numbers.js";

/** @typedef {import("./records.js").Events} Events */
/**
 * @typedef {object} Criteria An empty set, a zero, an empty text and a null do not filter.
 * @property {Set<number>} kinds rows of the table of kinds
 * @property {Set<number>} actors rows of the table of names
 * @property {Set<string>} places countries ("IQ") and regions ("IQ|Diyala")
 * @property {Set<number>} publishers rows of the table of names
 * @property {Set<number>} precisions UCDP's where_prec; 0 is without a place
 * @property {Set<number>} statuses rows of the table of statuses
 * @property {number} killed least best figure
 * @property {number} injured least best figure
 * @property {number} confidence least, in percent
 * @property {number | null} from first day
 * @property {number | null} to last day
 * @property {boolean} undated whether events without a date stay when days are chosen
 * @property {string} text
 * @property {Set<number> | null} group events of one group on the map
 */

/** @type {{ [name: string]: number }} */
export const BIT = {
  kinds: 1,
  actors: 2,
  places: 4,
  publishers: 8,
  precisions: 16,
  statuses: 32,
  killed: 64,
  injured: 128,
  confidence: 256,
  time: 512,
  text: 1024,
  group: 2048,
};

/** @returns {Criteria} */
export function everything() {
  return {
    kinds: new Set(),
    actors: new Set(),
    places: new Set(),
    publishers: new Set(),
    precisions: new Set(),
    statuses: new Set(),
    killed: 0,
    injured: 0,
    confidence: 0,
    from: null,
    to: null,
    undated: false,
    text: "",
    group: null,
  };
}

/** Names of the criteria that filter. @param {Criteria} c @returns {string[]} */
export function active(c) {
  const sets = /** @type {const} */ (["kinds", "actors", "places", "publishers", "precisions", "statuses"]);
  const found = [
    ...sets.filter((name) => c[name].size),
    ...(c.killed ? ["killed"] : []),
    ...(c.injured ? ["injured"] : []),
    ...(c.confidence ? ["confidence"] : []),
    ...(c.from !== null || c.to !== null ? ["time"] : []),
    ...(c.text ? ["text"] : []),
    ...(c.group ? ["group"] : []),
  ];
  return found;
}

/** @type {string[]} */
const NOWHERE = [];

/** Keys of an event's country and region. @param {Events} events @param {number} row @returns {string[]} */
export function placeKeys(events, row) {
  return events.placeKeys[events.place[row]] ?? NOWHERE;
}

/**
 * The criteria each event fails, as bits.
 * @param {Events} events
 * @param {Criteria} c
 * @param {((row: number) => boolean) | null} finds whether an event holds the text looked for
 * @returns {Uint16Array}
 */
export function masks(events, c, finds) {
  const mask = new Uint16Array(events.count);
  for (const [bit, passes] of tests(events, c, finds)) {
    for (let row = 0; row < mask.length; row += 1) if (!passes(row)) mask[row] |= bit;
  }
  return mask;
}

/**
 * @param {Events} e
 * @param {Criteria} c
 * @param {((row: number) => boolean) | null} finds
 * @returns {[number, (row: number) => boolean][]}
 */
function tests(e, c, finds) {
  const { group } = c;
  /** @type {[number, unknown, (row: number) => boolean][]} */
  const all = [
    [BIT.kinds, c.kinds.size, (row) => c.kinds.has(e.kind[row])],
    [BIT.actors, c.actors.size, (row) => c.actors.has(e.sideA[row]) || c.actors.has(e.sideB[row])],
    [BIT.places, c.places.size, (row) => placeKeys(e, row).some((key) => c.places.has(key))],
    [BIT.publishers, c.publishers.size, (row) => e.publishers[row].some((name) => c.publishers.has(name))],
    [BIT.precisions, c.precisions.size, (row) => c.precisions.has(e.wherePrec[row])],
    [BIT.statuses, c.statuses.size, (row) => c.statuses.has(e.status[row])],
    [BIT.killed, c.killed, (row) => e.killed.best[row] >= c.killed],
    [BIT.injured, c.injured, (row) => e.injured.best[row] >= c.injured],
    [BIT.confidence, c.confidence, (row) => e.confidence[row] >= c.confidence],
    [BIT.time, c.from !== null || c.to !== null, (row) => inTime(e, c, row)],
    [BIT.text, finds, (row) => finds === null || finds(row)],
    [BIT.group, group, (row) => group === null || group.has(row)],
  ];
  return all.filter(([, used]) => used).map(([bit, , passes]) => [bit, passes]);
}

/** Whether an event may have happened within the days chosen. @param {Events} e @param {Criteria} c @param {number} row */
function inTime(e, c, row) {
  if (!e.datePrec[row]) return c.undated;
  return (c.to === null || e.start[row] <= c.to) && (c.from === null || e.end[row] >= c.from);
}

/**
 * Events that fail nothing, or nothing but one criterion.
 * @param {Uint16Array} mask
 * @param {number} [bit] the criterion's
 * @returns {number[]}
 */
export function passing(mask, bit = 0) {
  const rows = [];
  for (let row = 0; row < mask.length; row += 1) if (!(mask[row] & ~bit)) rows.push(row);
  return rows;
}

/**
 * How many events each choice of one criterion leaves.
 * @template K
 * @param {Uint16Array} mask
 * @param {number} bit the criterion's own
 * @param {(row: number) => readonly K[]} keys the choices an event falls under, each once
 * @returns {Map<K, number>}
 */
export function counts(mask, bit, keys) {
  /** @type {Map<K, number>} */
  const found = new Map();
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] & ~bit) continue;
    for (const key of keys(row)) found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/**
 * Keys that are numbers from a column, each in an array made once.
 * @param {ArrayLike<number>} column
 * @returns {(row: number) => number[]}
 */
export function columnKeys(column) {
  /** @type {number[][]} */
  const known = [];
  return (row) => (known[column[row]] ??= [column[row]]);
}

/** Actors of events, as rows of the table of names. @param {Events} e @returns {(row: number) => number[]} */
export function actorKeys(e) {
  /** @type {Map<number, number[]>} */
  const known = new Map();
  return (row) => {
    const [a, b] = [e.sideA[row], e.sideB[row]];
    const pair = a * 2 ** 26 + b;
    let keys = known.get(pair);
    if (!keys) {
      keys = [...new Set([a, b])].filter((name) => name > 0);
      known.set(pair, keys);
    }
    return keys;
  };
}

/** Whether an event has a place on the map. @param {Events} e @param {number} row */
export function placed(e, row) {
  return e.place[row] !== ABSENT;
}
