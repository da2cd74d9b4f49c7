import type { Card, Text } from '../conversation/cards/card.ts';
import { sentenceCard } from '../conversation/cards/sentence.ts';
import type { MessageKey } from '../i18n/keys.ts';
import type { App, Caller, Delivery } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import type { Explain } from './acts.ts';
import type { KeyedText } from './answering.ts';

export interface Given {
  readonly incident: string;
  readonly caller: Caller;
  readonly delivery: Delivery;
}
/** Message keys of a platform for the results of keeping a file; `name` and `id` are their parameters. */
export interface EvidenceTexts {
  readonly kept: MessageKey;
  readonly too_large: MessageKey;
  readonly gone: MessageKey;
}
export type FetchedFile = MadeFile | 'too_large' | 'gone';

/** Error: the platform cannot get the file, or refuses it; `said`: text for its sender. */
export class NotGiven extends Error {
  readonly said: KeyedText;
  /** `why`: log text that distinguishes the reasons. */
  constructor(said: KeyedText, why: string = said.key) {
    super(why);
    this.said = said;
  }
}
/** Reply to the sender: a text, or the card of a refusal; null for a redelivery. `picture`: a picture just kept. */
export type Reply =
  | { readonly text: KeyedText; readonly picture?: { readonly name: string; readonly sha256: string } }
  | { readonly card: Card }
  | null;

/** Records a given file as evidence of an incident. */
export async function keepEvidence(
  { app, explain }: { readonly app: Pick<App, 'attach'>; readonly explain: Explain },
  { incident, caller, delivery }: Given,
  fetched: FetchedFile,
  texts: EvidenceTexts,
): Promise<Reply> {
  if (typeof fetched === 'string') return { text: { key: texts[fetched], params: { name: '' } } };
  const name = { raw: fetched.name };
  const result = await app.attach({ ...fetched, incident, caller, delivery });
  if (result.kind === 'refused') return { card: notKept(name, explain(result.refusal, result.state)) };
  if (result.replayed) return null;
  const kept = fetched.mediaType.startsWith('image/')
    ? result.state.evidence.findLast((one) => one.name === fetched.name)
    : undefined;
  return {
    text: { key: texts.kept, params: { name, id: incident } },
    ...(kept ? { picture: { name: kept.name, sha256: kept.file } } : {}),
  };
}

function notKept(name: Text, why: Card): Card {
  const actions = why.blocks.filter(({ kind }) => kind === 'actions');
  return sentenceCard({ key: 'text.file_not_kept', params: { name, why: why.summary } }, actions);
}
