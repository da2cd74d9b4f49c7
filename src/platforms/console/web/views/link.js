/** Links within the page: real addresses, followed without loading the page again. */

import { go } from '../lib/navigate.js';
import { pathOf } from '../lib/route.js';
import { h } from '../lib/vdom.js';

/** @param {import('../lib/route.js').Route} route @param {import('../lib/vdom.js').Props} props @param {...import('../lib/vdom.js').Child} children */
export function link(route, props, ...children) {
  return h(
    'a',
    {
      ...props,
      href: pathOf(route),
      onclick: (/** @type {MouseEvent} */ event) => {
        // A new tab or window is the browser's.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(route);
      },
    },
    children,
  );
}
