/**
 * The list of events: only the rows in sight are in the page, so that a hundred thousand scroll like ten.
 * @module list
 */

import { clip, el, fill, foreign } from "./dom.js";
import { figures } from "./numbers.js";
import { glyph } from "./symbols.js";
import { isArea } from "./groups.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./symbols.js").Palette} Palette */

/** Height of a row in rem; the style sheet has the same. */
const ROW = 4.25;
/** Rows kept ready above and below those in sight. */
const SPARE = 6;
/** No name in a row takes more characters than this. */
const NAME = 120;

/** @typedef {(events: Events, words: Words) => (a: number, b: number) => number} Order */

/** @type {{ [name: string]: Order }} */
export const ORDERS = {
  newest: (e) => (a, b) => dated(e, a, b) || middle(e, b) - middle(e, a),
  oldest: (e) => (a, b) => dated(e, a, b) || middle(e, a) - middle(e, b),
  killed: (e) => (a, b) => e.killed.best[b] - e.killed.best[a] || e.killed.low[b] - e.killed.low[a],
  injured: (e) => (a, b) => e.injured.best[b] - e.injured.best[a] || e.injured.low[b] - e.injured.low[a],
  place: (e, words) => {
    const names = e.places.map((/** @type {any} */ place) => clip(place.name, NAME));
    return (a, b) =>
      Number(e.place[a] < 0) - Number(e.place[b] < 0) || words.compare(names[e.place[a]] ?? "", names[e.place[b]] ?? "");
  },
  confidence: (e) => (a, b) => e.confidence[b] - e.confidence[a],
};

/** Twice the middle of the days an event may have happened on. @param {Events} e @param {number} row */
function middle(e, row) {
  return e.start[row] + e.end[row];
}

/** Undated events come last. @param {Events} e @param {number} a @param {number} b */
function dated(e, a, b) {
  return Number(!e.datePrec[a]) - Number(!e.datePrec[b]);
}

/** Rows in an order; equal ones in the order of the data. @param {Events} events @param {Words} words
 * @param {number[]} rows @param {string} order @returns {number[]} */
export function sorted(events, words, rows, order) {
  const compare = (ORDERS[order] ?? ORDERS.newest)(events, words);
  return [...rows].sort((a, b) => compare(a, b) || a - b);
}

/** Where an event was, in words. @param {Events} events @param {Words} words @param {number} row */
export function whereText(events, words, row) {
  const place = events.placeOf(row);
  if (!place) return words.t("where.none");
  const country = place.country ? words.country(place.country) : "";
  const name = clip(place.name, NAME);
  const parts = [name, clip(place.admin1, NAME), country]
    .filter((part, i, all) => part && all.indexOf(part) === i)
    .map((part) => words.name(part));
  const text = words.has(`where.${events.wherePrec[row]}`) ? `where.${events.wherePrec[row]}` : "where.1";
  const whole = events.wherePrec[row] === 6 && country ? country : parts.join(words.t("comma"));
  return words.t(text, { place: whole });
}

/** When an event was, in words. @param {Events} events @param {Words} words @param {number} row
 * @param {"full" | "day"} [style] */
export function whenText(events, words, row, style = "day") {
  if (!events.datePrec[row]) return words.t("when.none");
  return words.day(events.start[row], events.end[row], style);
}

/** What an event was, in plain words. @param {Events} events @param {Words} words @param {number} row */
export function kindText(events, words, row) {
  const sub = events.kinds(row)[0];
  return words.has(`sub.${sub}`) ? words.t(`sub.${sub}`) : sub;
}

/** A word for what is not added up, a total over several happenings or what is denied; "" for all else.
 * @param {Events} events @param {Words} words @param {number} row */
export function apartText(events, words, row) {
  if (events.counted(row)) return "";
  return words.t(events.clarity[row] === 2 ? "row.aggregate" : "row.denied");
}

