/**
 * The base map: land, borders and names, drawn from lines that neighbours share.
 * @module outlines
 */

import { edges, worldX, worldY } from "./geometry.js";

/** @typedef {import("./geometry.js").View} View */
/** @typedef {{ [name: string]: string }} Theme */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {{ west: number, north: number, east: number, south: number }} Box */

const KIND = { coast: 0, border: 1, inner: 2, disputed: 3, seam: 4 };
/** Inner borders show from this zoom on. */
const INNER_ZOOM = 4.5;
/** Vertices closer together than this many pixels are not drawn. */
const STEP = 0.7;
/** Zooms up to which lines are thinned for good, so that no redraw goes through all their vertices. */
const LEVELS = [2, 2.5, 3, 3.5, 4.25, 5];

/**
 * Integers from zigzag varints.
 * @param {Uint8Array} bytes
 * @returns {Int32Array}
 */
export function readVarints(bytes) {
  let size = 0;
  for (const byte of bytes) if (byte < 128) size += 1;
  const values = new Int32Array(size);
  let [at, value, shift] = [0, 0, 0];
  for (const byte of bytes) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      values[at] = (value >>> 1) ^ -(value & 1);
      at += 1;
      value = 0;
      shift = 0;
    }
  }
  return values;
}

export class Outlines {
  /**
   * @param {ArrayBuffer} lines varints: number of lines, their lengths, their steps
   * @param {any} ground names, kinds of lines and rings, as `page.py` packs them
   */
  constructor(lines, ground) {
    const values = readVarints(new Uint8Array(lines));
    const count = values[0];
    this.kinds = Uint8Array.from(ground.kinds);
    /** @type {Float64Array[]} x, y, x, y, … in world coordinates */
    this.lines = [];
    /** @type {Box[]} */
    this.boxes = [];
    /** @type {WeakMap<number[][], Box>} */
    this.ringBoxes = new WeakMap();
    /** @type {Float64Array[][]} the lines as thinned for each of LEVELS, once they were needed */
    this.levels = [];
    let [at, x, y] = [count + 1, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const line = new Float64Array(2 * values[i + 1]);
      for (let j = 0; j < line.length; j += 2) {
        x += values[at];
        y += values[at + 1];
        at += 2;
        line[j] = worldX(x / ground.scale);
        line[j + 1] = worldY(y / ground.scale);
      }
      this.lines.push(line);
      this.boxes.push(boxOf(line));
    }
    const area = (/** @type {any[]} */ [code, name, longitude, latitude, rank]) => ({
      code,
      name,
      x: worldX(longitude),
      y: worldY(latitude),
      rank,
    });
    this.countries = ground.countries.map((/** @type {any[]} */ row, /** @type {number} */ i) => ({
      ...area(row),
      rings: ground.rings[i],
    }));
    this.divisions = ground.divisions.map(area);
    this.cities = ground.cities.map((/** @type {any[]} */ row) => area(["", ...row]));
  }

  /** @param {number[][]} rings @returns {Box} */
  ringsBox(rings) {
    const known = this.ringBoxes.get(rings);
    if (known) return known;
    const boxes = rings.flat().map((number) => this.boxes[number < 0 ? ~number : number]);
    const box = {
      west: Math.min(...boxes.map((one) => one.west)),
      north: Math.min(...boxes.map((one) => one.north)),
      east: Math.max(...boxes.map((one) => one.east)),
      south: Math.max(...boxes.map((one) => one.south)),
    };
    this.ringBoxes.set(rings, box);
    return box;
  }

  /**
   * The lines with no more vertices than can be told apart at a zoom; their ends stay, so that neighbours meet.
   * @param {number} zoom
   * @returns {Float64Array[]}
   */
  atZoom(zoom) {
    const level = LEVELS.findIndex((closest) => zoom <= closest);
    if (level < 0) return this.lines;
    this.levels[level] ??= this.lines.map((line) => thinned(line, STEP / (256 * 2 ** LEVELS[level])));
    return this.levels[level];
  }

