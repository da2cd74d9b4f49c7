import type { CommandOf } from '../../incident/commands.ts';
import type { Filing } from '../../incident/state.ts';
import { channelsTo } from '../../law/regime.ts';
import { readPast } from '../readings.ts';
import { type Scene, t } from '../scene.ts';
import { filedText } from '../updates.ts';
import { channelOption, draftOf, draftOptions, proofFields } from './filing-forms.ts';
import { type FormKind, form, oneField, single, textField, timeField } from './kind.ts';

/** What came after the filing, or that there was none. */
export const correctFilingForm: FormKind = {
  build(scene, args) {
    const filing = scene.state.filings.find(({ version }) => String(version) === args['filing']);
    if (!filing) return null;
    const drafts = draftOptions(scene);
    const receipt = { maxLength: 200, example: t('form.filing.receipt_example'), value: filing.receipt ?? '' };
    return form(
      t('form.correct_filing.title'),
      [
        textField('receipt', t('form.filing.receipt'), receipt),
        ...proofFields(scene, filing.proof),
        timeField('at', t('form.filing.at'), { hint: t('form.correct_filing.unchanged') }),
        oneField('channel', t('form.filing.channel'), channelOptions(scene, filing), filing.channel, false),
        ...(drafts.length > 0
          ? [oneField('draft', t('form.filing.draft'), drafts, String(filing.draft ?? ''), false)]
          : []),
        textField('reason', t('form.correct_filing.reason')),
        textField('mistaken', t('form.correct_filing.mistaken'), { hint: t('form.correct_filing.mistaken_hint') }),
      ],
      { intro: [filedText(scene, filing)] },
    );
  },
  parse(scene, args, values) {
    const what = { type: 'correct_filing', filing: Number(args['filing']) } as const;
    const filing = scene.state.filings.find(({ version }) => version === what.filing);
    const [receipt, proof, mistaken, reason, channel] = ['receipt', 'proof', 'mistaken', 'reason', 'channel'].map(
      (id) => single(values, id),
    );
    if (mistaken) return { commands: [{ ...what, mistaken }] };
    const entered = single(values, 'at');
    const at = entered === '' ? null : readPast(entered, scene.ia.now);
    if (at && !at.ok) return { errors: { at: at.error } };
    if (at?.value === 'unknown') return { errors: { at: t('read.time.vague') } };
    const draft = draftOf(values);
    const command: CommandOf<'correct_filing'> = {
      ...what,
      ...(receipt ? { receipt } : {}),
      ...(proof ? { proof } : {}),
      ...(at ? { at: at.value } : {}),
      ...(channel && channel !== filing?.channel ? { channel } : {}),
      ...(draft !== null && draft !== filing?.draft ? { draft } : {}),
      ...(reason ? { reason } : {}),
    };
    const isChanged = command.at !== undefined || command.channel !== undefined || command.draft !== undefined;
    return isChanged && !reason ? { errors: { reason: t('refuse.needs_correction_reason') } } : { commands: [command] };
  },
};

function channelOptions(scene: Scene, { recipient, channel }: Filing) {
  const reaching = recipient === undefined ? scene.regime.channels : channelsTo(scene.regime, recipient);
  const ids = reaching.map(({ id }) => id);
  return (ids.includes(channel) ? ids : [channel, ...ids]).map((id) => channelOption(scene, id));
}