export class EventList {
  /**
   * @param {HTMLElement} root
   * @param {Events} events
   * @param {Words} words
   * @param {Palette} palette
   * @param {(row: number) => void} onchoose
   */
  constructor(root, events, words, palette, onchoose) {
    this.root = root;
    this.events = events;
    this.words = words;
    this.palette = palette;
    this.onchoose = onchoose;
    this.drawn = "";
    this.items = el("ul", { class: "rows", role: "list" });
    this.empty = el("p", { class: "note", text: words.t("list.empty") });
    fill(root, this.items, this.empty);
    /** @type {number[]} */
    this.rows = [];
    /** @type {number | null} */
    this.chosen = null;
    this.focused = 0;
    root.addEventListener("scroll", () => this.draw(), { passive: true });
    root.addEventListener("keydown", (event) => this.onkey(event));
    new ResizeObserver(() => this.draw(true)).observe(root);
  }

  get rowHeight() {
    return ROW * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** Show these rows in this order. @param {number[]} rows */
  show(rows) {
    this.rows = rows;
    this.focused = Math.max(0, Math.min(this.focused, rows.length - 1));
    this.empty.hidden = rows.length > 0;
    this.root.scrollTop = Math.min(this.root.scrollTop, rows.length * this.rowHeight);
    this.draw(true);
  }

  /** Mark an event as chosen and bring it into sight. @param {number | null} row */
  choose(row) {
    this.chosen = row;
    const at = row === null ? -1 : this.rows.indexOf(row);
    if (at >= 0) {
      this.focused = at;
      this.reveal(at);
    }
    this.draw(true);
  }

  /** @param {number} at */
  reveal(at) {
    const [top, height] = [at * this.rowHeight, this.root.clientHeight];
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + this.rowHeight > this.root.scrollTop + height) this.root.scrollTop = top + this.rowHeight - height;
  }

  /** Put the rows in sight into the page. @param {boolean} [anew] */
  draw(anew = false) {
    const height = this.rowHeight;
    const from = Math.max(0, Math.floor(this.root.scrollTop / height) - SPARE);
    const to = Math.min(this.rows.length, Math.ceil((this.root.scrollTop + this.root.clientHeight) / height) + SPARE);
    const key = `${from}-${to}`;
    if (!anew && key === this.drawn) return;
    this.drawn = key;
    const held = this.root.contains(document.activeElement);
    this.items.style.setProperty("height", `${this.rows.length * height}px`);
    fill(
      this.items,
      this.rows.slice(from, to).map((row, i) => this.item(row, from + i, height)),
    );
    if (held) this.focusRow();
  }

  focusRow() {
    const row = this.items.querySelector('[tabindex="0"]');
    if (row) row.focus({ preventScroll: true });
    else this.root.focus({ preventScroll: true });
  }

  /** @param {number} row @param {number} at @param {number} height */
  item(row, at, height) {
    const { events, words } = this;
    const [, type] = events.kinds(row);
    const killed = events.range("killed", row);
    const injured = events.range("injured", row);
    const stated = killed.low >= 0;
    const apart = apartText(events, words, row);
    const face = el(
      "button",
      {
        type: "button",
        class: "row",
        tabindex: at === this.focused ? 0 : -1,
        "aria-current": row === this.chosen ? "true" : null,
        onclick: () => this.onchoose(row),
      },
      glyph(this.palette, type, { area: isArea(events.wherePrec[row]), size: 20 }),
      el(
        "span",
        { class: "row-text" },
        el("span", { class: "row-title", text: kindText(events, words, row) }),
        foreign(whereText(events, words, row), { class: "row-where", dir: words.direction }),
        el("span", { class: "row-when" }, whenText(events, words, row), apart ? el("span", { class: "tag", text: apart }) : null),
      ),
      el(
        "span",
        { class: "row-harm" },
        el("span", { class: stated ? "figure" : "figure absent", text: stated ? figures(words, killed) : "–" }),
        el("span", { class: "unit", text: words.t(stated ? "killed" : "killed.absent") }),
        injured.low >= 0
          ? el("span", { class: "hurt", text: words.t("injured.short", { range: figures(words, injured) }) })
          : null,
      ),
    );
    return el(
      "li",
      {
        "aria-setsize": this.rows.length,
        "aria-posinset": at + 1,
        style: { top: `${at * height}px`, height: `${height}px` },
      },
      face,
    );
  }

  /** @param {KeyboardEvent} event */
  onkey(event) {
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.rowHeight) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move === undefined || !this.rows.length) return;
    event.preventDefault();
    this.focused = Math.max(0, Math.min(this.rows.length - 1, this.focused + move));
    this.reveal(this.focused);
    this.draw(true);
    this.focusRow();
  }
}
