/**
 * The histogram of dates with its brush: sure dates as bars, dates that are spans hatched and drawn as lines.
 * @module timeline
 */

import { binOf, extent, makeBars, makeBins, makeLanes, ticks } from "./bins.js";
import { button, el, fill, icon, svg } from "./dom.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./bins.js").Bins} Bins */
/** @typedef {import("./bins.js").Bars} Bars */

/** More spans than this are left to the hatched bars. */
const MOST_SPANS = 80;
/** Time between the steps of playing. */
const STEP_MS = 800;
/** Pixels that a date on the axis takes. */
const TICK = 80;
/** Pixels. */
const HEIGHT = { bars: 52, lane: 5, axis: 18 };

export class Timeline {
  /**
   * @param {HTMLElement} root
   * @param {Events} events
   * @param {Words} words
   * @param {{ onrange: (from: number | null, to: number | null) => void, onundated: (keep: boolean) => void,
   *   onspan: (row: number) => void }} listeners
   */
  constructor(root, events, words, listeners) {
    this.events = events;
    this.words = words;
    this.listeners = listeners;
    this.root = root;
    const days = extent(events);
    this.bins = days && makeBins(...days);
    /** @type {number[]} */
    this.rows = [];
    /** @type {[number, number] | null} first and last bin chosen */
    this.range = null;
    this.harm = "events";
    this.timer = 0;
    this.width = 600;
    this.playButton = button("play", words.t("time.play"), () => this.toggle());
    this.title = el("p", { class: "time-title" });
    this.measure = el(
      "select",
      { class: "select small", "aria-label": words.t("time.measure"), onchange: () => this.setMeasure() },
      ["events", "killed", "injured"].map((name) => el("option", { value: name, text: words.t(`time.by.${name}`) })),
    );
    this.undated = el("input", { type: "checkbox", onchange: () => this.listeners.onundated(this.undated.checked) });
    this.undatedText = el("span");
    this.undatedLabel = el("label", { class: "check" }, this.undated, this.undatedText);
    this.resetButton = button("reset", words.t("time.reset"), () => this.set(null));
    this.svg = svg("svg", { class: "bars", role: "img" });
    this.low = this.handle("time.from", 0);
    this.high = this.handle("time.to", 1);
    this.chart = el("div", { class: "time-chart", dir: "ltr" }, this.svg, this.low, this.high);
    this.build();
  }

  build() {
    const { words } = this;
    const tools = el(
      "div",
      { class: "time-tools" },
      button("back", words.t("time.back"), () => this.step(-1)),
      this.playButton,
      button("forward", words.t("time.forward"), () => this.step(1)),
      this.resetButton,
      this.title,
      this.undatedLabel,
      this.measure,
    );
    fill(this.root, tools, this.bins ? this.chart : el("p", { class: "note", text: words.t("time.none") }));
    if (!this.bins) return;
    this.drag();
    new ResizeObserver(([entry]) => {
      this.width = Math.max(120, Math.round(entry.contentRect.width));
      this.draw();
    }).observe(this.chart);
  }

  /** @param {string} label @param {number} side @returns {HTMLElement} */
  handle(label, side) {
    return el("div", {
      class: "handle",
      role: "slider",
      tabindex: 0,
      "aria-label": this.words.t(label),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.onkey(event, side),
      data: { side: String(side) },
    });
  }

  /** Show events, and the days chosen. @param {number[]} rows that pass all criteria but the time
   * @param {number | null} from @param {number | null} to @param {boolean} undated */
  show(rows, from, to, undated) {
    this.rows = rows;
    this.undated.checked = undated;
    if (this.bins) {
      const { edges } = this.bins;
      const whole = from === null && to === null;
      const last = edges.length - 2;
      this.range = whole ? null : [from === null ? 0 : binOf(edges, from), to === null ? last : binOf(edges, to)];
    }
    this.draw();
  }

  setMeasure() {
    this.harm = this.measure.value;
    this.draw();
  }

  /** @param {number} row */
  weight(row) {
    if (this.harm === "events") return 1;
    if (!this.events.counted(row)) return 0;
    return Math.max(0, this.events[/** @type {"killed" | "injured"} */ (this.harm)].best[row]);
  }

  draw() {
    const { words, bins } = this;
    if (!bins) return;
    const bars = makeBars(this.events, this.rows, bins, (row) => this.weight(row));
    const lanes = this.lanes();
    const deepest = lanes.length ? Math.max(...lanes.map(([lane]) => lane)) + 1 : 0;
    const spans = deepest ? deepest * HEIGHT.lane + 4 : 0;
    const height = HEIGHT.bars + spans + HEIGHT.axis;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("width", this.width);
    this.svg.setAttribute("height", height);
    this.svg.setAttribute("aria-label", this.summary(bars));
    fill(this.svg, ...this.drawBars(bars), ...this.drawLanes(lanes), ...this.drawAxis(height));
    this.drawRange(height);
    this.undatedText.textContent = words.t("time.undated", { n: bars.undated });
    this.undatedLabel.hidden = bars.undated === 0 || this.range === null;
  }

