import { approvalOf, isReport, namesApprover } from '../../incident/approvals.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { originalChannel } from '../../incident/decide/filing.ts';
import type { OwedObligation } from '../../incident/facts/assessment.ts';
import { channelsTo } from '../../law/regime.ts';
import { readPast } from '../asking/value-readings.ts';
import type { FormField } from '../cards/card.ts';
import { ofPart, recipientText, type Situation, t } from '../cards/situation.ts';
import { unsettledText } from '../collecting/gap-blocks.ts';
import {
  type FormArgs,
  type FormKind,
  type FormValues,
  form,
  oneField,
  reasonField,
  several,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { dutyName } from '../level/verdict.ts';
import { channelText } from './filing-lines.ts';

/** Form to record a filing: recipient, channel, text, time, receipt and proof. */
export const filingForm: FormKind = {
  build(situation, args) {
    if (situation.state.drill) return null;
    const what = whatFields(situation, args);
    if (!what) return null;
    const draft = chosenDraft(situation, args);
    const late =
      what.duty.due !== null && !what.duty.filing && Date.parse(situation.ia.now) > Date.parse(what.duty.due);
    return form(
      t('form.filing.title'),
      [
        what.obligation,
        what.channel,
        timeField('at', t('form.filing.at'), { hint: t('form.filing.at_hint') }),
        textField('receipt', t('form.filing.receipt'), { maxLength: 200, example: t('form.filing.receipt_example') }),
        textField('taken_by', t('form.filing.taken_by'), { maxLength: 200 }),
        what.draft,
        ...proofFields(situation),
        {
          kind: 'many',
          id: 'seal',
          label: t('form.filing.seal'),
          required: false,
          options: [{ value: 'follows', label: t('form.filing.seal_follows') }],
          value: [],
        },
        ...(draft !== null && unapproved(situation, draft)
          ? [
              textField('without_approval', t('form.filing.without_approval'), {
                multiline: true,
                hint: t('form.filing.without_approval_hint'),
              }),
            ]
          : []),
        ...keptField(situation, draft, what.duty),
        ...otherChannelField(situation, [what.duty]),
        ...(late ? [textField('late_reason', t('form.filing.late_reason'), { multiline: true })] : []),
      ],
      { intro: [t('form.filing.intro')] },
    );
  },
  parse(situation, args, values) {
    const at = single(values, 'at');
    const reading = at === '' ? ({ ok: true, value: situation.ia.now } as const) : readPast(at, situation.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    if (reading.value === 'unknown') return { errors: { at: t('read.time.vague') } };
    const draft = draftOf(values);
    const shown = chosenDraft(situation, args);
    const asked = shown !== null && draft !== null && unapproved(situation, shown) && unapproved(situation, draft);
    const phone = situation.regime.channels.find(({ id }) => id === single(values, 'channel'))?.kind === 'phone';
    if (asked && !phone && single(values, 'without_approval') === '') {
      return { errors: { without_approval: t('form.filing.needs_reason') } };
    }
    const unkept = keptError(situation, draft, values);
    if (unkept) return unkept;
    const command: CommandOf<'record_filing'> = {
      type: 'record_filing',
      obligation: single(values, 'obligation'),
      channel: single(values, 'channel'),
      at: reading.value,
      ...(draft === null ? {} : { draft }),
      ...(several(values, 'seal').includes('follows') ? { sealFollows: true } : {}),
      ...given(values),
    };
    return { commands: [command] };
  },
};

/** Form for a filing in a drill: nothing is sent, and every card states that. */
export const practiseForm: FormKind = {
  build(situation, args) {
    if (!situation.state.drill) return null;
    const what = whatFields(situation, args);
    if (!what) return null;
    const kept = keptField(situation, chosenDraft(situation, args), what.duty);
    const fields = [what.obligation, what.channel, what.draft, ...kept];
    return form(t('form.practise.title'), fields, { intro: [t('form.practise.intro')] });
  },
  parse(situation, _, values) {
    const draft = draftOf(values);
    const unkept = keptError(situation, draft, values);
    if (unkept) return unkept;
    const kept = single(values, 'kept');
    const command: CommandOf<'practise_filing'> = {
      type: 'practise_filing',
      obligation: single(values, 'obligation'),
      channel: single(values, 'channel'),
      ...(draft === null ? {} : { draft }),
      ...(kept === '' ? {} : { contradictionsKept: kept }),
    };
    return { commands: [command] };
  },
};

/** With a one-hour clock the call is the normal path: one call, every recipient it reached. */
export const phoneReportForm: FormKind = {
  build(situation) {
    const owed = owedNow(situation).filter(({ content, filing }) => content === 'initial_report' && !filing);
    const phones = situation.regime.channels.filter(({ kind }) => kind === 'phone' || kind === 'own_contact');
    if (situation.state.drill || owed.length === 0 || phones.length === 0) return null;
    const wanted = new Set(owed.map(({ recipient }) => recipient));
    const channels = phones.toSorted((a, b) => fit(b.recipients, wanted) - fit(a.recipients, wanted));
    return form(
      t('form.phone.title'),
      [
        oneField(
          'obligation',
          t('form.filing.obligation'),
          owed.map((duty) => option(situation, duty)),
          owed[0]?.id ?? '',
        ),
        oneField(
          'channel',
          t('form.filing.channel'),
          channels.map((c) => channelOption(situation, c.id)),
          channels[0]?.id ?? '',
        ),
        timeField('at', t('form.phone.at'), { hint: t('form.filing.at_hint') }),
        textField('taken_by', t('form.filing.taken_by'), { required: true, maxLength: 200 }),
        textField('receipt', t('form.filing.receipt'), { maxLength: 200, example: t('form.filing.receipt_example') }),
        ...keptField(situation, null, { content: 'initial_report' }),
        ...otherChannelField(situation, owed),
      ],
      { intro: [t('form.phone.intro')] },
    );
  },
  parse: (situation, args, values) => filingForm.parse(situation, args, { ...values, draft: 'none' }),
};

/** The late filing that is named, otherwise the last one. */
function lateFiling({ filings }: Situation['state'], { obligation }: Readonly<Record<string, string>>) {
  return filings.findLast((one) => one.lateSeconds > 0 && (obligation ?? one.obligation) === one.obligation);
}

export const explainDelayForm: FormKind = {
  build: ({ state }, args) => (lateFiling(state, args) ? form(t('form.delay.title'), [reasonField()]) : null),
  parse: ({ state }, args, values) => {
    const obligation = lateFiling(state, args)?.obligation ?? '';
    return { commands: [{ type: 'explain_delay', obligation, reason: single(values, 'reason') }] };
  },
};

interface WhatFields {
  readonly duty: OwedObligation;
  readonly obligation: FormField;
  readonly channel: FormField;
  readonly draft: FormField;
}
function whatFields(situation: Situation, args: FormArgs): WhatFields | null {
  const owed = owedNow(situation, draftKind(situation, args));
  const duty = owed.find(({ id }) => id === args['obligation']) ?? owed[0];
  if (!duty) return null;
  const kindOf = (id: string) => situation.regime.channels.find((channel) => channel.id === id)?.kind;
  const original = originalChannel(situation.state, situation.ia.obligations, duty, kindOf);
  // Channels of the recipient first: another duty may be chosen in the same form, and another channel with a reason.
  const own = new Set(channelsTo(situation.regime, duty.recipient).map(({ id }) => id));
  const rank = ({ id }: { readonly id: string }): number => (id === original ? 2 : own.has(id) ? 1 : 0);
  const channels = situation.regime.channels.toSorted((a, b) => rank(b) - rank(a));
  const drafts = draftOptions(situation);
  const none = { value: 'none', label: t('form.filing.draft_none') };
  return {
    duty,
    obligation: oneField(
      'obligation',
      t('form.filing.obligation'),
      owed.map((one) => option(situation, one)),
      duty.id,
    ),
    channel: oneField(
      'channel',
      t('form.filing.channel'),
      channels.map(({ id }) => channelOption(situation, id)),
      channels[0]?.id ?? '',
    ),
    draft: oneField('draft', t('form.filing.draft'), [...drafts, none], args['draft'] ?? drafts[0]?.value ?? 'none'),
  };
}

/** Drafts to choose from, the latest first. */
export function draftOptions({ state }: Situation) {
  return state.drafts.toReversed().map(({ draft, report }) => ({
    value: String(draft),
    label: t('draft.title', { n: draft, kind: t(`draft.kind.${report}`) }),
  }));
}
function option(situation: Situation, duty: OwedObligation) {
  const params = { what: dutyName(situation, duty), recipient: recipientText(situation, duty.recipient) };
  return { value: duty.id, label: t(duty.filing ? 'form.filing.option_again' : 'form.filing.option', params) };
}
export function channelOption(situation: Situation, id: string) {
  return { value: id, label: channelText(situation, id) };
}

/** A file of the incident as proof, where there is one. */
export function proofFields({ state }: Situation, known = ''): readonly FormField[] {
  if (state.evidence.length === 0) return [];
  const files = state.evidence.map(({ file, name }) => ({ value: file, label: ofPart('files', name) }));
  return [oneField('proof', t('form.filing.proof'), files, known, false)];
}

/** Asks for the reason of a channel that is none of the recipient's or, for a summary report, not the first report's. */
function otherChannelField({ regime }: Situation, duties: readonly OwedObligation[]): readonly FormField[] {
  const isFree = ({ recipient, content }: OwedObligation): boolean =>
    content !== 'summary_report' && regime.channels.every(({ recipients }) => recipients.includes(recipient));
  if (duties.every(isFree)) return [];
  const isSummary = duties.some(({ content }) => content === 'summary_report');
  const label = t(isSummary ? 'form.filing.other_channel' : 'form.filing.unreached_channel');
  return [textField('other_channel', label, { multiline: true })];
}

/** Asks why a report is filed that contradicts the record, and names the contradictions; nothing where there are none. */
export function keptField(
  situation: Situation,
  number: number | null,
  duty: Pick<OwedObligation, 'content'>,
): readonly FormField[] {
  const list = number !== null || isReport(duty) ? unsettledText(situation, number) : null;
  if (list === null) return [];
  return [textField('kept', t('form.filing.kept'), { multiline: true, hint: t('form.filing.kept_hint', { list }) })];
}

export function keptError(situation: Situation, draft: number | null, values: FormValues) {
  const duty = situation.ia.obligations.find(({ id }) => id === single(values, 'obligation'));
  if (!duty || single(values, 'kept') !== '' || keptField(situation, draft, duty).length === 0) return null;
  return { errors: { kept: t('form.filing.needs_reason') } };
}

function chosenDraft({ state }: Situation, args: FormArgs): number | null {
  const draft = args['draft'] === undefined ? state.drafts.at(-1)?.draft : Number(args['draft']);
  return draft ?? null;
}
function draftKind(situation: Situation, args: FormArgs): string | undefined {
  return situation.state.drafts.find(({ draft }) => draft === chosenDraft(situation, args))?.report;
}
export function draftOf(values: FormValues): number | null {
  const draft = Number(single(values, 'draft'));
  return Number.isInteger(draft) && draft > 0 ? draft : null;
}

/**
 * Returns true if the draft needs a reason because nobody approved it: the profile names approvers or requires
 * approval.
 */
function unapproved({ state }: Situation, draft: number): boolean {
  const { status, approval } = approvalOf(state, draft);
  const stands = status === 'approved' || (approval?.approved !== null && approval?.voided?.levelRose === true);
  const wanted = namesApprover(state.organisation) || state.organisation?.approval !== undefined;
  return wanted && !stands;
}

type Given = Pick<
  CommandOf<'record_filing'>,
  'receipt' | 'takenBy' | 'proof' | 'lateReason' | 'withoutApproval' | 'otherChannel' | 'contradictionsKept'
>;
const GIVEN: readonly (readonly [keyof Given, string])[] = [
  ['receipt', 'receipt'],
  ['takenBy', 'taken_by'],
  ['proof', 'proof'],
  ['lateReason', 'late_reason'],
  ['withoutApproval', 'without_approval'],
  ['otherChannel', 'other_channel'],
  ['contradictionsKept', 'kept'],
];
/** Values of the form without the fields left empty. */
function given(values: FormValues): Given {
  return Object.fromEntries(
    GIVEN.flatMap(([name, field]) => (single(values, field) === '' ? [] : [[name, single(values, field)]])),
  );
}

function fit(channel: readonly string[], wanted: ReadonlySet<string>): number {
  return channel.some((recipient) => wanted.has(recipient)) ? 1 : 0;
}

/**
 * Duties that can be filed: all not filed yet, certain before provisional; for a later report also the duty the first
 * report discharged.
 */
function owedNow({ ia }: Situation, kind?: string): readonly OwedObligation[] {
  const later = kind !== undefined && kind !== 'initial' && kind !== 'summary';
  const rank = ({ content, filing }: OwedObligation): number => {
    if (later && filing && content === 'initial_report') return -1;
    if (kind === 'summary') return content === 'summary_report' ? 0 : 1;
    return content === 'initial_report' ? 0 : content === 'summary_report' ? 1 : 2;
  };
  return ia.obligations
    .filter((duty) => (!duty.filing || (later && duty.content === 'initial_report')) && duty.status !== 'void')
    .toSorted((a, b) => Number(a.provisional) - Number(b.provisional) || rank(a) - rank(b));
}
