/** Keys and commands, on one page. */
import { html } from '../lib/html.js';
import { t } from '../lib/words.js';
import { COMMANDS } from './commands.js';
import { openDialog } from './dialogs.js';

const KEYS = /** @type {const} */ ([
  ['n', 'key.new'],
  ['/', 'key.composer'],
  ['q', 'key.question'],
  ['1 – 5', 'key.tabs'],
  ['h', 'key.home'],
  ['l', 'key.list'],
  ['m', 'key.main'],
  ['Esc', 'key.escape'],
  ['?', 'key.help'],
]);

export function openKeys() {
  openDialog({
    isWide: () => true,
    title: () => t('keys'),
    body: () =>
      html`
        <div class="dialog-body help">
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
