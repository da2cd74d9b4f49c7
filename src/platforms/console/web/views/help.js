/** Keys and commands, on one page. */
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { COMMANDS } from './commands.js';
import { openDialog } from './dialogs.js';

const KEYS = /** @type {const} */ ([
  ['n', 'key.new'],
  ['/', 'key.composer'],
  ['q', 'key.question'],
  ['1 – 5', 'key.tabs'],
  ['l', 'key.list'],
  ['m', 'key.main'],
  ['Esc', 'key.escape'],
  ['?', 'key.help'],
]);

export function openKeys() {
  openDialog({
    wide: true,
    title: () => t('keys'),
    body: () =>
      h(
        'div',
        { class: 'dialog-body help' },
        h(
          'section',
          null,
          h('h3', null, t('keys.keys')),
          h(
            'dl',
            { class: 'lines' },
            KEYS.map(([key, text]) => [h('dt', null, h('kbd', null, key)), h('dd', null, t(text))]),
          ),
        ),
        h(
          'section',
          null,
          h('h3', null, t('commands')),
          h(
            'dl',
            { class: 'lines' },
            COMMANDS.map((command) => [
              h('dt', null, h('code', null, command.en), ' ', h('code', { lang: 'zh-CN' }, command.zh)),
              h('dd', null, t(`command.${command.id}`)),
            ]),
          ),
        ),
      ),
  });
}
