import { approvalOf } from '../../incident/approvals.ts';
import type { Events, schemas } from '../../incident/commands/filing.ts';
import type { CommandOf } from '../../incident/commands.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { Filing } from '../../incident/state.ts';
import { readPast } from '../asking/value-readings.ts';
import type { FormField, Text } from '../cards/card.ts';
import { at, contentText, joined, lawText, reportText, type Situation, t } from '../cards/situation.ts';
import { filedText } from '../filing/changes-since-filing.ts';
import {
  channelOption,
  draftOf,
  draftOptions,
  keptError,
  keptField,
  proofFields,
  proofOf,
} from '../filing/filing-fields.ts';
import { explainDelayForm, filingForm, phoneReportForm, practiseForm } from '../filing/filing-forms.ts';
import { channelText, marginText, sentToText } from '../filing/filing-lines.ts';
import { form, oneField, parsed, single, textField, timeField } from '../forms/form-kind.ts';
import { ruleText } from '../level/duties.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  record_filing: (situation, { obligation, at: filedAt }) => {
    const { filings } = situation.ia;
    const filing =
      filings.findLast((one) => one.obligation === obligation && one.filedAt === filedAt) ?? filings.at(-1);
    if (!filing) return null;
    const params = { channel: channelText(situation, filing.channel), margin: marginText(filing) };
    return t('said.filed', { at: at(situation, filing.filedAt), ...params });
  },
  correct_filing: (_, { mistaken, reason }) => {
    if (mistaken !== undefined) return t('said.filing_mistaken');
    return t(reason === undefined ? 'said.filing_completed' : 'said.filing_changed_plain');
  },
  practise_filing: (situation) => {
    const filing = situation.ia.filings.at(-1);
    if (!filing) return null;
    return t('said.practised', { channel: channelText(situation, filing.channel), margin: marginText(filing) });
  },
  explain_delay: () => t('said.delay'),
};

export const tellers: Tellers<keyof Events> = {
  filing_recorded: (situation, p) => {
    const report = p.report ?? null;
    // Another start, or the withdrawal of an earlier filing, changes the limit by which a filing is judged.
    const counted = situation.ia.filings.find((one) => one.obligation === p.obligation && one.filedAt === p.at);
    const { filings, voidedFilings } = situation.state;
    const made = [...filings, ...voidedFilings].filter(({ obligation }) => obligation === p.obligation);
    const { naming } = made.find(({ filedAt }) => filedAt === p.at) ?? made[0] ?? {};
    const filed = t('event.filed', {
      what: report === null ? filedFor(situation, p) : reportText(situation.regime, report),
      to: sentToText(situation, { ...p, naming }),
      at: at(situation, p.at),
      channel: channelText(situation, p.channel),
      receipt: p.receipt ? t('filed.receipt', { receipt: raw(p.receipt) }) : t('filed.no_receipt'),
      margin: marginText(counted ?? { due: p.due, filedAt: p.at }),
    });
    const other = { reason: raw(p.otherChannel) };
    const more = [
      ...(p.withoutApproval ? [t('event.without_approval', { reason: raw(p.withoutApproval) })] : []),
      ...(!p.withoutApproval && wentUnapproved(situation, p) ? [t('event.unapproved')] : []),
      ...keptText(p),
      ...(p.otherChannel ? [t(`event.${p.form === 'final' ? 'other' : 'unreached'}_channel`, other)] : []),
      ...(p.noReceipt === undefined ? [] : [t('form.filing.none_because', { reason: raw(p.noReceipt) })]),
      ...(p.lateReason ? [t('event.delay')] : []),
    ];
    return more.length > 0 ? joined([filed, ...more], 'semicolon') : filed;
  },
  filing_corrected: (situation, p) => {
    if (p.mistaken !== undefined) {
      const params = { reason: raw(p.mistaken), office: raw(p.sentTo) };
      return t(p.sentTo === undefined ? 'event.filing_mistaken' : 'event.filing_elsewhere', params);
    }
    const changed = [
      ...(p.at === undefined ? [] : [t('filed.at', { at: at(situation, p.at) })]),
      ...(p.channel === undefined ? [] : [channelText(situation, p.channel)]),
      ...(p.draft === undefined ? [] : [t('close.draft_name', { n: p.draft })]),
    ];
    return changed.length === 0
      ? t('event.filing_completed', { receipt: raw(p.receipt) })
      : joined(
          [t('event.filing_changed', { what: joined(changed), reason: raw(p.reason) }), ...keptText(p)],
          'semicolon',
        );
  },
  filing_practised: (situation, p) =>
    t('event.practised', {
      channel: channelText(situation, p.channel),
      margin: marginText({ due: p.due, filedAt: p.at }),
    }),
  // The time line omits the reason, which is for the lead and legal only.
  delay_explained: () => t('event.delay'),
};

