/**
 * The map: Leaflet for moving and zooming, one canvas for the ground and one for the events.
 * @module map
 */

import { canvasClass } from "./canvas.js";
import { fill } from "./dom.js";
import { together, turnedTo, worlds, worldX, worldY } from "./geometry.js";
import { anchorOrder, group, oneSpot } from "./groups.js";
import { drawScene, hit, placeGroups, takeChosenName } from "./layers.js";
import { Taken } from "./outlines.js";
import { unit } from "./symbols.js";
import { placed } from "./filters.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./groups.js").Group} Group */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./outlines.js").Outlines} Outlines */

/** Pixels within which events are shown as one group. */
const REACH = 30;
/** Pixels from the middle of a symbol within which no name is written. */
const FACE = 9;
/** Of a disc, no more than this many pixels from its middle are kept free of names. */
const MOST_KEPT = 24;
/** Pixels of a printed picture for one of the screen. */
const PAPER = 2;
/** How long the map must have been at rest before its view is written into the address. */
const REST_MS = 120;
/** Farthest zoom: beyond it the outlines have nothing more to tell. */
const CLOSEST = 14;
const CLOSEST_TILES = 18;
/** Zoom to which a chosen event is brought, by its precision (UCDP's where_prec): so far that names stand around it. */
const CLOSE_UP = [5, 7, 8, 7, 6, 6.5, 5, 6];
/** How much closer where a tile layer has more to show. */
const CLOSER_TILES = 3;

/**
 * @typedef {object} Listeners
 * @property {(row: number) => void} onevent an event was chosen
 * @property {(rows: number[]) => void} ongroup a group whose events cannot be told apart by zooming was chosen
 * @property {() => void} onmove the map came to rest
 * @property {() => void} ongroups the groups, and so the sizes, are others
 * @property {(g: Group) => Node[]} describe what to say of a group under the pointer
 */

export class MapView {
  /**
   * @param {any} L Leaflet
   * @param {HTMLElement} element
   */
  constructor(L, element) {
    this.L = L;
    this.element = element;
    this.leaflet = L.map(element, {
      center: [20, 15],
      zoom: 2,
      minZoom: 1,
      maxZoom: CLOSEST,
      zoomSnap: 0.25,
      zoomDelta: 1,
      wheelPxPerZoomLevel: 90,
      zoomControl: false,
      attributionControl: false,
      zoomAnimation: !reducedMotion(),
      fadeAnimation: !reducedMotion(),
      inertia: !reducedMotion(),
      maxBounds: [
        [-85, -360],
        [85, 360],
      ],
      maxBoundsViscosity: 0.8,
    });
    this.leaflet.createPane("ground");
    L.control.scale({ position: "bottomright", imperial: false }).addTo(this.leaflet);
    this.grouping = true;
    /** @type {any[]} */
    this.drawn = [];
    /** @type {Group[]} */
    this.groups = [];
    this.unit = unit(0, 0);
    this.resting = 0;
    /** @type {number | null} */
    this.chosen = null;
    /** @type {any} Leaflet's layer of tiles, if one is shown */
    this.tileLayer = null;
    /** @type {any} what it is: name, url, attribution, subdomains, max_zoom */
    this.tiles = null;
    this.dark = false;
    /** @type {{ [name: string]: string }} */
    this.theme = {};
    // what `load` gives
    this.events = /** @type {Events} */ (/** @type {unknown} */ (null));
    this.outlines = /** @type {Outlines} */ (/** @type {unknown} */ (null));
    this.palette = /** @type {import("./symbols.js").Palette} */ (/** @type {unknown} */ (null));
    this.words = /** @type {Words} */ (/** @type {unknown} */ (null));
    this.listeners = /** @type {Listeners} */ (/** @type {unknown} */ (null));
    /** longitudes, some turned around the world so that neighbours across the date line are together */
    this.longitude = new Float64Array();
    this.x = new Float64Array();
    this.y = new Float64Array();
    this.order = new Int32Array();
    this.passes = new Uint8Array();
    /** @type {any} */
    this.ground = null;
    /** @type {any} */
    this.layer = null;
  }

