import { pointsOf } from '../../incident/facts/assessment-points.ts';
import { asFiled } from '../../incident/facts/law-facts.ts';
import type { Filing, Task } from '../../incident/state.ts';
import type { Text } from '../cards/card.ts';
import { askedBy, lawText, ofPart, plain, recipientText, type Situation, t } from '../cards/situation.ts';
import { raw } from '../commands/lines.ts';

/** Text of a task: its author's words or, for a task of the bot, a sentence. */
export function taskText(
  situation: Situation,
  { kind, text, obligation }: Pick<Task, 'kind' | 'text' | 'obligation'>,
): Text {
  if (text !== null) return ofPart('texts', text);
  if (kind === 'seal') return t('task.seal');
  const recipient = situation.ia.obligations.find(({ id }) => id === obligation)?.recipient;
  return recipient ? t('task.written_to', { recipient: recipientText(situation, recipient) }) : t('task.written');
}
export function pointText({ state, regime }: Pick<Situation, 'state' | 'regime'>, id: string): Text {
  const point = pointsOf(regime, state.organisation).find((one) => one.id === id);
  return point ? lawText(point.name) : plain(id);
}
export function channelText({ regime }: Pick<Situation, 'regime'>, id: string): Text {
  const channel = regime.channels.find((one) => one.id === id);
  return channel ? lawText(channel.name) : plain(id);
}
export function marginText(filing: Pick<Filing, 'due' | 'filedAt'>): Text {
  if (filing.due === null) return t('filed.no_due');
  const minutes = Math.floor((Date.parse(filing.due) - Date.parse(filing.filedAt)) / 60_000);
  return minutes >= 0
    ? t('filed.early', { minutes: { minutes } })
    : t('filed.late', { minutes: { minutes: -minutes } });
}
/**
 * Office that received a filing, and the office that passed it on; without an entry, the office that asked for it, or the
 * recipient's name at the time of the filing.
 */
export function sentToText(
  situation: Situation,
  {
    obligation,
    to,
    forwardedBy,
    recipient,
    naming,
  }: Pick<Filing, 'obligation' | 'to' | 'forwardedBy' | 'recipient' | 'naming'>,
): Text {
  const state = asFiled(situation.state, { naming });
  const asked = askedBy(situation, obligation);
  const office = to === undefined ? (asked ?? recipientText({ ...situation, state }, recipient ?? '')) : raw(to);
  return forwardedBy === undefined ? office : t('filed.forwarded', { to: office, by: raw(forwardedBy) });
}
