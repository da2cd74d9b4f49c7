/** A button that has just appeared under a finger was not the one it aimed at. */

const AIM = 300;
let moved = 0;
addEventListener('pointermove', () => {
  moved = performance.now();
});

/** Remembers when a button came. @param {Element} button */
export function appeared(button) {
  if (button instanceof HTMLElement) button.dataset.since = String(performance.now());
}

/** A mouse that has moved since was aimed at what it sees; a finger aims before it touches. @param {MouseEvent} event */
export function isTooNew(event) {
  const button = event.currentTarget;
  if (event.detail === 0 || !(button instanceof HTMLElement)) return false;
  const since = Number(button.dataset.since);
  const aimed = event instanceof PointerEvent && event.pointerType === 'mouse' && moved > since;
  return !aimed && performance.now() - since < AIM;
}
