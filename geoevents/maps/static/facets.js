/**
 * The filters: what can be chosen, how many events each choice leaves, and what is chosen now.
 * @module facets
 */

import { button, clip, el, fill, foreign, icon } from "./dom.js";
import { active, actorKeys, BIT, columnKeys, counts, placeKeys } from "./filters.js";
import { glyph } from "./symbols.js";
import { fold } from "./words.js";

/** @typedef {import("./records.js").Events} Events */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./filters.js").Criteria} Criteria */
/** @typedef {(row: number) => any[]} Keys */
/** @typedef {{ key: any, label: string, total: number, child?: boolean, kind?: string, own?: boolean }} Choice */

/** Choices shown at first; the others come when asked for, or when looked for. */
const FIRST = 8;
const MOST = 200;
const NAME = 80;

/**
 * @typedef {object} Facet
 * @property {string} name of the criterion
 * @property {Choice[]} choices
 * @property {Keys} keys
 * @property {boolean} [open]
 */

/** All facets of the data. @param {Events} e @param {Words} words @returns {Facet[]} */
export function makeFacets(e, words) {
  const rows = new Uint16Array(e.count);
  const total = (/** @type {Keys} */ keys) => counts(rows, 0, keys);
  const names = (/** @type {Keys} */ keys) =>
    [...total(keys)]
      .filter(([key]) => key > 0)
      .map(([key, n]) => ({ key, label: clip(e.name(key), NAME), total: n, own: true }))
      .sort((a, b) => b.total - a.total || words.compare(a.label, b.label));
  const publishers = (/** @type {number} */ row) => e.publishers[row];
  const places = (/** @type {number} */ row) => placeKeys(e, row);
  const actors = actorKeys(e);
  const [kinds, precisions, statuses] = [e.kind, e.wherePrec, e.status].map(columnKeys);
  return [
    { name: "kinds", keys: kinds, choices: kindChoices(words, e, total(kinds)), open: true },
    { name: "places", keys: places, choices: placeChoices(words, [...total(places)]) },
    { name: "actors", keys: actors, choices: names(actors) },
    {
      name: "precisions",
      keys: precisions,
      choices: [...total(precisions)]
        .map(([key, n]) => ({ key, label: words.t(`prec.${key}`), total: n }))
        .sort((a, b) => (a.key || 9) - (b.key || 9)),
    },
    { name: "publishers", keys: publishers, choices: names(publishers) },
    {
      name: "statuses",
      keys: statuses,
      choices: [...total(statuses)].map(([key, n]) => ({
        key,
        label: words.t(`status.${e.tables.statuses[key]}`),
        total: n,
      })),
    },
  ];
}

/** Sub-event types under their event types. @param {Words} words @param {Events} e
 * @param {Map<number, number>} found @returns {Choice[]} */
function kindChoices(words, e, found) {
  /** @type {Map<string, Choice[]>} */
  const types = new Map();
  for (const [key, total] of found) {
    const [sub, type] = e.tables.kinds[key];
    const choice = { key, label: words.t(`sub.${sub}`), total, child: true };
    types.set(type, [...(types.get(type) ?? []), choice]);
  }
  return [...types]
    .map(([type, subs]) => ({ type, subs, total: subs.reduce((sum, sub) => sum + sub.total, 0) }))
    .sort((a, b) => b.total - a.total || words.compare(a.type, b.type))
    .flatMap(({ type, subs, total }) => [
      { key: subs.map((sub) => sub.key), label: words.t(`type.${type}`), total, kind: type },
      ...subs.sort((a, b) => b.total - a.total || a.key - b.key),
    ]);
}

/** Regions under their countries. @param {Words} words @param {[string, number][]} found @returns {Choice[]} */
function placeChoices(words, found) {
  const order = (/** @type {Choice} */ a, /** @type {Choice} */ b) => b.total - a.total || words.compare(a.label, b.label);
  /** @type {Map<string, Choice[]>} */
  const regions = new Map();
  for (const [key, total] of found) {
    const [code, ...name] = key.split("|");
    if (!name.length) continue;
    const known = regions.get(code) ?? [];
    known.push({ key, label: clip(name.join("|"), NAME), total, child: true, own: true });
    regions.set(code, known);
  }
  return found
    .filter(([key]) => !key.includes("|"))
    .map(([key, total]) => ({ key, label: key ? words.country(key) : words.t("where.nocountry"), total }))
    .sort(order)
    .flatMap((choice) => [choice, ...(regions.get(choice.key) ?? []).sort(order)]);
}