  /** Left edge of a day in pixels. @param {number} day */
  at(day) {
    const { edges } = /** @type {Bins} */ (this.bins);
    return ((day - edges[0]) / (edges[edges.length - 1] - edges[0])) * this.width;
  }

  /** @param {Bars} bars @returns {SVGElement[]} */
  drawBars(bars) {
    const { edges } = /** @type {Bins} */ (this.bins);
    const most = bars.sure.reduce((top, value, i) => Math.max(top, value + bars.possible[i]), 1);
    const found = [];
    for (let i = 0; i < bars.sure.length; i += 1) {
      const x = this.at(edges[i]);
      const width = Math.max(1, this.at(edges[i + 1]) - x - 1);
      const inside = !this.range || (i >= this.range[0] && i <= this.range[1]);
      const sure = (bars.sure[i] / most) * (HEIGHT.bars - 4);
      const possible = (bars.possible[i] / most) * (HEIGHT.bars - 4);
      const state = inside ? "" : " out";
      if (sure) found.push(rect(x, HEIGHT.bars - sure, width, sure, `bar${state}`));
      if (possible) found.push(rect(x, HEIGHT.bars - sure - possible, width, possible, `bar possible${state}`));
    }
    return found;
  }

  /** Events whose date is a span of more than one bin, in lanes. @returns {[number, number, number, number][]} */
  lanes() {
    const { edges } = /** @type {Bins} */ (this.bins);
    const { start, end, datePrec } = this.events;
    const rows = this.rows.filter(
      (row) => datePrec[row] && end[row] > start[row] && binOf(edges, start[row]) !== binOf(edges, end[row]),
    );
    if (rows.length > MOST_SPANS) return [];
    rows.sort((a, b) => start[a] - start[b] || end[a] - end[b] || a - b);
    return makeLanes(rows.map((row) => [start[row], end[row], row]));
  }

  /** @param {[number, number, number, number][]} lanes @returns {SVGElement[]} */
  drawLanes(lanes) {
    return lanes.map(([lane, from, to, row]) => {
      const y = HEIGHT.bars + 4 + lane * HEIGHT.lane;
      const line = svg("line", { x1: this.at(from) + 1, x2: this.at(to + 1) - 1, y1: y, y2: y, class: "span" });
      line.addEventListener("click", () => this.listeners.onspan(row));
      return line;
    });
  }

  /** @param {number} height @returns {SVGElement[]} */
  drawAxis(height) {
    const bins = /** @type {Bins} */ (this.bins);
    const { edges, unit } = bins;
    const style = unit === "year" ? "year" : unit === "month" ? "month" : "day";
    const found = [svg("line", { x1: 0, x2: this.width, y1: HEIGHT.bars, y2: HEIGHT.bars, class: "axis" })];
    for (const i of ticks(bins, Math.max(1, this.width / TICK))) {
      const x = this.at(edges[i]);
      if (x > this.width - 60 && i > 0) break;
      found.push(svg("line", { x1: x + 0.5, x2: x + 0.5, y1: HEIGHT.bars, y2: height - 14, class: "axis" }));
      found.push(svg("text", { x: x + 3, y: height - 4, class: "tick" }, this.words.apart(this.words.day(edges[i], edges[i], style))));
    }
    return found;
  }

  /** @param {number} height */
  drawRange(height) {
    const { edges } = /** @type {Bins} */ (this.bins);
    const [from, to] = this.range ?? [0, edges.length - 2];
    const [left, right] = [this.at(edges[from]), this.at(edges[to + 1])];
    const last = edges.length - 2;
    for (const [handle, x, bin, day] of /** @type {const} */ ([
      [this.low, left, from, edges[from]],
      [this.high, right, to, edges[to + 1] - 1],
    ])) {
      handle.style.left = `${x}px`;
      handle.style.height = `${HEIGHT.bars + 4}px`;
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", String(last));
      handle.setAttribute("aria-valuenow", String(bin));
      handle.setAttribute("aria-valuetext", this.words.day(day, day, "full"));
    }
    if (this.range) {
      this.svg.prepend(rect(left, 0, Math.max(1, right - left), HEIGHT.bars, "brush"));
    }
    this.title.textContent = this.words.day(edges[from], edges[to + 1] - 1);
    this.resetButton.disabled = !this.range;
    this.root.classList.toggle("brushed", this.range !== null);
    this.svg.dataset.height = String(height);
  }

