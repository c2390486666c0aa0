/**
 * Numbers of people: ranges with open ends, their sums and their words.
 * @module numbers
 */

/** @typedef {import("./words.js").Words} Words */
/** @typedef {{ low: number, best: number, high: number, stated?: number }} Range `high` may be OPEN */

/** A number nobody stated. */
export const ABSENT = -1;
/** A `high` without an upper end. */
export const OPEN = -2;

/**
 * A range in figures: "64–75", "19+" for an open end, "64–75+" for a sum with one.
 * @param {Words} words
 * @param {Range} range
 * @param {number} [known] what a sum with an open end amounts to where it is known
 * @returns {string}
 */
export function figures(words, range, known = range.best) {
  const { low, high } = range;
  if (low === ABSENT) return words.t("count.absent");
  const top = high === OPEN ? Math.max(low, known) : high;
  const text = top === low ? words.number(low) : `${words.number(low)}–${words.number(top)}`;
  return words.figures(high === OPEN ? `${text}+` : text);
}

/**
 * A range in words: "at least 19", "between 64 and 75".
 * @param {Words} words
 * @param {Range} range
 * @returns {string}
 */
export function inWords(words, range) {
  const { low, best, high } = range;
  if (low === ABSENT) return words.t("count.absent.long");
  if (high === OPEN) {
    return best > low ? words.t("count.atleast.best", { low, best }) : words.t("count.atleast", { low });
  }
  if (low === high) return low === 0 ? words.t("count.none") : words.number(low);
  if (best === low || best === high) return words.t("count.between", { low, high });
  return words.t("count.between.best", { low, high, best });
}

/** A sum of ranges, built up one by one. */
export class Sum {
  constructor() {
    this.low = 0;
    this.best = 0;
    this.top = 0; // of the ends that are known, and the best figures where an end is open
    this.open = false;
    this.stated = 0;
  }

  /** @param {number} low @param {number} best @param {number} high */
  add(low, best, high) {
    if (low === ABSENT) return;
    this.low += low;
    this.best += best;
    this.stated += 1;
    if (high === OPEN) this.open = true;
    this.top += high === OPEN ? best : high;
  }

  /** @returns {Range} */
  get range() {
    if (!this.stated) return { low: ABSENT, best: ABSENT, high: ABSENT };
    return { low: this.low, best: this.best, high: this.open ? OPEN : this.top };
  }

  /** In figures, such as "83–94+". @param {Words} words */
  figures(words) {
    return figures(words, this.range, this.top);
  }
}
