import type { Card } from '../../../src/conversation/cards/card.ts';
import type { Language } from '../../../src/incident/identity.ts';
import { drawn } from '../../../src/platforms/shared/card-view.ts';
import { drawing, type MessageBody, readBody, viewDrawing } from '../../../src/platforms/slack/render/draw.ts';
import type { OutgoingMessage } from '../../../src/use-cases/ports.ts';

/** A message as Slack gets it. */
export function messageBody(message: OutgoingMessage, url: string | null): MessageBody {
  return readBody(drawn(message, 'slack', drawing, url));
}

/** Blocks of a card in a modal or the Home tab. */
export function viewBlocks(card: Card, language: Language): MessageBody['blocks'] {
  const message = { incident: 'INC-2026-0007', card, language, revision: 7, surface: null, ring: false };
  return readBody(drawn(message, 'slack', viewDrawing)).blocks;
}
