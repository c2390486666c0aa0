/**
 * The page's data: unpacked from base64 and deflate into columns; details are unpacked when an event is opened.
 * @module records
 */

import { ABSENT } from "./numbers.js";

const DEGREE = 100000;
const CHUNK = 256;

/**
 * Bytes of a pack.
 * @param {string} text base64 of zlib data
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpackBytes(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** Value of a pack. @param {string} text @returns {Promise<any>} */
export async function unpack(text) {
  return JSON.parse(new TextDecoder().decode(await unpackBytes(text)));
}

/**
 * An object from a row and the names of its members.
 * @param {string[]} names
 * @param {any[]} row
 * @returns {any}
 */
export function named(names, row) {
  return Object.fromEntries(names.map((name, i) => [name, row[i]]));
}

/**
 * All events, a column per field; an event is its row's number.
 */
export class Events {
  /**
   * @param {any} index what `payload.index` made
   * @param {string[]} packs details, CHUNK events each
   * @param {{ [record: string]: string[] }} fields names of the members of each kind of row
   */
  constructor(index, packs, fields) {
    const { columns, tables, count } = index;
    this.count = count;
    this.tables = tables;
    this.fields = fields;
    this.packs = packs;
    /** @type {Map<number, Promise<any>>} */
    this.chunks = new Map();
    this.id = /** @type {string[]} */ (columns.id);
    this.kind = Uint8Array.from(columns.kind);
    this.weapon = Int32Array.from(columns.weapon);
    this.start = Int32Array.from(columns.start);
    this.end = Int32Array.from(columns.end);
    this.datePrec = Uint8Array.from(columns.date_prec);
    this.latitude = Float64Array.from(columns.latitude, (value) => value / DEGREE);
    this.longitude = Float64Array.from(columns.longitude, (value) => value / DEGREE);
    this.wherePrec = Uint8Array.from(columns.where_prec);
    this.radius = Float64Array.from(columns.radius, (value) => value / 10);
    this.place = Int32Array.from(columns.place);
    this.area = Int32Array.from(columns.area);
    this.killed = rangeColumns(columns, "killed");
    this.injured = rangeColumns(columns, "injured");
    this.sideA = Int32Array.from(columns.side_a);
    this.sideB = Int32Array.from(columns.side_b);
    this.status = Uint8Array.from(columns.status);
    this.clarity = Uint8Array.from(columns.clarity);
    this.confidence = Uint8Array.from(columns.confidence);
    this.mergeConfidence = Uint8Array.from(columns.merge_confidence);
    this.publishers = /** @type {number[][]} */ (columns.publishers);
    this.corrections = Int32Array.from(columns.corrections);
    this.places = tables.places.map((/** @type {any[]} */ row) => named(fields.place, row));
    /** @type {Map<string, number>} */
    this.rowOf = new Map(this.id.map((id, row) => [id, row]));
  }

  /** Name of a string table's row. @param {number} number @returns {string} */
  name(number) {
    return this.tables.names[number];
  }

  /** Sub-event type, event type and disorder type. @param {number} row @returns {[string, string, string]} */
  kinds(row) {
    return this.tables.kinds[this.kind[row]];
  }

  /** The place an event is put at, or null. @param {number} row */
  placeOf(row) {
    return this.place[row] === ABSENT ? null : this.places[this.place[row]];
  }

  /** @param {"killed" | "injured"} harm @param {number} row */
  range(harm, row) {
    const { low, best, high } = this[harm];
    return { low: low[row], best: best[row], high: high[row] };
  }

  /** Details of one event. @param {number} row @returns {Promise<any>} */
  async detail(row) {
    const chunk = await this.chunk(Math.floor(row / CHUNK));
    return readDetail(chunk, row % CHUNK, this.fields);
  }

  /** @param {number} number @returns {Promise<any>} */
  chunk(number) {
    let found = this.chunks.get(number);
    if (!found) {
      found = unpack(this.packs[number]);
      this.chunks.set(number, found);
    }
    return found;
  }
}

/** @param {any} columns @param {string} harm */
function rangeColumns(columns, harm) {
  return {
    low: Float64Array.from(columns[`${harm}_low`]), // a figure in an article can be of any size
    best: Float64Array.from(columns[`${harm}_best`]),
    high: Float64Array.from(columns[`${harm}_high`]),
    qualifier: Uint8Array.from(columns[`${harm}_qualifier`]),
  };
}

/**
 * @param {any} chunk
 * @param {number} place
 * @param {{ [record: string]: string[] }} fields
 */
function readDetail(chunk, place, fields) {
  const detail = named(fields.detail, chunk.events[place]);
  const source = (/** @type {number} */ number) => named(fields.source, chunk.sources[number]);
  return {
    ...detail,
    sources: detail.sources.map(source),
    passages: detail.passages.map((/** @type {any[]} */ row) => {
      const passage = named(fields.passage, row);
      return { ...passage, source: source(passage.source) };
    }),
    claims: detail.claims.map((/** @type {any[]} */ row) => {
      const claim = named(fields.claim, row);
      return { ...claim, source: source(claim.source) };
    }),
    when: detail.when && named(fields.when, detail.when),
    where: detail.where && readWhere(named(fields.where, detail.where), fields),
    deaths: detail.deaths.map((/** @type {any[]} */ row) => named(fields.death, row)),
    side_a: detail.side_a && named(fields.actor, detail.side_a),
    side_b: detail.side_b && named(fields.actor, detail.side_b),
    corrections: detail.corrections.map((/** @type {any[]} */ row) => named(fields.correction, row)),
  };
}

/** @param {any} where @param {{ [record: string]: string[] }} fields */
function readWhere(where, fields) {
  const places = (/** @type {any[][]} */ rows) => rows.map((row) => named(fields.place, row));
  return { ...where, anchors: places(where.anchors), alternatives: places(where.alternatives) };
}
