/**
 * What an event looks like: colour and shape by kind, size by the number killed. One table serves the map, the list,
 * the legend and the picture for print: `symbols.json`.
 *
 * A glyph of constant size says what and where; the disc behind it says how deadly. The disc's AREA is in proportion:
 * its core is the low figure, its edge the best, its halo the high one; an open end has a broken halo. A dotted ring
 * is as large as the disc would be for the injured.
 * @module symbols
 */

import { svg } from "./dom.js";
import { ABSENT, OPEN } from "./numbers.js";

/** Pixels from the middle of a glyph to its edge. */
export const GLYPH = 6;
/** Pixels of radius for one person killed, unless the largest disc would be larger than LARGEST. */
const LARGEST_UNIT = 3;
const LARGEST = 44;
const LARGEST_RING = 60;
/** An open end reaches this much farther than the best figure, in radius. */
const OPEN_REACH = 1.18;

/** @typedef {import("./numbers.js").Range} Range */
/** @typedef {{ light: string, dark: string, shape: string }} Symbol */
/**
 * @typedef {object} Palette
 * @property {{ [kind: string]: Symbol }} kinds
 * @property {{ [shape: string]: [number, number][] }} shapes
 */

/**
 * Pixels of radius for one person, so that no disc is larger than LARGEST, and no ring than LARGEST_RING.
 * @param {number} killed most of any disc
 * @param {number} injured most of any ring
 * @returns {number}
 */
export function unit(killed, injured) {
  const fits = (/** @type {number} */ size, /** @type {number} */ people) => size / Math.sqrt(Math.max(1, people));
  return Math.min(LARGEST_UNIT, fits(LARGEST, killed), fits(LARGEST_RING, injured));
}

/** Radius of a disc for `people`. @param {number} people @param {number} scale pixels for one @returns {number} */
export function radius(people, scale) {
  return people > 0 ? scale * Math.sqrt(people) : 0;
}

/** Path of a shape on a canvas. @param {CanvasRenderingContext2D} c @param {[number, number][]} shape
 * @param {number} x @param {number} y @param {number} size */
export function trace(c, shape, x, y, size) {
  c.beginPath();
  for (const [dx, dy] of shape) c.lineTo(x + dx * size, y + dy * size);
  c.closePath();
}

/**
 * Radii of all that shows a range.
 * @param {Range} killed
 * @param {Range} injured
 * @param {number} scale pixels of radius for one person
 */
export function rings(killed, injured, scale) {
  const best = radius(killed.best, scale);
  const open = killed.high === OPEN;
  return {
    low: radius(killed.low, scale),
    best,
    high: open ? Math.max(best * OPEN_REACH, GLYPH + 4) : radius(killed.high, scale),
    open,
    none: killed.low !== ABSENT && killed.high === 0,
    injured: radius(injured.best, scale),
  };
}

/**
 * Draw a disc with its rings.
 * @param {CanvasRenderingContext2D} c
 * @param {number} x
 * @param {number} y
 * @param {ReturnType<typeof rings>} r
 * @param {string} colour
 * @param {{ area: boolean, ink: string, strong?: boolean }} options `area`: the place is a region, not a point
 */
export function drawDisc(c, x, y, r, colour, options) {
  const alpha = options.area ? [0.1, 0.16, 0.2] : [0.14, 0.24, 0.34];
  c.fillStyle = colour;
  for (const [i, size] of [r.high, r.best, r.low].entries()) {
    if (size <= 0 || (i === 0 && r.open)) continue;
    c.globalAlpha = alpha[i];
    disc(c, x, y, size);
    c.fill();
  }
  c.strokeStyle = colour;
  if (r.best > 0) stroke(c, x, y, r.best, 0.9, options.strong ? 2 : 1.3, options.area ? [4, 3] : []);
  if (r.high > r.best + 1) stroke(c, x, y, r.high, 0.75, 1, r.open ? [2, 5] : []);
  if (r.low > 0 && r.low < r.best - 1) stroke(c, x, y, r.low, 0.75, 1, []);
  if (r.none) stroke(c, x, y, GLYPH + 3.5, 0.7, 1, []);
  if (r.injured > 0) {
    c.strokeStyle = options.ink;
    c.lineCap = "round";
    stroke(c, x, y, Math.max(r.injured, 2), 0.75, 1.6, [0.1, 4]);
    c.lineCap = "butt";
  }
  c.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} c @param {number} x @param {number} y @param {number} size */
function disc(c, x, y, size) {
  c.beginPath();
  c.arc(x, y, size, 0, 2 * Math.PI);
}

/** @param {CanvasRenderingContext2D} c @param {number} x @param {number} y @param {number} size
 * @param {number} alpha @param {number} width @param {number[]} dash */
function stroke(c, x, y, size, alpha, width, dash) {
  c.globalAlpha = alpha;
  c.lineWidth = width;
  c.setLineDash(dash);
  disc(c, x, y, size);
  c.stroke();
  c.setLineDash([]);
}

/**
 * Draw the frame of an event that is not added up: a total over several happenings, or what is denied.
 * @param {CanvasRenderingContext2D} c
 * @param {number} x
 * @param {number} y
 * @param {number} size of the glyph in it
 * @param {string} colour
 * @param {string} paper
 */
export function drawFrame(c, x, y, size, colour, paper) {
  const half = size + 4.5;
  c.beginPath();
  c.rect(x - half, y - half, 2 * half, 2 * half);
  c.fillStyle = paper;
  c.globalAlpha = 0.85;
  c.fill();
  c.globalAlpha = 1;
  c.strokeStyle = colour;
  c.lineWidth = 1.2;
  c.setLineDash([3, 2]);
  c.stroke();
  c.setLineDash([]);
}

/**
 * Draw the glyph of a kind; hollow where the place is a region.
 * @param {CanvasRenderingContext2D} c
 * @param {[number, number][]} shape
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {{ area: boolean, paper: string, size?: number }} options
 */
export function drawGlyph(c, shape, x, y, colour, options) {
  const size = options.size ?? GLYPH;
  c.lineJoin = "round";
  trace(c, shape, x, y, size);
  c.strokeStyle = options.paper;
  c.lineWidth = options.area ? 5 : 3;
  c.stroke();
  c.fillStyle = options.area ? options.paper : colour;
  c.fill();
  if (!options.area) return;
  c.strokeStyle = colour;
  c.lineWidth = 1.8;
  c.stroke();
}

/**
 * The glyph of a kind as an SVG picture, for lists and legends.
 * @param {Palette} palette
 * @param {string} kind
 * @param {{ area?: boolean, size?: number }} [options]
 * @returns {SVGElement}
 */
export function glyph(palette, kind, options = {}) {
  const size = options.size ?? 16;
  const shape = palette.shapes[palette.kinds[kind].shape];
  const points = shape.map(([x, y]) => `${x * 7},${y * 7}`).join(" ");
  return svg(
    "svg",
    { viewBox: "-10 -10 20 20", width: size, height: size, class: "glyph", "aria-hidden": "true" },
    svg("polygon", { points, class: options.area ? "hollow" : "solid", "data-kind": kindClass(kind) }),
  );
}

/** A kind's name as it is written in class names and style sheets. @param {string} kind @returns {string} */
export function kindClass(kind) {
  return kind.toLowerCase().replace(/[^a-z]+/g, "-");
}
