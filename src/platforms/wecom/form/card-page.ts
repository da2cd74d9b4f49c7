import { html } from 'hono/html';
import type { Card } from '../../../conversation/cards/card.ts';
import {
  type LocalAction,
  type LocalBlock,
  type LocalCard,
  localiseCard,
} from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { frame } from './page.ts';
import { cardLink, formLink } from './session.ts';

type Markup = ReturnType<typeof html>;

export interface CardPage {
  readonly card: LocalCard;
  readonly language: Language;
  readonly publicUrl: string;
  /** Confirmation of what was recorded just now, or the reason why it was not. */
  readonly said: { readonly text: string; readonly good: boolean; readonly card?: Card | undefined } | null;
  readonly hidden: Readonly<Record<string, string>>;
}

/** A card with its buttons, for those who see it in a group where nothing can be tapped. */
export function cardPage(page: CardPage): Markup {
  const { card, language, said } = page;
  // A replaced text can be restored.
  const replaced = said?.card ? localiseCard(said.card, language).blocks : [];
  const body = html`${said === null ? '' : html`<p class="${said.good ? 'said' : 'trouble'}" role="${said.good ? 'status' : 'alert'}">${said.text}</p>`}
${replaced.map((block) => blockView(block, page))}
<h1>${card.title}</h1>
${card.blocks.map((block) => blockView(block, page))}`;
  return frame(language, card.title, body);
}

const ROW_MARKS = { done: '✅', partly: '◐', open: '○', urgent: '🔴' } as const;

function blockView(block: LocalBlock, page: CardPage): Markup | '' {
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
      const { fact, options, chosen, submit } = block.choice;
      return html`<form method="post">${hidden(page)}<input type="hidden" name="fact" value="${fact}"><div class="options">${options.map(
        (option) =>
          html`<label class="option"><input type="checkbox" name="pick" value="${option.value}"${chosen.includes(option.value) ? html` checked` : ''}><span>${option.label}</span></label>`,
      )}</div><button type="submit">${submit}</button></form>`;
    }
  }
}

function actions(all: readonly LocalAction[], page: CardPage): Markup | '' {
  const shown = all.flatMap((action) => {
    const one = actionView(action, page);
    return one === null ? [] : [one];
  });
  return shown.length === 0 ? '' : html`<div class="actions">${shown}</div>`;
}

function actionView({ does, label, style, confirm }: LocalAction, page: CardPage): Markup | null {
  const look = style ?? 'plain';
  switch (does.kind) {
    case 'form':
      return html`<a class="button ${look}" href="${formLink(does.form, page.publicUrl)}">${label}</a>`;
    case 'view':
      // Files are downloaded in the console; here they arrive in the chat.
      if (does.view.view === 'download') return null;
      return html`<a class="button ${look}" href="${cardLink(does.view, page.publicUrl)}">${label}</a>`;
    case 'link':
    case 'line':
      return null;
    case 'intent': {
      const button = html`<form method="post">${hidden(page)}<input type="hidden" name="intent" value="${JSON.stringify(does.intent)}"><button class="${look}" type="submit">${confirm === undefined ? label : translate(page.language, 'wecom_app.form.yes', { label })}</button></form>`;
      if (confirm === undefined) return button;
      return html`<details><summary class="button ${look}">${label}</summary><p>${confirm}</p>${button}</details>`;
    }
  }
}

function hidden(page: CardPage): Markup {
  return html`${Object.entries(page.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}
