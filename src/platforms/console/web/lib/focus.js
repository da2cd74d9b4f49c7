/** Focus management for elements that an update removes. */

/** The card something stands on. @param {Element | null} element */
export function cardOf(element) {
  return element?.closest('.card') ?? null;
}

/**
 * Not to the next button of the card: pressing twice must not answer the next question. Answers whether it could.
 * @param {Element | null} card
 */
export function focusCard(card) {
  if (!(card instanceof HTMLElement) || !card.isConnected) return false;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  return true;
}

/** Heading of a card. @param {Element | null} card */
export function headingOf(card) {
  return card?.querySelector('h2, h3, h4')?.textContent ?? null;
}

/** A question that came in place of another is read from its beginning. @param {Element | null} card */
export function showBeginning(card) {
  if (!card?.isConnected) return;
  const { left, top } = card.getBoundingClientRect();
  if (!card.contains(document.elementFromPoint(left + 12, top + 12))) card.scrollIntoView({ block: 'start' });
}

/** Puts the focus on the first element that fits. @param {string} selector @param {ParentNode} [within] @param {FocusOptions} [how] */
export function focusOn(selector, within = document, how = {}) {
  const found = within.querySelector(selector);
  if (found instanceof HTMLElement) found.focus(how);
}

/** Runs once the next picture is on the screen. @param {() => void} run */
export function afterPaint(run) {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
