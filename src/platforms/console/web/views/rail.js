/** Beside the questions of an incident: its conversation, time line, files and people. */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { reportAddress } from '../lib/download.js';
import { html } from '../lib/html.js';
import { loadIncident, loadSoon } from '../lib/load.js';
import { changed } from '../lib/model.js';
import { clockTime, day, shortTime, size } from '../lib/time.js';
import { language, t, tOr } from '../lib/words.js';
import { openDraft } from './draft.js';
import { icon } from './icons.js';
import { avatar } from './message.js';
import { labelOf } from './names.js';

/** @typedef {import('../lib/model.js').Loaded} Loaded */

/** @param {Loaded} loaded */
export function timelineView({ timeline }) {
  if (timeline.length === 0) return html`<p class="nothing">${t('timeline.empty')}</p>`;
  let last = '';
  return html`
    <ol class="timeline">
      ${timeline.toReversed().map((entry) => {
        const today = day(entry.at);
        const heading = today === last ? null : today;
        last = today;
        return html`
          <li key=${entry.version}>
            ${heading && html`<h2>${heading}</h2>`}
            <time datetime=${entry.at}>${clockTime(entry.at)}</time>
            <p>${entry.text}<span class="faint">${entry.who}</span></p>
          </li>
        `;
      })}
    </ol>
  `;
}

/** @param {Loaded} loaded */
export function filesView({ incident, files }) {
  return html`
    <div class="files">
      <h2>${t('report')}</h2>
      ${reports(incident.id)}
      ${
        files.filings.length > 0 &&
        html`
        <h2>${t('filings')}</h2>
        <ul class="plain-list">
          ${files.filings.map(
            (f) => html`
            <li>
              <span>${f.title ?? labelOf(f.obligation)}</span>
              <span class="faint">
                ${[shortTime(f.filedAt), labelOf(f.channel), f.receipt, f.by].filter(Boolean).join(' · ')}
              </span>
            </li>
          `,
          )}
        </ul>
      `
      }
      ${
        files.drafts.length > 0 &&
        html`
        <h2>${t('drafts')}</h2>
        <ul class="plain-list">
          ${files.drafts.toReversed().map(
            (d) => html`
            <li>
              <button type="button" class="plain" onclick=${() => openDraft(incident.id, d.draft)}>
                ${t('draft.n', { n: d.draft, kind: tOr(`report.${d.report}`, d.report) })}
              </button>
              <span class="faint">${shortTime(d.at)} · ${d.by}</span>
            </li>
          `,
          )}
        </ul>
      `
      }
      <h2>${t('evidence')}</h2>
      ${files.files.length === 0 && html`<p class="nothing">${t('evidence.empty')}</p>`}
      <ul class="plain-list">${files.files.map((file) => fileRow(incident.id, file))}</ul>
      ${uploadView(incident.id)}
    </div>
  `;
}

/** @param {string} id */
function reports(id) {
  const base = `/api/v1/incidents/${encodeURIComponent(id)}`;
  const shown = language() === 'en' ? 'en' : 'zh';
  /** @param {string} format @param {'zh' | 'en'} lang @param {string} [version] */
  const href = (format, lang, version = 'submission') => reportAddress(id, { format, language: lang, version });
  /** @param {string} label @param {string} address */
  const get = (label, address) => html`<a class="button" href=${address} download="">${icon('download')}${label}</a>`;
  return html`
    <div class="report-ways">
      <button type="button" class="button" onclick=${() => openDraft(id, null)}>${t('report.read')}</button>
      ${get(t('report.docx'), href('docx', 'zh'))}
      ${get(t('report.pdf'), href('pdf', 'zh'))}
      ${get(t('report.internal'), href('docx', 'zh', 'internal'))}
      ${get(t('report.english'), href('docx', 'en'))}
      ${get(t('record'), `${base}/record`)}
      ${get(t('article11'), `${base}/article11?language=${shown}`)}
      ${get(t('bundle'), `${base}/bundle`)}
    </div>
  `;
}

/** @param {string} id @param {import('../lib/model.js').FileRow} file */
function fileRow(id, file) {
  const href = `/api/v1/incidents/${encodeURIComponent(id)}/files/${file.file}`;
  return html`
    <li key=${file.file}>
      <a class="file" href=${href} download=${file.name}>
        ${icon('file')}
        <span>${file.name}</span>
        <span class="faint">${size(file.size)}</span>
        ${icon('download')}
      </a>
      <span class="faint">${shortTime(file.at)} · ${file.by} · SHA-256 ${file.file.slice(0, 12)}…</span>
    </li>
  `;
}

/** @type {Map<string, string>} */
const sending = new Map();

/** @param {string} id */
function uploadView(id) {
  /** @param {FileList | null | undefined} picked */
  const send = async (picked) => {
    for (const file of picked ?? []) {
      sending.set(id, t('files.sending', { name: file.name }));
      changed();
      try {
        await call(`/incidents/${encodeURIComponent(id)}/files?name=${encodeURIComponent(file.name)}`, { body: file });
        sending.set(id, t('files.sent', { name: file.name }));
        loadSoon(id, () => loadIncident(id));
      } catch (error) {
        sending.set(id, wordsFor(error));
      }
      changed();
    }
  };
  /** @param {DragEvent} event */
  const dropped = (event) => {
    event.preventDefault();
    send(event.dataTransfer?.files);
  };
  return html`
    <label
      class="drop"
      ondragover=${(/** @type {Event} */ event) => event.preventDefault()}
      ondrop=${dropped}
    >
      ${icon('upload')}
      <span>${t('files.add')}</span>
      <input
        type="file"
        class="unseen"
        multiple
        onchange=${(/** @type {{ currentTarget: HTMLInputElement }} */ event) => send(event.currentTarget.files)}
      />
      <span class="faint" aria-live="polite">${sending.get(id) ?? t('files.limit')}</span>
    </label>
  `;
}

/** @param {Loaded} loaded */
export function peopleView({ incident }) {
  const people = incident.people ?? [];
  return html`
    <ul class="people">
      ${people.map(
        (person) => html`
        <li key=${person.id}>
          ${avatar(person.name)}
          <span class="person-name">
            ${person.name}
            ${person.name === incident.lead && html`<span class="tag">${t('lead')}</span>`}
          </span>
          <span class="faint">
            ${incident.items
              .filter((item) => item.owner === person.name)
              .map((item) => t('owns', { n: item.n }))
              .join(' ')}
          </span>
        </li>
      `,
      )}
    </ul>
  `;
}
