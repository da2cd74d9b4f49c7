/** Focus management for elements that an update removes. */

export const cardOf = (element: Element | null) => element?.closest('.card') ?? null;

/** Focuses the card, not its next button: a double press must not answer the next question. Returns whether it could. */
export function focusCard(card: Element | null) {
  if (!(card instanceof HTMLElement) || !card.isConnected) return false;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  return true;
}

export const headingOf = (card: Element | null) => card?.querySelector('h2, h3, h4')?.textContent ?? null;

/** Scrolls to the beginning of a question that replaced another. */
export function showBeginning(card: Element | null) {
  if (!card?.isConnected) return;
  const { left, top } = card.getBoundingClientRect();
  if (!card.contains(document.elementFromPoint(left + 12, top + 12))) card.scrollIntoView({ block: 'start' });
}

export function focusOn(selector: string, within: ParentNode = document, how: FocusOptions = {}) {
  const found = within.querySelector(selector);
  if (found instanceof HTMLElement) found.focus(how);
}

/** Scrolls to a part of the page, which may be folded. */
export function reveal(selector: string) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLDetailsElement) found.open = true;
  found?.scrollIntoView({ block: 'start' });
}
