/** Report, drafts, filings and files of an incident. */
import { fileState, sendFile } from '../lib/acts.js';
import { pathOfIncident, reportAddress } from '../lib/api.js';
import { loadIncident, loadSoon } from '../lib/load.js';
import { shortTime } from '../lib/time.js';
import { language } from '../lib/words.js';
import { openDraft } from './draft.js';
import { button, fileLink, html, icon, labelOf, link, submitted, t } from './elements.js';

/** @typedef {import('../lib/model.js').Loaded} Loaded */

/** @param {Loaded} loaded */
export function filesView({ incident, files }) {
  return html`
    <div class="files stack">
      <h2>${t('report')}</h2>
      ${reports(incident.id)}
      ${list(
        t('filings'),
        files.filings.map((f) => [
          html`<span>${f.title ?? labelOf(f.obligation)}</span>`,
          [shortTime(f.filedAt), labelOf(f.channel), f.receipt, f.by],
        ]),
      )}
      ${list(
        t('drafts'),
        files.drafts.toReversed().map((d) => {
          const label = t('draft.n', { n: d.draft, kind: labelOf(d.report) });
          return [button(label, () => openDraft(incident.id, d.draft), 'plain'), [shortTime(d.at), d.by]];
        }),
      )}
      <h2>${t('evidence')}</h2>
      ${files.files.length === 0 && html`<p class="nothing">${t('evidence.empty')}</p>`}
      <ul class="plain-list stack">${files.files.map((file) => fileRow(incident.id, file))}</ul>
      ${uploadView(incident.id)}
    </div>
  `;
}

/** Renders rows of one kind, each with a note. @param {string} title @param {(readonly [unknown, readonly (string | undefined)[]])[]} rows */
function list(title, rows) {
  if (rows.length === 0) return null;
  return [
    html`<h2>${title}</h2>`,
    html`
      <ul class="plain-list stack">
        ${rows.map(([what, about]) => html`<li>${what}<span class="fine">${about.filter(Boolean).join(' · ')}</span></li>`)}
      </ul>
    `,
  ];
}

/** @param {string} id */
function reports(id) {
  const base = `/api/v1${pathOfIncident(id)}`;
  const shown = language() === 'en' ? 'en' : 'zh';
  /** @param {string} format @param {'zh' | 'en'} lang @param {string} [version] */
  const href = (format, lang, version = 'submission') => reportAddress(id, { format, language: lang, version });
  /** @param {string} label @param {string} address */
  const get = (label, address) => html`<a class="button" href=${address} download="">${icon('download')}${label}</a>`;
  return html`
    <div class="report-ways wrap">
      ${button(t('report.read'), () => openDraft(id, null))}
      ${get(t('report.docx'), href('docx', 'zh'))}
      ${get(t('report.pdf'), href('pdf', 'zh'))}
      ${get(t('report.internal'), href('docx', 'zh', 'internal'))}
      ${get(t('report.english'), href('docx', 'en'))}
      ${get(t('record'), `${base}/record`)}
      ${get(t('article11'), `${base}/article11?language=${shown}`)}
      ${get(t('bundle'), `${base}/bundle`)}
      ${link({ view: 'what-if', id }, { class: 'button' }, t('what_if.open'))}
    </div>
  `;
}

/** @param {string} id @param {import('../lib/model.js').FileRow} file */
function fileRow(id, file) {
  return html`
    <li key=${file.file}>
      ${fileLink(file, `/api/v1${pathOfIncident(id, `/files/${file.file}`)}`)}
      <span class="fine">${shortTime(file.at)} · ${file.by} · SHA-256 ${file.file.slice(0, 12)}…</span>
    </li>
  `;
}

/** @param {string} id */
function uploadView(id) {
  /** @param {FileList | null | undefined} picked */
  const send = async (picked) => {
    for (const file of picked ?? []) if (await sendFile(id, id, file)) loadSoon(id, () => loadIncident(id));
  };
  const picked = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => send(currentTarget.files);
  /** @param {DragEvent} event */
  const dropped = (event) => {
    event.preventDefault();
    send(event.dataTransfer?.files);
  };
  return html`
    <label class="drop" ondragover=${submitted(() => {})} ondrop=${dropped}>
      ${icon('upload')}
      <span>${t('files.add')}</span>
      <input type="file" class="unseen" multiple onchange=${picked} />
      <span class="faint" aria-live="polite">${fileState(id) ?? t('files.limit')}</span>
    </label>
  `;
}
