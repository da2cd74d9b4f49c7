import { translate } from '../../../i18n/translate.ts';
import type { KeptValues } from '../../../use-cases/ports.ts';
import { CARD_LIMITS, type Flavour } from '../limits.ts';
import { cutBytes, fits } from '../text/cut.ts';
import { headOf, tagOf } from './head.ts';
import type { WecomMessage } from './message.ts';
import type { TemplateCard } from './template.ts';

/** The key of a surface's post: what it is of, then the hash of its content. */
export function partsOf(key: string): { readonly of: string; readonly content: string } {
  const end = key.lastIndexOf(':');
  return { of: key.slice(0, end), content: key.slice(end + 1) };
}

/** Returns true if this is the first status of its incident in a place, or a retry of it. */
export async function isFirstStatus(kept: KeptValues, message: WecomMessage, key: string): Promise<boolean> {
  if (message.surface !== 'status' || !key.startsWith('surface:')) return false;
  const { of, content } = partsOf(key);
  const mark = `recorded:${of}`;
  const first = await kept.get(mark);
  if (first === null) await kept.put(mark, content);
  return first === null || first === content;
}

/** Adds to the first card of an incident that it is recorded: the declaring person gets no other answer. */
export function recorded<M extends WecomMessage>(message: M, flavour: Flavour): M {
  const { card, markdown } = message;
  if (markdown !== null)
    return { ...message, markdown: recordedText(message, markdown, CARD_LIMITS[flavour].markdown) };
  return card ? { ...message, card: recordedCard(message, card, flavour) } : message;
}

export function recordedText({ incident, language }: WecomMessage, text: string, max: number): string {
  const tag = tagOf(incident);
  if (!text.startsWith(tag)) return text;
  const [first = '', ...rest] = text.slice(tag.length).split('\n');
  const said = translate(language, first === '' ? 'wecom.recorded_bare' : 'wecom.recorded', { title: first });
  return cutBytes([`${tag}${said}`, ...rest].join('\n'), max);
}

/** In the title where there is room for it, otherwise in the text below. */
function recordedCard({ language }: WecomMessage, card: TemplateCard, flavour: Flavour): TemplateCard {
  const limits = CARD_LIMITS[flavour];
  const { title, desc } = card.main_title;
  const said = translate(language, 'wecom.recorded', { title });
  if (fits(said, limits.title)) return { ...card, main_title: { ...card.main_title, title: said } };
  if (desc === undefined) {
    const { main_title, left } = headOf(said, limits);
    if (left === '') return { ...card, main_title };
  }
  if (card.card_type !== 'button_interaction') return card;
  const text = [translate(language, 'wecom.recorded_bare'), card.sub_title_text ?? ''].join('\n').trim();
  return fits(text, limits.subtitle) ? { ...card, sub_title_text: text } : card;
}
