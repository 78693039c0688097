/** What each drawn element showed, to redraw only what changed. @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/** Lists drawn before: what fills a list for the first time is no news. @type {WeakSet<Element>} */
const filled = new WeakSet();

/**
 * Makes `parent`'s children match `items`: elements of unchanged items stay as they are, changed ones are
 * redrawn and flash, focus stays on the control with the same `data-focus`.
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T, previous: HTMLElement | null) => HTMLElement} draw
 */
export function drawList(parent, items, keyOf, draw) {
  const focus = document.activeElement?.getAttribute("data-focus");
  const previous = new Map(
    [...parent.children]
      .filter((child) => drawn.has(child))
      .map((child) => [child.getAttribute("data-key"), child]),
  );
  const next = items.map((item) => redraw(item, keyOf(item), previous, draw));
  if (!filled.has(parent)) for (const element of next) element.classList.remove("arrived");
  filled.add(parent);
  const same =
    next.length === parent.children.length &&
    next.every((child, at) => parent.children[at] === child);
  if (!same) parent.replaceChildren(...next);
  if (focus) restoreFocus(parent, focus);
}

/** What fills the list next is no news: it shows something else. @param {HTMLElement} parent */
export function startAfresh(parent) {
  filled.delete(parent);
}

/**
 * @template T
 * @param {T} item @param {string} key @param {Map<string | null, Element>} previous
 * @param {(item: T, previous: HTMLElement | null) => HTMLElement} draw
 */
function redraw(item, key, previous, draw) {
  const content = JSON.stringify(item);
  const old = previous.get(key);
  if (old instanceof HTMLElement && drawn.get(old) === content) return old;
  const element = draw(item, old instanceof HTMLElement ? old : null);
  element.setAttribute("data-key", key);
  drawn.set(element, content);
  if (old !== undefined) element.classList.add("changed");
  else element.classList.add("arrived");
  return element;
}

/** @param {HTMLElement} parent @param {string} focus */
function restoreFocus(parent, focus) {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  const again = [...parent.querySelectorAll("[data-focus]")].find(
    (candidate) => candidate.getAttribute("data-focus") === focus,
  );
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
