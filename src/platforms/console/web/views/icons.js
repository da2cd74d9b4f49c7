/** Line icons, drawn on 20 × 20. Always beside a text or with a label: never the only sign of anything. */
import { html } from '../lib/html.js';

/** @type {Record<string, string>} */
const PATHS = {
  room: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.2h14M2.5 12.8h14',
  direct: 'M10 10.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.8 16.6c.7-2.7 3.2-4.2 6.2-4.2s5.5 1.5 6.2 4.2',
  list: 'M3.5 5.500h13M3.5 10h13M3.5 14.500h8.5',
  search: 'M9 14.200a5.2 5.2 0 1 0 0-10.4 5.2 5.2 0 0 0 0 10.400ZM12.8 12.8 17 17',
  send: 'M10 16V4.500M5 9.200l5-4.9 5 4.9',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  menu: 'M3 6h14M3 10h14M3 14h14',
  thread: 'M4 4.500h12v8.500H9.500L6 16v-3H4z',
  file: 'M5.5 2.800h6L15 6.300v10.900H5.500zM11.3 2.800v3.700H15',
  download: 'M10 3.500v9M6 9l4 4 4-4M4 16.500h12',
  upload: 'M10 13V4M6 7.5 10 3.500l4 4M4 16.500h12',
  check: 'm4.5 10.5 3.7 3.7 7.3-8.2',
  partly: 'M4.5 10h11',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.200V10l2.5 1.6',
  sun: 'M10 13.200a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400ZM10 2.500v1.500M10 16v1.500M2.5 10H4M16 10h1.500M4.7 4.700l1 1M14.3 14.300l1 1M15.3 4.700l-1 1M5.7 14.300l-1 1',
  moon: 'M16.2 11.800A6.7 6.7 0 0 1 8.2 3.800a6.7 6.7 0 1 0 8 8Z',
  auto: 'M10 16.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM10 3.500v13',
  help: 'M7.6 7.600a2.5 2.5 0 1 1 3.7 2.200c-.8.5-1.3 1-1.3 1.900M10 14.300v.1M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Z',
  leave: 'M8 3.500H4v13h4M8.5 10H17M13.8 6.5 17 10l-3.2 3.5',
  key: 'M7.500 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM10.500 11.300 16.500 17M13.800 14.400l2-2',
  plus: 'M10 4v12M4 10h12',
  drill: 'M6 4.200v11.600l9.5-5.800z',
  warn: 'M10 3.2 2.8 16h14.400zM10 8v3.500M10 13.700v.1',
  bell: 'M5 14.500c1-1 1.200-2.400 1.200-5a3.8 3.8 0 0 1 7.600 0c0 2.600.2 4 1.200 5zM8.500 16.800h3',
  home: 'M3.500 9.500 10 4l6.500 5.500V16.500h-4.500v-4h-4v4H3.500z',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
};

/** @param {string} name */
export function icon(name) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d=${PATHS[name] ?? ''} />
    </svg>
  `;
}

/** Logo of the bot. */
export function sign() {
  return html`
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <circle cx="16" cy="17" r="8.5" />
      <path class="hand" d="M16 12.200V17l3.4 2.2" />
      <path d="M13 5.600h6" />
    </svg>
  `;
}
