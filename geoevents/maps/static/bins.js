/**
 * Dates in bins: how many events fall into each for sure, and how many may.
 * @module bins
 */

/** @typedef {import("./records.js").Events} Events */
/** @typedef {"day" | "week" | "month" | "year"} Unit */
/** @typedef {{ unit: Unit, edges: number[] }} Bins bin i holds the days from edges[i] up to edges[i + 1] - 1 */
/** @typedef {{ sure: Float64Array, possible: Float64Array, undated: number }} Bars */

const DAY = 86400000;
/** A unit is taken while the whole extent has at most this many of it. */
const MOST_BINS = 130;
/** @type {[Unit, number][]} days of each unit, about */
const UNITS = [
  ["day", 1],
  ["week", 7],
  ["month", 30.44],
  ["year", 365.25],
];
/** Lanes for spans; what finds no room is left to the hatched bars. */
const LANES = 5;

/**
 * Bins from the first to the last day.
 * @param {number} first days since 1970-01-01
 * @param {number} last
 * @returns {Bins}
 */
export function makeBins(first, last) {
  const days = last - first + 1;
  const unit = (UNITS.find(([, length]) => days / length <= MOST_BINS) ?? UNITS[3])[0];
  const edges = [startOf(first, unit)];
  while (edges[edges.length - 1] <= last) edges.push(next(edges[edges.length - 1], unit));
  return { unit, edges };
}

/** Steps in which people count each unit. @type {{ [unit in Unit]: number[] }} */
const STEPS = {
  day: [1, 2, 7, 14, 28],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 2, 3, 6, 12, 24],
  year: [1, 2, 5, 10, 20, 50, 100, 500],
};

/**
 * Bins to write a date at: every so many as people count, months and years at round ones.
 * @param {Bins} bins
 * @param {number} most no more than these
 * @returns {number[]}
 */
export function ticks({ unit, edges }, most) {
  const count = edges.length - 1;
  const every = STEPS[unit].find((step) => count / step <= most) ?? Math.ceil(count / most);
  const first = new Date(edges[0] * DAY);
  const at = unit === "month" ? first.getUTCMonth() : unit === "year" ? first.getUTCFullYear() : 0;
  const found = [];
  for (let bin = (every - (at % every)) % every; bin < count; bin += every) found.push(bin);
  return found;
}

/** First day of the unit a day lies in; weeks begin on Monday. @param {number} day @param {Unit} unit */
function startOf(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * DAY);
  return utcDay(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0);
}

/** @param {number} day @param {Unit} unit */
function next(day, unit) {
  if (unit === "day") return day + 1;
  if (unit === "week") return day + 7;
  const date = new Date(day * DAY);
  return unit === "month"
    ? utcDay(date.getUTCFullYear(), date.getUTCMonth() + 1)
    : utcDay(date.getUTCFullYear() + 1, 0);
}

/** @param {number} year @param {number} month */
function utcDay(year, month) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1); // Date.UTC would take the year 99 for 1999
  return Math.round(date.getTime() / DAY);
}

/** Number of the bin that holds a day. @param {number[]} edges @param {number} day @returns {number} */
export function binOf(edges, day) {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Heights of the bars: events (or people) of each bin for sure, and those that only may fall into it.
 * @param {Events} events
 * @param {Iterable<number>} rows
 * @param {Bins} bins
 * @param {(row: number) => number} weight
 * @returns {Bars}
 */
export function makeBars(events, rows, bins, weight) {
  const count = bins.edges.length - 1;
  const bars = { sure: new Float64Array(count), possible: new Float64Array(count), undated: 0 };
  for (const row of rows) {
    if (!events.datePrec[row]) {
      bars.undated += 1;
      continue;
    }
    const from = binOf(bins.edges, events.start[row]);
    const to = binOf(bins.edges, events.end[row]);
    if (from === to) bars.sure[from] += weight(row);
    else for (let bin = from; bin <= to; bin += 1) bars.possible[bin] += weight(row);
  }
  return bars;
}

/**
 * Lanes for spans, so that they do not lie on one another; those that find no lane are left out.
 * @param {[number, number, number][]} spans first day, last day, row; in order of the first day
 * @returns {[number, number, number, number][]} with the lane in front
 */
export function makeLanes(spans) {
  const ends = new Array(LANES).fill(-Infinity);
  /** @type {[number, number, number, number][]} */
  const placed = [];
  for (const [from, to, row] of spans) {
    const lane = ends.findIndex((end) => end < from);
    if (lane < 0) continue;
    ends[lane] = to;
    placed.push([lane, from, to, row]);
  }
  return placed;
}

/** First and last day of all events, or null. @param {Events} events @returns {[number, number] | null} */
export function extent(events) {
  let [first, last] = [Infinity, -Infinity];
  for (let row = 0; row < events.count; row += 1) {
    if (!events.datePrec[row]) continue;
    first = Math.min(first, events.start[row]);
    last = Math.max(last, events.end[row]);
  }
  return first <= last ? [first, last] : null;
}
