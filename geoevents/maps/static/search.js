/**
 * Looking for words in all that is known of the events; their texts are unpacked when first looked through.
 * @module search
 */

import { kindText } from "./list.js";
import { fold } from "./words.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */

export class Search {
  /** @param {Events} events @param {Words} words */
  constructor(events, words) {
    this.events = events;
    this.words = words;
    /** @type {string[] | null} folded text of each event */
    this.texts = null;
    /** @type {Promise<void> | null} */
    this.reading = null;
  }

  /**
   * A test for events that hold all words of a text; null while the texts are not read.
   * @param {string} text
   * @returns {((row: number) => boolean) | null}
   */
  finder(text) {
    const { texts } = this;
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    if (!wanted.length || !texts) return null;
    return (row) => wanted.every((word) => texts[row].includes(word));
  }

  /** Read all texts, once; with many events this takes a moment. @returns {Promise<void>} */
  read() {
    this.reading ??= this.readAll();
    return this.reading;
  }

  async readAll() {
    const texts = [];
    for (let row = 0; row < this.events.count; row += 1) texts.push(this.text(row, await this.events.detail(row)));
    this.texts = texts;
  }

  /** @param {number} row @param {any} detail @returns {string} */
  text(row, detail) {
    const { events, words } = this;
    const place = events.placeOf(row);
    const parts = [
      kindText(events, words, row),
      words.t(`type.${events.kinds(row)[1]}`),
      ...(place ? [place.name, place.admin1, place.admin2, words.country(place.country)] : []),
      events.name(events.sideA[row]),
      events.name(events.sideB[row]),
      detail.target,
      events.id[row],
      ...detail.passages.map((/** @type {any} */ passage) => passage.text),
      ...detail.sources.flatMap((/** @type {any} */ source) => [source.title, source.publisher, source.name]),
      ...detail.claims.map((/** @type {any} */ claim) => claim.speaker),
    ];
    return fold(parts.filter(Boolean).join("\n"));
  }
}
