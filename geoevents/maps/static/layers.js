/**
 * The layer of events: regions hatched, circles of true size, discs, glyphs and groups.
 * @module layers
 */

import { clip } from "./dom.js";
import { circle, edges, worldLength } from "./geometry.js";
import { isArea, kindShares } from "./groups.js";
import { ABSENT } from "./numbers.js";
import { meet } from "./outlines.js";
import { drawDisc, drawFrame, drawGlyph, GLYPH, rings } from "./symbols.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./groups.js").Group} Group */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./outlines.js").Outlines} Outlines */
/** @typedef {import("./symbols.js").Palette} Palette */
/** @typedef {{ [name: string]: string }} Theme */
/** @typedef {{ x: number, y: number, size: number, group: Group }} Drawn in pixels of the canvas */

/** Circles of more kilometres than this are drawn as on the sphere, not as circles on the page. */
const FLAT_KM = 60;
/** No name on the map takes more characters than this. */
const NAME = 60;
/** Pixels between the chosen event's ring and its name, the name's height, and a letter's width. */
const NAME_GAP = 5;
const NAME_HEIGHT = 14;
const NAME_WIDTH = 7;
/** Pixels of radius of a group's ring. */
const GROUP = 12;
/** No disc is larger, in pixels of radius. */
const LARGEST_DISC = 1000;
/** No number. */
const UNSTATED = { low: ABSENT, best: ABSENT, high: ABSENT };
/** With more single events than this in sight, their circles of true size are left to the chosen one. */
const MOST_CIRCLES = 400;

/**
 * @typedef {object} Scene
 * @property {Events} events
 * @property {Palette} palette
 * @property {Theme} theme
 * @property {boolean} dark
 * @property {Outlines} outlines
 * @property {Group[]} groups
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {number} unit
 * @property {number | null} chosen
 * @property {(n: number) => string} number
 */

/**
 * The groups in sight, in pixels, what is not added up and the largest first: the others are drawn over them.
 * @param {View} view
 * @param {Scene} scene
 * @returns {Drawn[]}
 */
export function placeGroups(view, scene) {
  const shown = edges(view, 60);
  return scene.groups
    .filter((g) => g.x > shown.west && g.x < shown.east && g.y > shown.north && g.y < shown.south)
    .map((g) => place(g, view, scene))
    .sort((a, b) => Number(apart(b, scene)) - Number(apart(a, scene)) || b.size - a.size);
}

/**
 * Draw a scene.
 * @param {CanvasRenderingContext2D} c
 * @param {View} view
 * @param {Scene} scene
 * @param {Drawn[]} drawn what `placeGroups` gave
 */
export function drawScene(c, view, scene, drawn) {
  drawRegions(c, view, scene);
  const single = drawn.filter(({ group }) => group.rows.length === 1);
  if (single.length <= MOST_CIRCLES) for (const { group } of single) drawReach(c, view, scene, group.rows[0], false);
  for (const item of drawn) drawHarm(c, item, scene);
  for (const item of drawn) drawFace(c, item, scene);
  if (scene.chosen !== null) drawChosen(c, view, scene, scene.chosen);
}

/** Whether no event of a group may be added up. @param {Drawn} item @param {Scene} scene */
function apart({ group }, scene) {
  return !scene.events.counted(group.rows[0]);
}

/** @param {Group} g @param {View} view @param {Scene} scene @returns {Drawn} */
function place(g, view, scene) {
  const r = rings(g.killed.range, g.injured.range, scene.unit);
  return {
    x: g.x * view.scale - view.left,
    y: g.y * view.scale - view.top,
    size: Math.max(faceOf(g), r.best),
    group: g,
  };
}

/** Colour of an event's kind. @param {Scene} scene @param {number} row */
function colourOf(scene, row) {
  return scene.palette.kinds[scene.events.kinds(row)[1]][scene.dark ? "dark" : "light"];
}

/** Rings of an event by itself; none where its numbers are a total over several happenings, or denied.
 * @param {Scene} scene @param {number} row */
function ringsOf({ events, unit }, row) {
  const range = (/** @type {"killed" | "injured"} */ harm) => (events.counted(row) ? events.range(harm, row) : UNSTATED);
  return rings(range("killed"), range("injured"), unit);
}

/** @param {CanvasRenderingContext2D} c @param {Drawn} item @param {Scene} scene */
function drawHarm(c, { x, y, group }, scene) {
  const r = rings(group.killed.range, group.injured.range, scene.unit);
  const colour = colourOf(scene, group.rows[0]);
  drawDisc(c, x, y, r, colour, { area: group.area, ink: scene.theme.ink });
}

