/** Templates of the page: `html` turns HTML into Preact elements, without a build. Equal keys keep their element. */
import htm from './htm.js';
import { h } from './preact.js';

/** @typedef {import('preact').VNode} VNode */
/** @typedef {{ (strings: TemplateStringsArray, ...values: unknown[]): VNode }} Html one root element, or a list typed as one */

export const html = /** @type {Html} */ (htm.bind(h));
