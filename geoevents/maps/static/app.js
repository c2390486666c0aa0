/**
 * The page put together: one state, and the parts that show it.
 * @module app
 */

import { read, write } from "./address.js";
import { button, clip, el, fill, foreign, icon, webAddress } from "./dom.js";
import { csv, geojson, record, save } from "./exports.js";
import { chosenText, Facets, showChosen } from "./facets.js";
import { active, BIT, everything, masks, passing } from "./filters.js";
import { makeLegend } from "./legend.js";
import { EventList, kindText, ORDERS, sorted, whenText, whereText } from "./list.js";
import { MapView } from "./map.js";
import { figures, Sum } from "./numbers.js";
import { Outlines } from "./outlines.js";
import { Panel } from "./panel.js";
import { fillPrint } from "./printing.js";
import { Events, unpack, unpackBytes } from "./records.js";
import { glyph, kindClass } from "./symbols.js";
import { Timeline } from "./timeline.js";
import { fold, Words } from "./words.js";

/** Languages a reader can choose, by their own names. */
const LANGUAGES = { en: "English", ar: "العربية", fr: "Français", es: "Español", ru: "Русский", uk: "Українська" };
/** Pause in typing after which a text is looked for. */
const TYPING_MS = 200;
const CREDITS = [
  ["GeoNames", "https://www.geonames.org/"],
  ["CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"],
  ["Natural Earth", "https://www.naturalearthdata.com/"],
  ["Leaflet", "https://leafletjs.com/"],
];

const DARK = "(prefers-color-scheme: dark)";

/** Take the theme of the reader's system. */
function setTheme() {
  document.documentElement.dataset.theme = window.matchMedia(DARK).matches ? "dark" : "light";
}

/**
 * Build the page. The map is there at once, for folium's own layers; the data follows.
 * @returns {any} Leaflet's map
 */
export function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("geoevents"));
  setTheme();
  const block = /** @type {HTMLElement} */ (document.getElementById("geoevents-data"));
  const canvas = el("div", { class: "canvas", role: "application" });
  root.append(canvas);
  const map = new MapView(/** @type {any} */ (window).L, canvas);
  load(root, block, map).catch((error) => {
    root.prepend(el("p", { class: "failure", role: "alert", text: `This map could not be opened: ${error.message}` }));
    throw error;
  });
  return map.leaflet;
}

/** @param {HTMLElement} root @param {HTMLElement} block @param {MapView} map */
async function load(root, block, map) {
  if (typeof DecompressionStream === "undefined") throw new Error("this browser is too old (DecompressionStream)");
  const { packs } = JSON.parse(/** @type {string} */ (block.textContent));
  block.remove();
  const [about, table, ground, index, lines] = await Promise.all([
    unpack(packs.about),
    unpack(packs.words),
    unpack(packs.ground),
    unpack(packs.index),
    unpackBytes(packs.lines),
  ]);
  const events = new Events(index, packs.details, about.fields);
  const state = read(location.hash, events);
  const asked = state.language ?? "";
  const words = new Words(table, asked in LANGUAGES ? asked : about.language);
  const app = new App(root, map, { about, events, words, outlines: new Outlines(lines, ground), state });
  app.begin();
}

class App {
  /**
   * @param {HTMLElement} root
   * @param {MapView} map
   * @param {{ about: any, events: Events, words: Words, outlines: Outlines, state: import("./address.js").State }} parts
   */
  constructor(root, map, { about, events, words, outlines, state }) {
    this.root = root;
    this.map = map;
    this.about = about;
    this.events = events;
    this.words = words;
    this.outlines = outlines;
    this.palette = about.symbols;
    this.criteria = state.criteria;
    this.order = state.order in ORDERS ? state.order : "newest";
    this.state = state;
    /** @type {number[]} rows that pass, in the order of the list */
    this.rows = [];
    /** @type {string[] | null} folded texts of all events, once a text was looked for */
    this.texts = null;
    this.ready = false;
  }