  /**
   * Give the map its data.
   * @param {Events} events
   * @param {Outlines} outlines
   * @param {import("./symbols.js").Palette} palette
   * @param {Words} words
   * @param {Listeners} listeners
   */
  load(events, outlines, palette, words, listeners) {
    this.events = events;
    this.outlines = outlines;
    this.palette = palette;
    this.words = words;
    this.listeners = listeners;
    this.order = anchorOrder(events).filter((row) => placed(events, row));
    this.longitude = events.longitude.slice();
    const turned = together(Float64Array.from(this.order, (row) => events.longitude[row]));
    this.order.forEach((row, i) => {
      this.longitude[row] = turned[i];
    });
    this.x = Float64Array.from(this.longitude, worldX);
    this.y = Float64Array.from(events.latitude, worldY);
    this.passes = new Uint8Array(events.count);
  }

  /** Begin to draw; the view has been set. */
  attach() {
    this.readTheme();
    const Canvas = canvasClass(this.L);
    this.ground = new Canvas((/** @type {any} */ c, /** @type {any} */ view) => this.paintGround(c, view), {
      pane: "ground",
    }).addTo(this.leaflet);
    this.layer = new Canvas((/** @type {any} */ c, /** @type {any} */ view) => this.paintEvents(c, view), {
      pane: "overlayPane",
    }).addTo(this.leaflet);
    this.regroup();
    new ResizeObserver(() => this.measure()).observe(this.element);
    this.leaflet.on("zoomend", () => this.regroup());
    this.leaflet.on("moveend", () => {
      window.clearTimeout(this.resting);
      this.resting = window.setTimeout(() => this.listeners.onmove(), REST_MS);
    });
    this.listenToPointer();
  }

