/** Button of the register with the inspection pack: a form of unit, days and format, whose answer is the file. */
import { call } from '../lib/api.ts';
import { quietly } from '../lib/load.ts';
import { changed } from '../lib/model.ts';
import type { Shapes } from '../lib/shapes.ts';
import { serverNow } from '../lib/time.ts';
import { language } from '../lib/words.ts';
import { html, icon, menu, onValue, option, select, submitButton, t } from './elements.ts';

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
  const limit = onValue((day) => document.querySelector('.inspection [name="to"]')?.setAttribute('min', day));
  const date = (name: 'from' | 'to', day: string, more: object = {}) =>
    html`<label>${t(`inspection.${name}`)}<input ...${{ type: 'date', name, required: true, defaultValue: day, ...more }} /></label>`;
  return menu(
    html`<summary class="button">${icon('download')}${t('inspection')}</summary>`,
    html`
      <form class="inspection stack" tabindex="-1" action="/api/v1/inspection">
        <p class="faint">${t('inspection.about')}</p>
        <input type="hidden" name="language" value=${language() === 'en' ? 'en' : 'zh'} />
        ${units.length > 0 && html`<label>${t('inspection.unit')}${select({ name: 'entity' }, units)}</label>`}
        ${date('from', `${today.slice(0, 4)}-01-01`, { oninput: limit })}${date('to', today)}
        ${option({ type: 'checkbox', name: 'counsel', value: 'true' }, t('inspection.counsel'))}
        <p class="actions">${FORMATS.map((value) => submitButton(t(`inspection.${value}`), 'button', { name: 'format', value }))}</p>
      </form>
    `,
  );
}
