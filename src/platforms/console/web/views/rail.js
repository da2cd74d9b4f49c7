/** Beside the questions of an incident: its conversation, time line, files and people. */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { loadIncident, loadSoon } from '../lib/load.js';
import { changed } from '../lib/model.js';
import { clockTime, day, shortTime, size } from '../lib/time.js';
import { h } from '../lib/vdom.js';
import { language, t, tOr } from '../lib/words.js';
import { icon } from './icons.js';
import { avatar } from './message.js';
import { labelOf } from './names.js';
import { openPreview } from './preview.js';

/** @typedef {import('../lib/model.js').Loaded} Loaded */

/** @param {Loaded} loaded */
export function timelineView({ timeline }) {
  if (timeline.length === 0) return h('p', { class: 'nothing' }, t('timeline.empty'));
  let last = '';
  return h(
    'ol',
    { class: 'timeline' },
    timeline.toReversed().map((entry) => {
      const today = day(entry.at);
      const heading = today === last ? null : today;
      last = today;
      return h(
        'li',
        { key: entry.version },
        heading && h('h2', null, heading),
        h('time', { datetime: entry.at }, clockTime(entry.at)),
        h('p', null, entry.text, h('span', { class: 'faint' }, entry.who)),
      );
    }),
  );
}

/** @param {Loaded} loaded */
export function filesView({ incident, files }) {
  return h(
    'div',
    { class: 'files' },
    h('h2', null, t('report')),
    reports(incident.id),
    files.filings.length > 0 && [
      h('h2', null, t('filings')),
      h(
        'ul',
        { class: 'plain-list' },
        files.filings.map((f) =>
          h(
            'li',
            null,
            h('span', null, f.title ?? labelOf(f.obligation)),
            h(
              'span',
              { class: 'faint' },
              `${shortTime(f.filedAt)} · ${labelOf(f.channel)}${f.receipt ? ` · ${f.receipt}` : ''} · ${f.by}`,
            ),
          ),
        ),
      ),
    ],
    files.drafts.length > 0 && [
      h('h2', null, t('drafts')),
      h(
        'ul',
        { class: 'plain-list' },
        files.drafts
          .toReversed()
          .map((d) =>
            h(
              'li',
              null,
              h('span', null, t('draft.n', { n: d.draft, kind: tOr(`report.${d.report}`, d.report) })),
              h('span', { class: 'faint' }, `${shortTime(d.at)} · ${d.by}`),
            ),
          ),
      ),
    ],
    h('h2', null, t('evidence')),
    files.files.length === 0 && h('p', { class: 'nothing' }, t('evidence.empty')),
    h(
      'ul',
      { class: 'plain-list' },
      files.files.map((file) => fileRow(incident.id, file)),
    ),
    uploadView(incident.id),
  );
}

/** @param {string} id */
function reports(id) {
  /** @param {string} format @param {'zh' | 'en'} lang @param {string} [version] */
  const href = (format, lang, version = 'submission') =>
    `/api/v1/incidents/${encodeURIComponent(id)}/report?${new URLSearchParams({ format, language: lang, version })}`;
  /** @param {string} label @param {string} address */
  const get = (label, address) => h('a', { class: 'button', href: address, download: true }, icon('download'), label);
  return h(
    'div',
    { class: 'report-ways' },
    h(
      'button',
      { type: 'button', class: 'button primary', onclick: () => openPreview(id, language() === 'en' ? 'en' : 'zh') },
      t('report.read'),
    ),
    get(t('report.docx'), href('docx', 'zh')),
    get(t('report.pdf'), href('pdf', 'zh')),
    get(t('report.internal'), href('docx', 'zh', 'internal')),
    get(t('report.english'), href('docx', 'en')),
    get(t('record'), `/api/v1/incidents/${encodeURIComponent(id)}/record`),
    get(
      t('article11'),
      `/api/v1/incidents/${encodeURIComponent(id)}/article11?language=${language() === 'en' ? 'en' : 'zh'}`,
    ),
    get(t('bundle'), `/api/v1/incidents/${encodeURIComponent(id)}/bundle`),
  );
}

/** @param {string} id @param {import('../lib/model.js').FileRow} file */
function fileRow(id, file) {
  const href = `/api/v1/incidents/${encodeURIComponent(id)}/files/${file.file}`;
  return h(
    'li',
    { key: file.file },
    h(
      'a',
      { class: 'file', href, download: file.name },
      icon('file'),
      h('span', null, file.name),
      h('span', { class: 'faint' }, size(file.size)),
      icon('download'),
    ),
    h('span', { class: 'faint' }, `${shortTime(file.at)} · ${file.by} · SHA-256 ${file.file.slice(0, 12)}…`),
  );
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
  return h(
    'label',
    {
      class: 'drop',
      ondragover: (/** @type {Event} */ event) => event.preventDefault(),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        send(event.dataTransfer?.files);
      },
    },
    icon('upload'),
    h('span', null, t('files.add')),
    h('input', {
      type: 'file',
      class: 'unseen',
      multiple: true,
      onchange: (/** @type {{ currentTarget: HTMLInputElement }} */ event) => send(event.currentTarget.files),
    }),
    h('span', { class: 'faint', 'aria-live': 'polite' }, sending.get(id) ?? t('files.limit')),
  );
}

/** @param {Loaded} loaded */
export function peopleView({ incident }) {
  const people = incident.people ?? [];
  return h(
    'ul',
    { class: 'people' },
    people.map((person) =>
      h(
        'li',
        { key: person.id },
        avatar(person.name),
        h(
          'span',
          { class: 'person-name' },
          person.name,
          person.name === incident.lead && h('span', { class: 'tag' }, t('lead')),
        ),
        h(
          'span',
          { class: 'faint' },
          incident.items
            .filter((item) => item.owner === person.name)
            .map((item) => t('owns', { n: item.n }))
            .join(' '),
        ),
      ),
    ),
  );
}
