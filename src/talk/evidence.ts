import { createHash } from 'node:crypto';
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
/** File from the platform; its name is '' if the platform gave none. */
export type FetchedFile = MadeFile | 'too_large' | 'gone';
/** Type of a file whose content is unknown. */
export const UNKNOWN_TYPE = 'application/octet-stream';
/** Types and endings by the first characters of the content. */
const KINDS = [
  [/^\xff\xd8\xff/, 'image/jpeg', 'jpg'],
  [/^\x89PNG/, 'image/png', 'png'],
  [/^%PDF/, 'application/pdf', 'pdf'],
  [/^PK/, 'application/zip', 'zip'],
  [/^.{4}ftyp/s, 'video/mp4', 'mp4'],
] as const;
const LONGEST_NAME = 200;

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

export async function keepEvidence(
  { app, explain }: { readonly app: Pick<App, 'attach'>; readonly explain: Explain },
  { incident, caller, delivery }: Given,
  fetched: FetchedFile,
  texts: EvidenceTexts,
): Promise<Reply> {
  if (typeof fetched === 'string') return { text: { key: texts[fetched], params: { name: '' } } };
  const file = described(fetched, delivery);
  const name = { raw: file.name };
  const result = await app.attach({ ...file, incident, caller, delivery });
  if (result.kind === 'refused') return { card: notKept(name, explain(result.refusal, result.state)) };
  if (result.replayed) return null;
  const kept = file.mediaType.startsWith('image/')
    ? result.state.evidence.findLast((one) => one.name === file.name)
    : undefined;
  return {
    text: { key: texts.kept, params: { name, id: incident } },
    ...(kept ? { picture: { name: kept.name, sha256: kept.file } } : {}),
  };
}

/** Returns a file with a name that any system can store, and with a type, which its content tells if nobody else does. */
function described({ name, mediaType, content }: MadeFile, { key }: Delivery): MadeFile {
  const head = Buffer.from(content.subarray(0, 12)).toString('latin1');
  const type = mediaType === UNKNOWN_TYPE ? KINDS.find(([start]) => start.test(head))?.[1] : mediaType;
  const [, , ending = 'bin'] = KINDS.find(([, one]) => one === type) ?? [];
  const own = [...name.toWellFormed().replace(/[\p{Cc}\\/]/gu, '_')].slice(0, LONGEST_NAME).join('');
  const made = `${createHash('sha256').update(key).digest('hex').slice(0, 8)}.${ending}`;
  return { name: own.trim() || made, mediaType: type ?? UNKNOWN_TYPE, content };
}

function notKept(name: Text, why: Card): Card {
  const actions = why.blocks.filter(({ kind }) => kind === 'actions');
  return sentenceCard({ key: 'text.file_not_kept', params: { name, why: why.summary } }, actions);
}
