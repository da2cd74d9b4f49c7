import type { CommandOf } from '../../incident/commands.ts';
import type { Filing } from '../../incident/state.ts';
import { readPast } from '../asking/value-readings.ts';
import type { FormField } from '../cards/card.ts';
import { type Situation, t } from '../cards/situation.ts';
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
import { type FormKind, form, oneField, parsed, single, textField, timeField } from './form-kind.ts';

/** Form to add later facts to a filing (e.g. its receipt), or to mark it as a mistake. */
export const correctFilingForm: FormKind = {
  build(situation, args) {
    const filing = situation.state.filings.find(({ version }) => String(version) === args['filing']);
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
};

/** Reason for contradictions of another draft than the one recorded; the latest that has some is named. */
function otherKeptField(situation: Situation, filing: Filing): readonly FormField[] {
  const others = situation.state.drafts.filter(({ draft }) => draft !== filing.draft).toReversed();
  return (
    others.map(({ draft }) => keptField(situation, draft, { form: 'first' })).find((field) => field.length > 0) ?? []
  );
}
