/**
 * Words of an article with what was read from them marked.
 * @module marks
 */

import { el } from "./dom.js";

/** Kind of a mark as it is styled and explained: all numbers alike. @param {string} kind */
export function markClass(kind) {
  return kind === "place" || kind === "date" || kind === "actor" || kind === "quote" ? kind : "number";
}

/**
 * A text in stretches of one style each; where marks overlap, the shorter is shown.
 * @param {string} text
 * @param {[number, number, string][]} marks in code points
 * @returns {{ words: string, style: string }[]} style: "", "quote", "number", "place", "date" or "actor"
 */
export function stretches(text, marks) {
  const letters = Array.from(text);
  /** @type {string[]} */
  const styles = new Array(letters.length).fill("");
  const longestFirst = [...marks].sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  for (const [start, end, kind] of longestFirst) styles.fill(markClass(kind), start, end);
  const found = [];
  let from = 0;
  for (let i = 1; i <= letters.length; i += 1) {
    if (i < letters.length && styles[i] === styles[from]) continue;
    found.push({ words: letters.slice(from, i).join(""), style: styles[from] });
    from = i;
  }
  return found;
}

/** A passage with its marks. @param {string} text @param {[number, number, string][]} marks @returns {Node[]} */
export function marked(text, marks) {
  return stretches(text, marks).map(({ words, style }) => {
    if (style === "") return document.createTextNode(words);
    return el(style === "quote" ? "span" : "mark", { class: style, text: words });
  });
}
