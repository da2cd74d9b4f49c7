/** The way to the first report before anything was graded: with an hour's deadline nobody answers all questions first. */
import { html } from '../lib/html.js';
import { t } from '../lib/words.js';
import { openForm } from './form-dialog.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function earlyReport({ incident, files }) {
  const isOpen = ['classifying', 'reporting'].includes(incident.phase) && !incident.stopped;
  const isNext = incident.next?.actions.some(({ does }) => does.kind === 'form' && does.form.form === 'first_report');
  if (!isOpen || isNext || files.drafts.length > 0 || files.filings.length > 0) return null;
  return html`<button type="button" class="button early-report" onclick=${() => writeReport(incident)}>${t('report.write')}</button>`;
}

/** Opens the form of the first report. @param {{ id: string, revision: number }} incident */
export function writeReport({ id, revision }) {
  openForm({ form: 'first_report', args: { incident: id } }, { slot: `early:${id}`, incident: id, revision });
}
