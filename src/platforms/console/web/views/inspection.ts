/** Button of the register with the inspection pack: unit, days and format, with a download link per format. */
import { call } from '../lib/api.ts';
import { quietly } from '../lib/load.ts';
import { changed } from '../lib/model.ts';
import { serverNow } from '../lib/time.ts';
import { language } from '../lib/words.ts';
import { html, icon, menu, select, t, textOf, tick } from './elements.ts';

const FORMATS = ['docx', 'pdf', 'zip'];

const pack: {
  asked: boolean;
  allowed: boolean;
  units: { id: string; name: string }[];
  entity: string;
  from: string;
  to: string;
  counsel: boolean;
} = { asked: false, allowed: false, units: [], entity: '', from: '', to: '', counsel: false };

async function load() {
  pack.asked = true;
  const { allowed, units } = await call('units', '/inspection/units');
  const today = new Date(serverNow() + 8 * 3_600_000).toISOString().slice(0, 10);
  Object.assign(pack, { allowed, units, entity: units[0]?.id ?? '', from: `${today.slice(0, 4)}-01-01`, to: today });
  changed();
}

/** Renders the menu; null for users who may not make a pack. */
export function inspectionMenu() {
  if (!pack.asked) load().catch(quietly);
  if (!pack.allowed) return null;
  const { units, entity, from, to, counsel } = pack;
  const choices = units.map(({ id, name }) => [id, name] as const);
  const isPeriod = from !== '' && to !== '' && from <= to;
  const asked = new URLSearchParams({
    from,
    to,
    counsel: String(counsel),
    language: language() === 'en' ? 'en' : 'zh',
  });
  if (entity !== '') asked.set('entity', entity);
  return menu(
    html`<summary class="button">${icon('download')}${t('inspection')}</summary>`,
    html`
      <div class="inspection stack" tabindex="-1">
        <p class="faint">${t('inspection.about')}</p>
        ${
          units.length > 1 &&
          html`<label>${t('inspection.unit')}${select({}, choices, entity, (value) => (pack.entity = value))}</label>`
        }
        <label>${t('inspection.from')}<input ...${{ ...textOf(pack, 'from'), type: 'date' }} /></label>
        <label>${t('inspection.to')}<input ...${{ ...textOf(pack, 'to'), type: 'date' }} /></label>
        ${tick(counsel, () => (pack.counsel = !pack.counsel), t('inspection.counsel'))}
        ${
          isPeriod
            ? html`<p class="actions">${FORMATS.map(
                (format) =>
                  html`<a key=${format} class="button" download="" href=${`/api/v1/inspection?${asked}&format=${format}`}>${t(`inspection.${format}`)}</a>`,
              )}</p>`
            : html`<p class="reply trouble" role="alert">${t('inspection.wrong_period')}</p>`
        }
      </div>
    `,
  );
}
