import { approvalOf, namesApprover } from '../../incident/approvals.ts';
import type { OwedObligation } from '../../incident/assessment.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { originalChannel } from '../../incident/decide/filing.ts';
import { channelsTo } from '../../law/regime.ts';
import type { FormField } from '../card.ts';
import { channelText } from '../filing-lines.ts';
import { unsettledText } from '../gaps.ts';
import { readPast } from '../readings.ts';
import { ofPart, recipientText, type Scene, t } from '../scene.ts';
import { dutyName } from '../verdict.ts';
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
} from './kind.ts';

/** What a person sent: to whom, by which channel, which text, at what time, with which receipt and proof. */
export const filingForm: FormKind = {
  build(scene, args) {
    if (scene.state.drill) return null;
    const what = whatFields(scene, args);
    if (!what) return null;
    const draft = chosenDraft(scene, args);
    const late = what.duty.due !== null && !what.duty.filing && Date.parse(scene.ia.now) > Date.parse(what.duty.due);
    return form(
      t('form.filing.title'),
      [
        what.obligation,
        what.channel,
        timeField('at', t('form.filing.at'), { hint: t('form.filing.at_hint') }),
        textField('receipt', t('form.filing.receipt'), { maxLength: 200, example: t('form.filing.receipt_example') }),
        textField('taken_by', t('form.filing.taken_by'), { maxLength: 200 }),
        what.draft,
        ...proofFields(scene),
        {
          kind: 'many',
          id: 'seal',
          label: t('form.filing.seal'),
          required: false,
          options: [{ value: 'follows', label: t('form.filing.seal_follows') }],
          value: [],
        },
        ...(draft !== null && unapproved(scene, draft)
          ? [
              textField('without_approval', t('form.filing.without_approval'), {
                multiline: true,
                hint: t('form.filing.without_approval_hint'),
              }),
            ]
          : []),
        ...keptField(scene, draft),
        ...(what.duty.content === 'summary_report'
          ? [textField('other_channel', t('form.filing.other_channel'), { multiline: true })]
          : []),
        ...(late ? [textField('late_reason', t('form.filing.late_reason'), { multiline: true })] : []),
      ],
      { intro: [t('form.filing.intro')] },
    );
  },
  parse(scene, args, values) {
    const at = single(values, 'at');
    const reading = at === '' ? ({ ok: true, value: scene.ia.now } as const) : readPast(at, scene.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    if (reading.value === 'unknown') return { errors: { at: t('read.time.vague') } };
    const draft = draftOf(values);
    const shown = chosenDraft(scene, args);
    const asked = shown !== null && draft !== null && unapproved(scene, shown) && unapproved(scene, draft);
    const phone = scene.regime.channels.find(({ id }) => id === single(values, 'channel'))?.kind === 'phone';
    if (asked && !phone && single(values, 'without_approval') === '') {
      return { errors: { without_approval: t('form.filing.needs_reason') } };
    }
    if (draft !== null && keptField(scene, draft).length > 0 && single(values, 'kept') === '') {
      return { errors: { kept: t('form.filing.needs_reason') } };
    }
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

/** The same in a drill: nothing is sent, and every card says so. */
export const practiseForm: FormKind = {
  build(scene, args) {
    if (!scene.state.drill) return null;
    const what = whatFields(scene, args);
    return (
      what &&
      form(t('form.practise.title'), [what.obligation, what.channel, what.draft], { intro: [t('form.practise.intro')] })
    );
  },
  parse(_, __, values) {
    const draft = draftOf(values);
    const command: CommandOf<'practise_filing'> = {
      type: 'practise_filing',
      obligation: single(values, 'obligation'),
      channel: single(values, 'channel'),
      ...(draft === null ? {} : { draft }),
    };
    return { commands: [command] };
  },
};

/** With a one-hour clock the call is the normal path: one call, every recipient it reached. */
export const phoneReportForm: FormKind = {
  build(scene) {
    const owed = owedNow(scene).filter(({ content, filing }) => content === 'initial_report' && !filing);
    const phones = scene.regime.channels.filter(({ kind }) => kind === 'phone' || kind === 'own_contact');
    if (scene.state.drill || owed.length === 0 || phones.length === 0) return null;
    const wanted = new Set(owed.map(({ recipient }) => recipient));
    const channels = phones.toSorted((a, b) => fit(b.recipients, wanted) - fit(a.recipients, wanted));
    return form(
      t('form.phone.title'),
      [
        oneField(
          'obligation',
          t('form.filing.obligation'),
          owed.map((duty) => option(scene, duty)),
          owed[0]?.id ?? '',
        ),
        oneField(
          'channel',
          t('form.filing.channel'),
          channels.map((c) => channelOption(scene, c.id)),
          channels[0]?.id ?? '',
        ),
        timeField('at', t('form.phone.at'), { hint: t('form.filing.at_hint') }),
        textField('taken_by', t('form.filing.taken_by'), { required: true, maxLength: 200 }),
        textField('receipt', t('form.filing.receipt'), { maxLength: 200, example: t('form.filing.receipt_example') }),
      ],
      { intro: [t('form.phone.intro')] },
    );
  },
  parse: (scene, args, values) => filingForm.parse(scene, args, { ...values, draft: 'none' }),
};

export const explainDelayForm: FormKind = {
  build: ({ state }, args) =>
    state.filings.some((f) => f.obligation === args['obligation'] && f.lateSeconds > 0)
      ? form(t('form.delay.title'), [reasonField()])
      : null,
  parse: (_, args, values) => ({
    commands: [{ type: 'explain_delay', obligation: args['obligation'] ?? '', reason: single(values, 'reason') }],
  }),
};

interface WhatFields {
  readonly duty: OwedObligation;
  readonly obligation: FormField;
  readonly channel: FormField;
  readonly draft: FormField;
}
function whatFields(scene: Scene, args: FormArgs): WhatFields | null {
  const owed = owedNow(scene, draftKind(scene, args));
  const duty = owed.find(({ id }) => id === args['obligation']) ?? owed[0];
  if (!duty) return null;
  const kindOf = (id: string) => scene.regime.channels.find((channel) => channel.id === id)?.kind;
  const original = originalChannel(scene.state, scene.ia.obligations, duty, kindOf);
  // Another duty may be chosen in the same form: whatever reaches one of their recipients is offered, its own first.
  const reached = new Set(owed.flatMap(({ recipient }) => channelsTo(scene.regime, recipient).map(({ id }) => id)));
  const own = new Set(channelsTo(scene.regime, duty.recipient).map(({ id }) => id));
  const rank = ({ id }: { readonly id: string }): number => (id === original ? 2 : own.has(id) ? 1 : 0);
  const channels = scene.regime.channels.filter(({ id }) => reached.has(id)).toSorted((a, b) => rank(b) - rank(a));
  const drafts = draftOptions(scene);
  const none = { value: 'none', label: t('form.filing.draft_none') };
  return {
    duty,
    obligation: oneField(
      'obligation',
      t('form.filing.obligation'),
      owed.map((one) => option(scene, one)),
      duty.id,
    ),
    channel: oneField(
      'channel',
      t('form.filing.channel'),
      channels.map(({ id }) => channelOption(scene, id)),
      channels[0]?.id ?? '',
    ),
    draft: oneField('draft', t('form.filing.draft'), [...drafts, none], args['draft'] ?? drafts[0]?.value ?? 'none'),
  };
}

/** Drafts to choose from, the latest first. */
export function draftOptions({ state }: Scene) {
  return state.drafts.toReversed().map(({ draft, report }) => ({
    value: String(draft),
    label: t('draft.title', { n: draft, kind: t(`draft.kind.${report}`) }),
  }));
}
function option(scene: Scene, duty: OwedObligation) {
  const params = { what: dutyName(scene, duty), recipient: recipientText(scene, duty.recipient) };
  return { value: duty.id, label: t(duty.filing ? 'form.filing.option_again' : 'form.filing.option', params) };
}
export function channelOption(scene: Scene, id: string) {
  return { value: id, label: channelText(scene, id) };
}

/** A file of the incident as proof, where there is one. */
export function proofFields({ state }: Scene, known = ''): readonly FormField[] {
  if (state.evidence.length === 0) return [];
  const files = state.evidence.map(({ file, name }) => ({ value: file, label: ofPart('files', name) }));
  return [oneField('proof', t('form.filing.proof'), files, known, false)];
}

/** Asks why a text is filed that contradicts the record, and names the contradictions; nothing where there are none. */
function keptField(scene: Scene, number: number | null): readonly FormField[] {
  const list = unsettledText(scene, number);
  if (list === null) return [];
  return [textField('kept', t('form.filing.kept'), { multiline: true, hint: t('form.filing.kept_hint', { list }) })];
}

function chosenDraft({ state }: Scene, args: FormArgs): number | null {
  const draft = args['draft'] === undefined ? state.drafts.at(-1)?.draft : Number(args['draft']);
  return draft ?? null;
}
function draftKind(scene: Scene, args: FormArgs): string | undefined {
  return scene.state.drafts.find(({ draft }) => draft === chosenDraft(scene, args))?.report;
}
export function draftOf(values: FormValues): number | null {
  const draft = Number(single(values, 'draft'));
  return Number.isInteger(draft) && draft > 0 ? draft : null;
}

/** Where the profile names approvers or wants approvals, a text that nobody approved needs a reason. */
function unapproved({ state }: Scene, draft: number): boolean {
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
/** What was left empty is not there. */
function given(values: FormValues): Given {
  return Object.fromEntries(
    GIVEN.flatMap(([name, field]) => (single(values, field) === '' ? [] : [[name, single(values, field)]])),
  );
}

function fit(channel: readonly string[], wanted: ReadonlySet<string>): number {
  return channel.some((recipient) => wanted.has(recipient)) ? 1 : 0;
}

/** What can be filed: everything not filed yet, certain before provisional; for a later report also where the first went. */
function owedNow({ ia }: Scene, kind?: string): readonly OwedObligation[] {
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
