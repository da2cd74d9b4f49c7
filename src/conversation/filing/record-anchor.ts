import type { EventOf } from '../../incident/record/events.ts';
import type { Card } from '../cards/card.ts';
import { at, lawText, plain, type Situation, t, titled } from '../cards/situation.ts';
import { marginText } from './filing-lines.ts';

/**
 * Anchor posted to people at each filing: it makes a later rewrite of the whole record detectable. The hash is added
 * when the message is sent (`withAnchor`); a hash reveals nothing of the content.
 */
export function anchorCard(situation: Situation, filing: EventOf<'filing_recorded'>['payload'], version: number): Card {
  const channel = situation.regime.channels.find(({ id }) => id === filing.channel);
  const title = t('anchor.title', {
    channel: channel ? lawText(channel.name) : plain(filing.channel),
    at: at(situation, filing.at),
    margin: marginText({ due: filing.due, filedAt: filing.at }),
  });
  const text = t('anchor.text', { version });
  return {
    tone: 'done',
    drill: situation.state.drill,
    title: titled(situation.state, title),
    summary: title,
    blocks: [{ kind: 'note', text }],
  };
}

/** The card with the hash of the entry of the record it anchors. */
export function withAnchor(card: Card, hash: string): Card {
  return { ...card, blocks: [...card.blocks, { kind: 'text', text: plain(hash) }] };
}