  begin() {
    const { words, about } = this;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    document.title = clip(about.title, 200) || words.t("title");
    this.root.classList.toggle("embed", about.embed);
    this.colourKinds();
    this.build();
    this.map.grouping = this.state.grouping;
    this.map.load(this.events, this.outlines, this.palette, words, {
      onevent: (row) => this.choose(row, { focus: false }),
      ongroup: (rows) => this.chooseGroup(rows),
      onmove: () => this.writeAddress(),
      ongroups: () => this.legend.resize(this.map.unit),
      describe: (group) => this.describe(group),
    });
    if (about.tiles.length) this.map.setTiles(about.tiles[0]);
    this.update();
    this.openView();
    const chosen = this.events.rowOf.get(this.state.event ?? "");
    if (chosen !== undefined) this.choose(chosen, { focus: false, go: this.state.view === null });
    this.ready = true;
    this.root.dataset.ready = "true";
    window.addEventListener("hashchange", () => this.readAddress());
    window.addEventListener("beforeprint", () => this.beforePrint());
    window.matchMedia(DARK).addEventListener("change", () => {
      setTheme();
      this.map.redraw();
    });
  }

  /** Colours of the kinds as custom properties, so that one table serves canvas and page. */
  colourKinds() {
    for (const [kind, { light, dark }] of Object.entries(this.palette.kinds)) {
      document.documentElement.style.setProperty(`--light-${kindClass(kind)}`, light);
      document.documentElement.style.setProperty(`--dark-${kindClass(kind)}`, dark);
    }
  }

  // -- parts -----------------------------------------------------------------------------------------------------------

  build() {
    const { words, events, palette, about } = this;
    this.live = el("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    this.map.element.setAttribute("aria-label", words.t("map.label"));
    const side = el("section", { class: "side", "aria-label": words.t("list") }, this.buildSide());
    const timeline = el("section", { class: "timeline", "aria-label": words.t("time") });
    this.panelRoot = el("aside", { class: "panel", "aria-label": words.t("panel"), hidden: true });
    this.legendRoot = el("details", { class: "legend", open: window.innerWidth > 1100 && !about.embed });
    const stage = el(
      "section",
      { class: "stage", "aria-label": words.t("map") },
      el("div", { class: "map-box" }, this.map.element, this.mapButtons(), this.legendRoot, this.credits()),
      timeline,
    );
    this.print = el("section", { class: "print", "aria-hidden": "true" });
    this.main = el("main", { class: "main", data: { view: "map" } }, side, stage, this.panelRoot);
    fill(
      this.root,
      el("a", { class: "skip", href: "#list", onclick: (/** @type {Event} */ e) => this.skip(e), text: words.t("skip") }),
      this.header(),
      this.main,
      this.views(),
      this.live,
      this.print,
    );
    this.list = new EventList(this.listRoot, events, words, palette, (row) => this.choose(row, { focus: true, go: true }));
    this.facets = new Facets(this.facetsRoot, events, words, palette, { onchange: () => this.update() });
    this.legend = makeLegend(this.legendRoot, events, words, palette);
    this.timeline = new Timeline(timeline, events, words, {
      onrange: (from, to) => this.change({ from, to }),
      onundated: (undated) => this.change({ undated }),
      onspan: (row) => this.choose(row, { focus: false, go: true }),
    });
    this.panel = new Panel(this.panelRoot, events, words, palette, {
      onclose: () => this.closePanel(),
      onstep: (by) => this.stepPanel(by),
      onshare: () => this.share(),
      onlocate: () => this.panel.row !== null && this.locate(this.panel.row),
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.panel.row !== null) this.closePanel();
    });
  }

  /** @param {Event} event */
  skip(event) {
    event.preventDefault();
    this.showView("list");
    this.list.focusRow();
  }

