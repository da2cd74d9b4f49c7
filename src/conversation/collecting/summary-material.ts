import { formatInstant } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import type { IncidentState } from '../../incident/state.ts';
import { lastFiledText } from '../../report/compile.ts';
import { courseOfHandling } from '../../report/sections.ts';
import { sheetNow } from '../../report/sheet.ts';
import type { Situation } from '../cards/situation.ts';

/** Chinese whatever the reader's language: it is the language of the report that it goes into. */
const say = (key: MessageKey, params: Readonly<Record<string, string>> = {}): string => translate('zh-CN', key, params);

/**
 * Material of the record for a part of the summary report: put into its form for a person to change and confirm, never
 * into the report by itself. Empty if there is none.
 */
export function summaryMaterial(situation: Situation, part: string): string {
  const { state, regime } = situation;
  const { from = [], offers } = regime.parts.find(({ id }) => id === part) ?? {};
  const texts = [
    ...(offers === 'course' ? [timeline(situation)] : []),
    ...from.map((field) => stated(state, field)),
    ...(offers === 'tasks' ? corrective(state) : []),
  ];
  return texts.filter((text) => text !== '').join('\n');
}

/** Text of a field: as a person wrote it for the report, otherwise as in the text that was filed last. */
function stated(state: IncidentState, field: string): string {
  const entry = state.fields[field];
  const own = entry?.wording?.text ?? entry?.current?.text;
  if (own) return own;
  const blocks = lastFiledText(state)?.document.sections.flatMap((section) => section.blocks) ?? [];
  const block = blocks.find(({ id }) => id === field);
  if (block?.kind !== 'paragraph' || block.runs.some(({ kind }) => kind === 'to_supplement')) return '';
  return block.runs.map(({ text }) => text).join('');
}

function timeline(situation: Situation): string {
  const course = courseOfHandling(sheetNow(situation, 'zh', 'final'));
  return course === '' ? '' : say('material.timeline', { steps: course });
}

/** Corrective actions: what is done, and what is planned by when. No colleague is named in a report. */
function corrective({ tasks }: IncidentState): readonly string[] {
  const own = tasks.filter(({ kind }) => kind === 'other');
  const done = own.filter(({ finished }) => finished).map(({ text }) => text ?? '');
  const planned = own
    .filter(({ finished }) => !finished)
    .map(({ text, due }) =>
      due === null ? (text ?? '') : say('material.by', { task: text ?? '', due: formatInstant(due, 'zh-CN', 'date') }),
    );
  return [
    done.length > 0 ? say('material.done', { tasks: done.join('；') }) : '',
    planned.length > 0 ? say('material.planned', { tasks: planned.join('；') }) : '',
  ];
}
