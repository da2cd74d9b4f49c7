import type { Draft } from '../incident/state.ts';
import { compileText, type TextChange, textChanges } from '../report/text.ts';
import type { Text } from './card.ts';
import { fieldOf } from './items.ts';
import { lawText, type Scene, t } from './scene.ts';

/** What the record would say otherwise than a draft does; empty while its text holds. */
export function changesNow(scene: Scene, draft: Draft): readonly TextChange[] {
  return draft.text ? textChanges(draft.text, compileText(scene, draft)) : [];
}

const SHOWN = 60;
/** "Impact and harm: A → B"; what is new has no "before". */
export function changeText({ label, before, after }: TextChange): Text {
  const params = { label: lawText(label), after: after ? lawText(clipped(after)) : t('changes.gone') };
  return before ? t('changes.line', { ...params, before: lawText(clipped(before)) }) : t('changes.new', params);
}
function clipped({ zh, en }: { readonly zh: string; readonly en: string }): { zh: string; en: string } {
  const clip = (text: string): string => {
    const characters = [...text];
    return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
  };
  return { zh: clip(zh), en: clip(en) };
}

/** What a change is about, by the id of what the text states. */
export function changeLabel(scene: Pick<Scene, 'regime'>, id: string): Text {
  const found = fieldOf(scene, id);
  if (found) return lawText(found.field.label);
  const part = HEAD.find((key) => key === `report.head.${id.replace('head.', '')}`);
  return part ? t(part) : t('report.note.label');
}
const HEAD = [
  'report.head.number',
  'report.head.to',
  'report.head.unit',
  'report.head.signatory',
  'report.head.contact',
  'report.head.phone',
] as const;

/** The first and last digits of a hash: enough to compare by eye. */
export function shortHash(hash: string): Text {
  return { raw: `${hash.slice(0, 4)}…${hash.slice(-2)}` };
}
