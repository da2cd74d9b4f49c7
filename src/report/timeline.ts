import type { MessageKey } from '../i18n/keys.ts';
import { ABROAD_PARTS, API_ACTOR, CLOCK_ACTOR } from '../incident/identity.ts';
import type { Release, Stamp } from '../incident/state.ts';
import type { Iso } from '../law/types.ts';
import { momentOf } from './format.ts';
import { law, type Sheet, say } from './sheet.ts';
import { factLabel, valueText } from './values.ts';

export interface TimelineEntry {
  /** The entry of the record it shows, if known. */
  readonly version?: number;
  readonly at: Iso;
  readonly who: string;
  readonly text: string;
}

export function whoText(sheet: Sheet, actor: string): string {
  if (actor === CLOCK_ACTOR) return say(sheet, 'report.internal.clock');
  if (actor === API_ACTOR) return say(sheet, 'report.internal.api');
  return sheet.state.people[actor]?.name ?? say(sheet, 'report.internal.left');
}

/** Time line from the state: the entries that are still valid, in the order they were recorded. */
export function timelineOf(sheet: Sheet): readonly TimelineEntry[] {
  return inOrder([...decisions(sheet), ...statements(sheet), ...documents(sheet)]);
}
function inOrder(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.toSorted((a, b) => (a.version ?? 0) - (b.version ?? 0));
}

type Params = Readonly<Record<string, string | number>>;
function entry(sheet: Sheet, { by, at, version }: Stamp, key: MessageKey, params: Params): TimelineEntry {
  return { version, at, who: whoText(sheet, by), text: say(sheet, key, params) };
}

function decisions(sheet: Sheet): readonly TimelineEntry[] {
  const { state, regime, language } = sheet;
  const { awareness, levelDecision, notReportable, handlingEnded, closed, chatLeft, releases } = state;
  const moment = (at: Iso): string => momentOf(at, language);
  const level = regime.levels.find(({ id }) => id === levelDecision?.level)?.short.zh ?? '';
  return [
    entry(sheet, state.declared, 'report.line.declared', { title: state.title }),
    ...(awareness
      ? [entry(sheet, awareness, 'report.line.awareness', { at: moment(awareness.instant), reason: awareness.reason })]
      : []),
    ...(levelDecision ? [entry(sheet, levelDecision, 'report.line.level', { level })] : []),
    ...(notReportable
      ? [
          entry(sheet, notReportable, 'report.line.not_reportable', {
            measures: law(sheet, regime.title),
            review: moment(notReportable.reviewAt),
            reason: notReportable.reason,
          }),
        ]
      : []),
    ...Object.entries(state.readings).map(([id, { reading, reason, ...stamp }]) => {
      const question = regime.openQuestions.find((q) => q.id === id);
      const chosen = question?.readings.find((r) => r.id === reading);
      return entry(sheet, stamp, 'report.line.reading', {
        question: question ? law(sheet, question.text) : id,
        reading: chosen ? law(sheet, chosen.name) : reading,
        reason,
      });
    }),
    ...(chatLeft ? [entry(sheet, chatLeft, 'report.line.chat_left', { reason: chatLeft.reason ?? '' })] : []),
    ...Object.entries(releases).flatMap(([room, given]) =>
      Object.entries(given).flatMap(([part, release]) => releasedEntry(sheet, room, part, release)),
    ),
    ...(handlingEnded ? [entry(sheet, handlingEnded, 'report.line.ended', { reason: handlingEnded.reason })] : []),
    ...(closed ? [entry(sheet, closed, 'report.line.closed', { reason: closed.reason })] : []),
  ];
}

/** One part that a room abroad may see, with who released it and why. */
function releasedEntry(sheet: Sheet, room: string, part: string, release: Release): readonly TimelineEntry[] {
  const known = ABROAD_PARTS.find((one) => one === part);
  if (!known) return [];
  const { reason, legalBasis: basis } = release;
  return [entry(sheet, release, 'report.line.released', { room, part: say(sheet, `part.${known}`), reason, basis })];
}

function statements(sheet: Sheet): readonly TimelineEntry[] {
  const { state, regime, language } = sheet;
  const fields = [...regime.items.flatMap(({ fields: all }) => all), ...regime.parts];
  return [
    ...state.candidates.map((c) =>
      entry(sheet, c, 'report.line.candidate', { at: momentOf(c.instant, language), description: c.description ?? '' }),
    ),
    ...Object.entries(state.facts).map(([fact, stated]) =>
      entry(sheet, stated, 'report.line.fact', {
        label: factLabel(sheet, fact),
        value: valueText(sheet, fact, stated.value),
      }),
    ),
    ...Object.entries(state.fields).flatMap(([id, { versions }]) => {
      const field = fields.find((one) => one.id === id);
      const label = field ? law(sheet, field.label) : id;
      return versions.map((version) =>
        version.text === null
          ? entry(sheet, version, 'report.line.field.unknown', { label })
          : entry(sheet, version, 'report.line.field', { label, text: version.text }),
      );
    }),
    ...state.notes.map((note) => entry(sheet, note, 'report.line.note', { text: note.text })),
    ...state.crossings.map((crossed) => {
      const rule = regime.criteria.find(({ id }) => id === crossed.criterion);
      return entry(sheet, crossed, 'report.line.crossed', {
        label: factLabel(sheet, crossed.fact),
        rule: rule ? law(sheet, rule.label) : crossed.criterion,
      });
    }),
  ];
}

function documents(sheet: Sheet): readonly TimelineEntry[] {
  const { state, regime, language } = sheet;
  return [
    ...state.evidence.map((file) => entry(sheet, file, 'report.line.evidence', { name: file.name })),
    ...state.drafts.map((draft) =>
      entry(sheet, draft, 'report.line.draft', { n: draft.draft, kind: say(sheet, `report.kind.${draft.report}`) }),
    ),
    ...state.filings.map((filing) => {
      const channel = regime.channels.find(({ id }) => id === filing.channel);
      return entry(sheet, filing, 'report.line.filing', {
        channel: channel ? law(sheet, channel.name) : filing.channel,
        receipt: filing.receipt ? say(sheet, 'report.intro.receipt', { receipt: filing.receipt }) : '',
        at: momentOf(filing.filedAt, language),
      });
    }),
  ];
}
