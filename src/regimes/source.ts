import { entryOf } from '../law/lookup.ts';
import type { RawSource, RegimeDocument } from '../law/regime-schema.ts';
import type { Source } from '../law/types.ts';
import { RegimeError } from './faults.ts';

type SourcedDocument = Pick<RegimeDocument, 'instruments' | 'checked'>;

/**
 * Source of a rule with the data of its instrument: title, address, dates, and the verification unless the rule has its
 * own. Throws RegimeError for an unknown instrument.
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
