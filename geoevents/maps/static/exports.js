/**
 * What is filtered, as GeoJSON and CSV files; the columns are those of `geoevents export`, which a test compares.
 * @module exports
 */

import { ABSENT, OPEN } from "./numbers.js";

/** @typedef {import("./records.js").Events} Events */

/** UCDP's where_prec → ACLED's geo_precision. */
const GEO_PRECISION = [null, 1, 2, 2, 3, 3, 3, 3];
const DAY = 86400000;

/** @param {number} day */
function isoOf(day) {
  return new Date(day * DAY).toISOString().replace(/T.*/, "");
}

/**
 * One event as a flat record.
 * @param {Events} e
 * @param {number} row
 * @param {any} detail
 * @returns {{ [column: string]: string | number | null }}
 */
export function record(e, row, detail) {
  const [sub, type, disorder] = e.kinds(row);
  const place = e.placeOf(row);
  const country = e.tables.countries.find((/** @type {string[]} */ c) => c[0] === place?.country);
  const name = (/** @type {number} */ number) => e.name(number) || null;
  const share = (/** @type {number} */ percent) => Math.round(percent * 10) / 1000;
  return {
    event_id: e.id[row],
    date_start: e.datePrec[row] ? isoOf(e.start[row]) : null,
    date_end: e.datePrec[row] ? isoOf(e.end[row]) : null,
    date_prec: e.datePrec[row] || null,
    event_type: type,
    sub_event_type: sub,
    disorder_type: disorder,
    weapon: name(e.weapon[row]),
    place_name: place?.name ?? null,
    where_text: place ? detail.where_text : null,
    adm_1: place?.admin1 ?? null,
    adm_2: place?.admin2 ?? null,
    country: country?.[2] ?? null,
    iso3: country?.[1] ?? null,
    latitude: place ? e.latitude[row] : null,
    longitude: place ? e.longitude[row] : null,
    where_prec: e.wherePrec[row] || null,
    geo_precision: GEO_PRECISION[e.wherePrec[row]],
    radius_km: place ? e.radius[row] : null,
    ...rangeColumns("killed", e.range("killed", row), detail.killed_words),
    ...rangeColumns("injured", e.range("injured", row), detail.injured_words),
    side_a: name(e.sideA[row]),
    side_b: name(e.sideB[row]),
    target: detail.target || null,
    status: e.tables.statuses[e.status[row]],
    event_clarity: e.clarity[row],
    confidence: share(e.confidence[row]),
    merge_confidence: share(e.mergeConfidence[row]),
    articles: detail.sources.length,
    sources: joined(detail.sources.map((/** @type {any} */ s) => s.title || s.name || s.doc_id)),
    urls: joined(detail.sources.map((/** @type {any} */ s) => s.url)),
    quote: firstQuote(detail.passages),
  };
}

/** @param {(string | null)[]} values @returns {string} */
function joined(values) {
  return [...new Set(values.filter(Boolean))].join("; ");
}

/** The first words an event was read from, without the sentence around them. @param {any[]} passages */
function firstQuote([passage]) {
  if (!passage) return null;
  const mark = passage.marks.find((/** @type {any[]} */ one) => one[2] === "quote");
  return mark ? Array.from(passage.text).slice(mark[0], mark[1]).join("") : passage.text;
}

/** @param {string} harm @param {import("./numbers.js").Range} range @param {string} words */
function rangeColumns(harm, { low, best, high }, words) {
  const stated = low !== ABSENT;
  return {
    [`${harm}_low`]: stated ? low : null,
    [`${harm}_best`]: stated ? best : null,
    [`${harm}_high`]: stated && high !== OPEN ? high : null,
    [`${harm}_words`]: stated ? words : null,
  };
}

/**
 * A cell of a CSV file: quoted where needed, and never a formula when a spreadsheet opens it.
 * @param {string | number | null} value
 * @returns {string}
 */
export function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = value.replaceAll("\0", "\uFFFD");
  const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) || /^[\t\r\n]/.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\n\r]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {{ [column: string]: string | number | null }[]} records @returns {string} */
export function csv(records) {
  if (!records.length) return "";
  const columns = Object.keys(records[0]);
  const lines = [columns.join(","), ...records.map((one) => columns.map((column) => cell(one[column])).join(","))];
  return `${lines.join("\r\n")}\r\n`;
}

/**
 * A GeoJSON feature collection (RFC 7946): a point each, null where the text gives no place.
 * @param {{ [column: string]: any }[]} records
 * @returns {string}
 */
export function geojson(records) {
  const features = records.map((one) => ({
    type: "Feature",
    id: one.event_id,
    geometry: one.latitude === null ? null : { type: "Point", coordinates: [one.longitude, one.latitude] },
    properties: one,
  }));
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}

/** Hand a file to the reader. @param {string} name @param {string} type @param {string} text */
export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
