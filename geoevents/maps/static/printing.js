/**
 * What is printed: the map as it stands, what is filtered, and the events as a table.
 * @module printing
 */

import { clip, el, fill, foreign } from "./dom.js";
import { apartText, kindText, whenText, whereText } from "./list.js";
import { figures } from "./numbers.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */

/** A page of paper holds about 40 events; longer lists are for the CSV file. */
const MOST = 400;

/**
 * Fill the part of the page that only paper shows.
 * @param {HTMLElement} root
 * @param {Events} events
 * @param {Words} words
 * @param {{ rows: number[], chosen: string[], picture: string, parts: (Element | null)[] }} shown rows in the order of
 *   the list, the filters in words, the map as a data URI, and parts of the page to repeat: time, legend, credits
 */
export function fillPrint(root, events, words, { rows, chosen, picture, parts }) {
  const heads = ["print.what", "panel.when", "panel.where", "killed", "injured", "print.who"];
  fill(
    root,
    chosen.length ? el("p", { text: `${words.t("print.filters")} ${chosen.join(" · ")}` }) : null,
    el("img", { src: picture, alt: "" }),
    parts.map((part) => part?.cloneNode(true) ?? null),
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col", text: words.t(key) })))),
      el("tbody", {}, rows.slice(0, MOST).map((row) => tableRow(events, words, row))),
    ),
    rows.length > MOST ? el("p", { text: words.t("print.more", { n: rows.length - MOST }) }) : null,
  );
}

/** @param {Events} events @param {Words} words @param {number} row */
function tableRow(events, words, row) {
  const sides = [events.sideA[row], events.sideB[row]].filter((side) => side > 0).map((side) => clip(events.name(side), 80));
  return el(
    "tr",
    {},
    el("td", { text: [kindText(events, words, row), apartText(events, words, row)].filter(Boolean).join(" · ") }),
    el("td", { text: whenText(events, words, row) }),
    el("td", {}, foreign(whereText(events, words, row), { dir: words.direction })),
    el("td", { class: "number", text: figures(words, events.range("killed", row)) }),
    el("td", { class: "number", text: figures(words, events.range("injured", row)) }),
    el("td", {}, foreign(sides.join(" – "))),
  );
}
