/** Button of the register with the inspection pack: a form of unit, days and format, whose answer is the file. */
import { call } from '../lib/api.ts';
import { lines } from '../lib/browser-storage.ts';
import { quietly } from '../lib/load.ts';
import { changed } from '../lib/model.ts';
import type { Shapes } from '../lib/shapes.ts';
import { serverNow } from '../lib/time.ts';
import { language } from '../lib/words.ts';
import { html, icon, kept, menu, option, select, submitButton, t } from './elements.ts';

const FORMATS = ['docx', 'pdf', 'zip'];

const none: Shapes['units'] = { allowed: false, units: [] };
const pack = { ...none, asked: false };

async function load() {
  pack.asked = true;
  Object.assign(pack, await call('units', '/inspection/units'));
  changed();
}

export function inspectionMenu() {
  if (!pack.asked) load().catch(quietly);
  const units = pack.units.map(({ id, name }) => [id, name] as const);
  if (!pack.allowed) return null;
  const today = new Date(serverNow() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [from, to] = [kept('inspection-from', `${today.slice(0, 4)}-01-01`), kept('inspection-to', today)];
  const isCounsel = lines.get('inspection-counsel') === 'on';
  const counsel = { checked: isCounsel, onchange: () => lines.set(isCounsel ? '' : 'on', 'inspection-counsel') };
  const unit = kept('inspection-unit', pack.units[0]?.id);
  const date = (name: 'from' | 'to', more: object) =>
    html`<label>${t(`inspection.${name}`)}<input ...${{ type: 'date', name, required: true, ...more }} /></label>`;
  return menu(
    html`<summary class="button">${icon('download')}${t('inspection')}</summary>`,
    html`
      <form class="inspection stack" tabindex="-1" action="/api/v1/inspection">
        <p class="faint">${t('inspection.about')}</p>
        <input type="hidden" name="language" value=${language() === 'en' ? 'en' : 'zh'} />
        ${units.length > 0 && html`<label>${t('inspection.unit')}${select({ name: 'entity', oninput: unit.oninput }, units, unit.value)}</label>`}
        ${date('from', from)}${date('to', { ...to, min: from.value })}
        ${option({ type: 'checkbox', name: 'counsel', value: 'true', ...counsel }, t('inspection.counsel'))}
        <p class="actions">${FORMATS.map((value) => submitButton(t(`inspection.${value}`), 'button', { name: 'format', value }))}</p>
      </form>
    `,
  );
}
