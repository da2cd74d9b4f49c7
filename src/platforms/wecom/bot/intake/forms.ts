import { z } from 'zod';
import type { FormRef } from '../../../../conversation/card.ts';
import { type LocalField, type LocalForm, localiseForm } from '../../../../conversation/localise.ts';
import { parseCommand } from '../../../../conversation/text/commands.ts';
import { translate } from '../../../../i18n/translate.ts';
import { parseJson } from '../../../../ops/json.ts';
import { NOTHING_BOUND } from '../../cards/does.ts';
import { actingIn, delivery, type Intake, languageOf, type Spot, say, sentence } from './context.ts';
import { concluded } from './submitted.ts';

/**
 * No card of WeCom takes text, so a form is a list of lines to send back: "label: what". A form with one thing to fill in
 * is answered without its label. What is not sent stays as it is.
 */
const pendingSchema = z.strictObject({
  ref: z.strictObject({ form: z.string(), args: z.record(z.string(), z.string()) }),
  at: z.number(),
});
const PENDING_FOR = 30 * 60_000;

function pendingKey({ chat, caller }: Spot): string {
  return `form:${encodeURIComponent(chat.id)}:${caller.account.id}`;
}

/** Asks for the fields of a form. */
export async function offerForm(intake: Intake, spot: Spot, ref: FormRef): Promise<void> {
  const form = await intake.app.form(ref, spot.caller);
  const incident = ref.args['incident'] ?? null;
  if ('code' in form) return say(intake, spot, intake.explain(form, incident), { incident });
  const language = languageOf(spot);
  const local = localiseForm(form, language);
  await intake.kept.put(pendingKey(spot), JSON.stringify({ ref, at: intake.clock.now() }));
  const single = onlyField(local);
  const how = translate(language, single ? 'wecom.form_one' : 'wecom.form_lines', {});
  const lines = [
    how,
    ...local.intro,
    ...local.fields.filter((field) => field.kind !== 'file').map((f) => fieldLine(f, language)),
  ];
  const notes = lines.map((raw) => ({ raw }));
  await say(intake, spot, sentence({ raw: local.title }, [], notes), { incident });
  await sendLink(intake, spot, ref);
}

/** The same form as a page. The link is whoever it was made for, so no group sees it. */
async function sendLink({ personalForm, sender, ids }: Intake, { chat, caller }: Spot, ref: FormRef): Promise<void> {
  if (!personalForm || chat.kind !== 'single') return;
  const { account, language } = caller;
  const markdown = `[${translate(language, 'wecom_app.form.enter')}](${personalForm(ref, account)})`;
  const message = { revision: 0, incident: '', surface: null, language, repeated: false, card: null };
  await sender.push(chat.id, { ...message, markdown, bound: NOTHING_BOUND }, `link:${ids.next()}`, 'answer');
}

function fieldLine(field: LocalField, language: 'en' | 'zh-CN'): string {
  const colon = /[？?]$/.test(field.label) ? ' ' : language === 'en' ? ': ' : '：';
  const value = 'options' in field || field.kind === 'file' ? '' : field.value;
  const options =
    'options' in field ? field.options.map((option, index) => `${index + 1}. ${option.label}`).join('  ') : '';
  const example = field.example === undefined || value !== '' ? '' : ` (${field.example})`;
  return `${field.required ? '* ' : ''}${field.label}${colon}${value}${options}${example}`;
}

/** The one field that a line without a label fills; null where labels are needed. */
function onlyField({ fields }: LocalForm): LocalField | null {
  const asked = fields.filter((field) => field.required && field.kind !== 'file');
  const [only, more] = asked.length > 0 ? asked : fields.filter((field) => field.kind !== 'file');
  return only && !more ? only : null;
}