  /** Read the colours from the style sheet, which knows light from dark. */
  readTheme() {
    const style = getComputedStyle(this.element);
    const names = "sea land coast border inner halo paper ink accent country-name region-name city-name";
    this.theme = Object.fromEntries(
      names.split(" ").map((name) => [
        name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()),
        style.getPropertyValue(`--${name}`).trim(),
      ]),
    );
    this.theme.font = style.fontFamily;
    this.dark = style.getPropertyValue("--dark").trim() === "1";
  }

  /** @param {CanvasRenderingContext2D} c @param {any} view */
  paintGround(c, view) {
    for (const world of worlds(view)) this.outlines.draw(c, world, this.theme, !this.tiles);
  }

  /** @param {CanvasRenderingContext2D} c @param {any} view */
  paintEvents(c, view) {
    this.drawn = this.drawEvents(c, view);
  }

  /** Names, and the events over them. @param {CanvasRenderingContext2D} c @param {View} view */
  drawEvents(c, view) {
    const { events, palette, theme, dark, outlines, groups, x, y, chosen, unit: size } = this;
    const number = (/** @type {number} */ n) => this.words.number(n);
    const scene = { events, palette, theme, dark, outlines, groups, x, y, chosen, number, unit: size };
    const seen = worlds(view).map((world) => ({ world, drawn: placeGroups(world, scene) }));
    const drawn = seen.flatMap((one) => one.drawn);
    if (!this.tiles) {
      const taken = new Taken();
      if (chosen !== null) for (const { world } of seen) takeChosenName(taken, world, scene, chosen);
      for (const { x: left, y: top, size } of drawn) {
        const half = Math.max(FACE, Math.min(size, MOST_KEPT));
        taken.block(left - half, top - half, 2 * half, 2 * half);
      }
      for (const { world } of seen) outlines.drawNames(c, world, theme, this.words, taken);
    }
    for (const one of seen) drawScene(c, one.world, scene, one.drawn);
    return drawn;
  }

  /** What the map shows now as a picture, sharp enough for paper. @returns {string} a data URI */
  picture() {
    const { x: width, y: height } = this.leaflet.getSize();
    const zoom = this.leaflet.getZoom();
    const corner = this.leaflet.getPixelBounds().min;
    const view = { scale: 256 * 2 ** zoom, left: corner.x, top: corner.y, width, height, zoom };
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * PAPER, height * PAPER];
    const c = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    c.scale(PAPER, PAPER);
    c.fillStyle = this.theme.sea;
    c.fillRect(0, 0, width, height);
    for (const world of worlds(view)) this.outlines.draw(c, world, this.theme, true);
    this.drawEvents(c, view);
    return canvas.toDataURL("image/png");
  }

  /** Take the size of the map anew; its middle stays where it is. */
  measure() {
    this.leaflet.invalidateSize({ animate: false });
  }

  /** Show these events. @param {number[]} rows */
  show(rows) {
    this.passes.fill(0);
    for (const row of rows) this.passes[row] = 1;
    if (this.layer) this.regroup();
  }

  /** Group the shown events anew, for this zoom. */
  regroup() {
    const rows = this.order.filter((row) => this.passes[row]);
    const reach = this.grouping ? REACH / (256 * 2 ** this.leaflet.getZoom()) : 0;
    this.groups = group(this.events, rows, this.x, this.y, reach);
    const most = (/** @type {"killed" | "injured"} */ harm) =>
      this.groups.reduce((top, found) => Math.max(top, found[harm].top), 0);
    this.unit = unit(most("killed"), most("injured"));
    this.listeners.ongroups();
    this.layer.draw();
  }

  /** Draw everything again, as when the theme has changed. */
  redraw() {
    this.readTheme();
    this.ground.draw();
    this.layer.draw();
  }

  /** Mark an event as the chosen one. @param {number | null} row */
  choose(row) {
    this.chosen = row;
    this.layer?.draw();
  }

  /** Bring an event into view, closer if it is far away. @param {number} row */
  goTo(row) {
    if (!placed(this.events, row)) return;
    const at = [this.events.latitude[row], turnedTo(this.longitude[row], this.leaflet.getCenter().lng)];
    const zoom = Math.max(
      this.leaflet.getZoom(),
      CLOSE_UP[this.events.wherePrec[row]] + (this.tiles ? CLOSER_TILES : 0),
    );
    this.leaflet.setView(at, zoom, { animate: !reducedMotion() });
  }

  /** Bring events into view. @param {number[]} rows */
  fit(rows) {
    const found = rows.filter((row) => placed(this.events, row));
    if (!found.length) return;
    const points = found.map((row) => [this.events.latitude[row], this.longitude[row]]);
    this.leaflet.fitBounds(this.L.latLngBounds(points), { padding: [50, 50], maxZoom: 8, animate: false });
  }

  /** Zoom into a group, or hand it over where its events are all at one spot. @param {Group} found */
  open(found) {
    if (found.rows.length === 1) {
      this.listeners.onevent(found.rows[0]);
      return;
    }
    const atEnd = this.leaflet.getZoom() >= this.leaflet.getMaxZoom();
    if (atEnd || oneSpot(found, this.x, this.y)) {
      this.listeners.ongroup(found.rows);
      return;
    }
    const points = found.rows.map((row) => [this.events.latitude[row], this.longitude[row]]);
    const bounds = this.L.latLngBounds(points);
    const zoom = Math.max(this.leaflet.getBoundsZoom(bounds.pad(0.3)), this.leaflet.getZoom() + 1);
    const { lat, lng } = bounds.getCenter();
    const middle = [lat, turnedTo(lng, this.leaflet.getCenter().lng)];
    this.leaflet.setView(middle, Math.min(zoom, this.leaflet.getMaxZoom()), { animate: !reducedMotion() });
  }

  listenToPointer() {
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    this.element.append(tip);
    const under = (/** @type {any} */ event) => {
      const corner = this.layer.view();
      const at = this.leaflet.project(event.latlng);
      return hit(this.drawn, at.x - corner.left, at.y - corner.top);
    };
    this.leaflet.on("mousemove", (/** @type {any} */ event) => {
      const found = under(event);
      this.element.classList.toggle("pointing", found !== null);
      tip.hidden = found === null;
      if (!found) return;
      fill(tip, this.listeners.describe(found));
      const right = event.containerPoint.x > this.element.clientWidth / 2;
      const low = event.containerPoint.y > this.element.clientHeight / 2;
      tip.style.transform = `translate(${event.containerPoint.x}px, ${event.containerPoint.y}px) translate(${
        right ? "calc(-100% - 14px)" : "14px"
      }, ${low ? "calc(-100% - 10px)" : "14px"})`;
    });
    this.leaflet.on("mouseout movestart zoomstart", () => {
      tip.hidden = true;
    });
    this.leaflet.on("click", (/** @type {any} */ event) => {
      const found = under(event);
      if (found) this.open(found);
    });
  }

  /** Show a tile layer, or the outlines. @param {any | null} tiles name, url, attribution, subdomains, max_zoom */
  setTiles(tiles) {
    this.tiles = tiles;
    this.tileLayer?.remove();
    this.tileLayer = tiles
      ? this.L.tileLayer(tiles.url, {
          subdomains: tiles.subdomains,
          maxNativeZoom: tiles.max_zoom,
          maxZoom: CLOSEST_TILES,
          zIndex: 0,
        }).addTo(this.leaflet)
      : null;
    this.leaflet.setMaxZoom(tiles ? CLOSEST_TILES : CLOSEST);
    this.ground?.draw();
  }
}

/** Whether the reader asked for less motion. */
export function reducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
