/** Commands to type, in both languages, and keys; the composer offers commands and shows the effect of a line. */
import { COMMANDS } from '../lib/rules.ts';
import { language } from '../lib/words.ts';
import { openDialog } from './dialogs.ts';
import { html, t } from './elements.ts';

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
  openDialog({
    isWide: () => true,
    title: () => t('keys'),
    body: () =>
      html`
        <div class="dialog-body stack help">
          <section>
            <h3>${t('keys.keys')}</h3>
            <dl class="lines">${KEYS.map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${t(text)}</dd>`)}</dl>
          </section>
          <section>
            <h3>${t('commands')}</h3>
            <dl class="lines">
              ${COMMANDS.map(
                (command) => html`
                <dt><code>${command.en}</code>${' '}<code lang="zh-CN">${command.zh}</code></dt>
                <dd>${t(`command.${command.id}`)}</dd>
              `,
              )}
            </dl>
          </section>
        </div>
      `,
  });
}
