/**
 * What frames the map: its buttons, its credits, and on a small screen the buttons that choose what to see.
 * @module frame
 */

import { button, el, fill, icon, svg } from "./dom.js";

/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./map.js").MapView} MapView */

const CREDITS = {
  geonames: ["GeoNames", "https://www.geonames.org/"],
  licence: ["CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"],
  earth: ["Natural Earth", "https://www.naturalearthdata.com/"],
  leaflet: ["Leaflet", "https://leafletjs.com/"],
};
const VIEWS = /** @type {const} */ ({ map: "map", list: "list", filters: "filter" });

/**
 * @param {MapView} map
 * @param {Words} words
 * @param {any[]} tiles layers a reader can choose
 * @param {{ onall: () => void, ongrouping: (on: boolean) => void, ontiles: () => void }} listeners
 * @returns {HTMLElement}
 */
export function mapButtons(map, words, tiles, listeners) {
  const zoom = (/** @type {string} */ text, /** @type {string} */ key, /** @type {number} */ by) =>
    el("button", {
      type: "button",
      class: "button",
      "aria-label": words.t(key),
      title: words.t(key),
      text,
      onclick: () => map.leaflet.setZoom(map.leaflet.getZoom() + by),
    });
  const grouping = button("map", words.t("map.group"), () => {
    const on = grouping.getAttribute("aria-pressed") !== "true";
    grouping.setAttribute("aria-pressed", String(on));
    listeners.ongrouping(on);
  });
  grouping.setAttribute("aria-pressed", String(map.grouping));
  fill(grouping, threeDots());
  return el(
    "div",
    { class: "map-buttons" },
    zoom("+", "map.in", 1),
    zoom("−", "map.out", -1),
    button("map", words.t("map.all"), listeners.onall),
    grouping,
    tiles.length ? tileField(map, words, tiles, listeners.ontiles) : null,
  );
}

/** @param {MapView} map @param {Words} words @param {any[]} tiles @param {() => void} onchange */
function tileField(map, words, tiles, onchange) {
  const field = el(
    "select",
    {
      class: "select small",
      "aria-label": words.t("map.ground"),
      onchange: () => {
        map.setTiles(tiles[Number(field.value)] ?? null);
        onchange();
      },
    },
    tiles.map((tile, i) => el("option", { value: i, text: tile.name })),
    el("option", { value: -1, text: words.t("map.outlines") }),
  );
  return field;
}

/** Three dots that could be one. */
function threeDots() {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    [[8, 8, 3.2], [16, 9, 2.4], [13, 16, 4.2]].map(([cx, cy, r]) => svg("circle", { cx, cy, r })),
  );
}

/**
 * Whose data the map shows; always in sight.
 * @param {HTMLElement} root
 * @param {string} tiles attribution of the tiles shown, if any
 * @param {string} program
 */
export function showCredits(root, tiles, program) {
  const link = (/** @type {string[]} */ [name, href]) =>
    el("a", { href, rel: "noopener noreferrer", target: "_blank", text: name });
  fill(
    root,
    tiles ? `${tiles} · ` : null,
    link(CREDITS.geonames),
    " (",
    link(CREDITS.licence),
    ") · ",
    link(CREDITS.earth),
    " · ",
    link(CREDITS.leaflet),
    el("span", { text: ` · ${program}` }),
  );
}

/** Buttons of a small screen: one view at a time. @param {Words} words @param {(name: string) => void} onview
 * @returns {HTMLElement} */
export function viewButtons(words, onview) {
  return el(
    "nav",
    { class: "views", "aria-label": words.t("views") },
    Object.entries(VIEWS).map(([name, image]) =>
      el(
        "button",
        { type: "button", data: { show: name }, onclick: () => onview(name) },
        icon(image),
        el("span", { text: words.t(name) }),
      ),
    ),
  );
}

/**
 * The hatches that pictures on the page are filled with: of bars, and of areas in the legend. They stand by
 * themselves, because a pattern within something hidden is not drawn.
 * @returns {SVGElement}
 */
export function patterns() {
  const pattern = (/** @type {string} */ id, /** @type {number} */ size, /** @type {SVGElement[]} */ ...parts) =>
    svg(
      "pattern",
      { id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      parts,
    );
  return svg(
    "svg",
    { class: "patterns", "aria-hidden": "true" },
    pattern(
      "hatch",
      4,
      svg("rect", { width: 4, height: 4, class: "hatch-ground" }),
      svg("rect", { width: 1.8, height: 4, class: "hatch-line" }),
    ),
    pattern("hatch-ink", 5, svg("rect", { width: 1.2, height: 5, class: "hatch-ink" })),
  );
}