  /** @param {Bars} bars */
  summary(bars) {
    const { edges } = /** @type {Bins} */ (this.bins);
    const dated = this.rows.length - bars.undated;
    return this.words.t("time.summary", {
      n: dated,
      range: this.words.day(edges[0], edges[edges.length - 1] - 1),
      undated: bars.undated,
    });
  }

  /** Choose bins, or all. @param {[number, number] | null} range */
  set(range) {
    const { edges } = /** @type {Bins} */ (this.bins ?? { edges: [] });
    this.range = range;
    if (range) this.listeners.onrange(edges[range[0]], edges[range[1] + 1] - 1);
    else this.listeners.onrange(null, null);
  }

  /** Move the chosen bins. @param {number} by @returns {boolean} whether there was room */
  step(by) {
    if (!this.bins) return false;
    const last = this.bins.edges.length - 2;
    const width = this.range ? this.range[1] - this.range[0] : Math.max(0, Math.floor(last / 12));
    const from = this.range ? this.range[0] + by * (width ? Math.max(1, Math.ceil(width / 4)) : 1) : by > 0 ? 0 : last - width;
    const start = Math.max(0, Math.min(last - width, from));
    const moved = !this.range || start !== this.range[0];
    if (moved) this.set([start, start + width]);
    return moved;
  }

  /** Play, or stop playing. */
  toggle() {
    if (this.timer) {
      this.stop();
      return;
    }
    if (this.range && this.bins && this.range[1] >= this.bins.edges.length - 2) this.range = null;
    if (!this.step(1)) return;
    this.timer = window.setInterval(() => {
      if (!this.step(1)) this.stop();
    }, STEP_MS);
    this.showPlaying();
  }

  stop() {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.showPlaying();
  }

  showPlaying() {
    const label = this.words.t(this.timer ? "time.pause" : "time.play");
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = label;
    fill(this.playButton, icon(this.timer ? "pause" : "play"));
  }

  /** @param {KeyboardEvent} event @param {number} side */
  onkey(event, side) {
    if (!this.bins) return;
    const last = this.bins.edges.length - 2;
    const range = /** @type {[number, number]} */ (this.range ? [...this.range] : [0, last]);
    const size = event.shiftKey ? 10 : 1;
    const moves = { ArrowLeft: -size, ArrowDown: -size, ArrowRight: size, ArrowUp: size, PageUp: 10, PageDown: -10 };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move) range[side] += move;
    else if (event.key === "Home") range[side] = side ? range[0] : 0;
    else if (event.key === "End") range[side] = side ? last : range[1];
    else return;
    event.preventDefault();
    range[side] = side ? Math.max(range[0], Math.min(last, range[1])) : Math.min(range[1], Math.max(0, range[0]));
    this.set(range);
  }

  /** Choose by dragging: a new range, an end of the range, or the whole range. */
  drag() {
    /** @type {{ mode: string, bin: number, range: [number, number] } | null} */
    let held = null;
    const binAt = (/** @type {PointerEvent} */ event) => {
      const { edges } = /** @type {Bins} */ (this.bins);
      const box = this.chart.getBoundingClientRect();
      const share = Math.max(0, Math.min(0.9999, (event.clientX - box.left) / box.width));
      return binOf(edges, edges[0] + share * (edges[edges.length - 1] - edges[0]));
    };
    this.chart.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0 || /** @type {Element} */ (event.target).classList.contains("span")) return;
      const side = /** @type {HTMLElement} */ (event.target).dataset.side;
      const bin = binAt(event);
      const last = /** @type {Bins} */ (this.bins).edges.length - 2;
      const range = /** @type {[number, number]} */ (this.range ? [...this.range] : [0, last]);
      const within = this.range && bin >= range[0] && bin <= range[1];
      held = { mode: side ? `side${side}` : within ? "move" : "new", bin, range };
      this.chart.setPointerCapture(event.pointerId);
      if (held.mode === "new") this.set([bin, bin]);
      this.stop();
    });
    this.chart.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (!held) return;
      const bin = binAt(event);
      const last = /** @type {Bins} */ (this.bins).edges.length - 2;
      const [from, to] = held.range;
      if (held.mode === "new") this.set([Math.min(held.bin, bin), Math.max(held.bin, bin)]);
      else if (held.mode === "side0") this.set([Math.min(bin, to), to]);
      else if (held.mode === "side1") this.set([from, Math.max(bin, from)]);
      else {
        const by = Math.max(-from, Math.min(last - to, bin - held.bin));
        this.set([from + by, to + by]);
      }
    });
    const release = () => {
      held = null;
    };
    this.chart.addEventListener("pointerup", release);
    this.chart.addEventListener("pointercancel", release);
  }
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @param {string} name */
function rect(x, y, width, height, name) {
  return svg("rect", { x, y, width, height, class: name });
}
