/**
 * Elements without markup: text only ever reaches the page through `textContent` and attributes.
 * @module dom
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {{ [name: string]: any }} Properties
 */

/**
 * Make an HTML element.
 *
 * `on…` properties are listeners, `class`, `text`, `style` (custom properties and sizes) and `data` what they say,
 * all others attributes; `null`, `undefined` and `false` are left out, `true` is an empty attribute.
 * @param {string} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, item] of Object.entries(value)) element.style.setProperty(key, item);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...keep(children));
  return element;
}

/**
 * Make an SVG element from attributes.
 * @param {string} tag
 * @param {Properties} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, String(value));
  }
  element.append(...keep(children));
  return element;
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
function keep(children) {
  return /** @type {(Node | string)[]} */ (
    children.flat().filter((child) => child !== null && child !== undefined && child !== false)
  );
}

/** Replace all children. @param {Element} element @param {...(Child | Child[])} children */
export function fill(element, ...children) {
  element.replaceChildren(...keep(children));
}

/** @type {{ [name: string]: string }} Icons on a 24 by 24 grid, drawn as lines. */
const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  back: "M14 6l-6 6 6 6",
  forward: "M10 6l6 6-6 6",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  reset: "M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16.2 16.2L21 21",
  filter: "M4 6h16M7 12h10M10 18h4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  map: "M9 4L3 6.5v13L9 17l6 3 6-2.5v-13L15 7zM9 4v13M15 7v13",
  time: "M4 20V10M9 20V5M14 20v-8M19 20V8",
  link: "M9.5 14.5l5-5M8 11l-2.5 2.5a3.5 3.5 0 0 0 5 5L13 16M16 13l2.500-2.500a3.500 3.500 0 0 0-5-5L11 8",
  save: "M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.500M12 7.500v.01",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  language: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9S9 6 12 3",
  layers: "M12 4l9 5-9 5-9-5zM3 14l9 5 9-5",
  target: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v4M12 18v4M2 12h4M18 12h4",
  check: "M5 12.500l4.500 4.500L19 7.500",
};

/** An icon for a button that has its own label. @param {string} name @returns {SVGElement} */
export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }),
  );
}

/**
 * A button with an icon, and a label to see or to hear.
 * @param {string} image
 * @param {string} label
 * @param {(event: Event) => void} onclick
 * @param {{ wide?: boolean, class?: string }} [options]
 * @returns {HTMLButtonElement}
 */
export function button(image, label, onclick, options = {}) {
  return el(
    "button",
    {
      type: "button",
      class: `button ${options.class ?? ""}`,
      "aria-label": options.wide ? null : label,
      title: options.wide ? null : label,
      onclick,
    },
    icon(image),
    options.wide ? el("span", { text: label }) : null,
  );
}

/**
 * The address itself where it is a web address, else null: nothing else becomes a link.
 * @param {string | null | undefined} address
 * @returns {string | null}
 */
export function webAddress(address) {
  if (!address || address.length > 4000 || !/^https?:\/\//i.test(address)) return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Text of the articles, set apart so that its direction and its controls end where it ends.
 * @param {string} text
 * @param {Properties} [properties]
 * @returns {HTMLElement}
 */
export function foreign(text, properties = {}) {
  return el("bdi", { dir: "auto", ...properties, text });
}

/**
 * At most `most` characters, and a sign where there were more; never half of a pair.
 * @param {string} text
 * @param {number} most
 * @returns {string}
 */
export function clip(text, most) {
  if (text.length <= most) return text;
  const cut = /[\uD800-\uDBFF]/.test(text[most - 1]) ? most - 1 : most;
  return `${text.slice(0, cut)}…`;
}
