/**
 * The interface's own words, in the reader's language: strings, plurals, numbers, dates and names of countries.
 * @module words
 */

/** @typedef {string | { [category: string]: string }} Entry a string, or a string for each plural category */
/** @typedef {{ [key: string]: { [language: string]: Entry } }} WordTable */

const DAY = 86400000;
const LEFT_TO_RIGHT = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u;
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}|[\u202A-\u202E\u2066-\u2069]/u;

/** How dates are written. */
const DATES = {
  full: /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" }),
  day: /** @type {const} */ ({ day: "numeric", month: "short", year: "numeric" }),
  month: /** @type {const} */ ({ month: "short", year: "numeric" }),
  year: /** @type {const} */ ({ year: "numeric" }),
};

export class Words {
  /** @param {WordTable} table @param {string} language */
  constructor(table, language) {
    this.table = table;
    this.language = language;
    this.direction = language === "ar" ? "rtl" : "ltr";
    this.plurals = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
    this.shares = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
    this.lists = new Intl.ListFormat(language, { type: "conjunction" });
    this.regions = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    /** @type {{ [style: string]: Intl.DateTimeFormat }} made when first used: each takes a moment */
    this.dates = {};
    /** @type {Intl.Collator | null} the same */
    this.collator = null;
  }

  /**
   * The string for `key`; `{name}` takes the value of that name, `n` chooses the plural.
   * @param {string} key
   * @param {{ [name: string]: string | number }} [values]
   * @returns {string}
   */
  t(key, values = {}) {
    const entry = this.table[key]?.[this.language] ?? this.table[key]?.en ?? key;
    const text = typeof entry === "string" ? entry : entry[this.plurals.select(Number(values.n))] ?? entry.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  /** Whether there is a string for `key`. @param {string} key */
  has(key) {
    return key in this.table;
  }

  /** @param {number} value @returns {string} */
  number(value) {
    return this.numbers.format(value);
  }

  /** Figures that run from left to right in any language: "64–75+". @param {string} text @returns {string} */
  figures(text) {
    return this.direction === "rtl" ? `\u2066${text}\u2069` : text;
  }

  /** Words set apart from a neighbourhood of the other direction. @param {string} text @returns {string} */
  apart(text) {
    return this.direction === "rtl" ? `\u2067${text}\u2069` : text;
  }

  /** A name set apart where it runs against the page: "Mosul" among Arabic, "الموصل" among English words.
   * @param {string} name @returns {string} */
  name(name) {
    return (this.direction === "rtl" ? LEFT_TO_RIGHT : RIGHT_TO_LEFT).test(name) ? `\u2068${name}\u2069` : name;
  }

  /** A share from 0 to 1. @param {number} value @returns {string} */
  share(value) {
    return this.shares.format(value);
  }

  /** @param {string[]} items @returns {string} */
  list(items) {
    return this.lists.format(items);
  }

  /**
   * A date, or the first and last of a span.
   * @param {number} start days since 1970-01-01
   * @param {number} end
   * @param {keyof typeof DATES} [style]
   * @returns {string}
   */
  day(start, end = start, style = "day") {
    const format = (this.dates[style] ??= new Intl.DateTimeFormat(this.language, { timeZone: "UTC", ...DATES[style] }));
    const [first, last] = [new Date(start * DAY), new Date(end * DAY)];
    return start === end ? format.format(first) : format.formatRange(first, last);
  }

  /**
   * Name of a country in the reader's language, else the one the data has.
   * @param {string} code ISO 3166-1 alpha-2
   * @param {string} [fallback]
   * @returns {string}
   */
  country(code, fallback = code) {
    try {
      return this.regions.of(code) ?? fallback;
    } catch {
      return fallback;
    }
  }

  /** Order of two texts. @param {string} a @param {string} b */
  compare(a, b) {
    this.collator ??= new Intl.Collator(this.language, { numeric: true });
    return this.collator.compare(a, b);
  }
}

/**
 * A text as it is searched: without case and accents.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
}
