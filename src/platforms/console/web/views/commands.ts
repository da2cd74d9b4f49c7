/** Commands that the composer offers while the user types, and the keys of the page. */
import { COMMANDS } from '../lib/rules.ts';
import { language } from '../lib/words.ts';
import { openDialog } from './dialogs.ts';
import { button, html, t } from './elements.ts';
import { openView } from './view-dialog.ts';

export type CommandEntry = (typeof COMMANDS)[number];

export const wordOf = (command: CommandEntry) => (language() === 'en' ? command.en : command.zh);

export function suggestions(text: string, inIncident: boolean) {
  const typed = text.trimStart().toLowerCase();
  if (typed === '' || text.includes('\n')) return [];
  return COMMANDS.filter((command) => inIncident || !command.inIncident).filter((command) => {
    const starts = [command.en, command.zh, `/${command.id}`, command.en.replace('/incident ', '/')];
    return starts.some((word) => word.toLowerCase().startsWith(typed) && typed.length < word.length + 1);
  });
}

/** Returns true if the text is a whole command that needs no arguments. */
export function isWhole(text: string, command: CommandEntry) {
  const typed = text.trim().toLowerCase();
  return (typed === command.en || typed === command.zh) && (!command.args || command.id === 'drill');
}

const KEYS = [
  ['n', 'key.new'],
  ['/', 'key.composer'],
  ['q', 'key.question'],
  ['1 – 9', 'key.answers'],
  ['⌘K / Ctrl+K', 'palette'],
  ['h', 'key.home'],
  ['l', 'key.list'],
  ['m', 'key.main'],
  ['Esc', 'key.escape'],
  ['?', 'key.help'],
] as const;

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
