/**
 * The page put together: one state, and the parts that show it.
 * @module app
 */

import { read, write } from "./address.js";
import { clip, el, fill, foreign } from "./dom.js";
import { csv, geojson, record, save } from "./exports.js";
import { chosenText, Facets, showChosen } from "./facets.js";
import { active, BIT, everything, masks, passing } from "./filters.js";
import { mapButtons, patterns, showCredits, viewButtons } from "./frame.js";
import { sumOf } from "./groups.js";
import { LANGUAGES, makeHeader, showTotals, totalsOf } from "./header.js";
import { makeLegend } from "./legend.js";
import { EventList, kindText, ORDERS, sorted, whenText, whereText } from "./list.js";
import { MapView } from "./map.js";
import { Outlines } from "./outlines.js";
import { Panel } from "./panel.js";
import { fillPrint } from "./printing.js";
import { Events, unpack, unpackBytes, unpackColumns } from "./records.js";
import { Search } from "./search.js";
import { Side } from "./side.js";
import { glyph, kindClass } from "./symbols.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

/** A window narrower than this shows one view at a time; the style sheet has the same. */
const NARROW = "(max-width: 719px)";
/** A window of this size has room for an open legend beside the map. */
const ROOMY = "(min-width: 1500px) and (min-height: 850px)";
const DARK = "(prefers-color-scheme: dark)";

/**
 * Build the page. The map is there at once, for folium's own layers; the data follows.
 * @returns {any} Leaflet's map
 */
export function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("geoevents"));
  setTheme();
  const canvas = el("div", { class: "canvas", role: "application" });
  root.append(canvas);
  const map = new MapView(/** @type {any} */ (window).L, canvas);
  load(root, map).catch((error) => {
    root.prepend(el("p", { class: "failure", role: "alert", text: `This map could not be opened: ${error.message}` }));
    throw error;
  });
  return map.leaflet;
}

/** Take the theme of the reader's system. */
function setTheme() {
  document.documentElement.dataset.theme = window.matchMedia(DARK).matches ? "dark" : "light";
}

/** @param {HTMLElement} root @param {MapView} map */
async function load(root, map) {
  if (typeof DecompressionStream === "undefined") throw new Error("this browser is too old (no DecompressionStream)");
  const block = /** @type {HTMLElement} */ (document.getElementById("geoevents-data"));
  const { packs } = JSON.parse(/** @type {string} */ (block.textContent));
  block.remove();
  const [about, table, ground, index, lines] = await Promise.all([
    unpack(packs.about),
    unpack(packs.words),
    unpack(packs.ground),
    unpackColumns(packs.index),
    unpackBytes(packs.lines),
  ]);
  const events = new Events(index.value, index.columns, packs.details, about.fields);
  const state = read(location.hash, events);
  const asked = state.language ?? "";
  const words = new Words(table, asked in LANGUAGES ? asked : about.language);
  const app = new App(root, map, { about, events, words, state });
  map.load(events, new Outlines(lines, ground), about.symbols, words, app.mapListeners());
  app.begin();
}