/** Glyph of an event, or ring and number of a group. @param {CanvasRenderingContext2D} c @param {Drawn} item
 * @param {Scene} scene */
function drawFace(c, { x, y, group }, scene) {
  const { palette, theme } = scene;
  if (group.rows.length === 1) {
    const kind = scene.events.kinds(group.rows[0])[1];
    const shape = palette.shapes[palette.kinds[kind].shape];
    const colour = colourOf(scene, group.rows[0]);
    if (!scene.events.counted(group.rows[0])) drawFrame(c, x, y, GLYPH, colour, theme.paper);
    drawGlyph(c, shape, x, y, colour, { area: group.area, paper: theme.paper });
    return;
  }
  const text = scene.number(group.rows.length);
  const size = GROUP + Math.max(0, text.length - 2) * 2.5;
  c.beginPath();
  c.arc(x, y, size + 2, 0, 2 * Math.PI);
  c.fillStyle = theme.paper;
  c.fill();
  let from = -Math.PI / 2;
  c.lineWidth = 3.5;
  c.setLineDash(group.area ? [3, 2] : []);
  for (const [kind, count] of kindShares(scene.events, group)) {
    const to = from + (2 * Math.PI * count) / group.rows.length;
    c.beginPath();
    c.arc(x, y, size, from, to);
    c.strokeStyle = palette.kinds[kind][scene.dark ? "dark" : "light"];
    c.stroke();
    from = to;
  }
  c.setLineDash([]);
  c.fillStyle = theme.ink;
  c.font = `600 11px ${theme.font}`;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(text, x, y + 0.5);
}

/**
 * Hatch the regions that events are placed by, in the colour of the deadliest.
 * @param {CanvasRenderingContext2D} c @param {View} view @param {Scene} scene
 */
function drawRegions(c, view, scene) {
  /** @type {Map<number, number>} */
  const deadliest = new Map();
  for (const g of scene.groups) {
    if (!g.area) continue;
    for (const row of g.rows) {
      const area = scene.events.area[row];
      if (area >= 0 && !deadliest.has(area)) deadliest.set(area, row);
    }
  }
  for (const row of deadliest.values()) drawReach(c, view, scene, row, false);
}

/**
 * Draw how far an event's place reaches: its region hatched, or a circle of true size.
 * @param {CanvasRenderingContext2D} c @param {View} view @param {Scene} scene
 * @param {number} row @param {boolean} strong
 */
function drawReach(c, view, scene, row, strong) {
  const { events, theme } = scene;
  const colour = colourOf(scene, row);
  const outline = events.tables.areas[events.area[row]]?.[2];
  const area = isArea(events.wherePrec[row]);
  if (outline) {
    if (!meet(scene.outlines.ringsBox(outline), edges(view))) return;
    c.beginPath();
    scene.outlines.path(c, outline, view, false);
  } else if (!circlePath(c, view, scene, row)) return;
  c.save();
  if (area) {
    c.fillStyle = hatch(c, colour, view);
    c.globalAlpha = strong ? 0.5 : 0.2;
    c.fill("evenodd");
  } else {
    c.fillStyle = colour;
    c.globalAlpha = strong ? 0.12 : 0.05;
    c.fill();
  }
  c.strokeStyle = strong ? theme.ink : colour;
  c.globalAlpha = strong ? 0.9 : 0.45;
  c.lineWidth = strong ? 1.8 : 1;
  c.setLineDash(area ? [] : [5, 4]);
  if (outline) {
    c.beginPath();
    scene.outlines.path(c, outline, view, true);
  }
  c.stroke();
  c.restore();
}

/** Path of the circle the true spot lies in; false where it is too small to show. @param {CanvasRenderingContext2D} c
 * @param {View} view @param {Scene} scene @param {number} row */
function circlePath(c, view, scene, row) {
  const { events } = scene;
  const km = events.radius[row];
  const pixels = worldLength(km, events.latitude[row]) * view.scale;
  if (events.wherePrec[row] < 2 || pixels < GLYPH + 4) return false;
  c.beginPath();
  if (km <= FLAT_KM) {
    c.arc(scene.x[row] * view.scale - view.left, scene.y[row] * view.scale - view.top, pixels, 0, 2 * Math.PI);
  } else {
    const longitude = 360 * (scene.x[row] - 0.5); // as the map has it, which may have turned it around the world
    for (const [x, y] of circle(events.latitude[row], longitude, km)) {
      c.lineTo(x * view.scale - view.left, y * view.scale - view.top);
    }
    c.closePath();
  }
  return true;
}