  /**
   * Add rings of lines to a canvas's path; what is out of sight is drawn roughly, only to close the rings.
   * @param {CanvasRenderingContext2D} c
   * @param {number[][]} rings
   * @param {View} view
   * @param {boolean} [open] whether to leave out the seams where the date line cuts a ring, as for its outline
   */
  path(c, rings, view, open = false) {
    const [fine, shown] = [this.atZoom(view.zoom), edges(view, 4)];
    const { scale, left, top } = view;
    for (const ring of rings) {
      let first = true;
      for (const number of ring) {
        const at = number < 0 ? ~number : number;
        if (open && this.kinds[at] === KIND.seam) {
          first = true;
          continue;
        }
        const line = meet(this.boxes[at], shown) ? fine[at] : this.atZoom(0)[at];
        const last = line.length - 2;
        const step = number < 0 ? -2 : 2;
        let i = number < 0 ? last : 0;
        if (first) c.moveTo(line[i] * scale - left, line[i + 1] * scale - top);
        else c.lineTo(line[i] * scale - left, line[i + 1] * scale - top);
        first = false;
        for (i += step; i >= 0 && i <= last; i += step) c.lineTo(line[i] * scale - left, line[i + 1] * scale - top);
      }
      if (!open) c.closePath();
    }
  }

  /**
   * Draw land and borders.
   * @param {CanvasRenderingContext2D} c
   * @param {View} view
   * @param {Theme} theme
   * @param {boolean} ground whether to fill the land; borders alone go over tiles
   */
  draw(c, view, theme, ground) {
    const shown = edges(view, 4);
    if (ground) {
      c.fillStyle = theme.land;
      c.beginPath();
      for (const country of this.countries) if (meet(this.ringsBox(country.rings), shown)) this.path(c, country.rings, view);
      c.fill("evenodd");
    }
    /** @type {[number, string, number, number[]][]} */
    const styles = [
      [KIND.inner, theme.inner, 0.8, []],
      [KIND.coast, theme.coast, 0.8, []],
      [KIND.border, theme.border, 1.1, []],
      [KIND.disputed, theme.border, 1.1, [4, 3]],
    ];
    for (const [kind, colour, width, dash] of styles) {
      if (kind === KIND.inner && view.zoom < INNER_ZOOM) continue;
      if (kind === KIND.coast && !ground) continue;
      c.strokeStyle = colour;
      c.lineWidth = width;
      c.lineJoin = "round";
      c.setLineDash(dash);
      c.beginPath();
      this.strokes(c, kind, view, shown);
      c.stroke();
    }
    c.setLineDash([]);
  }

  /** @param {CanvasRenderingContext2D} c @param {number} kind @param {View} view @param {Box} shown */
  strokes(c, kind, view, shown) {
    const lines = this.atZoom(view.zoom);
    const { scale, left, top } = view;
    for (let i = 0; i < lines.length; i += 1) {
      if (this.kinds[i] !== kind || !meet(this.boxes[i], shown)) continue;
      const line = lines[i];
      c.moveTo(line[0] * scale - left, line[1] * scale - top);
      for (let j = 2; j < line.length; j += 2) c.lineTo(line[j] * scale - left, line[j + 1] * scale - top);
    }
  }

  /**
   * Write names, the most important first, where no other name is in the way.
   * @param {CanvasRenderingContext2D} c
   * @param {View} view
   * @param {Theme} theme
   * @param {Words} words
   * @param {Taken} taken boxes that are not free
   */
  drawNames(c, view, theme, words, taken) {
    const shown = edges(view);
    const inside = (/** @type {{ x: number, y: number }} */ spot) =>
      spot.x > shown.west && spot.x < shown.east && spot.y > shown.north && spot.y < shown.south;
    c.lineJoin = "round";
    const write = (/** @type {any} */ spot, /** @type {string} */ text, /** @type {any} */ style) =>
      writeName(c, taken, text, spot.x * view.scale - view.left, spot.y * view.scale - view.top, style, theme);
    const country = { font: `600 ${view.zoom < 4 ? 11 : 13}px ${theme.font}`, colour: theme.countryName, middle: true, shifts: SHIFTS };
    const region = { font: `italic 11px ${theme.font}`, colour: theme.regionName, middle: true };
    for (const spot of this.countries) {
      if (view.zoom < spot.rank - 0.2 || view.zoom > spot.rank + 5 || !inside(spot)) continue;
      write(spot, words.country(spot.code, spot.name), country);
    }
    for (const spot of this.cities) {
      if (view.zoom < CITY_ZOOM[spot.rank] || !inside(spot)) continue;
      const font = `${spot.rank === 0 ? "600 " : ""}11px ${theme.font}`;
      write(spot, spot.name, { font, colour: theme.cityName, dot: spot.rank === 0 ? 2.4 : 1.8 });
    }
    for (const spot of this.divisions) {
      if (view.zoom < Math.max(5.5, spot.rank + 0.8) || !inside(spot)) continue;
      write(spot, spot.name, region);
    }
  }
}

