import { approvalAt, draftInForce, isReport } from '../../incident/approvals.ts';
import { originalChannel } from '../../incident/commands/filing-rules.ts';
import type { CommandOf } from '../../incident/commands.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { channelsTo } from '../../law/regime.ts';
import type { ReportRole } from '../../law/types.ts';
import type { Block, Card, Form, FormField, Text } from '../cards/card.ts';
import { actionBlock, noteBlock, pairedBlock, sentenceCard, strongBlock } from '../cards/sentence.ts';
import {
  contentText,
  intent,
  joined,
  ofPart,
  personText,
  plain,
  primary,
  reportText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { unsettledText } from '../collecting/gap-blocks.ts';
import { type FormArgs, type FormValues, oneField, several, single, textField } from '../forms/form-kind.ts';
import { dutyAndRecipient } from '../level/duties.ts';
import { channelText, marginText, sentToText } from './filing-lines.ts';

interface WhatFields {
  readonly duty: OwedObligation;
  readonly obligation: FormField;
  readonly channel: FormField;
  readonly draft: FormField;
}
/** Fields of a filing: duty, channel and draft; null if nothing can be filed. */
export function whatFields(situation: Situation, args: FormArgs): WhatFields | null {
  const owed = owedNow(situation, draftRole(situation, args));
  const duty = owed.find(({ id }) => id === args['obligation']) ?? owed[0];
  if (!duty) return null;
  const kindOf = (id: string) => situation.regime.channels.find((channel) => channel.id === id)?.kind;
  const original = originalChannel(situation.state, situation.ia.obligations, duty, kindOf);
  // Channels of the recipient come first; others remain, for other duties in the same form or with a reason.
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
    ),
    draft: oneField(
      'draft',
      t('form.filing.draft'),
      [...drafts, none],
      args['draft'] ?? (drafts.length > 0 ? '' : 'none'),
    ),
  };
}

/** Drafts to choose from, the latest first. */
export function draftOptions({ state, regime }: Situation) {
  return state.drafts.toReversed().map(({ draft, report }) => ({
    value: String(draft),
    label: t('draft.title', { n: draft, kind: reportText(regime, report) }),
  }));
}
export function option(situation: Situation, duty: OwedObligation) {
  const what = dutyAndRecipient(situation, duty);
  return { value: duty.id, label: duty.filing ? t('form.filing.option_again', { what }) : what };
}
export function channelOption(situation: Situation, id: string) {
  return { value: id, label: channelText(situation, id) };
}

/** Fields for a proof: a file of the incident; on pages that accept files also a new file. */
export function proofFields({ state }: Situation, known = ''): readonly FormField[] {
  const files = state.evidence.map(({ file, name }) => ({ value: file, label: ofPart('files', name) }));
  return [
    ...(files.length > 0 ? [oneField('proof', t('form.filing.proof'), files, known, false)] : []),
    { kind: 'file', id: 'proof_file', label: t('form.filing.proof_file'), required: false },
  ];
}

/** File chosen as proof: a file of the incident, or the last one added under this name. */
export function proofOf({ state }: Situation, values: FormValues): { readonly proof?: string } {
  const name = single(values, 'proof_file');
  const added = name === '' ? undefined : state.evidence.findLast((one) => one.name === name)?.file;
  const proof = added ?? single(values, 'proof');
  return proof === '' ? {} : { proof };
}

/** Field for the reason of a channel that is not the recipient's or, for a summary report, not the first report's. */
export function otherChannelField({ regime }: Situation, duties: readonly OwedObligation[]): readonly FormField[] {
  const isFree = ({ recipient, form }: OwedObligation): boolean =>
    form !== 'final' && regime.channels.every(({ recipients }) => recipients.includes(recipient));
  if (duties.every(isFree)) return [];
  const isSummary = duties.some(({ form }) => form === 'final');
  const label = t(isSummary ? 'form.filing.other_channel' : 'form.filing.unreached_channel');
  return [textField('other_channel', label, { multiline: true })];
}