/** Takes a line as the answer to the form that is open, if it is one. */
export async function formAnswered(intake: Intake, spot: Spot, text: string, msgid: string): Promise<boolean> {
  const key = pendingKey(spot);
  const pending = pendingSchema.safeParse(parseJson(await intake.kept.get(key)));
  if (!pending.success || intake.clock.now() - pending.data.at > PENDING_FOR) return false;
  const { ref } = pending.data;
  const form = await intake.app.form(ref, spot.caller);
  if ('code' in form) {
    await intake.kept.remove(key);
    return false;
  }
  const local = localiseForm(form, languageOf(spot));
  const values = valuesOf(local, text);
  if (!values) return false;
  const incident = ref.args['incident'] ?? null;
  const state = incident === null ? null : await intake.app.state(incident, spot.caller);
  const result = await intake.app.submitForm({
    ref,
    revision: state?.version ?? 0,
    values,
    caller: spot.caller,
    room: ref.form === 'new_incident' ? spot.room : actingIn(spot),
    delivery: delivery(`form:${msgid}`, [spot.caller.account.id, text]),
  });
  if (result.kind !== 'invalid') {
    await intake.kept.remove(key);
    await concluded(intake, spot, result, { isNew: ref.form === 'new_incident' && result.kind === 'done' });
    return true;
  }
  const language = languageOf(spot);
  const wrong = Object.entries(result.errors).map(([id, error]) => {
    const label = local.fields.find((field) => field.id === id)?.label ?? '';
    return {
      list: [{ raw: label === '' ? '' : `${label}${language === 'en' ? ': ' : '：'}` }, error],
      joiner: 'none' as const,
    };
  });
  await say(intake, spot, sentence({ key: 'wecom.form_wrong' }, [], wrong), { incident });
  return true;
}

type Values = Record<string, string | readonly string[]>;

/** What was entered, over what stood there; null when the text is no answer to this form. */
export function valuesOf(form: LocalForm, text: string): Values | null {
  const entered = labelled(form, text);
  const only = onlyField(form);
  if (entered.size === 0) {
    // Commands stay commands while a form is open.
    const type = parseCommand(text).type;
    if (!only || !(type === 'unknown' || type === 'answer')) return null;
    entered.set(only.id, text.trim());
  }
  const values: Values = {};
  for (const field of form.fields) {
    if (field.kind === 'file') continue;
    const given = entered.get(field.id);
    values[field.id] = given === undefined ? field.value : 'options' in field ? chosen(field, given) : given;
  }
  return values;
}

function labelled(form: LocalForm, text: string): Map<string, string> {
  const entered = new Map<string, string>();
  let last: string | null = null;
  for (const row of text.split('\n')) {
    const bare = row.replace(/^[\s*＊]+/, '');
    const found = namedField(form, bare);
    if (found) {
      last = found.field.id;
      entered.set(found.field.id, found.rest.replace(/^\s*[:：]\s*/, '').trim());
    } else if (last !== null && row.trim() !== '') {
      entered.set(last, `${entered.get(last) ?? ''}\n${row.trim()}`.trim());
    }
  }
  return entered;
}

/** The field a row names: by its label, or by a part of it that no other label has ("receipt: …"). */
function namedField({ fields }: LocalForm, row: string): { readonly field: LocalField; readonly rest: string } | null {
  const exact = fields.find(
    ({ label }) =>
      fold(row).startsWith(fold(label)) &&
      /^\s*[:：]/.test(`${/[？?]$/.test(label) ? ':' : ''}${row.slice(label.length)}`),
  );
  if (exact) return { field: exact, rest: row.slice(exact.label.length) };
  const [, name = '', rest = ''] = /^([^:：]{2,30})([:：].*)$/.exec(row) ?? [];
  const [part, other] = name === '' ? [] : fields.filter(({ label }) => fold(label).includes(fold(name.trim())));
  return part && !other ? { field: part, rest } : null;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Options by number or by name. What is none of them is handed on, so that the form says so. */
function chosen(
  field: Extract<LocalField, { options: readonly unknown[] }>,
  given: string,
): string | readonly string[] {
  const parts = given.split(/[、,，;；\s]+/).filter((part) => part !== '');
  const whole = field.options.find((option) => fold(option.label) === fold(given));
  const values = (whole ? [whole.label] : parts).flatMap((part) => {
    const byNumber = /^\d{1,3}$/.test(part) ? field.options[Number(part) - 1] : undefined;
    const found = byNumber ?? field.options.find((option) => fold(option.label) === fold(part));
    return [found ? found.value : part];
  });
  if (field.kind === 'many') return values;
  return values.length === 1 ? (values[0] ?? given) : given;
}
