import { entryOf } from '../law/lookup.ts';
import type { RawSource, RegimeDocument } from '../law/regime-schema.ts';
import type { Source } from '../law/types.ts';
import { RegimeError } from './faults.ts';

type SourcedDocument = Pick<RegimeDocument, 'instruments' | 'checked'>;

/**
 * Source of a rule with its instrument's data from the document: title, address, days, and the extent of verification
 * where the rule has none of its own. Throws RegimeError for an unknown instrument.
 */
export function sourceOf(raw: RawSource, { instruments, checked }: SourcedDocument): Source {
  const instrument = entryOf(instruments, raw.instrument);
  if (instrument === undefined)
    throw new RegimeError([{ file: raw.instrument, path: raw.article, reason: 'unknown instrument' }]);
  return {
    instrument: instrument.title,
    article: raw.article,
    quote: raw.quote,
    url: instrument.url,
    effective: instrument.effective,
    checked: instrument.compared.at(-1)?.on ?? checked,
    verification: raw.verification ?? instrument.verification,
  };
}
