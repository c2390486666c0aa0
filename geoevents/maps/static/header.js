/**
 * The head of the page: title, totals and tools.
 * @module header
 */

import { button, clip, el, fill, foreign, icon } from "./dom.js";
import { Sum } from "./numbers.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */

/** Languages a reader can choose, by their own names. */
export const LANGUAGES = {
  en: "English",
  ar: "العربية",
  fr: "Français",
  es: "Español",
  ru: "Русский",
  uk: "Українська",
};

/**
 * @typedef {object} Tools
 * @property {() => void} share
 * @property {(format: "csv" | "geojson") => void} save
 * @property {() => void} print
 * @property {(language: string) => void} speak
 * @property {() => void} theme
 */

/**
 * @param {any} about title, description, logo, program and run
 * @param {Words} words
 * @param {Tools} tools
 * @param {HTMLElement} totals
 * @returns {HTMLElement}
 */
export function makeHeader(about, words, tools, totals) {
  return el(
    "header",
    { class: "header" },
    about.logo ? el("img", { class: "logo", src: about.logo, alt: "" }) : null,
    el(
      "div",
      { class: "heading" },
      el("h1", { dir: "auto", text: clip(about.title, 300) || words.t("title") }),
      about.description ? el("p", { class: "description", dir: "auto", text: clip(about.description, 2000) }) : null,
    ),
    totals,
    toolbar(about, words, tools),
  );
}

/** @param {any} about @param {Words} words @param {Tools} tools @returns {HTMLElement} */
function toolbar(about, words, tools) {
  const dialog = aboutDialog(about, words);
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": words.t("tools") },
    button("link", words.t("share"), tools.share),
    menu("save", words.t("save"), [
      item(words.t("save.geojson"), () => tools.save("geojson")),
      item(words.t("save.csv"), () => tools.save("csv")),
      item(words.t("print"), tools.print),
    ]),
    menu(
      "language",
      words.t("language"),
      Object.entries(LANGUAGES).map(([code, name]) =>
        item(name, () => tools.speak(code), { lang: code, "aria-current": code === words.language ? "true" : null }),
      ),
    ),
    button("theme", words.t("theme"), tools.theme),
    button("info", words.t("about"), () => dialog.showModal()),
    dialog,
  );
}

/**
 * A button that opens a short list of buttons.
 * @param {string} image
 * @param {string} label
 * @param {HTMLElement[]} items
 * @returns {HTMLElement}
 */
function menu(image, label, items) {
  const summary = el("summary", { class: "button", "aria-label": label, title: label }, icon(image));
  const details = el(
    "details",
    {
      class: "menu",
      onfocusout: (/** @type {FocusEvent} */ event) => {
        if (!details.contains(/** @type {Node | null} */ (event.relatedTarget))) details.open = false;
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape" || !details.open) return;
        event.stopPropagation();
        details.open = false;
        summary.focus();
      },
    },
    summary,
    el("div", { class: "menu-body" }, items),
  );
  return details;
}

/** @param {string} label @param {() => void} act @param {any} [more] @returns {HTMLElement} */
function item(label, act, more = {}) {
  const onclick = (/** @type {Event} */ event) => {
    /** @type {HTMLElement} */ (event.currentTarget).closest("details")?.removeAttribute("open");
    act();
  };
  return el("button", { type: "button", class: "menu-item", text: label, ...more, onclick });
}

/** What the page is, how it was made and how to read it. @param {any} about @param {Words} words
 * @returns {HTMLDialogElement} */
function aboutDialog(about, words) {
  const facts = Object.entries(about.run).map(([name, value]) =>
    el(
      "div",
      {},
      el("dt", { text: words.has(`run.${name}`) ? words.t(`run.${name}`) : clip(name, 80) }),
      el("dd", {}, foreign(clip(typeof value === "number" ? words.number(value) : String(value), 300))),
    ),
  );
  return el(
    "dialog",
    { class: "about", "aria-labelledby": "about-title" },
    el("h2", { id: "about-title", text: words.t("about") }),
    ["about.what", "about.ranges", "about.places", "about.dates", "about.private"].map((key) =>
      el("p", { text: words.t(key) }),
    ),
    facts.length ? el("dl", { class: "pairs" }, facts) : null,
    el("p", { class: "quiet", text: `${about.program} · ${words.t("about.credits")}` }),
    el("form", { method: "dialog" }, el("button", { class: "button wide", text: words.t("about.close") })),
  );
}

/**
 * Totals over events that may be added up, and how many may not.
 * @param {Events} events
 * @param {number[]} rows
 * @returns {{ killed: Sum, injured: Sum, unplaced: number, apart: number }}
 */
export function totalsOf(events, rows) {
  const found = { killed: new Sum(), injured: new Sum(), unplaced: 0, apart: 0 };
  for (const row of rows) {
    if (events.place[row] < 0) found.unplaced += 1;
    if (!events.counted(row)) {
      found.apart += 1;
      continue;
    }
    for (const harm of /** @type {const} */ (["killed", "injured"])) {
      const { low, best, high } = events[harm];
      found[harm].add(low[row], best[row], high[row]);
    }
  }
  return found;
}

/**
 * @param {HTMLElement} root
 * @param {Words} words
 * @param {ReturnType<typeof totalsOf>} totals
 * @param {number} shown
 * @param {number} all
 */
export function showTotals(root, words, totals, shown, all) {
  const total = (/** @type {string} */ name, /** @type {string} */ figure, /** @type {string} */ note) =>
    el(
      "div",
      { class: `total ${name}` },
      el("span", { class: "total-figure", text: figure }),
      el("span", { class: "total-name", text: words.t(name, { n: shown }) }),
      el("span", { class: "total-note", text: note }),
    );
  const silent = (/** @type {Sum} */ sum) => {
    const without = shown - totals.apart - sum.stated;
    return without ? words.t("total.silent", { n: without }) : "";
  };
  const note = [
    shown < all ? words.t("total.of", { n: all }) : "",
    totals.apart ? words.t("total.apart", { n: totals.apart }) : "",
  ];
  fill(
    root,
    total("events", words.number(shown), note.filter(Boolean).join(" · ")),
    total("killed", totals.killed.figures(words), silent(totals.killed)),
    total("injured", totals.injured.figures(words), silent(totals.injured)),
  );
}
