/**
 * The panel of one event: everything that is known of it, who said it, and how sure it is.
 * @module panel
 */

import { button, clip, el, fill, foreign, webAddress } from "./dom.js";
import { isArea } from "./groups.js";
import { kindText, whenText, whereText } from "./list.js";
import { markClass, marked } from "./marks.js";
import { figures, inWords, OPEN } from "./numbers.js";
import { glyph } from "./symbols.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./symbols.js").Palette} Palette */

/** Longer texts are cut here, with a button that shows the rest. */
const LONG = 1200;
const TITLE = 300;
/** Confidence, in percent, from which on it is called high, and fair. */
const HIGH = 75;
const FAIR = 45;

/**
 * @typedef {object} PanelListeners
 * @property {() => void} onclose
 * @property {(by: number) => void} onstep
 * @property {() => void} onshare
 * @property {() => void} onlocate
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {Events} events
   * @param {Words} words
   * @param {Palette} palette
   * @param {PanelListeners} listeners
   */
  constructor(root, events, words, palette, listeners) {
    this.events = events;
    this.words = words;
    this.palette = palette;
    this.listeners = listeners;
    this.root = root;
    /** @type {number | null} */
    this.row = null;
    this.previous = button("back", words.t("panel.previous"), () => listeners.onstep(-1));
    this.following = button("forward", words.t("panel.next"), () => listeners.onstep(1));
    this.standing = el("span", { class: "panel-place" });
  }

  close() {
    this.row = null;
    this.root.hidden = true;
    fill(this.root);
  }

  /**
   * Open an event.
   * @param {number} row
   * @param {boolean} focus whether to move the focus to its heading
   */
  async open(row, focus) {
    this.row = row;
    const heading = el("h2", { tabindex: -1, class: "panel-title" }, ...this.title(row));
    const label = kindText(this.events, this.words, row);
    const body = el("div", { class: "panel-body", tabindex: 0, role: "group", "aria-label": label });
    fill(body, heading, this.facts(row));
    fill(this.root, this.bar(row), body);
    this.root.hidden = false;
    body.scrollTop = 0;
    if (focus) heading.focus({ preventScroll: true });
    const detail = await this.events.detail(row);
    if (this.row === row) body.append(...this.sections(row, detail));
  }

  /** @param {number} row */
  bar(row) {
    const { words, listeners } = this;
    return el(
      "div",
      { class: "panel-bar" },
      this.previous,
      this.following,
      this.standing,
      this.events.place[row] >= 0 ? button("target", words.t("panel.locate"), listeners.onlocate) : null,
      button("link", words.t("panel.share"), listeners.onshare),
      button("close", words.t("panel.close"), listeners.onclose),
    );
  }

  /** Say where the event stands in the list. @param {{ at: number, of: number }} place `at` is -1 where it is
   * filtered out */
  showPlace({ at, of }) {
    this.previous.disabled = at <= 0;
    this.following.disabled = at < 0 || at >= of - 1;
    this.standing.textContent =
      at < 0 ? this.words.t("panel.filtered") : this.words.t("panel.place", { at: at + 1, of });
  }

  /** @param {number} row @returns {Node[]} */
  title(row) {
    const { events, words } = this;
    const [, type] = events.kinds(row);
    return [
      el(
        "span",
        { class: "panel-type" },
        glyph(this.palette, type, { area: isArea(events.wherePrec[row]), size: 18 }),
        el("span", { text: words.t(`type.${type}`) }),
      ),
      el("span", { class: "panel-kind", text: kindText(events, words, row) }),
      foreign(whereText(events, words, row), { class: "panel-where", dir: words.direction }),
    ];
  }

  /** Figures and date at a glance. @param {number} row */
  facts(row) {
    const { events, words } = this;
    const harm = (/** @type {"killed" | "injured"} */ name) => {
      const range = events.range(name, row);
      return el(
        "div",
        { class: `fact ${name}` },
        el("span", { class: "fact-name", text: words.t(name) }),
        el("span", {
          class: range.low < 0 ? "fact-figure absent" : "fact-figure",
          text: figures(words, range),
        }),
        range.low >= 0 && (range.low !== range.high || range.high === 0)
          ? el("span", { class: "fact-words", text: inWords(words, range) })
          : null,
      );
    };
    return el(
      "div",
      { class: "facts" },
      harm("killed"),
      harm("injured"),
      el(
        "div",
        { class: "fact when" },
        el("span", { class: "fact-name", text: words.t("panel.when") }),
        el("span", { class: "fact-date", text: whenText(events, words, row, "full") }),
        events.datePrec[row] ? el("span", { class: "fact-words", text: words.t(`dateprec.${events.datePrec[row]}`) }) : null,
      ),
      this.caution(row),
    );
  }

  /** What to know before reading the figures: that they are a total, or that not all stand by them.
   * @param {number} row */
  caution(row) {
    const { events, words } = this;
    const status = events.tables.statuses[events.status[row]];
    const said = [
      events.clarity[row] === 2 ? words.t("panel.aggregate") : "",
      status === "reported" ? "" : words.t(`status.${status}.long`),
    ].filter(Boolean);
    return said.length ? el("p", { class: "fact caution", text: said.join(" ") }) : null;
  }

  /** @param {number} row @param {any} detail @returns {HTMLElement[]} */
  sections(row, detail) {
    const found = [
      this.numbers(row, detail),
      this.quotes(detail),
      this.place(row, detail),
      this.date(detail),
      this.actors(row, detail),
      this.sources(detail),
      this.corrections(detail),
      this.trust(row, detail),
    ];
    return /** @type {HTMLElement[]} */ (found.filter(Boolean));
  }

  /** @param {string} key @param {...any} children */
  section(key, ...children) {
    return el("section", {}, el("h3", { text: this.words.t(key) }), ...children);
  }

  /** Who said which number. @param {number} row @param {any} detail */
  numbers(row, detail) {
    const { words } = this;
    if (!detail.claims.length) {
      return this.section("panel.claims", el("p", { class: "note", text: words.t("panel.noclaims") }));
    }
    const parts = [];
    for (const harm of ["killed", "injured", "missing", "abducted", "detained", "displaced"]) {
      const claims = unrepeated(detail.claims.filter((/** @type {any} */ claim) => claim.harm === harm));
      if (!claims.length) continue;
      const most = Math.max(1, ...claims.map((/** @type {any} */ c) => (c.high === OPEN ? c.best * 1.15 : c.high)));
      parts.push(
        el("h4", { text: words.t(harm) }),
        el(
          "ul",
          { class: "claims", role: "list" },
          claims.map((/** @type {any} */ claim) => this.claim(row, claim, most, claims.length > 1)),
        ),
      );
    }
    const deaths = detail.deaths.map((/** @type {any} */ death) =>
      el("li", {}, this.victims(row, death.side), " ", el("b", { text: figures(words, death) })),
    );
    return this.section(
      "panel.claims",
      ...parts,
      deaths.length ? [el("h4", { text: words.t("panel.deaths") }), el("ul", { class: "plain" }, deaths)] : null,
    );
  }

  /** Whom a number counts: a side by its name, where it has one. @param {number} row @param {string} whom
   * @param {string} [style] */
  victims(row, whom, style = "") {
    const { events, words } = this;
    const number = whom === "side_a" ? events.sideA[row] : whom === "side_b" ? events.sideB[row] : 0;
    const named = number > 0 ? foreign(clip(events.name(number), TITLE)) : words.t(`victims.${whom}`);
    return el("span", { class: style }, named);
  }

  /** @param {number} row @param {any} claim @param {number} most @param {boolean} several */
  claim(row, claim, most, several) {
    const { words } = this;
    const speaker = claim.speaker
      ? foreign(clip(claim.speaker, TITLE), { class: "speaker" })
      : el("span", { class: "speaker", text: words.t("claim.article") });
    return el(
      "li",
      { class: `claim ${claim.stance}` },
      el("span", { class: "claim-figure", text: figures(words, claim) }),
      several || claim.low !== claim.high ? rangeBar(claim, most) : el("span"),
      el(
        "span",
        { class: "claim-who" },
        speaker,
        claim.stance === "reported" ? null : el("span", { class: "tag", text: words.t(`stance.${claim.stance}`) }),
        claim.victims === "all" ? null : this.victims(row, claim.victims, "tag quiet"),
      ),
      el(
        "span",
        { class: "claim-words" },
        claim.text ? foreign(`“${clip(claim.text, TITLE)}”`, { class: "said" }) : null,
        claim.qualifier && claim.qualifier !== "exact"
          ? el("span", { class: "quiet", text: words.t(`qualifier.${claim.qualifier}`) })
          : null,
        this.cite(claim.source),
      ),
    );
  }

  /** An article, as a link where it has a web address. @param {any} source */
  cite(source) {
    const { words } = this;
    const address = webAddress(source.url);
    const text = clip(source.publisher || source.title || source.name || source.doc_id, 120);
    const date = source.published === null ? null : words.day(source.published);
    const name = address
      ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank", dir: "auto", text })
      : foreign(text);
    return el("span", { class: "cite" }, name, date ? el("span", { text: ` · ${date}` }) : null);
  }

  /** The words it was read from, in their sentences. @param {any} detail */
  quotes(detail) {
    if (!detail.passages.length) return null;
    const marks = detail.passages.flatMap((/** @type {any} */ passage) => passage.marks);
    const kinds = new Set(marks.map((/** @type {any[]} */ mark) => markClass(mark[2])));
    kinds.delete("quote");
    const key = [...kinds].map((kind) => el("mark", { class: kind, text: this.words.t(`mark.${kind}`) }));
    return this.section(
      "panel.quotes",
      detail.passages.map((/** @type {any} */ passage) =>
        el(
          "figure",
          { class: "quote" },
          this.passage(passage),
          el("figcaption", {}, this.cite(passage.source)),
        ),
      ),
      key.length ? el("p", { class: "keys", "aria-hidden": "true" }, key) : null,
    );
  }

  /** A passage; of a long one the beginning, until all of it is asked for. @param {any} passage */
  passage({ text, marks }) {
    const quote = el("blockquote", { dir: "auto" }, marked(clip(text, LONG), marks));
    if (text.length > LONG) {
      const onclick = () => fill(quote, marked(text, marks));
      quote.append(" ", el("button", { type: "button", class: "text-button", text: this.words.t("panel.whole"), onclick }));
    }
    return quote;
  }

  /** How the place was found, and what else it could be. @param {number} row @param {any} detail */
  place(row, detail) {
    const { events, words } = this;
    const place = events.placeOf(row);
    if (!place) {
      return this.section("panel.where", el("p", { class: "note", text: words.t("panel.noplace") }));
    }
    const km = events.radius[row];
    const others = detail.alternatives.map((/** @type {any} */ other) =>
      el(
        "li",
        {},
        foreign(placeText(words, other), { dir: words.direction }),
        " ",
        el("span", { class: "share", text: words.share(other.confidence) }),
      ),
    );
    return this.section(
      "panel.where",
      el("p", {}, foreign(placeText(words, place), { dir: words.direction, class: "strong" })),
      el(
        "p",
        {},
        el("span", { text: words.t(`prec.${events.wherePrec[row]}`) }),
        km > 0 ? el("span", { text: ` · ${words.t("panel.within", { n: Math.max(1, Math.round(km)) })}` }) : null,
      ),
      this.readFrom(detail.where_text),
      detail.where_reason ? el("p", { class: "quiet" }, foreign(clip(detail.where_reason, LONG))) : null,
      el("p", { class: "quiet", text: `${words.t("confidence")}: ${words.share(detail.where_confidence)}` }),
      others.length
        ? [el("h4", { text: words.t("panel.alternatives") }), el("ul", { class: "plain alternatives" }, others)]
        : el("p", { class: "quiet", text: words.t("panel.noalternatives") }),
      el("p", {
        class: "quiet coordinates",
        dir: "ltr",
        text: `${events.latitude[row].toFixed(4)}, ${events.longitude[row].toFixed(4)}`,
      }),
    );
  }

  /** How the date was found. @param {any} detail */
  date(detail) {
    const { when_text: text, when_reason: reason } = detail;
    if (!text && !reason) return null;
    return this.section(
      "panel.when",
      this.readFrom(text),
      reason ? el("p", { class: "quiet" }, foreign(clip(reason, LONG))) : null,
    );
  }

  /** The words something was read from. @param {string} text */
  readFrom(text) {
    if (!text) return null;
    const label = el("span", { class: "quiet", text: this.words.t("panel.readfrom") });
    return el("p", {}, label, " ", foreign(`“${clip(text, TITLE)}”`));
  }

  /** @param {number} row @param {any} detail */
  actors(row, detail) {
    const { events, words } = this;
    const actor = (/** @type {string} */ side, /** @type {number} */ name) => {
      const [kind, certainty] = [detail[`${side}_kind`], detail[`${side}_certainty`]];
      return name > 0
        ? el(
            "div",
            {},
            el("dt", { text: words.t(`panel.${side}`) }),
            el(
              "dd",
              {},
              foreign(clip(events.name(name), TITLE)),
              certainty === "stated" ? null : el("span", { class: "tag", text: words.t(`certainty.${certainty}`) }),
              words.has(`actor.${kind}`) ? el("span", { class: "tag quiet", text: words.t(`actor.${kind}`) }) : null,
            ),
          )
        : null;
    };
    const free = (/** @type {string} */ label, /** @type {string} */ text) =>
      text ? el("div", {}, el("dt", { text: words.t(label) }), el("dd", {}, foreign(clip(text, TITLE)))) : null;
    const items = [
      actor("side_a", events.sideA[row]),
      actor("side_b", events.sideB[row]),
      free("panel.target", detail.target),
      free("panel.weapon", events.name(events.weapon[row])),
    ].filter(Boolean);
    return items.length ? this.section("panel.who", el("dl", { class: "pairs" }, items)) : null;
  }

  /** @param {any} detail */
  sources(detail) {
    const { words } = this;
    const items = detail.sources.map((/** @type {any} */ source) => {
      const address = webAddress(source.url);
      const title = clip(source.title || source.name || source.doc_id, TITLE);
      const known = [source.publisher, source.published === null ? null : words.day(source.published)].filter(Boolean);
      return el(
        "li",
        {},
        address
          ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank", dir: "auto", text: title })
          : foreign(title),
        known.length ? el("span", { class: "quiet source-by" }, foreign(clip(known.join(" · "), TITLE))) : null,
        !address && source.url ? foreign(clip(source.url, TITLE), { class: "quiet source-by" }) : null,
      );
    });
    return items.length ? this.section("panel.sources", el("ul", { class: "sources", role: "list" }, items)) : null;
  }

  /** @param {any} detail */
  corrections(detail) {
    if (!detail.corrections.length) return null;
    return this.section(
      "panel.corrections",
      el(
        "ul",
        { class: "corrections", role: "list" },
        detail.corrections.map((/** @type {any} */ c) =>
          el(
            "li",
            {},
            el("span", {}, foreign(clip(c.field || c.action, TITLE), { class: "strong" }), ": "),
            el("del", {}, foreign(clip(c.before, TITLE))),
            " → ",
            el("ins", {}, foreign(clip(c.after, TITLE))),
            el("span", { class: "quiet source-by" }, foreign(clip([c.who, c.when, c.why].filter(Boolean).join(" · "), LONG))),
          ),
        ),
      ),
    );
  }

  /** How sure all this is. @param {number} row @param {any} detail */
  trust(row, detail) {
    const { events, words } = this;
    const percent = events.confidence[row];
    const level = percent >= HIGH ? "high" : percent >= FAIR ? "fair" : "low";
    const articles = new Set(detail.sources.map((/** @type {any} */ source) => source.doc_id)).size;
    return this.section(
      "confidence",
      el(
        "p",
        {},
        meter(percent),
        el("span", { class: "strong", text: words.t(`confidence.${level}`) }),
        ` (${words.share(percent / 100)})`,
      ),
      el("p", { class: "quiet", text: words.t("panel.articles", { n: articles }) }),
      detail.incidents > 1
        ? el("p", { class: "quiet", text: words.t("panel.merged", { n: detail.incidents, share: words.share(events.mergeConfidence[row] / 100) }) })
        : null,
      el("p", { class: "quiet", text: words.t(`status.${events.tables.statuses[events.status[row]]}.long`) }),
      el("p", { class: "quiet id" }, foreign(clip(events.id[row], TITLE))),
    );
  }
}

