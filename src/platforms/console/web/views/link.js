/** Links within the page: real addresses, followed without loading the page again. */

import { html } from '../lib/html.js';
import { go } from '../lib/navigate.js';
import { pathOf } from '../lib/route.js';

/** @param {import('../lib/route.js').Route} route @param {Record<string, unknown>} props @param {...import('preact').ComponentChild} children */
export function link(route, props, ...children) {
  /** @param {MouseEvent} event */
  const follow = (event) => {
    // A new tab or window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(route);
  };
  return html`<a ...${props} href=${pathOf(route)} onclick=${follow}>${children}</a>`;
}
