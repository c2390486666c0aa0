/**
 * The legend: it explains only what the map shows.
 * @module legend
 */

import { el, fill, svg } from "./dom.js";
import { glyph, GLYPH, radius } from "./symbols.js";

/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./records.js").Events} Events */

/** Round figures for the circles of the legend, of which those that fit are shown. */
const ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1000000];

/**
 * @param {HTMLElement} root
 * @param {Events} events
 * @param {Words} words
 * @param {any} palette
 * @returns {{ resize: (unit: number) => void }}
 */
export function makeLegend(root, events, words, palette) {
  const types = [...new Set(events.tables.kinds.map((/** @type {string[]} */ kinds) => kinds[1]))];
  const order = Object.keys(palette.kinds);
  types.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const sizes = el("div", { class: "legend-sizes" });
  fill(
    root,
    el("summary", { text: words.t("legend") }),
    el(
      "div",
      { class: "legend-body" },
      el("h2", { text: words.t("legend.kinds") }),
      el(
        "ul",
        { role: "list", class: "legend-kinds" },
        types.map((type) => el("li", {}, glyph(palette, type), el("span", { text: words.t(`type.${type}`) }))),
      ),
      el("h2", { text: words.t("legend.size") }),
      sizes,
      el("ul", { role: "list", class: "legend-rows" }, rows(words)),
    ),
  );
  return { resize: (unit) => fill(sizes, sizePicture(words, unit)) };
}

/** Circles of round figures, one in another, at the map's present scale. @param {Words} words @param {number} unit */
function sizePicture(words, unit) {
  const fitting = ROUND.filter((people) => radius(people, unit) >= 5 && radius(people, unit) <= 40);
  const last = fitting.length - 1;
  const shown = [...new Set([fitting[last], fitting[Math.max(0, last - 2)], fitting[Math.max(0, last - 5)]])].filter(
    (people) => people !== undefined,
  );
  const most = Math.max(14, ...shown.map((people) => radius(people, unit)));
  const height = 2 * most + 6;
  const parts = shown.flatMap((people) => {
    const r = radius(people, unit);
    const y = height - 3 - r;
    return [
      svg("circle", { cx: most + 3, cy: y, r, class: "legend-circle" }),
      svg("line", { x1: most + 3, y1: y - r, x2: 2 * most + 14, y2: y - r, class: "legend-line" }),
      svg("text", { x: 2 * most + 18, y: y - r + 4, class: "legend-text" }, words.number(people)),
    ];
  });
  return svg(
    "svg",
    { width: 2 * most + 80, height: height + 4, viewBox: `0 -4 ${2 * most + 80} ${height + 4}`, role: "img", "aria-label": words.t("legend.size.long"), direction: "ltr" },
    parts,
  );
}

/** What the rings, hatches and hollow glyphs mean. @param {Words} words */
function rows(words) {
  const picture = (/** @type {any[]} */ ...parts) =>
    svg("svg", { viewBox: "-16 -16 32 32", width: 32, height: 32, class: "legend-picture", "aria-hidden": "true" }, parts);
  const ring = (/** @type {number} */ r, /** @type {string} */ name) => svg("circle", { r, class: name });
  const dot = () => ring(4, "legend-dot");
  const row = (/** @type {Node} */ image, /** @type {string} */ key) => el("li", {}, image, el("span", { text: words.t(key) }));
  return [
    row(picture(ring(14, "legend-high"), ring(10, "legend-best"), ring(6.5, "legend-low")), "legend.range"),
    row(picture(ring(9, "legend-best"), ring(14, "legend-open")), "legend.open"),
    row(picture(ring(12, "legend-injured"), dot()), "legend.injured"),
    row(picture(ring(GLYPH + 4, "legend-zero"), dot()), "legend.zero"),
    row(picture(dot()), "legend.absent"),
    row(picture(ring(13, "legend-near"), dot()), "legend.near"),
    row(
      picture(
        svg("rect", { x: -14, y: -14, width: 28, height: 28, class: "legend-hatch" }),
        svg("circle", { r: 4.5, class: "legend-hollow" }),
      ),
      "legend.area",
    ),
    row(picture(svg("rect", { x: -11, y: -11, width: 22, height: 22, class: "legend-apart" }), dot()), "legend.apart"),
    row(
      picture(ring(12, "legend-group"), svg("text", { y: 4, class: "legend-number" }, words.number(7))),
      "legend.group",
    ),
  ];
}
