/** Report, drafts, filings and files of an incident. */
import { pathOfIncident, reportAddress } from '../lib/api.ts';
import { loadIncident, loadSoon } from '../lib/load.ts';
import { whatIfPage } from '../lib/route.ts';
import type { FileRow, Loaded } from '../lib/shapes.ts';
import { shortTime, size } from '../lib/time.ts';
import { language } from '../lib/words.ts';
import { openDraft } from './draft.ts';
import { button, downloadLink, html, icon, labelOf, link, t } from './elements.ts';
import { uploadView } from './upload.ts';

export function filesView({ incident, files }: Loaded) {
  return html`
    <div class="files stack">
      <h2>${t('report')}</h2>
      ${reports(incident.id)}
      ${list(
        t('filings'),
        files.filings.map((f) => [
          html`<span>${f.title ?? labelOf(f.obligation)}</span>`,
          [
            f.unconfirmed ? t('filing.unconfirmed', { time: shortTime(f.filedAt) }) : shortTime(f.filedAt),
            labelOf(f.channel),
            f.receipt,
            f.by,
          ],
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
      ${uploadView(incident.id, incident.id, () => loadSoon(incident.id, () => loadIncident(incident.id)), { multiple: true })}
    </div>
  `;
}

function list(title: string, rows: (readonly [unknown, readonly (string | undefined)[]])[]) {
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

function reports(id: string) {
  const base = `/api/v1${pathOfIncident(id)}`;
  const shown = language() === 'en' ? 'en' : 'zh';
  const get = (label: string, address: string) => downloadLink([icon('download'), label], address);
  const report = (label: string, format: string, lang = 'zh', version = 'submission') =>
    get(t(`report.${label}`), reportAddress(id, { format, language: lang, version }));
  return html`
    <div class="report-ways wrap">
      ${button(t('report.read'), () => openDraft(id, null))}
      ${report('docx', 'docx')}${report('pdf', 'pdf')}
      ${report('internal', 'docx', 'zh', 'internal')}${report('english', 'docx', 'en')}
      ${get(t('record'), `${base}/record`)}
      ${get(t('article11'), `${base}/article11?language=${shown}`)}
      ${get(t('bundle'), `${base}/bundle`)}
      ${link(whatIfPage(id), { class: 'button' }, t('what_if.open'))}
    </div>
  `;
}

function fileRow(id: string, file: FileRow) {
  return html`
    <li key=${file.file}>
      <a class="file" href="/api/v1${pathOfIncident(id, `/files/${file.file}`)}" download=${file.name}>
        ${icon('file')}<span class="cut">${file.name}</span><span class="faint">${size(file.size)}</span>${icon('download')}
      </a>
      <span class="fine">${shortTime(file.at)} · ${file.by} · SHA-256 ${file.file.slice(0, 12)}…</span>
    </li>
  `;
}
