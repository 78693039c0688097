/**
 * An element. Children become text or nodes, never markup: what is shown here was written by strangers.
 * @param {string} tag
 * @param {Record<string, string | boolean | number | null | undefined | ((event: Event) => void)>} [attributes]
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  const shown = children.filter(
    (child) => child !== null && child !== undefined && child !== false,
  );
  element.append(...shown.map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/**
 * A button that carries a key, by which the keyboard's focus survives a redrawing.
 * @param {string} label @param {Record<string, string | null | undefined>} attributes @param {() => void} press
 */
export function button(label, attributes, press) {
  return el("button", { type: "button", ...attributes, click: press }, label);
}

/** @param {string} selector @returns {HTMLElement} */
export function find(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** @param {string} at ISO 8601 */
export function clock(at) {
  return new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** @param {string | number | null} amount @param {string} [currency] */
export function money(amount, currency = "USD") {
  const value = Number(amount);
  if (amount === null || amount === "" || !Number.isFinite(value)) return "";
  const style = { style: "currency", currency, maximumFractionDigits: 0 };
  return new Intl.NumberFormat("en", style).format(value);
}