/** Field that asks why a report is filed although it contradicts the record; empty if nothing contradicts it. */
export function keptField(
  situation: Situation,
  number: number | null,
  duty: Pick<OwedObligation, 'form'>,
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

export function chosenDraft({ state }: Situation, args: FormArgs): number | null {
  const draft = args['draft'] === undefined ? draftInForce(state)?.draft : Number(args['draft']);
  return draft ?? null;
}
function draftRole(situation: Situation, args: FormArgs): ReportRole | undefined {
  return situation.state.drafts.find(({ draft }) => draft === chosenDraft(situation, args))?.role;
}
export function draftOf(values: FormValues): number | null {
  const draft = Number(single(values, 'draft'));
  return Number.isInteger(draft) && draft > 0 ? draft : null;
}

/** Duties not filed yet, provisional ones last; for a later report also the duty that the first report discharged. */
export function owedNow({ ia }: Situation, role?: ReportRole): readonly OwedObligation[] {
  const later = role !== undefined && role !== 'first' && role !== 'final';
  const rank = ({ form, filing }: OwedObligation): number => {
    if (later && filing && form === 'first') return -1;
    if (role === 'final') return form === 'final' ? 0 : 1;
    return form === 'first' ? 0 : form === 'final' ? 1 : 2;
  };
  return ia.obligations
    .filter((duty) => (!duty.filing || (later && duty.form === 'first')) && duty.status !== 'void')
    .toSorted((a, b) => Number(a.provisional) - Number(b.provisional) || rank(a) - rank(b));
}

/** Fields whose values are in the sentence; every other field is read back in a row. */
const SAID: ReadonlySet<string> = new Set([
  'obligation',
  'channel',
  'at',
  'draft',
  'receipt',
  'no_receipt',
  'proof_file',
  'to',
  'forwarded_by',
]);

/** Card that reads a filing back before it is recorded: one sentence, missing parts, other entries, the button. */
export function filingReadBack(
  situation: Situation,
  form: Pick<Form, 'fields'>,
  values: FormValues,
  command: CommandOf<'record_filing'>,
): Card {
  const rows = form.fields.flatMap((field): readonly Block[] => {
    const value = SAID.has(field.id) ? null : entryText(field, values);
    if (value === null) return [];
    const pair = { label: field.label, value };
    return [pairedBlock(t('form.filing.row', pair), [pair])];
  });
  const record = primary(intent('record_filing', t('act.confirm_filing'), command));
  return sentenceCard(filingSentence(situation, command), [
    ...proofBlocks(situation, command).map(noteBlock),
    ...marginBlocks(situation, command),
    ...rows,
    actionBlock([record]),
  ]);
}

/** Sentence "You record that the first report (draft 2, approved by …) was sent to … through … at …." */
export function filingSentence(situation: Situation, command: CommandOf<'record_filing'>): Text {
  const duty = situation.ia.obligations.find(({ id }) => id === command.obligation);
  const report = situation.state.drafts.find(({ draft }) => draft === command.draft)?.report;
  const name = duty ? contentText(situation.regime, duty.content) : plain(command.obligation);
  return t('form.filing.records', {
    what: report ? reportText(situation.regime, report) : name,
    draft: draftText(situation, command),
    to: duty ? sentToText(situation, { ...command, recipient: duty.recipient }) : plain(command.obligation),
    channel: channelText(situation, command.channel),
    at: { instant: command.at, style: 'short' },
  });
}

/** Returns a filing in sentences to read back: what was sent, who took the call, the receipt or its absence, the proof. */
export function filingWords(situation: Situation, command: CommandOf<'record_filing'>): Text {
  const { takenBy } = command;
  const officer =
    takenBy === undefined
      ? []
      : [t('form.filing.row', { label: t('form.filing.taken_by'), value: ofPart('texts', takenBy) })];
  const proofs = proofBlocks(situation, command);
  const said = command.receipt === undefined && officer.length > 0 ? [] : proofs;
  const parts = joined([...officer, ...said], 'semicolon');
  return joined([filingSentence(situation, command), parts], 'sentence');
}

function draftText({ state }: Situation, { draft, at: sentAt }: CommandOf<'record_filing'>): Text {
  if (draft === undefined) return t('form.filing.no_draft');
  const approval = approvalAt(state, draft, sentAt);
  if (!approval) return t('form.filing.draft_unapproved', { n: draft });
  return t('form.filing.draft_approved', { n: draft, by: personText(state, approval.approved.by) });
}

/** Warning on a filing without receipt and proof, which nobody could prove later. */
function proofBlocks(situation: Situation, { receipt, noReceipt, proof }: CommandOf<'record_filing'>): readonly Text[] {
  const name = situation.state.evidence.find(({ file }) => file === proof)?.name;
  if (receipt === undefined && noReceipt !== undefined)
    return [t('form.filing.none_because', { reason: ofPart('texts', noReceipt) })];
  if (receipt === undefined && name === undefined) return [t('form.filing.no_proof')];
  return [
    ...(receipt === undefined ? [] : [t('form.filing.with_receipt', { receipt: ofPart('texts', receipt) })]),
    ...(name === undefined ? [] : [t('form.filing.with_proof', { name: ofPart('files', name) })]),
  ];
}

function marginBlocks({ ia }: Situation, command: CommandOf<'record_filing'>): readonly Block[] {
  const duty = ia.obligations.find(({ id }) => id === command.obligation);
  const due = duty && !duty.filing ? duty.due : null;
  return due === null ? [] : [strongBlock(marginText({ due, filedAt: command.at }))];
}

function entryText(field: FormField, values: FormValues): Text | null {
  const entered = several(values, field.id).filter((value) => value !== '');
  if (entered.length === 0) return null;
  if (!('options' in field)) return ofPart('texts', entered.join(', '));
  const options = field.options.filter(({ value }) => entered.includes(value)).map(({ label }) => label);
  return options.length > 0 ? joined(options) : null;
}
