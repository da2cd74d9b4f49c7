import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import type { Drawing, Part, ViewField } from '../shared/card-view.ts';

/** Maximum size (bytes) of a card; the limit of a message is about 15,000. */
const BYTES = 14_000;
const COLORS = { calm: 'gray', running: 'orange', urgent: 'red', done: 'green' } as const;

/** Draws the variables of the card template (docs/dingtalk.md): all are strings, and texts are plain, not Markdown. */
export const drawing: Drawing = {
  limits: { title: 200, inputText: 2_000, example: 60, called: 20 },
  draw: ({ title, summary, tone, language, calls, parts: all }) => {
    const parts = JSON.stringify(all.map((part) => shown(part, language)));
    return { variables: { title, summary, color: COLORS[tone], parts }, calls };
  },
  fits: (body) => Buffer.byteLength(JSON.stringify(body)) <= BYTES,
};

/** Returns one element of the template's loop: a text, a row of buttons or a form. */
function shown(part: Part, language: Language): object {
  switch (part.kind) {
    case 'text':
      return part.size === 'quote'
        ? { text: `「${part.text}」`, size: 'normal' }
        : { text: part.text, size: part.size };
    case 'buttons':
      return {
        buttons: part.buttons.map(({ label, style = 'default', confirm, does }, n) => ({
          ...{ id: String(n), text: label, color: style === 'danger' ? 'red' : style === 'primary' ? 'blue' : 'gray' },
          ...('url' in does ? { url: does.url } : { value: JSON.stringify(does.value) }),
          ...(confirm === undefined ? {} : { confirm, sure: translate(language, 'chat.yes') }),
        })),
      };
    case 'form': {
      const fields = part.fields.map((field) => entry(field, language));
      return { form: { fields }, submit: part.submit, value: JSON.stringify(part.value) };
    }
  }
}

function entry(field: ViewField, language: Language): object {
  if (field.kind === 'note') return { type: 'LABEL', label: field.text };
  const { name, label, required } = field;
  if (field.kind === 'input') {
    const { value: defaultValue, example: placeholder = '', maxLength, multiline } = field;
    const type = multiline ? 'TEXTAREA' : 'TEXT';
    return { type, name, label, required, placeholder, defaultValue, maxLength };
  }
  const { kind, chosen } = field;
  const options = field.options.map(({ value, label: text }) => ({ value, text }));
  const type = kind === 'many' ? 'MULTI_SELECT' : 'SELECT';
  return { type, name, label, required, options, placeholder: translate(language, 'chat.choose'), chosen };
}
