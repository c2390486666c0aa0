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

/** Arrays of each kind of number; `packing.NUMBERS` has the same. All are little-endian, as browsers' machines are. */
const NUMBERS = { u1: Uint8Array, i1: Int8Array, i2: Int16Array, i4: Int32Array, f8: Float64Array };
/** Between texts. */
const JOINT = "\0";

/** @typedef {ArrayLike<any>} Column texts or numbers; one value where it is the same for all */

/**
 * Value and columns of a pack that `packing.pack_columns` made.
 * @param {string} text
 * @returns {Promise<{ value: any, columns: { [name: string]: Column } }>}
 */
export async function unpackColumns(text) {
  return readColumns(await unpackBytes(text));
}

/** @param {ArrayBuffer} buffer @returns {{ value: any, columns: { [name: string]: Column } }} */
export function readColumns(buffer) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // a text may begin with what looks like a BOM
  let at = 4 + new DataView(buffer).getUint32(0, true);
  const { value, columns: specs } = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, at - 4)));
  /** @type {{ [name: string]: Column }} */
  const columns = {};
  for (const [name, [kind, given]] of Object.entries(specs)) {
    if (kind === "json") {
      columns[name] = given;
      continue;
    }
    if (kind === "text") columns[name] = decoder.decode(new Uint8Array(buffer, at, given)).split(JOINT);
    else columns[name] = new NUMBERS[/** @type {keyof typeof NUMBERS} */ (kind)](buffer.slice(at, at + given));
    at += given;
  }
  return { value, columns };
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
   * @param {{ count: number, tables: any }} value what `payload.Index` made
   * @param {{ [name: string]: Column }} columns
   * @param {string[]} packs details, CHUNK events each
   * @param {{ place: string[] }} fields names of the members of a place's row
   */
  constructor({ count, tables }, columns, packs, fields) {
    const column = (/** @type {string} */ name) => whole(columns[name], count);
    this.count = count;
    this.tables = tables;
    this.packs = packs;
    /** @type {Map<number, Promise<Chunk>>} */
    this.chunks = new Map();
    this.id = /** @type {string[]} */ (column("id"));
    this.kind = Uint8Array.from(column("kind"));
    this.weapon = Int32Array.from(column("weapon"));
    this.start = Int32Array.from(column("start"));
    this.end = Int32Array.from(column("end"));
    this.datePrec = Uint8Array.from(column("date_prec"));
    this.latitude = Float64Array.from(column("latitude"), (value) => value / DEGREE);
    this.longitude = Float64Array.from(column("longitude"), (value) => value / DEGREE);
    this.wherePrec = Uint8Array.from(column("where_prec"));
    this.radius = Float64Array.from(column("radius"), (value) => value / 10);
    this.place = Int32Array.from(column("place"));
    this.area = Int32Array.from(column("area"));
    this.killed = rangeColumns(column, "killed");
    this.injured = rangeColumns(column, "injured");
    this.sideA = Int32Array.from(column("side_a"));
    this.sideB = Int32Array.from(column("side_b"));
    this.status = Uint8Array.from(column("status"));
    this.clarity = Uint8Array.from(column("clarity"));
    const percent = (/** @type {number} */ value) => value / 10;
    this.confidence = Float64Array.from(column("confidence"), percent);
    this.mergeConfidence = Float64Array.from(column("merge_confidence"), percent);
    /** @type {number[][]} */
    this.publishers = Array.from(column("publishers"), (number) => tables.publishers[number]);
    /** @type {any[]} */
    this.places = tables.places.map((/** @type {any[]} */ row) => named(fields.place, row));
    /** @type {string[][]} keys of each place's country and region, such as "IQ" and "IQ|Diyala" */
    this.placeKeys = this.places.map(({ country, admin1 }) => (admin1 ? [country, `${country}|${admin1}`] : [country]));
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
      found = unpackColumns(this.packs[number]).then(({ value, columns }) => new Chunk(value, columns, this.places));
      this.chunks.set(number, found);
    }
    return found;
  }
}

/** @param {(name: string) => ArrayLike<number>} column @param {string} harm */
function rangeColumns(column, harm) {
  return {
    low: Float64Array.from(column(`${harm}_low`)), // a figure in an article can be of any size
    best: Float64Array.from(column(`${harm}_best`)),
    high: Float64Array.from(column(`${harm}_high`)),
  };
}

/** A column with a value for each record: where all are the same, one stands for them. @param {Column} column
 * @param {number} count @returns {Column} */
function whole(column, count) {
  return column.length === 1 && count > 1 ? Array(count).fill(column[0]) : column;
}

/** Lists of records an event has. */
const LISTS = ["articles", "passages", "quoted", "claims", "deaths", "alternatives", "corrections"];
/** Units of a confidence, and the day of an article that has none; `payload.SHARE` and `details.UNDATED`. */
const SHARE = 1000;
const UNDATED = -1000000;

