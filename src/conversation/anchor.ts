import type { EventOf } from '../incident/events.ts';
import type { Card } from './card.ts';
import { marginText } from './filing-lines.ts';
import { at, lawText, plain, type Scene, t, titled } from './scene.ts';

/**
 * Posted where people see it at each filing: with it nobody can later rewrite the whole record without being found out.
 * The hash is added when the message is sent (`withAnchor`); a hash says nothing of the content.
 */
export function anchorCard(scene: Scene, filing: EventOf<'filing_recorded'>['payload'], version: number): Card {
  const channel = scene.regime.channels.find(({ id }) => id === filing.channel);
  const title = t('anchor.title', {
    channel: channel ? lawText(channel.name) : plain(filing.channel),
    at: at(scene, filing.at),
    margin: marginText({ due: filing.due, filedAt: filing.at }),
  });
  const text = t('anchor.text', { version });
  return {
    tone: 'done',
    drill: scene.state.drill,
    title: titled(scene.state, title),
    summary: title,
    blocks: [{ kind: 'note', text }],
  };
}

/** The card with the hash of the entry of the record it anchors. */
export function withAnchor(card: Card, hash: string): Card {
  return { ...card, blocks: [...card.blocks, { kind: 'text', text: plain(hash) }] };
}
