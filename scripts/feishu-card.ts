import { z } from 'zod';

const words = z.looseObject({ content: z.string() });
const buttonSchema = z.looseObject({ tag: z.literal('button'), text: words, type: z.string().optional() });
const elementSchema = z.looseObject({
  tag: z.string(),
  text: words.extend({ text_size: z.string().optional() }).optional(),
  columns: z.array(z.looseObject({ elements: z.array(buttonSchema) })).optional(),
});
const cardSchema = z.looseObject({
  header: z.looseObject({ title: words, template: z.string() }),
  body: z.looseObject({ elements: z.array(elementSchema) }),
});
const COLOURS: Readonly<Record<string, string>> = {
  grey: '#eff0f1',
  yellow: '#fff3d6',
  red: '#fde2e2',
  green: '#d9f5d6',
};

/** Card of Feishu as HTML, drawn after the pictures of Feishu's documents; forms are left out. */
export function feishuMessage(card: unknown, name: string): string {
  const { header, body } = cardSchema.parse(card);
  const elements = body.elements.map(({ text, columns }) => {
    if (text) return `<p class="fs-${text.text_size ?? 'text'}">${escaped(text.content)}</p>`;
    const buttons = (columns ?? []).flatMap((column) => column.elements);
    return `<div class="fs-buttons">${buttons.map((one) => `<span class="fs-${one.type ?? 'default'}">${escaped(one.text.content)}</span>`).join('')}</div>`;
  });
  return `<div class="message"><div class="face">计</div><div class="body"><p class="wc-name">${escaped(name)}</p>
    <div class="fs-card"><h2 style="background:${COLOURS[header.template] ?? '#fff'}">${escaped(header.title.content)}</h2>${elements.join('')}</div></div></div>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>');
}

export const FEISHU_STYLE = `
.fs-card { max-width: 460px; padding-bottom: 12px; border: 1px solid #dee0e3; border-radius: 8px; overflow: hidden; font-size: 14px; color: #1f2329; }
.fs-card h2 { margin: 0 0 8px; padding: 10px 14px; font-size: 16px; line-height: 1.4; } .fs-card p { margin: 6px 14px; }
.fs-card .fs-heading { font-size: 16px; font-weight: 700; } .fs-card .fs-notation { font-size: 12px; color: #646a73; }
.fs-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 10px 14px 0; }
.fs-buttons span { padding: 4px 12px; border: 1px solid #dee0e3; border-radius: 6px; } .fs-buttons .fs-primary, .fs-buttons .fs-primary_filled { background: #3370ff; border-color: #3370ff; color: #fff; }`;