/** Details of CHUNK events, in columns; `details.details` made them. */
export class Chunk {
  /** @param {number} count @param {{ [name: string]: Column }} columns @param {any[]} places of the index */
  constructor(count, columns, places) {
    this.places = places;
    this.sources = whole(columns.sources, count);
    /** @type {{ [list: string]: Int32Array }} where each event's records begin */
    this.starts = {};
    for (const name of LISTS) this.starts[name] = runningSum(whole(columns[name], count));
    /** @type {{ [kind: string]: [string, Column][] }} */
    this.members = {};
    for (const [name, column] of Object.entries(columns)) {
      const [kind, member] = name.split(".");
      if (member) (this.members[kind] ??= []).push([member, column]);
    }
  }

  /** One record of a kind. @param {string} kind @param {number} at @returns {any} */
  record(kind, at) {
    return Object.fromEntries(
      this.members[kind].map(([name, column]) => [name, column.length === 1 ? column[0] : column[at]]),
    );
  }

  /** The records of a kind that an event has. @param {string} kind @param {number} at @returns {any[]} */
  records(kind, at) {
    const [from, to] = [this.starts[kind][at], this.starts[kind][at + 1]];
    return Array.from({ length: to - from }, (_, i) => this.record(kind, from + i));
  }

  /** A place of the index, or (~n) of this chunk. @param {number} number @returns {any} */
  place(number) {
    return number >= 0 ? this.places[number] : this.record("place", ~number);
  }

  /** All that is known of an event beside its row in the index. @param {number} at @returns {any} */
  detail(at) {
    const event = this.record("event", at);
    const articles = this.records("articles", at).map((article) => ({
      ...article,
      published: article.published === UNDATED ? null : article.published,
    }));
    const claims = this.records("claims", at).map((claim) => ({ ...claim, source: articles[claim.article] }));
    const words = wordsRead(event, claims);
    const quoted = this.records("quoted", at);
    return {
      ...event,
      where_confidence: event.where_confidence / SHARE,
      sources: articles.slice(0, this.sources[at]),
      claims,
      passages: this.records("passages", at).map(
        (passage, number) => new Passage(passage, articles, words, quoted.filter((one) => one.passage === number)),
      ),
      deaths: this.records("deaths", at),
      alternatives: this.records("alternatives", at).map(({ place, confidence }) => ({
        ...this.place(place),
        confidence: confidence / SHARE,
      })),
      corrections: this.records("corrections", at),
    };
  }
}

/** @typedef {{ article: number | null, start: number, text: string, what: string }} Words words of an article that a
 * fact was read from; the article is null where the record does not tell, -1 where it is none of the event's */

/** The words that an event's facts were read from. @param {any} event @param {any[]} claims @returns {Words[]} */
function wordsRead(event, claims) {
  return [
    ...claims.map(({ article, start, text, harm }) => ({ article, start, text, what: harm })),
    { article: event.where_article, start: event.where_start, text: event.where_text, what: "place" },
    { article: null, start: event.when_start, text: event.when_text, what: "date" },
    { article: null, start: event.side_a_start, text: event.side_a_text, what: "actor" },
    { article: null, start: event.side_b_start, text: event.side_b_text, what: "actor" },
  ].filter(({ text }) => text);
}

/** Words of an article around a quote. */
class Passage {
  /** @param {any} record @param {any[]} articles @param {Words[]} words
   * @param {{ start: number, end: number }[]} quoted where quotes stand in it, if they are not all of it */
  constructor({ article, start, text }, articles, words, quoted) {
    this.text = text;
    this.source = articles[article];
    this.place = { article, start };
    this.words = words;
    this.quoted = quoted;
  }

  /**
   * Start, end and kind of what was read from it, in code points; words that do not stand there are passed over.
   * @returns {[number, number, string][]}
   */
  get marks() {
    const { article, start } = this.place;
    const letters = Array.from(this.text);
    /** @type {Map<string, [number, number, string]>} */
    const found = new Map();
    for (const { start: from, end: to } of this.quoted) found.set(`${from}-${to}-quote`, [from, to, "quote"]);
    for (const word of this.words) {
      const from = word.start - start;
      const to = from + Array.from(word.text).length;
      if (from < 0 || (word.article !== null && word.article !== article)) continue;
      if (letters.slice(from, to).join("") === word.text) found.set(`${from}-${to}-${word.what}`, [from, to, word.what]);
    }
    return [...found.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }
}

/** Sums of all numbers before each, and of all. @param {ArrayLike<number>} counts @returns {Int32Array} */
function runningSum(counts) {
  const sums = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) sums[i + 1] = sums[i] + counts[i];
  return sums;
}