/** @param {Words} words @param {any} place @returns {string} */
function placeText(words, place) {
  const country = place.country ? words.country(place.country) : "";
  return [place.name, place.admin2, place.admin1, country]
    .map((part) => clip(part, TITLE))
    .filter((part, i, all) => part && all.indexOf(part) === i)
    .map((part) => words.name(part))
    .join(words.t("comma"));
}

/** Claims without those that say again, in the same article and the same words, what the same speaker said.
 * @param {any[]} claims @returns {any[]} */
export function unrepeated(claims) {
  const key = (/** @type {any} */ c) =>
    JSON.stringify([c.source.doc_id, c.speaker, c.stance, c.victims, c.low, c.best, c.high, c.text.toLowerCase()]);
  const said = new Set();
  return claims.filter((claim) => said.size < said.add(key(claim)).size);
}

/** A claim's range on the scale of its neighbours. @param {any} claim @param {number} most */
function rangeBar(claim, most) {
  const share = (/** @type {number} */ value) => `${(100 * value) / most}%`;
  const high = claim.high === OPEN ? most : claim.high;
  return el(
    "span",
    { class: `range${claim.high === OPEN ? " open" : ""}`, "aria-hidden": "true" },
    el("span", {
      class: "range-bar",
      style: { "inset-inline-start": share(claim.low), "inline-size": share(Math.max(0, high - claim.low)) },
    }),
    el("span", { class: "range-best", style: { "inset-inline-start": share(claim.best) } }),
  );
}

/** @param {number} percent */
function meter(percent) {
  return el(
    "span",
    { class: "meter", "aria-hidden": "true" },
    el("span", { class: "meter-bar", style: { "inline-size": `${percent}%` } }),
  );
}
