/**
 * Events too close to be told apart are shown as one group.
 *
 * A group stands where its deadliest event is, never at a mean point where nothing happened. Points and regions are
 * grouped apart: a region event never moves to a point, nor a point into a region. Its numbers are those of the events
 * that may be added up; where there is none of them it has no numbers, hence no disc.
 * @module groups
 */

import { Sum } from "./numbers.js";

/** @typedef {import("./records.js").Events} Events */
/**
 * @typedef {object} Group
 * @property {number[]} rows its events, the deadliest first
 * @property {number} x world coordinates of its anchor
 * @property {number} y
 * @property {boolean} area whether its events are placed by region
 * @property {Sum} killed
 * @property {Sum} injured
 */

/** Precisions that put an event at or near a point: UCDP's 1 and 2. */
export function isArea(/** @type {number} */ wherePrec) {
  return wherePrec > 2;
}

/** Rows in the order in which they become anchors: the deadliest of those that may be added up first. @param {Events} e @returns {Int32Array} */
export function anchorOrder(e) {
  const rows = Int32Array.from({ length: e.count }, (_, row) => row);
  const last = Uint8Array.from(rows, (row) => Number(!e.counted(row)));
  return rows.sort((a, b) => last[a] - last[b] || e.killed.best[b] - e.killed.best[a] || e.injured.best[b] - e.injured.best[a] || a - b);
}

/**
 * Group the events of `rows`, which come in the order of `anchorOrder`.
 * @param {Events} e
 * @param {Iterable<number>} rows
 * @param {Float64Array} x world coordinates by row
 * @param {Float64Array} y
 * @param {number} reach in world coordinates; 0 groups only what is at one and the same spot
 * @returns {Group[]}
 */
export function group(e, rows, x, y, reach) {
  const cell = Math.max(reach, 1e-9);
  const columns = Math.ceil(1 / cell) + 2;
  /** @type {Map<number, Group[]>[]} */
  const grids = [new Map(), new Map()];
  /** @type {Group[]} */
  const groups = [];
  for (const row of rows) {
    const area = isArea(e.wherePrec[row]);
    const grid = grids[Number(area)];
    const [column, line] = [Math.floor(x[row] / cell), Math.floor(y[row] / cell)];
    let found = nearest(grid, columns, column, line, x[row], y[row], reach);
    if (!found) {
      found = { rows: [], x: x[row], y: y[row], area, killed: new Sum(), injured: new Sum() };
      groups.push(found);
      const key = line * columns + column;
      const at = grid.get(key);
      if (at) at.push(found);
      else grid.set(key, [found]);
    }
    found.rows.push(row);
    if (!e.counted(row)) continue;
    found.killed.add(e.killed.low[row], e.killed.best[row], e.killed.high[row]);
    found.injured.add(e.injured.low[row], e.injured.best[row], e.injured.high[row]);
  }
  return groups;
}

/** Numbers of one event, whether or not they may be added up. @param {Events} e @param {"killed" | "injured"} harm
 * @param {number} row */
export function sumOf(e, harm, row) {
  const sum = new Sum();
  sum.add(e[harm].low[row], e[harm].best[row], e[harm].high[row]);
  return sum;
}

/**
 * @param {Map<number, Group[]>} grid
 * @param {number} columns
 * @param {number} column
 * @param {number} line
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @returns {Group | null}
 */
function nearest(grid, columns, column, line, x, y, reach) {
  let [best, least] = [/** @type {Group | null} */ (null), reach * reach];
  for (let dl = -1; dl <= 1; dl += 1) {
    for (let dc = -1; dc <= 1; dc += 1) {
      for (const candidate of grid.get((line + dl) * columns + column + dc) ?? []) {
        const distance = (candidate.x - x) ** 2 + (candidate.y - y) ** 2;
        if (distance <= least) [best, least] = [candidate, distance];
      }
    }
  }
  return best;
}

/**
 * Events of each event type in a group, the most frequent first.
 * @param {Events} e
 * @param {Group} found
 * @returns {[string, number][]}
 */
export function kindShares(e, found) {
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const row of found.rows) {
    const kind = e.kinds(row)[1];
    shares.set(kind, (shares.get(kind) ?? 0) + 1);
  }
  return [...shares].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Whether all events of a group are at one and the same spot. @param {Group} found
 * @param {Float64Array} x @param {Float64Array} y */
export function oneSpot(found, x, y) {
  const [first, ...others] = found.rows;
  return others.every((row) => x[row] === x[first] && y[row] === y[first]);
}
