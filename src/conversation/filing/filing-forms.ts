import { approvalAt, namesApprover } from '../../incident/approvals.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { readPast } from '../asking/value-readings.ts';
import type { FormField } from '../cards/card.ts';
import { dueAt, type Situation, t } from '../cards/situation.ts';
import {
  type FormKind,
  type FormValues,
  form,
  manyField,
  oneField,
  parsed,
  reasonField,
  several,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import {
  channelOption,
  chosenDraft,
  draftOf,
  keptError,
  keptField,
  option,
  otherChannelField,
  owedNow,
  proofFields,
  proofOf,
  whatFields,
} from './filing-fields.ts';

/** Fields for the receipt, or the reason why there is none: a filing without either cannot be proved later. */
const receiptFields: readonly FormField[] = [
  textField('receipt', t('form.filing.receipt'), { maxLength: 200, example: t('form.filing.receipt_example') }),
  textField('no_receipt', t('form.filing.no_receipt'), { maxLength: 200 }),
];

/** Form to record a filing: recipient, channel, text, time, receipt and proof. */
export const filingForm: FormKind = {
  build(situation, args) {
    if (situation.state.drill) return null;
    const what = whatFields(situation, args);
    if (!what) return null;
    const draft = chosenDraft(situation, args);
    const { due } = what.duty;
    const late = due !== null && !what.duty.filing && Date.parse(situation.ia.now) > Date.parse(due);
    // An empty time would record the filing as late, which only a person may state.
    const when = late
      ? { required: true, hint: t('form.filing.at_late', { due: dueAt(situation, due) }) }
      : { hint: t('form.filing.at_hint') };
    const hint = t('form.filing.without_approval_hint');
    const withoutApproval = textField('without_approval', t('form.filing.without_approval'), { multiline: true, hint });
    return form(
      t('form.filing.title'),
      [
        what.obligation,
        what.channel,
        timeField('at', t('form.filing.at'), when),
        ...receiptFields,
        textField('taken_by', t('form.filing.taken_by'), { maxLength: 200 }),
        textField('to', t('form.filing.to'), { maxLength: 200, hint: t('form.filing.to_hint') }),
        textField('forwarded_by', t('form.filing.forwarded_by'), { maxLength: 200 }),
        what.draft,
        ...proofFields(situation),
        manyField('seal', t('form.filing.seal'), [{ value: 'follows', label: t('form.filing.seal_follows') }], []),
        ...(draft !== null && unapproved(situation, draft) ? [withoutApproval] : []),
        ...keptField(situation, draft, what.duty),
        ...otherChannelField(situation, [what.duty]),
        ...(late ? [textField('late_reason', t('form.filing.late_reason'), { multiline: true })] : []),
      ],
      { intro: [t('form.filing.intro')], submit: t('form.filing.submit'), preview: 'sentence' },
    );
  },
  parse(situation, args, values) {
    const at = single(values, 'at');
    const reading = at === '' ? ({ ok: true, value: situation.ia.now } as const) : readPast(at, situation.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    if (reading.value === 'unknown') return { errors: { at: t('read.time.vague') } };
    const draft = draftOf(values);
    const shown = chosenDraft(situation, args);
    const asked =
      shown !== null && draft !== null && unapproved(situation, shown) && unapproved(situation, draft, reading.value);
    const phone = situation.regime.channels.find(({ id }) => id === single(values, 'channel'))?.kind === 'phone';
    if (asked && !phone && single(values, 'without_approval') === '') {
      return { errors: { without_approval: t('form.filing.needs_reason') } };
    }
    const unkept = keptError(situation, draft, values);
    if (unkept) return unkept;
    // A card without text inputs submits none of these fields; its read-back then warns that the proof is missing.
    if (values['receipt'] !== undefined && PROOFS.every((id) => single(values, id) === ''))
      return { errors: { receipt: t('form.filing.needs_receipt') } };
    const command: CommandOf<'record_filing'> = {
      type: 'record_filing',
      obligation: single(values, 'obligation'),
      channel: single(values, 'channel'),
      at: reading.value,
      ...(draft === null ? {} : { draft }),
      ...(several(values, 'seal').includes('follows') ? { sealFollows: true } : {}),
      ...given(values),
      ...proofOf(situation, values),
    };
    return parsed(command);
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
    return parsed(command);
  },
};

/** Form for a report by phone, the usual way with a one-hour clock: one call and all recipients it reached. */
export const phoneReportForm: FormKind = {
  build(situation, args) {
    const owed = owedNow(situation).filter(({ form, filing }) => form === 'first' && !filing);
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
          args['obligation'] ?? owed[0]?.id,
        ),
        oneField(
          'channel',
          t('form.filing.channel'),
          channels.map((c) => channelOption(situation, c.id)),
          args['channel'],
        ),
        timeField('at', t('form.phone.at'), { hint: t('form.filing.at_hint') }),
        textField('taken_by', t('form.filing.taken_by'), { required: true, maxLength: 200 }),
        ...receiptFields,
        ...keptField(situation, null, { form: 'first' }),
        ...otherChannelField(situation, owed),
      ],
      { intro: [t('form.phone.intro')], submit: t('form.filing.submit'), preview: 'sentence' },
    );
  },
  parse: (situation, args, values) => filingForm.parse(situation, args, { ...values, draft: 'none' }),
};

/** The late filing named in the arguments, otherwise the last late one. */
function lateFiling({ filings }: Situation['ia'], { obligation }: Readonly<Record<string, string>>) {
  return filings.findLast((one) => one.lateSeconds > 0 && (obligation ?? one.obligation) === one.obligation);
}

export const explainDelayForm: FormKind = {
  build: ({ ia }, args) => (lateFiling(ia, args) ? form(t('form.delay.title'), [reasonField()]) : null),
  parse: ({ ia }, args, values) => {
    const obligation = lateFiling(ia, args)?.obligation ?? '';
    return parsed({ type: 'explain_delay', obligation, reason: single(values, 'reason') });
  },
};

/** Returns true if sending a draft at an instant needs a reason: approvers exist or are required, none approved. */
function unapproved({ state, ia }: Situation, draft: number, at: string = ia.now): boolean {
  const wanted = namesApprover(state.organisation) || state.organisation?.approval !== undefined;
  return wanted && approvalAt(state, draft, at) === null;
}

/** Fields of which one must be filled in; the name of the official who took the call counts as receipt. */
const PROOFS = ['receipt', 'no_receipt', 'proof', 'proof_file', 'taken_by'] as const;

const GIVEN = [
  ['receipt', 'receipt'],
  ['noReceipt', 'no_receipt'],
  ['takenBy', 'taken_by'],
  ['to', 'to'],
  ['forwardedBy', 'forwarded_by'],
  ['lateReason', 'late_reason'],
  ['withoutApproval', 'without_approval'],
  ['otherChannel', 'other_channel'],
  ['contradictionsKept', 'kept'],
] as const;
/** Values of the form without empty fields. */
function given(values: FormValues): Pick<CommandOf<'record_filing'>, (typeof GIVEN)[number][0]> {
  return Object.fromEntries(
    GIVEN.flatMap(([name, field]) => (single(values, field) === '' ? [] : [[name, single(values, field)]])),
  );
}

function fit(channel: readonly string[], wanted: ReadonlySet<string>): number {
  return channel.some((recipient) => wanted.has(recipient)) ? 1 : 0;
}
