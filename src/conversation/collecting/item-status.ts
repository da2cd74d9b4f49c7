import type { ActorId } from '../../incident/identity.ts';
import { type FieldReading, readField } from '../../report/fields.ts';
import { type ItemStatus, itemsNow, missingNow, owedOf } from '../../report/items.ts';
import { textOf } from '../../report/plain-text.ts';
import { sheetNow } from '../../report/sheet.ts';
import type { Text } from '../cards/card.ts';
import { joined, lawText, ofPart, personText, type Situation, t } from '../cards/situation.ts';

/** Text derived from the record for a field that nobody wrote; null if nothing is derived, or somebody wrote it. */
export function derivedText(situation: Situation, { definition, state }: FieldReading): Text | null {
  if (state !== 'derived') return null;
  const said = (language: 'zh' | 'en'): string =>
    textOf(readField(sheetNow(situation, language), definition).runs ?? []);
  return ofPart('texts', lawText({ zh: said('zh'), en: said('en') }));
}

/** "item 2 place, measures (Chen Yu)": what is missing for the first report, by whom. Null if nothing is. */
export function missingText(situation: Situation, items: readonly ItemStatus[]): Text | null {
  return listed(items, missingNow, (text, { owner }) =>
    owner ? t('remind.owned', { missing: text, owner: personText(situation.state, owner) }) : text,
  );
}
/** "item 2 place, measures": the parts of these items that are still missing. */
export function owedText(items: readonly ItemStatus[]): Text | null {
  return listed(items, owedOf, (text) => text);
}

function listed(
  items: readonly ItemStatus[],
  fieldsOf: (item: ItemStatus) => readonly FieldReading[],
  withOwner: (text: Text, item: ItemStatus) => Text,
): Text | null {
  const parts = items.flatMap((item): readonly Text[] => {
    const fields = fieldsOf(item).map(fieldText);
    return fields.length === 0 ? [] : [withOwner(t('items.missing', { n: item.n, fields: joined(fields) }), item)];
  });
  return parts.length > 0 ? joined(parts, 'semicolon') : null;
}

/** Label of a field; a field with unconfirmed wording is marked, because the report does not print it. */
function fieldText({ definition, state }: FieldReading): Text {
  const label = lawText(definition.label);
  return state === 'unconfirmed' ? t('items.unworded', { field: label }) : label;
}

/** Items a person owns and still owes something of. */
export function missingFor(situation: Situation, owner: ActorId): readonly ItemStatus[] {
  return itemsNow(situation).filter((item) => item.owner === owner && owedOf(item).length > 0);
}
