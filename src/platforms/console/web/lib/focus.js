/** Where focus goes when what had it is gone. */

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
