import type { Context } from 'hono';
import { html } from 'hono/html';
import type { LocalCard, LocalField, LocalForm } from '../../../conversation/cards/localise.ts';
import { languageOf } from '../../../http/language.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';

type Markup = ReturnType<typeof html>;
export type Values = Readonly<Record<string, string | readonly string[]>>;

export interface FormPage {
  readonly form: LocalForm;
  readonly language: Language;
  /** Values entered before; otherwise the present values of the fields. */
  readonly values: Values | null;
  readonly errors: Readonly<Record<string, string>>;
  /** One sentence above the form: why it could not be taken. */
  readonly trouble: string | null;
  readonly hidden: Readonly<Record<string, string>>;
}

/** Language of a page for whoever opened it: WeCom's browser may not say, and then its readers read Chinese. */
export function pageLanguage(c: Context): Language {
  return languageOf(c, 'zh-CN');
}

/** The frame of every page: no script, one style sheet, made for a phone. */
export function frame(language: Language, title: string, body: Markup): Markup {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/wecom/form/form.css">
</head>
<body><main>${body}</main></body>
</html>`;
}

export function sentencePage(language: Language, sentences: readonly string[], more: Markup | '' = ''): Markup {
  const [first = '', ...others] = sentences;
  return frame(
    language,
    first,
    html`<h1 role="status">${first}</h1>${others.map((one) => html`<p>${one}</p>`)}${more}`,
  );
}

/** The same form the console shows as a dialog. */
export function formPage(page: FormPage): Markup {
  const { form, language, errors } = page;
  const said = Object.keys(errors).length > 0 ? translate(language, 'wecom_app.form.check') : page.trouble;
  const body = html`<h1>${form.title}</h1>
${form.intro.map((line) => html`<p class="intro">${line}</p>`)}
${said === null ? '' : html`<p class="trouble" role="alert">${said}</p>`}
<form method="post" accept-charset="utf-8" novalidate>
${Object.entries(page.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${form.fields.map((field) => fieldView(field, page))}
<footer><button type="submit">${form.submit}</button></footer>
</form>`;
  return frame(language, form.title, body);
}

export interface ConfirmPage {
  readonly card: LocalCard;
  readonly language: Language;
  readonly values: Values;
  readonly hidden: Readonly<Record<string, string>>;
}

/** Entries read back before they are recorded, with the way back to them. */
export function confirmPage({ card, language, values, hidden }: ConfirmPage): Markup {
  const lines = card.blocks.flatMap((block) => ('text' in block ? [block] : []));
  const [record = ''] = card.blocks.flatMap((block) =>
    block.kind === 'actions' ? block.actions.map(({ label }) => label) : [],
  );
  const entered = Object.entries(values).flatMap(([id, value]) =>
    [value].flat().map((one) => [`${FIELD}${id}`, one] as const),
  );
  const body = html`<h1>${card.title}</h1>
${lines.map((block) => html`<p class="${'strong' in block && block.strong ? 'strong' : 'text'}">${block.text}</p>`)}
<form method="post" accept-charset="utf-8">
${[...Object.entries(hidden), ...entered].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="actions"><button type="submit" name="confirmed" value="1">${record}</button>
<button class="plain" type="submit" name="edit" value="1">${translate(language, 'wecom_app.form.edit')}</button></div>
</form>`;
  return frame(language, card.title, body);
}

/** Values are sent under this prefix, so that no field can pass for one of the hidden ones. */
export const FIELD = 'f:';

function fieldView(field: LocalField, { values, errors, language }: FormPage): Markup {
  const value = values?.[field.id] ?? ('value' in field ? field.value : '');
  const error = errors[field.id];
  const id = `f-${field.id}`;
  const isGroup = field.kind === 'many' || (field.kind === 'one' && field.options.length <= FEW);
  const label = html`${field.label}${field.required ? '' : html` <span class="optional">${translate(language, 'wecom_app.form.optional')}</span>`}`;
  const about = html`${field.hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${field.hint}</p>`}
${input(field, value, { id, language, wrong: error !== undefined })}
${field.example === undefined ? '' : html`<p class="example" id="${id}-example">${translate(language, 'wecom_app.form.example', { text: field.example })}</p>`}
${error === undefined ? '' : html`<p class="error" id="${id}-error">${error}</p>`}`;
  const wrong = error === undefined ? '' : ' wrong';
  // A field named after another (`place#as` after `place`) qualifies it and stands close below it.
  const kind = field.id.includes('#') ? `field beside${wrong}` : `field${wrong}`;
  return isGroup
    ? html`<fieldset class="${kind}"><legend>${label}</legend>${about}</fieldset>`
    : html`<div class="${kind}"><label for="${id}">${label}</label>${about}</div>`;
}

const FEW = 6;

interface InputContext {
  readonly id: string;
  readonly language: Language;
  readonly wrong: boolean;
}

function input(field: LocalField, value: string | readonly string[], context: InputContext): Markup | '' {
  const { id, wrong } = context;
  const name = `${FIELD}${field.id}`;
  const text = typeof value === 'string' ? value : (value[0] ?? '');
  const chosen = typeof value === 'string' ? [value] : value;
  const described = [
    ...(field.hint === undefined ? [] : [`${id}-hint`]),
    ...(field.example === undefined ? [] : [`${id}-example`]),
    ...(wrong ? [`${id}-error`] : []),
  ].join(' ');
  const invalid = wrong ? 'true' : 'false';
  switch (field.kind) {
    case 'text':
      return field.multiline
        ? html`<textarea id="${id}" name="${name}" rows="4" maxlength="${field.maxLength}" aria-describedby="${described}" aria-invalid="${invalid}">
${text}</textarea>`
        : html`<input id="${id}" name="${name}" type="text" maxlength="${field.maxLength}" value="${text}" autocomplete="off" aria-describedby="${described}" aria-invalid="${invalid}">`;
    case 'time':
    case 'number':
      return html`<input id="${id}" name="${name}" type="text" value="${text}" autocomplete="off" aria-describedby="${described}" aria-invalid="${invalid}">`;
    case 'one':
      if (field.options.length <= FEW) return options(field.options, name, 'radio', chosen);
      return html`<select id="${id}" name="${name}" aria-describedby="${described}" aria-invalid="${invalid}">
<option value="">${translate(context.language, 'wecom_app.form.choose')}</option>
${field.options.map((option) => html`<option value="${option.value}"${option.value === text ? html` selected` : ''}>${option.label}</option>`)}
</select>`;
    case 'many':
      return options(field.options, name, 'checkbox', chosen);
    case 'file':
      // Files go to the bot in a direct message or to the console.
      return '';
  }
}

function options(
  all: readonly { readonly value: string; readonly label: string }[],
  name: string,
  type: 'radio' | 'checkbox',
  chosen: readonly string[],
): Markup {
  return html`<div class="options">${all.map(
    (option) =>
      html`<label class="option"><input type="${type}" name="${name}" value="${option.value}"${chosen.includes(option.value) ? html` checked` : ''}><span>${option.label}</span></label>`,
  )}</div>`;
}