export class Facets {
  /**
   * @param {HTMLElement} root
   * @param {Events} events
   * @param {Words} words
   * @param {any} palette
   * @param {{ onchange: () => void }} listeners
   */
  constructor(root, events, words, palette, listeners) {
    this.events = events;
    this.words = words;
    this.palette = palette;
    this.listeners = listeners;
    /** @type {any} the criteria, which the choices here change */
    this.criteria = null;
    /** @type {Uint16Array} */
    this.mask = new Uint16Array();
    this.facets = makeFacets(events, words);
    /** @type {Map<string, any>} */
    this.parts = new Map();
    fill(
      root,
      this.facets.filter((facet) => facet.choices.length > 0).map((facet) => this.build(facet)),
      this.numberFields(),
    );
  }

  /** @param {Facet} facet @returns {HTMLElement} */
  build(facet) {
    const { words } = this;
    const note = el("span", { class: "chosen-count" });
    const list = el("ul", { class: "choices", role: "list" });
    const search =
      facet.choices.length > FIRST + 4
        ? el("input", {
            type: "search",
            class: "input small",
            "aria-label": words.t("filter.find", { name: words.t(`filter.${facet.name}`) }),
            placeholder: words.t("filter.find.short"),
            oninput: () => this.fillChoices(facet),
          })
        : null;
    const more = el("button", { type: "button", class: "text-button", onclick: () => this.showAll(facet) });
    const part = { list, note, search, more, all: false, labels: new Map() };
    this.parts.set(facet.name, part);
    return el(
      "details",
      { class: "facet", open: facet.open ?? false, data: { facet: facet.name } },
      el("summary", {}, el("span", { text: words.t(`filter.${facet.name}`) }), note),
      search,
      list,
      more,
    );
  }

  /** @param {Facet} facet */
  showAll(facet) {
    const part = this.parts.get(facet.name);
    part.all = !part.all;
    this.fillChoices(facet);
  }

  numberFields() {
    const { words } = this;
    const field = (/** @type {string} */ name, /** @type {any} */ attributes) => {
      const input = el("input", {
        type: "number",
        inputmode: "numeric",
        class: "input small",
        id: `filter-${name}`,
        min: 0,
        ...attributes,
        oninput: () => {
          const value = Math.max(0, Math.floor(Number(input.value) || 0));
          this.criteria[name] = value;
          this.listeners.onchange();
        },
      });
      this.parts.set(name, { input });
      return el("div", { class: "field" }, el("label", { for: `filter-${name}`, text: words.t(`filter.${name}`) }), input);
    };
    return el(
      "fieldset",
      { class: "facet numbers" },
      el("legend", { text: words.t("filter.numbers") }),
      field("killed", {}),
      field("injured", {}),
      field("confidence", { max: 100, step: 5 }),
    );
  }

  /**
   * Show what is chosen and what each choice leaves.
   * @param {Criteria} criteria
   * @param {Uint16Array} mask
   */
  show(criteria, mask) {
    this.criteria = criteria;
    this.mask = mask;
    for (const facet of this.facets) if (this.parts.has(facet.name)) this.fillChoices(facet);
    for (const name of /** @type {const} */ (["killed", "injured", "confidence"])) {
      const { input } = this.parts.get(name);
      if (document.activeElement !== input) input.value = criteria[name] ? String(criteria[name]) : "";
    }
  }

  /** @param {Facet} facet */
  fillChoices(facet) {
    const part = this.parts.get(facet.name);
    const found = counts(this.mask, BIT[facet.name], facet.keys);
    const wanted = part.search ? fold(part.search.value.trim()) : "";
    const matching = facet.choices.filter((choice) => !wanted || fold(choice.label).includes(wanted));
    const chosen = this.criteria[facet.name];
    const has = (/** @type {Choice} */ choice) =>
      Array.isArray(choice.key) ? choice.key.every((key) => chosen.has(key)) : chosen.has(choice.key);
    const shown = matching.filter((choice, i) => (part.all || wanted ? i < MOST : i < FIRST || has(choice)));
    const held = document.activeElement?.id;
    fill(
      part.list,
      shown.map((choice) => this.choice(facet, choice, has(choice), found)),
    );
    if (held && part.list.querySelector(`#${CSS.escape(held)}`)) document.getElementById(held)?.focus();
    part.note.textContent = chosen.size ? this.words.t("filter.chosen", { n: chosen.size }) : "";
    part.more.hidden = matching.length <= FIRST || Boolean(wanted);
    part.more.textContent = part.all
      ? this.words.t("filter.fewer")
      : this.words.t("filter.more", { n: Math.min(MOST, matching.length) - FIRST });
  }

