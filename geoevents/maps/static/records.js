/**
 * The page's data: unpacked from base64 and deflate into columns; details are unpacked when an event is opened.
 * @module records
 */

import { ABSENT } from "./numbers.js";

const DEGREE = 100000;
const CHUNK = 1024;

/**
 * Bytes of a pack.
 * @param {string} text base64 of zlib data
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpackBytes(text) {
  const stream = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function fromBase64(text) {
  const made = /** @type {any} */ (Uint8Array);
  if (made.fromBase64) return made.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
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
    const { tables, count } = index;
    /** @type {{ [name: string]: any[] }} */
    const columns = Object.fromEntries(
      Object.entries(index.columns).map(([name, column]) => [name, whole(/** @type {any} */ (column), count)]),
    );
    this.count = count;
    this.tables = tables;
    this.fields = fields;
    this.packs = packs;
    /** @type {Map<number, Promise<Chunk>>} */
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
    const percent = (/** @type {number} */ value) => value / 10;
    this.confidence = Float64Array.from(columns.confidence, percent);
    this.mergeConfidence = Float64Array.from(columns.merge_confidence, percent);
    /** @type {number[][]} */
    this.publishers = columns.publishers.map((number) => tables.publishers[number]);
    this.corrections = Int32Array.from(columns.corrections);
    /** @type {any[]} */
    this.places = tables.places.map((/** @type {any[]} */ row) => named(fields.place, row));
    /** @type {string[][]} keys of each place's country and region, such as "IQ" and "IQ|Diyala" */
    this.placeKeys = this.places.map(({ country, admin1 }) => (admin1 ? [country, `${country}|${admin1}`] : [country]));
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

  /** Whether an event's numbers may be added up: a total over several happenings, or what is denied, may not.
   * @param {number} row */
  counted(row) {
    return this.clarity[row] === 1 && this.tables.statuses[this.status[row]] !== "denied";
  }

  /** Details of one event. @param {number} row @returns {Promise<any>} */
  async detail(row) {
    const chunk = await this.chunk(Math.floor(row / CHUNK));
    return chunk.detail(row % CHUNK);
  }

  /** @param {number} number @returns {Promise<Chunk>} */
  chunk(number) {
    let found = this.chunks.get(number);
    if (!found) {
      found = unpack(this.packs[number]).then((data) => new Chunk(data, this.fields, this.places));
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

/** A column with a value for each record: where all are the same, one stands for them. @param {any[]} column
 * @param {number} count @returns {any[]} */
function whole(column, count) {
  return column.length === 1 && count > 1 ? Array(count).fill(column[0]) : column;
}

/** Lists of records an event has. */
const LISTS = ["incidents", "sources", "passages", "claims", "deaths", "anchors", "alternatives", "corrections"];

/** Details of CHUNK events, in columns. */
class Chunk {
  /** @param {any} data what `details.details` made @param {{ [record: string]: string[] }} fields
   * @param {any[]} places of the index */
  constructor(data, fields, places) {
    this.data = data;
    this.fields = fields;
    this.places = places;
    /** @type {{ [list: string]: Int32Array }} where each event's records begin */
    this.starts = {};
    for (const name of LISTS) this.starts[name] = runningSum(whole(data.counts[name], data.count));
    const passages = this.starts.passages[data.count];
    this.marks = runningSum(whole(data.counts.marks, passages));
  }

  /** One record of a kind. @param {string} kind @param {number} at @returns {any} */
  record(kind, at) {
    const columns = this.data[kind];
    return Object.fromEntries(
      this.fields[kind].map((name, i) => [name, columns[i].length === 1 ? columns[i][0] : columns[i][at]]),
    );
  }

  /** Records `from` until `to` of a kind. @param {string} kind @param {number} from @param {number} to @returns {any[]} */
  records(kind, from, to) {
    return Array.from({ length: to - from }, (_, i) => this.record(kind, from + i));
  }

  /** A place of the index, or (~n) of this chunk. @param {number} number @returns {any} */
  place(number) {
    return number >= 0 ? this.places[number] : this.record("place", ~number);
  }

  /** @param {number} at @returns {any} */
  detail(at) {
    /** @type {{ [list: string]: any[] }} */
    const lists = {};
    for (const name of LISTS) lists[name] = this.records(name, this.starts[name][at], this.starts[name][at + 1]);
    const article = (/** @type {any} */ one) => ({ ...one, source: this.record("article", one.source) });
    const place = (/** @type {any} */ one) => ({ ...one, ...this.place(one.place) });
    const marks = (/** @type {any} */ one, /** @type {number} */ i) => {
      const number = this.starts.passages[at] + i;
      const found = this.records("marks", this.marks[number], this.marks[number + 1]);
      return { ...one, marks: found.map(({ start, end, what }) => [start, end, what]) };
    };
    return {
      ...this.record("event", at),
      ...lists,
      sources: lists.sources.map((one) => this.record("article", one.source)),
      passages: lists.passages.map(article).map(marks),
      claims: lists.claims.map(article),
      anchors: lists.anchors.map(place),
      alternatives: lists.alternatives.map(place),
    };
  }
}

/** Sums of all numbers before each, and of all. @param {number[]} counts @returns {Int32Array} */
function runningSum(counts) {
  const sums = new Int32Array(counts.length + 1);
  counts.forEach((count, i) => {
    sums[i + 1] = sums[i] + count;
  });
  return sums;
}
