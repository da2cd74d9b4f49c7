import { html } from 'hono/html';
import type {
  LocalAction,
  LocalBlock,
  LocalCard,
  LocalField,
  LocalForm,
} from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { Entries } from '../../../talk/filling.ts';
import { ROW_MARKS } from '../cards/lines.ts';
import { cardLink, formLink } from './session.ts';

export type Markup = ReturnType<typeof html>;
type Inputs = readonly (readonly [name: string, value: string])[];

export interface PageContext {
  readonly language: Language;
  readonly publicUrl: string;
  /** Inputs that identify the page when it is sent. */
  readonly hidden: Readonly<Record<'token' | 'revision' | 'key', string>>;
}

/** The frame of every page: no script, one style sheet, made for a phone. */
function frame(language: Language, title: string, body: Markup): Markup {
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

function inputs(entries: Inputs): readonly Markup[] {
  return entries.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

/** Values are sent under this prefix, so that no field can pass for one of the hidden ones. */
export const FIELD = 'f:';

/** The same form the console shows as a dialog. `errors`: by field, and by '' what is wrong with all of it. */
export function formPage(form: LocalForm, errors: Readonly<Record<string, string>>, page: PageContext): Markup {
  const { language, hidden } = page;
  const trouble = errors[''] ?? (Object.keys(errors).length > 0 ? translate(language, 'wecom_app.form.check') : null);
  const body = html`<h1>${form.title}</h1>
${form.intro.map((line) => html`<p class="intro">${line}</p>`)}
${trouble === null ? '' : html`<p class="trouble" role="alert">${trouble}</p>`}
<form method="post" accept-charset="utf-8" novalidate>
${inputs(Object.entries(hidden))}
${form.fields.map((field) => fieldView(field, errors[field.id], language))}
<footer><button type="submit">${form.submit}</button></footer>
</form>`;
  return frame(language, form.title, body);
}

const FEW = 6;

function fieldView(field: LocalField, error: string | undefined, language: Language): Markup {
  const id = `f-${field.id}`;
  const isGroup = field.kind === 'many' || (field.kind === 'one' && field.options.length <= FEW);
  const label = html`${field.label}${field.required ? '' : html` <span class="optional">${translate(language, 'wecom_app.form.optional')}</span>`}`;
  const beside = { hint: field.hint, example: field.example, error };
  const described = Object.entries(beside).flatMap(([name, text]) => (text === undefined ? [] : [`${id}-${name}`]));
  const attributes = html`name="${FIELD}${field.id}" id="${id}" aria-describedby="${described.join(' ')}" aria-invalid="${error === undefined ? 'false' : 'true'}"`;
  const about = html`${field.hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${field.hint}</p>`}
${input(field, attributes, language)}
${field.example === undefined ? '' : html`<p class="example" id="${id}-example">${translate(language, 'wecom_app.form.example', { text: field.example })}</p>`}
${error === undefined ? '' : html`<p class="error" id="${id}-error">${error}</p>`}`;
  const wrong = error === undefined ? '' : ' wrong';
  // A field named after another (`place#as` after `place`) qualifies it and stands close below it.
  const kind = field.id.includes('#') ? `field beside${wrong}` : `field${wrong}`;
  return isGroup
    ? html`<fieldset class="${kind}"><legend>${label}</legend>${about}</fieldset>`
    : html`<div class="${kind}"><label for="${id}">${label}</label>${about}</div>`;
}

function input(field: LocalField, attributes: Markup, language: Language): Markup | '' {
  // Files go to the bot in a direct message or to the console.
  if (field.kind === 'file') return '';
  if (field.kind === 'many') return options(field.options, `${FIELD}${field.id}`, 'checkbox', field.value);
  const text = field.value;
  if (field.kind === 'text' && field.multiline)
    return html`<textarea ${attributes} rows="4" maxlength="${field.maxLength}">
${text}</textarea>`;
  if (field.kind !== 'one') {
    const most = field.kind === 'text' ? html` maxlength="${field.maxLength}"` : '';
    return html`<input ${attributes} type="text"${most} value="${text}" autocomplete="off">`;
  }
  if (field.options.length <= FEW) return options(field.options, `${FIELD}${field.id}`, 'radio', [text]);
  return html`<select ${attributes}>
<option value="">${translate(language, 'wecom_app.form.choose')}</option>
${field.options.map((option) => html`<option value="${option.value}"${option.value === text ? html` selected` : ''}>${option.label}</option>`)}
</select>`;
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

export interface CardPage {
  readonly card: LocalCard;
  /** Result of what was sent just now: what was recorded, or the reason why it was not. */
  readonly said?: { readonly text: string; readonly good: boolean; readonly blocks: LocalCard['blocks'] } | null;
  /** Entries that are read back, with the way back to them. */
  readonly entered?: Entries | undefined;
}

/** A card with its buttons: in the place of a form, or for those who see it in a group where nothing can be tapped. */
export function cardPage({ card, said = null, entered = {} }: CardPage, page: PageContext): Markup {
  const entries = Object.entries(entered).flatMap(([id, value]) =>
    [value].flat().map((one) => [`${FIELD}${id}`, one] as const),
  );
  const back = html`<div class="actions">${posting(page, entries, html`<button class="plain" type="submit" name="edit" value="1">${translate(page.language, 'wecom_app.form.edit')}</button>`)}</div>`;
  const body = html`${said === null ? '' : html`<p class="${said.good ? 'said' : 'trouble'}" role="${said.good ? 'status' : 'alert'}">${said.text}</p>`}
${said?.blocks.map((block) => blockView(block, page)) ?? ''}
<h1>${card.title}</h1>
${card.blocks.map((block) => blockView(block, page))}
${entries.length > 0 ? back : ''}`;
  return frame(page.language, card.title, body);
}

/** A form that is sent with the page, with entries of its own. */
function posting({ hidden }: PageContext, entries: Inputs, body: Markup): Markup {
  return html`<form method="post" accept-charset="utf-8">${inputs([...Object.entries(hidden), ...entries])}${body}</form>`;
}

function blockView(block: LocalBlock, page: PageContext): Markup | '' {
  switch (block.kind) {
    case 'text':
      return html`<p class="${block.strong ? 'strong' : 'text'}">${block.text}</p>`;
    case 'clock':
      return html`<p class="strong">${block.text}</p>`;
    case 'note':
      return html`<p class="hint">${block.text}</p>`;
    case 'quote':
      return html`<blockquote>${block.text}<footer>${block.source}</footer></blockquote>`;
    case 'row':
      return html`<div class="row"><p>${ROW_MARKS[block.mark]} ${block.text}</p>${actions(block.actions, page)}</div>`;
    case 'actions':
      return actions(block.actions, page);
    case 'choices': {
      const { fact, options: all, chosen, submit } = block.choice;
      const ticks = html`${options(all, 'pick', 'checkbox', chosen)}<button type="submit">${submit}</button>`;
      return posting(page, [['fact', fact]], ticks);
    }
  }
}

function actions(all: readonly LocalAction[], page: PageContext): Markup | '' {
  const shown = all.flatMap((action) => actionView(action, page));
  return shown.length === 0 ? '' : html`<div class="actions">${shown}</div>`;
}

function actionView({ does, label, style, confirm }: LocalAction, page: PageContext): readonly Markup[] {
  const look = style ?? 'plain';
  const link = (href: string): Markup => html`<a class="button ${look}" href="${href}">${label}</a>`;
  if (does.kind === 'form') return [link(formLink(does.form, page.publicUrl))];
  // Files are downloaded in the console; here they arrive in the chat.
  if (does.kind === 'view' && does.view.view !== 'download') return [link(cardLink(does.view, page.publicUrl))];
  if (does.kind !== 'intent') return [];
  const yes = confirm === undefined ? label : translate(page.language, 'wecom_app.form.yes', { label });
  const intent = [['intent', JSON.stringify(does.intent)]] as const;
  const button = posting(page, intent, html`<button class="${look}" type="submit">${yes}</button>`);
  if (confirm === undefined) return [button];
  return [html`<details><summary class="button ${look}">${label}</summary><p>${confirm}</p>${button}</details>`];
}
