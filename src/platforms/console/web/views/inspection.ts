/** Button of the register with the inspection pack: unit, days and format, with a download link per format. */
import { call } from '../lib/api.ts';
import { quietly } from '../lib/load.ts';
import { changed } from '../lib/model.ts';
import type { Shapes } from '../lib/shapes.ts';
import { serverNow } from '../lib/time.ts';
import { language } from '../lib/words.ts';
import { downloadLink, html, icon, menu, select, t, textOf, tickOf, trouble } from './elements.ts';

const FORMATS = ['docx', 'pdf', 'zip'];

const none: Shapes['units'] = { allowed: false, units: [] };
const pack = { ...none, asked: false, entity: '', from: '', to: '', counsel: false };

async function load() {
  pack.asked = true;
  const { allowed, units } = await call('units', '/inspection/units');
  const today = new Date(serverNow() + 8 * 3_600_000).toISOString().slice(0, 10);
  Object.assign(pack, { allowed, units, entity: units[0]?.id ?? '', from: `${today.slice(0, 4)}-01-01`, to: today });
  changed();
}

export function inspectionMenu() {
  if (!pack.asked) load().catch(quietly);
  if (!pack.allowed) return null;
  const { units, entity, from, to, counsel } = pack;
  const choices = units.map(({ id, name }) => [id, name] as const);
  const asked = new URLSearchParams({
    from,
    to,
    counsel: String(counsel),
    language: language() === 'en' ? 'en' : 'zh',
  });
  if (entity !== '') asked.set('entity', entity);
  const link = (format: string) =>
    downloadLink(t(`inspection.${format}`), `/api/v1/inspection?${asked.toString()}&format=${format}`);
  const date = (name: 'from' | 'to') =>
    html`<label>${t(`inspection.${name}`)}<input ...${{ ...textOf(pack, name), type: 'date' }} /></label>`;
  return menu(
    html`<summary class="button">${icon('download')}${t('inspection')}</summary>`,
    html`
      <div class="inspection stack" tabindex="-1">
        <p class="faint">${t('inspection.about')}</p>
        ${units.length > 1 && html`<label>${t('inspection.unit')}${select({}, choices, entity, (value) => (pack.entity = value))}</label>`}
        ${date('from')}${date('to')}
        ${tickOf(pack, 'counsel', t('inspection.counsel'))}
        ${from !== '' && to !== '' && from <= to ? html`<p class="actions">${FORMATS.map(link)}</p>` : trouble(t('inspection.wrong_period'))}
      </div>
    `,
  );
}
