import type { Card } from '../../conversation/cards/card.ts';
import { type LocalCard, localiseCard } from '../../conversation/cards/localise.ts';
import { withDelivery } from '../../conversation/reminding/delivery-notes.ts';
import type { Language } from '../../incident/identity.ts';
import type { LoggedMessage, OutgoingMessage } from '../../use-cases/ports.ts';

/**
 * Body of a message in a console room. Cards are stored as message keys, not as text, so that each reader sees them in
 * their own language.
 */
export type MessageBody = CardBody | SaidBody;
/** Line typed by a person; `incident` is its incident if the line is outside of a thread. */
export interface SaidBody {
  readonly kind: 'said';
  readonly text: string;
  readonly incident?: string;
}
export interface CardBody {
  readonly kind: 'card';
  readonly card: Card;
  readonly incident: string;
  readonly revision: number;
  readonly surface: string | null;
  readonly ring: boolean;
  readonly late?: { readonly seconds: number } | undefined;
  readonly possiblyRepeated?: boolean | undefined;
}

export function cardBody(message: OutgoingMessage): CardBody {
  const { card, incident, revision, surface, ring, late, possiblyRepeated } = message;
  return { kind: 'card', card, incident, revision, surface, ring, late, possiblyRepeated };
}

/** Reads a body from the room log, the only source of bodies. */
export function readBody(text: string): MessageBody {
  const body: unknown = JSON.parse(text);
  if (!isBody(body)) throw new Error('a message in the log is none of ours');
  return body;
}

function isBody(body: unknown): body is MessageBody {
  return typeof body === 'object' && body !== null && 'kind' in body && (body.kind === 'card' || body.kind === 'said');
}

/** Message as the page shows it to one reader. */
export interface ShownMessage {
  readonly ref: string;
  readonly seq: number;
  readonly address: string;
  readonly thread: string | null;
  readonly author: string | null;
  readonly at: string;
  readonly editedAt: string | null;
  readonly text?: string;
  readonly card?: LocalCard;
  readonly incident?: string;
  readonly revision?: number;
  readonly surface?: string | null;
  readonly ring?: boolean;
}

/** Returns a message as the page gets it, with its card in the reader's language. */
export function show(message: LoggedMessage, body: MessageBody, language: Language): ShownMessage {
  const { body: _, at, editedAt, ...rest } = message;
  const envelope = { ...rest, at: isoOf(at), editedAt: editedAt === null ? null : isoOf(editedAt) };
  if (body.kind === 'said') return { ...envelope, text: body.text };
  const { incident, revision, surface, ring } = body;
  return { ...envelope, incident, revision, surface, ring, card: localiseCard(withDelivery(body), language) };
}

const isoOf = (at: number): string => new Date(at).toISOString();