  header() {
    const { words, about } = this;
    this.totals = el("div", { class: "totals" });
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
      this.totals,
      this.toolbar(),
    );
  }

  toolbar() {
    const { words } = this;
    this.aboutDialog = this.buildAbout();
    const menu = (/** @type {string} */ image, /** @type {string} */ key, /** @type {HTMLElement[]} */ ...items) => {
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
            details.querySelector("summary").focus();
          },
        },
        el("summary", { class: "button", "aria-label": words.t(key), title: words.t(key) }, icon(image)),
        el("div", { class: "menu-body" }, items),
      );
      return details;
    };
    const item = (/** @type {string} */ label, /** @type {() => void} */ act, /** @type {any} */ more = {}) =>
      el("button", {
        type: "button",
        class: "menu-item",
        text: label,
        ...more,
        onclick: (/** @type {Event} */ event) => {
          /** @type {HTMLElement} */ (event.currentTarget).closest("details")?.removeAttribute("open");
          act();
        },
      });
    return el(
      "div",
      { class: "toolbar", role: "group", "aria-label": words.t("tools") },
      button("link", words.t("share"), () => this.share()),
      menu(
        "save",
        "save",
        item(words.t("save.geojson"), () => this.saveAs("geojson")),
        item(words.t("save.csv"), () => this.saveAs("csv")),
        item(words.t("print"), () => window.print()),
      ),
      menu(
        "language",
        "language",
        ...Object.entries(LANGUAGES).map(([code, name]) =>
          item(name, () => this.speak(code), { lang: code, "aria-current": code === words.language ? "true" : null }),
        ),
      ),
      button("theme", words.t("theme"), () => this.switchTheme()),
      button("info", words.t("about"), () => this.aboutDialog.showModal()),
      this.aboutDialog,
    );
  }

  /** What the page is, how it was made and how to read it. */
  buildAbout() {
    const { words, about } = this;
    const facts = Object.entries(about.run).map(([name, value]) =>
      el(
        "div",
        {},
        el("dt", { text: words.has(`run.${name}`) ? words.t(`run.${name}`) : clip(name, 80) }),
        el("dd", {}, foreign(clip(typeof value === "number" ? words.number(value) : String(value), 300))),
      ),
    );
    const dialog = el(
      "dialog",
      { class: "about", "aria-labelledby": "about-title" },
      el("h2", { id: "about-title", text: words.t("about") }),
      ...["about.what", "about.ranges", "about.places", "about.dates", "about.private"].map((key) =>
        el("p", { text: words.t(key) }),
      ),
      facts.length ? el("dl", { class: "pairs" }, facts) : null,
      el("p", { class: "quiet", text: `${about.program} · ${words.t("about.credits")}` }),
      el("form", { method: "dialog" }, el("button", { class: "button wide", text: words.t("about.close") })),
    );
    return dialog;
  }

  buildSide() {
    const { words } = this;
    const tabs = [
      ["list", "list"],
      ["filters", "filter"],
    ].map(([name, image]) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${name}`,
          "aria-controls": `side-${name}`,
          onclick: () => this.showTab(name),
          onkeydown: (/** @type {KeyboardEvent} */ event) => {
            if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
            this.showTab(name === "list" ? "filters" : "list");
            document.getElementById(`tab-${this.tab}`)?.focus();
          },
        },
        icon(image),
        el("span", { text: words.t(name) }),
      ),
    );
    this.chips = el("div", { class: "chips", role: "group", "aria-label": words.t("filter.now") });
    this.listRoot = el("div", { class: "scroller", id: "list", tabindex: -1 });
    this.facetsRoot = el("div", { class: "facets" });
    this.orderField = el(
      "select",
      { class: "select", id: "order", onchange: () => this.setOrder(this.orderField.value) },
      ...Object.keys(ORDERS).map((name) =>
        el("option", { value: name, text: words.t(`order.${name}`), selected: name === this.order }),
      ),
    );
    this.listTitle = el("p", { class: "list-title" });
    return [
      el("div", { class: "tabs", role: "tablist", "aria-label": words.t("side") }, tabs),
      this.searchField(),
      this.chips,
      el(
        "div",
        { class: "tab-page", role: "tabpanel", id: "side-list", "aria-labelledby": "tab-list" },
        el(
          "div",
          { class: "list-head" },
          this.listTitle,
          el("label", { for: "order", class: "visually-hidden", text: words.t("order") }),
          this.orderField,
        ),
        this.listRoot,
      ),
      el("div", { class: "tab-page", role: "tabpanel", id: "side-filters", "aria-labelledby": "tab-filters" }, this.facetsRoot),
    ];
  }

  searchField() {
    const { words } = this;
    let timer = 0;
    this.search = el("input", {
      type: "search",
      class: "input",
      id: "search",
      placeholder: words.t("search.hint"),
      "aria-label": words.t("search"),
      value: this.criteria.text,
      oninput: () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => this.look(this.search.value), TYPING_MS);
      },
    });
    return el("div", { class: "search" }, icon("search"), this.search);
  }

  mapButtons() {
    const { words, about } = this;
    const group = button("target", words.t("map.group"), () => this.toggleGroups());
    group.setAttribute("aria-pressed", String(this.state.grouping));
    fill(group, groupIcon());
    this.groupButton = group;
    const zoom = (/** @type {string} */ text, /** @type {string} */ key, /** @type {number} */ by) =>
      el("button", {
        type: "button",
        class: "button",
        "aria-label": words.t(key),
        title: words.t(key),
        text,
        onclick: () => this.map.leaflet.setZoom(this.map.leaflet.getZoom() + by),
      });
    const whole = button("map", words.t("map.all"), () => this.map.fit(this.rows));
    return el(
      "div",
      { class: "map-buttons" },
      zoom("+", "map.in", 1),
      zoom("−", "map.out", -1),
      whole,
      group,
      about.tiles.length ? this.tileField() : null,
    );
  }

  tileField() {
    const { words, about } = this;
    const field = el(
      "select",
      {
        class: "select small",
        "aria-label": words.t("map.ground"),
        onchange: () => {
          this.map.setTiles(about.tiles[Number(field.value)] ?? null);
          this.showCredits();
        },
      },
      ...about.tiles.map((/** @type {any} */ tile, /** @type {number} */ i) => el("option", { value: i, text: tile.name })),
      el("option", { value: -1, text: words.t("map.outlines") }),
    );
    return field;
  }

  credits() {
    this.creditsRoot = el("p", { class: "credits", dir: "ltr" });
    this.showCredits();
    return this.creditsRoot;
  }

  showCredits() {
    const tiles = this.map.tiles ?? this.about.tiles[0];
    const attribution = this.map.tiles || this.about.tiles.length ? tiles?.attribution ?? tiles?.options?.attribution : "";
    const links = CREDITS.map(([name, url]) =>
      el("a", { href: webAddress(url), rel: "noopener noreferrer", target: "_blank", text: name }),
    );
    fill(
      this.creditsRoot,
      attribution ? `${attribution} · ` : null,
      links[0],
      " (",
      links[1],
      ") · ",
      links[2],
      " · ",
      links[3],
      ` · ${this.about.program}`,
    );
  }

  /** Buttons of a small screen: one view at a time. */
  views() {
    const { words } = this;
    return el(
      "nav",
      { class: "views", "aria-label": words.t("views") },
      [
        ["map", "map"],
        ["list", "list"],
        ["filters", "filter"],
      ].map(([name, image]) =>
        el(
          "button",
          { type: "button", data: { show: name }, onclick: () => this.showView(name) },
          icon(image),
          el("span", { text: words.t(name) }),
        ),
      ),
    );
  }

  // -- what is shown ---------------------------------------------------------------------------------------------------

  /** @param {string} name */
  showTab(name) {
    this.tab = name;
    for (const one of ["list", "filters"]) {
      const tab = document.getElementById(`tab-${one}`);
      const page = document.getElementById(`side-${one}`);
      tab?.setAttribute("aria-selected", String(one === name));
      tab?.setAttribute("tabindex", one === name ? "0" : "-1");
      if (page) page.hidden = one !== name;
    }
    if (name === "list") this.list.draw(true);
  }

  /** @param {string} name */
  showView(name) {
    this.main.dataset.view = name;
    for (const one of this.root.querySelectorAll(".views button")) {
      one.setAttribute("aria-current", String(/** @type {HTMLElement} */ (one).dataset.show === name));
    }
    this.showTab(name === "filters" ? "filters" : "list");
    this.map.leaflet.invalidateSize();
  }

  openView() {
    this.showView("map");
    const { view } = this.state;
    if (view) this.map.leaflet.setView([view.latitude, view.longitude], view.zoom, { animate: false });
    else this.map.fit(this.rows.length ? this.rows : [...this.events.id.keys()]);
  }

  /** Take the criteria anew: everything shown follows from them. */
  update() {
    const { events, criteria, words } = this;
    const finds = criteria.text && this.texts ? this.finder() : null;
    if (criteria.text && !this.texts) void this.readTexts();
    const mask = masks(events, criteria, finds);
    const rows = passing(mask);
    this.rows = sorted(events, words, rows, this.order);
    this.list.show(this.rows);
    this.facets.show(criteria, mask);
    const timeless = [];
    for (let row = 0; row < mask.length; row += 1) if (!(mask[row] & ~BIT.time)) timeless.push(row);
    this.timeline.show(timeless, criteria.from, criteria.to, criteria.undated);
    this.map.show(rows);
    showChosen(this.chips, events, words, criteria, { drop: (name) => this.drop(name), clear: () => this.clear() });
    this.showTotals(rows);
    if (this.panel.row !== null) this.panelRoot.classList.toggle("filtered", mask[this.panel.row] !== 0);
    this.writeAddress();
  }

  /** @param {number[]} rows */
  showTotals(rows) {
    const { events, words } = this;
    const sums = { killed: new Sum(), injured: new Sum() };
    let unplaced = 0;
    for (const row of rows) {
      if (events.status[row] === this.deniedStatus()) continue;
      for (const harm of /** @type {const} */ (["killed", "injured"])) {
        const { low, best, high } = events[harm];
        sums[harm].add(low[row], best[row], high[row]);
      }
      if (events.place[row] < 0) unplaced += 1;
    }
    const total = (/** @type {string} */ name, /** @type {string} */ figure, /** @type {string} */ note) =>
      el(
        "div",
        { class: `total ${name}` },
        el("span", { class: "total-figure", text: figure }),
        el("span", { class: "total-name", text: words.t(name, { n: rows.length }) }),
        el("span", { class: "total-note", text: note }),
      );
    const silent = (/** @type {Sum} */ sum) =>
      sum.stated < rows.length ? words.t("total.silent", { n: rows.length - sum.stated }) : "";
    const of = rows.length < events.count ? words.t("total.of", { n: events.count }) : "";
    fill(
      this.totals,
      total("events", words.number(rows.length), of),
      total("killed", sums.killed.figures(words), silent(sums.killed)),
      total("injured", sums.injured.figures(words), silent(sums.injured)),
    );
    this.listTitle.textContent = unplaced ? words.t("list.unplaced", { n: unplaced }) : words.t("list.all", { n: rows.length });
    this.live.textContent = words.t("live", {
      n: rows.length,
      of: events.count,
      killed: sums.killed.figures(words),
      injured: sums.injured.figures(words),
    });
  }

  /** Row of the status "denied", whose numbers are no one's: they are not counted. */
  deniedStatus() {
    return this.events.tables.statuses.indexOf("denied");
  }

  /** @param {Partial<import("./filters.js").Criteria>} change */
  change(change) {
    Object.assign(this.criteria, change);
    this.update();
  }

  /** Take one criterion away. @param {string} name */
  drop(name) {
    const fresh = everything();
    if (name === "time") this.change({ from: null, to: null, undated: false });
    else this.change({ [name]: fresh[/** @type {keyof typeof fresh} */ (name)] });
    if (name === "text") this.search.value = "";
  }

  clear() {
    this.search.value = "";
    this.change(everything());
  }

  /** @param {string} order */
  setOrder(order) {
    this.order = order;
    this.update();
  }

  /** @param {string} text */
  look(text) {
    this.change({ text: text.trim() });
  }

  /** Words that an event must hold, all of them. */
  finder() {
    const wanted = fold(this.criteria.text).split(/\s+/).filter(Boolean);
    const texts = /** @type {string[]} */ (this.texts);
    return (/** @type {number} */ row) => wanted.every((word) => texts[row].includes(word));
  }

  /** Make the texts that are looked through; with many events this takes a moment. */
  async readTexts() {
    if (this.reading) return;
    this.reading = true;
    this.search.setAttribute("aria-busy", "true");
    const { events, words } = this;
    /** @type {string[]} */
    const texts = [];
    for (let row = 0; row < events.count; row += 1) {
      const detail = await events.detail(row);
      const place = events.placeOf(row);
      texts.push(
        fold(
          [
            kindText(events, words, row),
            place ? `${place.name} ${place.admin1} ${place.admin2} ${words.country(place.country)}` : "",
            events.name(events.sideA[row]),
            events.name(events.sideB[row]),
            detail.target ?? "",
            events.id[row],
            ...detail.passages.map((/** @type {any} */ passage) => passage.text),
            ...detail.sources.map((/** @type {any} */ s) => `${s.title ?? ""} ${s.publisher ?? ""}`),
            ...detail.claims.map((/** @type {any} */ claim) => claim.speaker ?? ""),
          ].join("\n"),
        ),
      );
    }
    this.texts = texts;
    this.search.removeAttribute("aria-busy");
    this.update();
  }

  // -- one event -------------------------------------------------------------------------------------------------------

  /** @param {number} row @param {{ focus: boolean, go?: boolean }} options */
  choose(row, { focus, go = false }) {
    this.returnTo = focus ? document.activeElement : null;
    const place = { at: this.rows.indexOf(row), of: this.rows.length };
    void this.panel.open(row, place, focus);
    this.main.classList.add("open");
    this.list.choose(row);
    this.map.choose(row);
    if (go) this.map.goTo(row);
    this.writeAddress();
  }

  /** @param {number} by */
  stepPanel(by) {
    const at = this.rows.indexOf(/** @type {number} */ (this.panel.row)) + by;
    if (at < 0 || at >= this.rows.length) return;
    this.choose(this.rows[at], { focus: true, go: true });
  }

  closePanel() {
    this.panel.close();
    this.main.classList.remove("open");
    this.map.choose(null);
    this.list.choose(null);
    const row = this.returnTo instanceof HTMLElement && this.returnTo.isConnected ? this.returnTo : null;
    if (row) row.focus();
    else if (this.main.dataset.view === "list") this.list.focusRow();
    else this.map.element.focus({ preventScroll: true });
    this.writeAddress();
  }

  /** @param {number} row */
  locate(row) {
    if (window.innerWidth < 720) {
      this.panelRoot.hidden = true;
      this.main.classList.remove("open");
      this.showView("map");
    }
    this.map.goTo(row);
  }

  /** Show the events of one spot in the list. @param {number[]} rows */
  chooseGroup(rows) {
    this.change({ group: new Set(rows) });
    this.showView(window.innerWidth < 720 ? "list" : "map");
    this.list.focusRow();
  }

  /** What a tip says of a group. @param {import("./groups.js").Group} group @returns {Node[]} */
  describe(group) {
    const { events, words } = this;
    const [row] = group.rows;
    const line = (/** @type {string} */ text, name = "") => el("span", { class: name, text });
    const harm = [
      group.killed.stated ? words.t("tip.killed", { range: group.killed.figures(words) }) : words.t("killed.absent"),
      group.injured.stated ? words.t("tip.injured", { range: group.injured.figures(words) }) : "",
    ].filter(Boolean);
    if (group.rows.length === 1) {
      return [
        el("span", { class: "tip-title" }, glyph(this.palette, events.kinds(row)[1]), line(kindText(events, words, row))),
        foreign(whereText(events, words, row)),
        line(whenText(events, words, row)),
        line(harm.join(" · "), "strong"),
      ];
    }
    const places = [...new Set(group.rows.slice(0, 200).map((one) => clip(events.placeOf(one)?.name ?? "", 60)))];
    return [
      line(words.t("tip.group", { n: group.rows.length }), "tip-title"),
      foreign(places.slice(0, 3).join(", ") + (places.length > 3 ? " …" : "")),
      line(harm.join(" · "), "strong"),
    ];
  }

  // -- tools -----------------------------------------------------------------------------------------------------------

  toggleGroups() {
    this.map.grouping = !this.map.grouping;
    this.groupButton.setAttribute("aria-pressed", String(this.map.grouping));
    this.map.regroup();
    this.writeAddress();
  }

  switchTheme() {
    const dark = this.map.dark;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    this.map.redraw();
  }

  /** @param {string} language */
  speak(language) {
    this.state.language = language;
    this.writeAddress();
    location.reload();
  }

  async share() {
    this.writeAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(this.words.t("share.done"));
    } catch {
      window.prompt(this.words.t("share"), location.href);
    }
  }

  /** Say something short, to see and to hear. @param {string} text */
  say(text) {
    this.live.textContent = text;
    const note = el("p", { class: "toast", "aria-hidden": "true", text });
    this.root.append(note);
    window.setTimeout(() => note.remove(), 2500);
  }

  /** @param {"csv" | "geojson"} format */
  async saveAs(format) {
    const records = [];
    for (const row of this.rows) records.push(record(this.events, row, await this.events.detail(row)));
    if (format === "csv") save("events.csv", "text/csv", `\uFEFF${csv(records)}`);
    else save("events.geojson", "application/geo+json", geojson(records));
    this.say(this.words.t("save.done", { n: records.length }));
  }

  beforePrint() {
    const chosen = active(this.criteria).map((name) => chosenText(this.events, this.words, this.criteria, name));
    fillPrint(this.print, this.events, this.words, this.rows, chosen);
  }

  // -- address ---------------------------------------------------------------------------------------------------------

  writeAddress() {
    if (!this.ready) return;
    const centre = this.map.leaflet.getCenter();
    const row = this.panel.row;
    const fragment = write(
      {
        view: { latitude: centre.lat, longitude: centre.lng, zoom: this.map.leaflet.getZoom() },
        criteria: this.criteria,
        order: this.order,
        event: row === null ? null : this.events.id[row],
        language: this.state.language,
        grouping: this.map.grouping,
      },
      this.events,
    );
    try {
      history.replaceState(null, "", `#${fragment}`);
    } catch {
      // a frame without an address of its own keeps no state in it
    }
  }

  /** Follow an address that was typed or opened while the page was there. */
  readAddress() {
    const state = read(location.hash, this.events);
    this.state = { ...state, language: state.language };
    this.ready = false;
    this.criteria = state.criteria;
    this.order = state.order in ORDERS ? state.order : "newest";
    this.search.value = state.criteria.text;
    this.update();
    if (state.view) this.map.leaflet.setView([state.view.latitude, state.view.longitude], state.view.zoom);
    const chosen = this.events.rowOf.get(state.event ?? "");
    if (chosen !== undefined) this.choose(chosen, { focus: false });
    this.ready = true;
  }
}

/** Three dots becoming one. */
function groupIcon() {
  const image = icon("target");
  image.firstElementChild?.setAttribute("d", "M8 8m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M16 9m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M13 16m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0");
  return image;
}
