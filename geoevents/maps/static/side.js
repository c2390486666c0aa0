/**
 * The side of the page: search, chosen filters, and the list or the filters.
 * @module side
 */

import { el, icon } from "./dom.js";
import { ORDERS } from "./list.js";

/** @typedef {import("./words.js").Words} Words */

/** Pause in typing after which a text is looked for. */
const TYPING_MS = 200;
const TABS = /** @type {const} */ ({ list: "list", filters: "filter" });

/** @typedef {{ onsearch: (text: string) => void, onorder: (order: string) => void, ontab: (name: string) => void }} SideListeners */

export class Side {
  /**
   * @param {Words} words
   * @param {{ text: string, order: string }} state
   * @param {SideListeners} listeners
   */
  constructor(words, state, listeners) {
    this.words = words;
    this.listeners = listeners;
    this.tab = "list";
    this.chips = el("div", { class: "chips", role: "group", "aria-label": words.t("filter.now") });
    this.listRoot = el("div", { class: "scroller", id: "list", tabindex: -1 });
    this.facetsRoot = el("div", { class: "facets" });
    this.listTitle = el("p", { class: "list-title" });
    this.search = this.searchField(state.text);
    this.order = el(
      "select",
      { class: "select", id: "order", onchange: () => listeners.onorder(this.order.value) },
      Object.keys(ORDERS).map((name) =>
        el("option", { value: name, text: words.t(`order.${name}`), selected: name === state.order }),
      ),
    );
    /** @type {{ [name: string]: HTMLElement }} */
    this.tabs = Object.fromEntries(Object.entries(TABS).map(([name, image]) => [name, this.tabButton(name, image)]));
    /** @type {{ [name: string]: HTMLElement }} */
    this.pages = {
      list: this.page("list", this.listHead(), this.listRoot),
      filters: this.page("filters", this.facetsRoot),
    };
    this.element = el(
      "section",
      { class: "side", "aria-label": words.t("side") },
      el("div", { class: "tabs", role: "tablist", "aria-label": words.t("side") }, Object.values(this.tabs)),
      el("div", { class: "search" }, icon("search"), this.search),
      this.chips,
      Object.values(this.pages),
    );
  }

  /** @param {string} name @param {string} image @returns {HTMLElement} */
  tabButton(name, image) {
    const onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      this.listeners.ontab(name === "list" ? "filters" : "list");
      this.tabs[this.tab].focus();
    };
    return el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-controls": `side-${name}`,
        onclick: () => this.listeners.ontab(name),
        onkeydown,
      },
      icon(image),
      el("span", { text: this.words.t(name) }),
    );
  }

  /** @param {string} name @param {...HTMLElement} children @returns {HTMLElement} */
  page(name, ...children) {
    const attributes = { class: "tab-page", role: "tabpanel", id: `side-${name}`, "aria-labelledby": `tab-${name}` };
    return el("div", attributes, children);
  }

  listHead() {
    const label = el("label", { for: "order", class: "visually-hidden", text: this.words.t("order") });
    return el("div", { class: "list-head" }, this.listTitle, label, this.order);
  }

  /** @param {string} text */
  searchField(text) {
    let timer = 0;
    const field = el("input", {
      type: "search",
      class: "input",
      id: "search",
      placeholder: this.words.t("search.hint"),
      "aria-label": this.words.t("search"),
      value: text,
      oninput: () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => this.listeners.onsearch(field.value.trim()), TYPING_MS);
      },
    });
    return field;
  }

  /** Show the list or the filters. @param {string} name */
  show(name) {
    this.tab = name;
    for (const [one, tab] of Object.entries(this.tabs)) {
      tab.setAttribute("aria-selected", String(one === name));
      tab.setAttribute("tabindex", one === name ? "0" : "-1");
      this.pages[one].hidden = one !== name;
    }
  }
}