/** @type {Map<string, CanvasPattern>} */
const HATCHES = new Map();

/** Diagonal lines that stay in place as the map moves. @param {CanvasRenderingContext2D} c @param {string} colour
 * @param {View} view */
function hatch(c, colour, view) {
  let pattern = HATCHES.get(colour);
  if (!pattern) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 16;
    const t = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    t.strokeStyle = colour;
    t.lineWidth = 2.6;
    for (const shift of [-16, 0, 16]) {
      t.moveTo(shift - 2, 18);
      t.lineTo(shift + 18, -2);
    }
    t.stroke();
    pattern = /** @type {CanvasPattern} */ (c.createPattern(tile, "repeat"));
    HATCHES.set(colour, pattern);
  }
  pattern.setTransform(new DOMMatrix().translate(-(view.left % 16), -(view.top % 16)).scale(0.5));
  return pattern;
}

/** The chosen event by itself, over all others. @param {CanvasRenderingContext2D} c @param {View} view
 * @param {Scene} scene @param {number} row */
function drawChosen(c, view, scene, row) {
  const { events, palette, theme } = scene;
  if (events.place[row] < 0) return;
  drawReach(c, view, scene, row, true);
  const [x, y] = [scene.x[row] * view.scale - view.left, scene.y[row] * view.scale - view.top];
  const area = isArea(events.wherePrec[row]);
  const r = ringsOf(scene, row);
  const colour = colourOf(scene, row);
  c.beginPath();
  c.arc(x, y, chosenEdge(scene, row), 0, 2 * Math.PI);
  c.strokeStyle = theme.paper;
  c.lineWidth = 5;
  c.stroke();
  c.strokeStyle = theme.accent;
  c.lineWidth = 2.5;
  c.stroke();
  drawDisc(c, x, y, r, colour, { area, ink: theme.ink, strong: true });
  const shape = palette.shapes[palette.kinds[events.kinds(row)[1]].shape];
  if (!events.counted(row)) drawFrame(c, x, y, GLYPH + 2, colour, theme.paper);
  drawGlyph(c, shape, x, y, colour, { area, paper: theme.paper, size: GLYPH + 2 });
  c.font = `600 12px ${theme.font}`;
  c.textAlign = "center";
  c.textBaseline = "top";
  c.strokeStyle = theme.halo;
  c.lineWidth = 4;
  c.fillStyle = theme.ink;
  const name = clip(events.places[events.place[row]].name, NAME);
  const below = y + chosenEdge(scene, row) + NAME_GAP;
  c.strokeText(name, x, below);
  c.fillText(name, x, below);
}

/** Radius of the ring around the chosen event. @param {Scene} scene @param {number} row */
function chosenEdge(scene, row) {
  return Math.max(GLYPH + (scene.events.counted(row) ? 9 : 14), ringsOf(scene, row).best + 5);
}

/** Keep other names away from where the chosen event's is written. @param {import("./outlines.js").Taken} taken
 * @param {View} view @param {Scene} scene @param {number} row */
export function takeChosenName(taken, view, scene, row) {
  if (scene.events.place[row] < 0) return;
  const [x, y] = [scene.x[row] * view.scale - view.left, scene.y[row] * view.scale - view.top];
  const { name } = scene.events.places[scene.events.place[row]];
  const width = NAME_WIDTH * Math.min(NAME, name.length);
  const edge = chosenEdge(scene, row);
  taken.names.add(name);
  taken.block(x - edge, y - edge, 2 * edge, 2 * edge);
  taken.block(x - width / 2, y + edge + NAME_GAP, width, NAME_HEIGHT);
}

/**
 * What is under a point: the nearest glyph or ring, else the smallest disc.
 * @param {Drawn[]} drawn
 * @param {number} x
 * @param {number} y
 * @returns {Group | null}
 */
export function hit(drawn, x, y) {
  let [found, least] = [/** @type {Group | null} */ (null), Infinity];
  for (const { x: left, y: top, size, group } of drawn) {
    const distance = Math.hypot(left - x, top - y);
    if (distance > size + 3) continue;
    const rank = distance <= faceOf(group) ? distance - LARGEST_DISC : size;
    if (rank < least) [found, least] = [group, rank];
  }
  return found;
}

/** Radius of a group's ring, or of an event's glyph. @param {Group} group */
function faceOf(group) {
  return group.rows.length > 1 ? GROUP + 3 : GLYPH + 3;
}