class App {
  /**
   * @param {HTMLElement} root
   * @param {MapView} map
   * @param {{ about: any, events: Events, words: Words, state: import("./address.js").State }} parts
   */
  constructor(root, map, { about, events, words, state }) {
    this.root = root;
    this.map = map;
    this.about = about;
    this.events = events;
    this.words = words;
    this.palette = about.symbols;
    this.state = state;
    this.criteria = state.criteria;
    this.order = state.order in ORDERS ? state.order : "newest";
    map.grouping = state.grouping;
    /** @type {number[]} rows that pass, in the order of the list */
    this.rows = [];
    /** @type {Element | null} what had the focus before a panel was opened */
    this.returnTo = null;
    this.ready = false;
    this.texts = new Search(events, words);
    this.live = el("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    this.totals = el("div", { class: "totals" });
    this.credits = el("p", { class: "credits", dir: "ltr" });
    this.printed = el("section", { class: "print", "aria-hidden": "true" });
    this.side = new Side(words, { text: this.criteria.text, order: this.order }, {
      onsearch: (text) => this.change({ text }),
      onorder: (order) => this.setOrder(order),
      ontab: (name) => this.showTab(name),
    });
    this.list = new EventList(this.side.listRoot, events, words, this.palette, (row) =>
      this.choose(row, { focus: true, go: true }),
    );
    this.facets = new Facets(this.side.facetsRoot, events, words, this.palette, { onchange: () => this.update() });
    this.panelRoot = el("aside", { class: "panel", "aria-label": words.t("panel"), hidden: true });
    this.panel = new Panel(this.panelRoot, events, words, this.palette, {
      onclose: () => this.closePanel(),
      onstep: (by) => this.stepPanel(by),
      onshare: () => this.share(),
      onlocate: () => this.locate(),
    });
    const timeRoot = el("section", { class: "timeline", "aria-label": words.t("time") });
    this.timeline = new Timeline(timeRoot, events, words, {
      onrange: (from, to) => this.change({ from, to }),
      onundated: (undated) => this.change({ undated }),
      onspan: (row) => this.choose(row, { focus: false, go: true }),
    });
    const legendRoot = el("details", { class: "legend", open: window.matchMedia(ROOMY).matches && !about.embed });
    this.legend = makeLegend(legendRoot, events, words, this.palette);
    this.main = this.build(timeRoot, legendRoot);
  }

  /** Put the parts into the page. @param {HTMLElement} timeRoot @param {HTMLElement} legendRoot */
  build(timeRoot, legendRoot) {
    const { words, about, map } = this;
    map.element.setAttribute("aria-label", words.t("map.label"));
    const buttons = mapButtons(map, words, about.tiles, {
      onall: () => map.fit(this.rows),
      ongrouping: (on) => {
        map.grouping = on;
        map.regroup();
        this.writeAddress();
      },
      ontiles: () => this.credit(),
    });
    const box = el("div", { class: "map-box" }, map.element, buttons, legendRoot, this.credits);
    const stage = el("section", { class: "stage", "aria-label": words.t("map") }, box, timeRoot);
    const main = el("main", { class: "main", data: { view: "map" } }, this.side.element, stage, this.panelRoot);
    const header = makeHeader(
      about,
      words,
      {
        share: () => this.share(),
        save: (format) => this.saveAs(format),
        print: () => window.print(),
        speak: (language) => this.speak(language),
        theme: () => this.switchTheme(),
      },
      this.totals,
    );
    const skip = el("a", { class: "skip", href: "#list", text: words.t("skip") });
    skip.addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.showView("list");
      this.list.focusRow();
    });
    const views = viewButtons(words, (name) => this.showView(name));
    fill(this.root, skip, header, main, views, this.live, this.printed, patterns());
    return main;
  }

  /** @returns {import("./map.js").Listeners} */
  mapListeners() {
    return {
      onevent: (row) => this.choose(row, { focus: false }),
      ongroup: (rows) => this.chooseGroup(rows),
      onmove: () => this.writeAddress(),
      ongroups: () => this.legend.resize(this.map.unit),
      describe: (group) => this.describe(group),
    };
  }

  begin() {
    const { words, about } = this;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    document.title = clip(about.title, 200) || words.t("title");
    this.root.classList.toggle("embed", about.embed);
    this.colourKinds();
    if (about.tiles.length) this.map.setTiles(about.tiles[0]);
    this.credit();
    this.update();
    this.showView("map");
    this.setView();
    this.map.attach();
    this.chooseById(this.state.event, this.state.view === null);
    this.listen();
    this.ready = true;
    this.root.dataset.ready = "true";
  }

  listen() {
    window.addEventListener("hashchange", () => this.readAddress());
    window.addEventListener("beforeprint", () => this.beforePrint());
    window.matchMedia(DARK).addEventListener("change", () => {
      setTheme();
      this.map.redraw();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.panel.row !== null) this.closePanel();
    });
  }

  /** Colours of the kinds as custom properties, so that one table serves canvas and page. */
  colourKinds() {
    for (const [kind, { light, dark }] of Object.entries(this.palette.kinds)) {
      document.documentElement.style.setProperty(`--light-${kindClass(kind)}`, light);
      document.documentElement.style.setProperty(`--dark-${kindClass(kind)}`, dark);
    }
  }

  credit() {
    showCredits(this.credits, this.map.tiles ? this.map.tiles.attribution : "", this.about.program);
  }

  // -- what is shown ---------------------------------------------------------------------------------------------------

  /** @param {string} name */
  showTab(name) {
    this.side.show(name);
    if (name === "list") this.list.draw(true);
  }

  /** Choose what a small screen shows. @param {string} name */
  showView(name) {
    this.main.dataset.view = name;
    for (const one of this.root.querySelectorAll(".views button")) {
      one.setAttribute("aria-current", String(/** @type {HTMLElement} */ (one).dataset.show === name));
    }
    this.showTab(name === "filters" ? "filters" : "list");
    this.map.measure();
  }

  setView() {
    const { view } = this.state;
    if (view) this.map.leaflet.setView([view.latitude, view.longitude], view.zoom, { animate: false });
    else this.map.fit(this.rows.length ? this.rows : [...this.events.id.keys()]);
  }

  /** Take the criteria anew: everything shown follows from them. */
  update() {
    const { events, criteria, words } = this;
    if (criteria.text && !this.texts.texts) void this.readTexts();
    const mask = masks(events, criteria, this.texts.finder(criteria.text));
    const rows = passing(mask);
    this.rows = sorted(events, words, rows, this.order);
    this.list.show(this.rows);
    this.facets.show(criteria, mask);
    this.timeline.show(passing(mask, BIT.time), criteria.from, criteria.to, criteria.undated);
    this.map.show(rows);
    showChosen(this.side.chips, events, words, criteria, {
      drop: (name) => this.drop(name),
      clear: () => this.clear(),
    });
    this.total(rows);
    this.panel.showPlace(this.placeInList());
    this.writeAddress();
  }

  /** Where the open event stands in the list. */
  placeInList() {
    return { at: this.panel.row === null ? -1 : this.rows.indexOf(this.panel.row), of: this.rows.length };
  }

  /** @param {number[]} rows */
  total(rows) {
    const { events, words } = this;
    const totals = totalsOf(events, rows);
    showTotals(this.totals, words, totals, rows.length, events.count);
    const { unplaced } = totals;
    this.side.listTitle.textContent = unplaced
      ? words.t("list.unplaced", { n: unplaced })
      : words.t("list.all", { n: rows.length });
    this.live.textContent = words.t("live", {
      n: rows.length,
      of: events.count,
      killed: totals.killed.figures(words),
      injured: totals.injured.figures(words),
    });
  }

  async readTexts() {
    this.side.search.setAttribute("aria-busy", "true");
    await this.texts.read();
    this.side.search.removeAttribute("aria-busy");
    this.update();
  }

  /** @param {Partial<import("./filters.js").Criteria>} change */
  change(change) {
    Object.assign(this.criteria, change);
    this.update();
  }

  /** Take one criterion away. @param {string} name */
  drop(name) {
    if (name === "text") this.side.search.value = "";
    if (name === "time") this.change({ from: null, to: null, undated: false });
    else this.change({ [name]: /** @type {any} */ (everything())[name] });
  }

  clear() {
    this.side.search.value = "";
    this.change(everything());
  }

  /** @param {string} order */
  setOrder(order) {
    this.order = order;
    this.update();
  }

  // -- one event -------------------------------------------------------------------------------------------------------

  /** @param {number} row @param {{ focus: boolean, go?: boolean }} options */
  choose(row, { focus, go = false }) {
    this.returnTo = focus ? document.activeElement : null;
    void this.panel.open(row, focus);
    this.panel.showPlace(this.placeInList());
    this.main.classList.add("open");
    this.list.choose(row);
    this.map.choose(row);
    if (go) this.map.goTo(row);
    this.writeAddress();
  }

  /** @param {string | null} id @param {boolean} go */
  chooseById(id, go) {
    const row = id ? this.events.id.indexOf(id) : -1;
    if (row >= 0) this.choose(row, { focus: false, go });
  }

  /** @param {number} by */
  stepPanel(by) {
    const at = this.rows.indexOf(/** @type {number} */ (this.panel.row)) + by;
    if (at >= 0 && at < this.rows.length) this.choose(this.rows[at], { focus: true, go: true });
  }

  closePanel() {
    this.panel.close();
    this.main.classList.remove("open");
    this.map.choose(null);
    this.list.choose(null);
    if (this.returnTo instanceof HTMLElement && this.returnTo.isConnected) this.returnTo.focus();
    else if (this.main.dataset.view === "list") this.list.focusRow();
    else this.map.element.focus({ preventScroll: true });
    this.writeAddress();
  }

  /** Show the open event on the map. */
  locate() {
    const { row } = this.panel;
    if (row === null) return;
    if (this.narrow) {
      this.panelRoot.hidden = true;
      this.main.classList.remove("open");
      this.showView("map");
    }
    this.map.goTo(row);
  }

  get narrow() {
    return this.about.embed || window.matchMedia(NARROW).matches;
  }

  /** Show the events of one spot in the list. @param {number[]} rows */
  chooseGroup(rows) {
    this.change({ group: new Set(rows) });
    this.showView(this.narrow ? "list" : "map");
    this.list.focusRow();
  }

  /** What a tip says of a group. @param {import("./groups.js").Group} group @returns {Node[]} */
  describe(group) {
    const { events, words } = this;
    const [row] = group.rows;
    const line = (/** @type {string} */ text, name = "") => el("span", { class: name, text });
    const own = group.rows.length === 1; // an event by itself has numbers even where these are not added up
    const said = (/** @type {"killed" | "injured"} */ harm) => (own ? sumOf(events, harm, row) : group[harm]);
    const [killed, injured] = [said("killed"), said("injured")];
    const harm = [
      killed.stated ? words.t("tip.killed", { range: killed.figures(words) }) : words.t("killed.absent"),
      injured.stated ? words.t("tip.injured", { range: injured.figures(words) }) : "",
      events.counted(row) ? "" : words.t("total.apart", { n: group.rows.length }),
    ].filter(Boolean);
    const strong = line(harm.join(" · "), "strong");
    if (own) {
      const title = el("span", { class: "tip-title" }, glyph(this.palette, events.kinds(row)[1]));
      title.append(line(kindText(events, words, row)));
      return [title, foreign(whereText(events, words, row), { dir: words.direction }), line(whenText(events, words, row)), strong];
    }
    const places = [...new Set(group.rows.slice(0, 200).map((one) => clip(events.placeOf(one)?.name ?? "", 60)))];
    const named = places.slice(0, 3).join(words.t("comma")) + (places.length > 3 ? " …" : "");
    return [line(words.t("tip.group", { n: group.rows.length }), "tip-title"), foreign(named), strong];
  }

  // -- tools -----------------------------------------------------------------------------------------------------------

  switchTheme() {
    document.documentElement.dataset.theme = this.map.dark ? "light" : "dark";
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
    const { events, words, criteria, rows } = this;
    const chosen = active(criteria).map((name) => chosenText(events, words, criteria, name));
    const { theme } = document.documentElement.dataset;
    document.documentElement.dataset.theme = "light";
    this.map.readTheme();
    const parts = [this.credits, this.timeline.svg, this.root.querySelector(".legend-body")];
    fillPrint(this.printed, events, words, { rows, chosen, picture: this.map.picture(), parts });
    const restore = () => {
      document.documentElement.dataset.theme = theme;
      this.map.redraw();
    };
    window.addEventListener("afterprint", restore, { once: true });
  }

  // -- address ---------------------------------------------------------------------------------------------------------

  writeAddress() {
    if (!this.ready) return;
    const { map, panel, events, criteria, order, state } = this;
    const { lat: latitude, lng: longitude } = map.leaflet.getCenter();
    const view = { latitude, longitude, zoom: map.leaflet.getZoom() };
    const event = panel.row === null ? null : events.id[panel.row];
    const all = { view, criteria, order, event, language: state.language, grouping: map.grouping };
    try {
      history.replaceState(null, "", `#${write(all, events)}`);
    } catch {
      // a frame without an address of its own keeps no state in it
    }
  }

  /** Follow an address that was typed or opened while the page was there. */
  readAddress() {
    const state = read(location.hash, this.events);
    if (state.language !== this.state.language) {
      location.reload();
      return;
    }
    this.ready = false;
    this.state = state;
    this.criteria = state.criteria;
    this.order = state.order in ORDERS ? state.order : "newest";
    this.side.search.value = state.criteria.text;
    this.side.order.value = this.order;
    this.update();
    this.setView();
    this.chooseById(state.event, false);
    this.ready = true;
  }
}