/** How far a country's name may stand below its spot where something is in the way, in pixels. */
const SHIFTS = [0, 18, -18, 30, -30];
/** Zoom from which on cities of each rank are named. */
const CITY_ZOOM = [3.5, 4.5, 5.5, 6.5, 7.5];

/**
 * A line without the vertices nearer than `step` to the one before; its ends stay.
 * @param {Float64Array} line
 * @param {number} step in world coordinates
 * @returns {Float64Array}
 */
function thinned(line, step) {
  const kept = new Float64Array(line.length);
  let size = 0;
  for (let i = 0; i < line.length; i += 2) {
    const far = size === 0 || Math.abs(line[i] - kept[size - 2]) + Math.abs(line[i + 1] - kept[size - 1]) > step;
    if (!far && i < line.length - 2) continue;
    kept[size] = line[i];
    kept[size + 1] = line[i + 1];
    size += 2;
  }
  return kept.slice(0, size);
}

/** Boxes where no name can be written any more, in a coarse grid. */
export class Taken {
  constructor() {
    /** @type {Map<number, number[][]>} */
    this.cells = new Map();
    /** @type {Set<string>} names that stand on the map already */
    this.names = new Set();
  }

  /** Take a box if it is free. @param {number} x @param {number} y @param {number} w @param {number} h */
  take(x, y, w, h) {
    const crossed = keysOf(x, y, w, h).some((key) =>
      this.cells.get(key)?.some(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h),
    );
    if (!crossed) this.block(x, y, w, h);
    return !crossed;
  }

  /** Take a box, free or not. @param {number} x @param {number} y @param {number} w @param {number} h */
  block(x, y, w, h) {
    for (const key of keysOf(x, y, w, h)) {
      const cell = this.cells.get(key);
      if (cell) cell.push([x, y, w, h]);
      else this.cells.set(key, [[x, y, w, h]]);
    }
  }
}

/** Cells of the grid that a box touches. @param {number} x @param {number} y @param {number} w @param {number} h */
function keysOf(x, y, w, h) {
  const keys = [];
  for (let i = Math.floor(x / 80); i <= Math.floor((x + w) / 80); i += 1) {
    for (let j = Math.floor(y / 40); j <= Math.floor((y + h) / 40); j += 1) keys.push(i * 1000 + j);
  }
  return keys;
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Taken} taken
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {{ font: string, colour: string, middle?: boolean, dot?: number, shifts?: number[] }} style `shifts`: how far
 *   below its spot the name may stand, in pixels, the best first
 * @param {Theme} theme
 */
function writeName(c, taken, text, x, y, style, theme) {
  if (taken.names.has(text)) return;
  c.font = style.font;
  const width = c.measureText(text).width;
  const left = style.middle ? x - width / 2 : x + 5;
  const shift = (style.shifts ?? [0]).find((by) => taken.take(left - 2, y + by - 8, width + 4, 16));
  if (shift === undefined) return;
  y += shift;
  c.textBaseline = "middle";
  c.textAlign = "left";
  c.strokeStyle = theme.halo;
  c.lineWidth = 3;
  c.strokeText(text, left, y);
  c.fillStyle = style.colour;
  if (style.dot) {
    c.beginPath();
    c.arc(x, y, style.dot, 0, 2 * Math.PI);
    c.stroke();
    c.fill();
  }
  c.fillText(text, left, y);
}

/** @param {Float64Array} line @returns {Box} */
function boxOf(line) {
  const box = { west: 2, north: 2, east: -1, south: -1 };
  for (let i = 0; i < line.length; i += 2) {
    box.west = Math.min(box.west, line[i]);
    box.east = Math.max(box.east, line[i]);
    box.north = Math.min(box.north, line[i + 1]);
    box.south = Math.max(box.south, line[i + 1]);
  }
  return box;
}

/** @param {Box} a @param {Box} b */
export function meet(a, b) {
  return a.west < b.east && b.west < a.east && a.north < b.south && b.north < a.south;
}
