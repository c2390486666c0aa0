/**
 * The page's state in its address, so that a link opens what its sender saw.
 * @module address
 */

import { everything } from "./filters.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./filters.js").Criteria} Criteria */
/**
 * @typedef {object} State
 * @property {{ latitude: number, longitude: number, zoom: number } | null} view
 * @property {Criteria} criteria
 * @property {string} order
 * @property {string | null} event id
 * @property {string | null} language
 * @property {boolean} grouping
 */

const DAY = 86400000;

/** @param {number} day */
function isoOf(day) {
  return new Date(day * DAY).toISOString().replace(/T.*/, "");
}

/** @param {string} iso @returns {number | null} */
function dayOf(iso) {
  const time = /^-?\d{4,6}-\d\d-\d\d$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}

/**
 * State as a fragment without its "#"; what is as at first is left out.
 * @param {State} state
 * @param {Events} events
 * @returns {string}
 */
export function write(state, events) {
  const { criteria: c, view } = state;
  const found = new URLSearchParams();
  const put = (/** @type {string} */ key, /** @type {Iterable<string>} */ values) => {
    for (const value of values) found.append(key, value);
  };
  if (view) found.set("at", `${view.latitude.toFixed(4)},${view.longitude.toFixed(4)},${+view.zoom.toFixed(2)}`);
  put("kind", [...c.kinds].map((row) => events.tables.kinds[row][0]));
  put("actor", [...c.actors].map((row) => events.name(row)));
  put("place", c.places);
  put("source", [...c.publishers].map((row) => events.name(row)));
  put("prec", [...c.precisions].map(String));
  put("status", [...c.statuses].map((row) => events.tables.statuses[row]));
  for (const name of /** @type {const} */ (["killed", "injured", "confidence"])) {
    if (c[name]) found.set(name, String(c[name]));
  }
  if (c.from !== null || c.to !== null) {
    found.set("days", `${c.from === null ? "" : isoOf(c.from)}/${c.to === null ? "" : isoOf(c.to)}`);
  }
  if (c.undated) found.set("undated", "1");
  if (c.text) found.set("text", c.text);
  if (state.order !== "newest") found.set("order", state.order);
  if (!state.grouping) found.set("group", "0");
  if (state.event) found.set("event", state.event);
  if (state.language) found.set("language", state.language);
  return found.toString();
}

/**
 * State from a fragment; what is not understood is passed over.
 * @param {string} fragment
 * @param {Events} events
 * @returns {State}
 */
export function read(fragment, events) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const criteria = everything();
  const numbers = (/** @type {string} */ key, /** @type {(text: string) => number} */ find) =>
    given.getAll(key).map(find).filter((row) => row >= 0);
  const nameRow = (/** @type {string} */ text) => events.tables.names.indexOf(text);
  const whole = (/** @type {string} */ key, most = 1e9) =>
    Math.min(most, Math.max(0, Math.floor(Number(given.get(key)) || 0)));
  const kindRow = (/** @type {string} */ text) =>
    events.tables.kinds.findIndex((/** @type {string[]} */ kinds) => kinds[0] === text);
  criteria.kinds = new Set(numbers("kind", kindRow));
  criteria.actors = new Set(numbers("actor", nameRow));
  criteria.places = new Set(given.getAll("place"));
  criteria.publishers = new Set(numbers("source", nameRow));
  criteria.precisions = new Set(numbers("prec", (text) => (/^[0-7]$/.test(text) ? Number(text) : -1)));
  criteria.statuses = new Set(numbers("status", (text) => events.tables.statuses.indexOf(text)));
  criteria.killed = whole("killed");
  criteria.injured = whole("injured");
  criteria.confidence = whole("confidence", 100);
  const [from, to] = (given.get("days") ?? "/").split("/");
  criteria.from = dayOf(from);
  criteria.to = dayOf(to ?? "");
  criteria.undated = given.get("undated") === "1";
  criteria.text = given.get("text") ?? "";
  return {
    view: readView(given.get("at")),
    criteria,
    order: given.get("order") ?? "newest",
    event: given.get("event"),
    language: given.get("language"),
    grouping: given.get("group") !== "0",
  };
}

/** @param {string | null} text */
function readView(text) {
  const [latitude, longitude, zoom] = (text ?? "").split(",").map(Number);
  const fine = [latitude, longitude, zoom].every(Number.isFinite);
  return fine && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 ? { latitude, longitude, zoom } : null;
}
