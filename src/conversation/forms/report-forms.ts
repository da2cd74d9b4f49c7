import type { Command } from '../../incident/commands.ts';
import { cannotText } from '../draft-card.ts';
import { completeness, missingText } from '../items.ts';
import { readPast } from '../readings.ts';
import { lawText, recipientText, type Scene, t } from '../scene.ts';
import { dutyName } from '../verdict.ts';
import { type FormKind, form, oneField, several, single, textField, timeField } from './kind.ts';

/** First report now: what cannot be determined yet is ticked and printed, the rest may follow (Art. 7). */
export const firstReportForm: FormKind = {
  build(scene) {
    const missing = missingText(scene, completeness(scene));
    const intro = [t('form.first_report.intro'), ...(missing ? [t('form.first_report.missing', { missing })] : [])];
    const options = scene.regime.later.conditions.map((value) => ({ value, label: cannotText(value) }));
    return form(
      t('form.first_report.title'),
      [{ kind: 'many', id: 'cannot', label: t('form.first_report.cannot'), required: false, options, value: [] }],
      { intro, submit: t('form.first_report.submit') },
    );
  },
  parse(scene, _, values) {
    const ticked = several(values, 'cannot');
    const cannotDetermine = scene.regime.later.conditions.filter((condition) => ticked.includes(condition));
    return { commands: [{ type: 'compile_draft', report: 'initial', cannotDetermine: [...cannotDetermine] }] };
  },
};

/** What a person sent, by which channel, at what time, with which receipt. */
export const filingForm: FormKind = {
  build(scene, args) {
    const owed = owedNow(scene);
    if (owed.length === 0 || scene.state.drill) return null;
    const obligations = owed.map((duty) => ({
      value: duty.id,
      label: t('form.filing.option', { what: dutyName(scene, duty), recipient: recipientText(scene, duty.recipient) }),
    }));
    const recipients = new Set(owed.slice(0, 1).map((duty) => duty.recipient));
    const channels = scene.regime.channels
      .toSorted((a, b) => fit(b.recipients, recipients) - fit(a.recipients, recipients))
      .map(({ id, name }) => ({ value: id, label: lawText(name) }));
    const drafts = scene.state.drafts.toReversed().map((draft) => ({
      value: String(draft.draft),
      label: t('draft.title', { n: draft.draft, kind: t(`draft.kind.${draft.report}`) }),
    }));
    const none = { value: 'none', label: t('form.filing.draft_none') };
    return form(
      t('form.filing.title'),
      [
        oneField('obligation', t('form.filing.obligation'), obligations, obligations[0]?.value ?? ''),
        oneField('channel', t('form.filing.channel'), channels, channels[0]?.value ?? ''),
        timeField('at', t('form.filing.at'), { required: true }),
        textField('receipt', t('form.filing.receipt'), { maxLength: 200, example: t('form.filing.receipt_example') }),
        textField('taken_by', t('form.filing.taken_by'), { maxLength: 200 }),
        oneField('draft', t('form.filing.draft'), [...drafts, none], args['draft'] ?? drafts[0]?.value ?? 'none'),
      ],
      { intro: [t('form.filing.intro')] },
    );
  },
  parse(scene, _, values) {
    const reading = readPast(single(values, 'at'), scene.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    if (reading.value === 'unknown') return { errors: { at: t('read.time.vague') } };
    const draft = Number(single(values, 'draft'));
    const receipt = single(values, 'receipt');
    const takenBy = single(values, 'taken_by');
    const command: Command = {
      type: 'record_filing',
      obligation: single(values, 'obligation'),
      channel: single(values, 'channel'),
      at: reading.value,
      ...(receipt === '' ? {} : { receipt }),
      ...(takenBy === '' ? {} : { takenBy }),
      ...(Number.isInteger(draft) && draft > 0 ? { draft } : {}),
    };
    return { commands: [command] };
  },
};

function fit(channel: readonly string[], wanted: ReadonlySet<string>): number {
  return channel.some((recipient) => wanted.has(recipient)) ? 1 : 0;
}
/** Everything not filed yet: certain before provisional, the first report before the rest. */
function owedNow({ ia }: Scene) {
  const rank = (content: string) => (content === 'initial_report' ? 0 : content === 'summary_report' ? 1 : 2);
  return ia.obligations
    .filter((duty) => !duty.filing)
    .toSorted((a, b) => Number(a.provisional) - Number(b.provisional) || rank(a.content) - rank(b.content));
}
