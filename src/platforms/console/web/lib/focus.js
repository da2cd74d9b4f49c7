/** Focus management for elements that an update removes. */

/** Returns the card that contains an element. @param {Element | null} element */
export function cardOf(element) {
  return element?.closest('.card') ?? null;
}

/**
 * Focuses the card, not its next button: a double press must not answer the next question. Returns whether it could.
 * @param {Element | null} card
 */
export function focusCard(card) {
  if (!(card instanceof HTMLElement) || !card.isConnected) return false;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  return true;
}

/** Returns the heading of a card. @param {Element | null} card */
export function headingOf(card) {
  return card?.querySelector('h2, h3, h4')?.textContent ?? null;
}

/** Scrolls to the beginning of a question that replaced another. @param {Element | null} card */
export function showBeginning(card) {
  if (!card?.isConnected) return;
  const { left, top } = card.getBoundingClientRect();
  if (!card.contains(document.elementFromPoint(left + 12, top + 12))) card.scrollIntoView({ block: 'start' });
}

/** Focuses the first element that matches. @param {string} selector @param {ParentNode} [within] @param {FocusOptions} [how] */
export function focusOn(selector, within = document, how = {}) {
  const found = within.querySelector(selector);
  if (found instanceof HTMLElement) found.focus(how);
}

/** Runs a function after the next frame is on the screen. @param {() => void} run */
export function afterPaint(run) {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
