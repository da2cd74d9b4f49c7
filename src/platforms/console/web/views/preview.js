/** The report as it would be sent, to read on the page. */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { markdown } from '../lib/markdown.js';
import { changed } from '../lib/model.js';
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { openDialog } from './dialogs.js';
import { trouble } from './parts.js';

/** @param {string} id @param {'zh' | 'en'} first */
export function openPreview(id, first) {
  /** @type {{ language: 'zh' | 'en', version: 'submission' | 'internal', text: string | null, trouble: string | null }} */
  const shown = { language: first === 'en' ? 'en' : 'zh', version: 'submission', text: null, trouble: null };
  const load = async () => {
    shown.text = null;
    shown.trouble = null;
    changed();
    const query = new URLSearchParams({ format: 'md', language: shown.language, version: shown.version });
    try {
      shown.text = await call(`/incidents/${encodeURIComponent(id)}/report?${query}`);
    } catch (error) {
      shown.trouble = wordsFor(error);
    }
    changed();
  };
  /** @param {Partial<typeof shown>} change @param {boolean} on @param {string} label */
  const choice = (change, on, label) => {
    const onclick = () => {
      Object.assign(shown, change);
      load();
    };
    return h('button', { type: 'button', class: 'button', 'aria-pressed': on ? 'true' : 'false', onclick }, label);
  };
  openDialog({
    wide: true,
    title: () => t('report.title', { id }),
    body: () =>
      h(
        'div',
        { class: 'dialog-body' },
        h(
          'div',
          { class: 'actions switches' },
          choice({ language: 'zh' }, shown.language === 'zh', '中文'),
          choice({ language: 'en' }, shown.language === 'en', 'English'),
          choice({ version: 'submission' }, shown.version === 'submission', t('report.submission')),
          choice({ version: 'internal' }, shown.version === 'internal', t('report.internal')),
        ),
        trouble(shown.trouble),
        h(
          'article',
          {
            class: 'paper',
            lang: shown.language === 'zh' ? 'zh-CN' : 'en',
            tabindex: '0',
            'aria-label': t('report'),
            'aria-busy': shown.text === null && !shown.trouble ? 'true' : null,
          },
          markdown(shown.text ?? ''),
        ),
      ),
  });
  load();
}
