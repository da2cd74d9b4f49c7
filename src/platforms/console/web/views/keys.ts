/** Keys of the page, and the dialog that lists them. */
import { focusOn } from '../lib/focus.ts';
import { state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { listPage, roomPage } from '../lib/route.ts';
import { openDialog } from './dialogs.ts';
import { button, html, t } from './elements.ts';
import { openPalette } from './palette.ts';
import { openView } from './view-dialog.ts';

/** Keys with their texts; those without an action are handled where they apply. */
const KEYS: readonly (readonly [key: string, text: string, run?: () => unknown])[] = [
  ['n', 'key.new', () => openPalette(true)],
  ['/', 'key.composer', () => focusOn('.composer-text, .declare-box input')],
  ['q', 'key.question', () => focusOn('.panel-body button, .panel-body input')],
  ['1 – 9', 'key.answers'],
  ['⌘K / Ctrl+K', 'palette'],
  ['h', 'key.home', () => go('/')],
  ['l', 'key.list', () => go(listPage())],
  ['m', 'key.main', () => state.rooms[0] && go(roomPage(state.rooms[0].address))],
  ['Esc', 'key.escape'],
  ['?', 'key.help', openKeys],
];

/** Runs the action of a key; returns whether it has one. */
export function pressKey(pressed: string) {
  const run = KEYS.find(([key]) => key === pressed)?.[2];
  run?.();
  return run !== undefined;
}

export function openKeys() {
  const openHelp = () => openView({ view: 'help', args: {} }, { slot: 'help', incident: null, revision: 0 });
  openDialog({
    isWide: () => true,
    title: () => t('keys'),
    body: () => html`
      <div class="dialog-body stack help">
        <dl class="lines">${KEYS.map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${t(text)}</dd>`)}</dl>
        <p class="actions">${button(t('commands'), openHelp)}</p>
      </div>
    `,
  });
}
