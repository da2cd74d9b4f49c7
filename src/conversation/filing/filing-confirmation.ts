import { approvalAt } from '../../incident/approvals.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { actionBlock, noteBlock, pairedBlock, strongBlock } from '../cards/blocks.ts';
import type { Block, Card, Form, FormField, Text } from '../cards/card.ts';
import { sentenceCard } from '../cards/sentence.ts';
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
import { type FormValues, several } from '../forms/form-kind.ts';
import { channelText, marginText, sentToText } from './filing-lines.ts';

/** Fields named in the sentence; every other field is read back in a row of its own. */
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

/**
 * A filing before it is recorded: one sentence, the missing parts, the other entries of the form, and the button that
 * records it.
 */
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

/** "You record that the first report (draft 2, approved by …) was sent to … through … at …." */
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

function draftText({ state }: Situation, { draft, at: sentAt }: CommandOf<'record_filing'>): Text {
  if (draft === undefined) return t('form.filing.no_draft');
  const approval = approvalAt(state, draft, sentAt);
  if (!approval) return t('form.filing.draft_unapproved', { n: draft });
  return t('form.filing.draft_approved', { n: draft, by: personText(state, approval.approved.by) });
}

/** Warns of a filing without receipt and proof: nobody can show later that it was sent. */
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
