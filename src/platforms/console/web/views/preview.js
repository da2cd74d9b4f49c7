/** The report as it would be sent, to read on the page. */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { changed } from '../lib/model.js';
import { t } from '../lib/words.js';
import { openDialog } from './dialogs.js';
import { paperView } from './paper.js';
import { trouble } from './parts.js';

/** @param {string} id @param {'zh' | 'en'} first */
export function openPreview(id, first) {
  /** @type {{ language: 'zh' | 'en', version: 'submission' | 'internal', document: import('./paper.js').ReportDocument | null, trouble: string | null }} */
  const shown = { language: first, version: 'submission', document: null, trouble: null };
  const load = async () => {
    shown.document = null;
    shown.trouble = null;
    changed();
    const query = new URLSearchParams({ format: 'json', language: shown.language, version: shown.version });
    try {
      shown.document = await call(`/incidents/${encodeURIComponent(id)}/report?${query}`);
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
    return html`
      <button type="button" class="button" aria-pressed=${on} onclick=${onclick}>
        ${label}
      </button>
    `;
  };
  openDialog({
    wide: true,
    title: () => t('report.title', { id }),
    body: () => html`
        <div class="dialog-body">
          <div class="actions switches">
            ${choice({ language: 'zh' }, shown.language === 'zh', '中文')}
            ${choice({ language: 'en' }, shown.language === 'en', 'English')}
            ${choice({ version: 'submission' }, shown.version === 'submission', t('report.submission'))}
            ${choice({ version: 'internal' }, shown.version === 'internal', t('report.internal'))}
          </div>
          ${trouble(shown.trouble)}
          <article
            class="paper"
            lang=${shown.language === 'zh' ? 'zh-CN' : 'en'}
            tabindex="0"
            aria-label=${t('report')}
            aria-busy=${!shown.document && !shown.trouble ? 'true' : null}
          >
            ${shown.document && paperView(shown.document)}
          </article>
        </div>
      `,
  });
  load();
}