  /** @param {Facet} facet @param {Choice} choice @param {boolean} on @param {Map<any, number>} found */
  choice(facet, choice, on, found) {
    const keys = Array.isArray(choice.key) ? choice.key : [choice.key];
    const left = keys.reduce((sum, key) => sum + (found.get(key) ?? 0), 0);
    const input = el("input", {
      type: "checkbox",
      id: `${facet.name}-${facet.choices.indexOf(choice)}`,
      checked: on,
      onchange: () => {
        for (const key of keys) {
          if (input.checked) this.criteria[facet.name].add(key);
          else this.criteria[facet.name].delete(key);
        }
        this.listeners.onchange();
      },
    });
    input.indeterminate = !on && keys.some((key) => this.criteria[facet.name].has(key));
    return el(
      "li",
      {},
      el(
        "label",
        { class: `check${choice.child ? " child" : ""}${left ? "" : " nothing"}` },
        input,
        choice.kind ? glyph(this.palette, choice.kind) : null,
        choice.own ? foreign(choice.label, { class: "choice-name" }) : el("span", { class: "choice-name", text: choice.label }),
        el("span", { class: "count", text: this.words.number(left) }),
      ),
    );
  }
}

/**
 * What is chosen, as buttons that take it away.
 * @param {HTMLElement} root
 * @param {Events} events
 * @param {Words} words
 * @param {Criteria} criteria
 * @param {{ drop: (name: string) => void, clear: () => void }} listeners
 */
export function showChosen(root, events, words, criteria, listeners) {
  const names = active(criteria);
  fill(
    root,
    names.map((name) =>
      el(
        "button",
        {
          type: "button",
          class: "chip",
          "aria-label": words.t("filter.drop", { name: chosenText(events, words, criteria, name) }),
          onclick: () => listeners.drop(name),
        },
        foreign(chosenText(events, words, criteria, name)),
        icon("close"),
      ),
    ),
    names.length > 1 ? button("reset", words.t("filter.clear"), listeners.clear, { wide: true, class: "text" }) : null,
  );
  root.hidden = names.length === 0;
}

/** What one criterion asks for, in words. @param {Events} events @param {Words} words @param {Criteria} c
 * @param {string} name @returns {string} */
export function chosenText(events, words, c, name) {
  const label = words.t(`filter.${name}`);
  if (name === "time") {
    const from = c.from ?? /** @type {number} */ (c.to);
    return words.day(from, c.to ?? from);
  }
  if (name === "text") return `“${clip(c.text, 40)}”`;
  if (name === "group") return words.t("filter.group", { n: c.group?.size ?? 0 });
  if (name === "killed" || name === "injured") return `${label} ${words.number(c[name])}`;
  if (name === "confidence") return `${label} ${words.share(c.confidence / 100)}`;
  if (name === "kinds") return `${label}: ${kindNames(events, words, c.kinds)}`;
  const set = c[/** @type {"actors"} */ (name)];
  if (set.size > 1) return `${label}: ${words.number(set.size)}`;
  return `${label}: ${keyText(events, words, name, [...set][0])}`;
}

/** Chosen kinds: an event type by its name where all of it is chosen. @param {Events} e @param {Words} words
 * @param {Set<number>} chosen */
function kindNames(e, words, chosen) {
  const rows = [...e.tables.kinds.keys()];
  const types = new Set([...chosen].map((row) => e.tables.kinds[row][1]));
  const names = [...types].flatMap((type) => {
    const mine = rows.filter((row) => e.tables.kinds[row][1] === type);
    if (mine.every((row) => chosen.has(row))) return [words.t(`type.${type}`)];
    return mine.filter((row) => chosen.has(row)).map((row) => words.t(`sub.${e.tables.kinds[row][0]}`));
  });
  return names.length > 3 ? words.number(names.length) : names.join(words.t("comma"));
}

/** @param {Events} e @param {Words} words @param {string} name @param {any} key @returns {string} */
function keyText(e, words, name, key) {
  if (name === "precisions") return words.t(`prec.${key}`);
  if (name === "statuses") return words.t(`status.${e.tables.statuses[key]}`);
  if (name === "places") return key.includes("|") ? clip(key.split("|")[1], NAME) : words.country(key);
  return clip(e.name(key), NAME);
}
