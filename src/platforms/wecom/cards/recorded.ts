import { translate } from '../../../i18n/translate.ts';
import type { KeptValues } from '../../../use-cases/ports.ts';
import { CARD_LIMITS, type Flavour } from '../limits.ts';
import { cut, cutBytes, fits } from '../text/cut.ts';
import { tagOf, type WecomMessage } from './compose.ts';
import type { MainTitle } from './template.ts';

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
  return {
    ...message,
    markdown: markdown === null ? null : recordedText(message, markdown, CARD_LIMITS[flavour].markdown),
    card: card && { ...card, main_title: recordedTitle(message, card.main_title, flavour) },
  };
}

export function recordedText({ incident, language }: WecomMessage, text: string, max: number): string {
  const tag = tagOf(incident);
  if (!text.startsWith(tag)) return text;
  const [first = '', ...rest] = text.slice(tag.length).split('\n');
  const said = translate(language, first === '' ? 'wecom.recorded_bare' : 'wecom.recorded', { title: first });
  return cutBytes([`${tag}${said}`, ...rest].join('\n'), max);
}

function recordedTitle({ incident, language }: WecomMessage, { title, desc }: MainTitle, flavour: Flavour): MainTitle {
  const tag = tagOf(incident);
  const limits = CARD_LIMITS[flavour];
  const heading = desc ?? title.slice(tag.length);
  const said = translate(language, heading === '' ? 'wecom.recorded_bare' : 'wecom.recorded', { title: heading });
  return fits(tag + said, limits.title) ? { title: tag + said } : { title: tag, desc: cut(said, limits.description) };
}
