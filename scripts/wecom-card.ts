import type { WecomMessage } from '../src/platforms/wecom/cards/task.ts';
import type { TemplateCard } from '../src/platforms/wecom/cards/template.ts';

const COLOURS = ['#8f959e', '#1f2329', '#d83931', '#2ba471'] as const;

/** A message of WeCom as HTML, drawn after the pictures of WeCom's documents: no client was at hand. */
export function wecomMessage({ markdown, card }: Pick<WecomMessage, 'markdown' | 'card'>, name: string): string {
  const words = markdown === null ? '' : `<div class="wc-card wc-text">${marked(markdown)}</div>`;
  return `<div class="message"><div class="face">计</div><div class="body"><p class="wc-name">${text(name)}</p>
    ${words}${card ? cardOf(card) : ''}</div></div>`;
}

/** Bold and links are the only marks our messages have. */
function marked(markdown: string): string {
  return text(markdown)
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '<u>$1</u>')
    .replace(/\\([^\w\s])/g, '$1');
}

function cardOf(card: TemplateCard): string {
  const { source, main_title: title } = card;
  const head = `${source ? `<p class="wc-source" style="color:${COLOURS[source.desc_color]}">${text(source.desc)}</p>` : ''}
    <h2>${text(title.title)}</h2>${title.desc ? `<p class="wc-desc">${text(title.desc)}</p>` : ''}`;
  return `<div class="wc-card">${head}${content(card)}</div>`;
}

function content(card: TemplateCard): string {
  if (card.card_type === 'vote_interaction') {
    const options = card.checkbox.option_list.map(
      ({ text: label, is_checked }) => `<p class="wc-option">${is_checked ? '☑' : '☐'} ${text(label)}</p>`,
    );
    return `${options.join('')}<div class="wc-buttons"><span class="wc-1">${text(card.submit_button.text)}</span></div>`;
  }
  if (card.card_type === 'multiple_interaction') {
    const lists = card.select_list.map(({ title }) => `<p class="wc-select">${text(title)} ▾</p>`);
    return `${lists.join('')}<div class="wc-buttons"><span class="wc-1">${text(card.submit_button.text)}</span></div>`;
  }
  const rows = (card.horizontal_content_list ?? []).map(
    ({ keyname, value }) => `<tr><th>${text(keyname)}</th><td>${text(value)}</td></tr>`,
  );
  const choice = card.button_selection ? `<p class="wc-select">${text(card.button_selection.title)} ▾</p>` : '';
  const buttons = card.button_list.map(({ text: label, style }) => `<span class="wc-${style}">${text(label)}</span>`);
  return `${card.sub_title_text ? `<p class="wc-sub">${text(card.sub_title_text)}</p>` : ''}<table>${rows.join('')}</table>
    ${choice}<div class="wc-buttons">${buttons.join('')}</div>`;
}

function text(words: string): string {
  return words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>');
}

export const WECOM_STYLE = `
.wc-name { margin: 0 0 4px; font-size: 12px; color: #8f959e; }
.wc-card { width: 360px; padding: 14px 16px; border: 1px solid #e5e6eb; border-radius: 8px; background: #fff; font-size: 14px; color: #1f2329; }
.wc-text { margin-bottom: 8px; } .wc-card h2 { margin: 4px 0 2px; font-size: 16px; line-height: 1.4; } .wc-card p { margin: 4px 0; }
.wc-source { font-size: 12px; } .wc-desc, .wc-sub { color: #646a73; white-space: pre-wrap; }
.wc-card table { border-spacing: 0 4px; } .wc-card th { width: 76px; padding: 0; text-align: left; font-weight: 400; color: #8f959e; vertical-align: top; }
.wc-card td { padding: 0; } .wc-select, .wc-option { padding: 6px 10px; border: 1px solid #dee0e3; border-radius: 4px; }
.wc-buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 10px; }
.wc-buttons span { padding: 6px; border: 1px solid #dee0e3; border-radius: 4px; text-align: center; }
.wc-buttons .wc-1 { background: #267ef0; border-color: #267ef0; color: #fff; } .wc-buttons .wc-2 { color: #267ef0; } .wc-buttons .wc-3 { color: #d83931; }`;