export const forms: Forms = {
  filing: { gives: 'record_filing', ...filingForm },
  /** Form that adds later data to a filing (e.g. its receipt), or marks it as a mistake. */
  correct_filing: {
    build(situation, args) {
      const filing = situation.ia.filings.find(({ version }) => String(version) === args['filing']);
      if (!filing) return null;
      const drafts = draftOptions(situation);
      const channels = situation.regime.channels.map(({ id }) => channelOption(situation, id));
      const receipt = { maxLength: 200, example: t('form.filing.receipt_example'), value: filing.receipt ?? '' };
      return form(
        t('form.correct_filing.title'),
        [
          textField('receipt', t('form.filing.receipt'), receipt),
          ...proofFields(situation, filing.proof),
          timeField('at', t('form.filing.at'), { hint: t('form.correct_filing.unchanged') }),
          oneField('channel', t('form.filing.channel'), channels, filing.channel, false),
          ...(drafts.length > 0
            ? [oneField('draft', t('form.filing.draft'), drafts, String(filing.draft ?? ''), false)]
            : []),
          textField('reason', t('form.correct_filing.reason')),
          ...otherKeptField(situation, filing),
          textField('mistaken', t('form.correct_filing.mistaken'), { hint: t('form.correct_filing.mistaken_hint') }),
          textField('sent_to', t('form.correct_filing.sent_to'), { maxLength: 200 }),
        ],
        { intro: [filedText(situation, filing)] },
      );
    },
    parse(situation, args, values) {
      const what = { type: 'correct_filing', filing: Number(args['filing']) } as const;
      const filing = situation.state.filings.find(({ version }) => version === what.filing);
      const [receipt, mistaken, sentTo, reason, channel] = ['receipt', 'mistaken', 'sent_to', 'reason', 'channel'].map(
        (id) => single(values, id),
      );
      if (mistaken) return parsed({ ...what, mistaken, ...(sentTo ? { sentTo } : {}) });
      if (sentTo) return { errors: { mistaken: t('form.correct_filing.needs_why') } };
      const entered = single(values, 'at');
      const at = entered === '' ? null : readPast(entered, situation.ia.now);
      if (at && !at.ok) return { errors: { at: at.error } };
      if (at?.value === 'unknown') return { errors: { at: t('read.time.vague') } };
      const draft = draftOf(values);
      const isOther = draft !== null && draft !== filing?.draft;
      const unkept = isOther && keptError(situation, draft, { ...values, obligation: filing?.obligation ?? '' });
      if (unkept) return unkept;
      const kept = single(values, 'kept');
      const command: CommandOf<'correct_filing'> = {
        ...what,
        ...(receipt ? { receipt } : {}),
        ...proofOf(situation, values),
        ...(at ? { at: at.value } : {}),
        ...(channel && channel !== filing?.channel ? { channel } : {}),
        ...(isOther ? { draft } : {}),
        ...(isOther && kept ? { contradictionsKept: kept } : {}),
        ...(reason ? { reason } : {}),
      };
      const isChanged = command.at !== undefined || command.channel !== undefined || command.draft !== undefined;
      return isChanged && !reason ? { errors: { reason: t('refuse.needs_correction_reason') } } : parsed(command);
    },
  },
  practise: { gives: 'practise_filing', ...practiseForm },
  phone_report: { gives: 'record_filing', ...phoneReportForm },
  explain_delay: explainDelayForm,
};

/** Returns the reason field for the latest other draft with contradictions; empty if no other draft has any. */
function otherKeptField(situation: Situation, filing: Filing): readonly FormField[] {
  const others = situation.state.drafts.filter(({ draft }) => draft !== filing.draft).toReversed();
  return (
    others.map(({ draft }) => keptField(situation, draft, { form: 'first' })).find((field) => field.length > 0) ?? []
  );
}

/** Returns true if approval was requested but not given when the report was sent. */
function wentUnapproved({ state }: Situation, { draft, approved }: EventOf<'filing_recorded'>['payload']): boolean {
  return approved === false && draft !== undefined && approvalOf(state, draft).status !== 'none';
}

const keptText = ({
  contradictionsKept: kept,
}: {
  readonly contradictionsKept?: string | undefined;
}): readonly Text[] => (kept === undefined ? [] : [t('event.contradictions_kept', { reason: raw(kept) })]);

/**
 * Label of the duty that a filing meets; with title and article for a duty of a pack, since several laws have a first
 * report.
 */
function filedFor(
  { regime }: Situation,
  { obligation, content = '' }: Pick<EventOf<'filing_recorded'>['payload'], 'obligation' | 'content'>,
): Text {
  const rule = regime.obligations.findLast(({ id, regime: of }) => id === obligation && of !== undefined);
  if (!rule) return contentText(regime, content);
  const law = ruleText({ rank: rule.rank ?? 'law', source: rule.source });
  return t('filed.under', { what: lawText(rule.title), law });
}
