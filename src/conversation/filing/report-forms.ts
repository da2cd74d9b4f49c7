import { itemStatuses } from '../../report/items.ts';
import { sheetNow } from '../../report/sheet.ts';
import { t } from '../cards/situation.ts';
import { missingText } from '../collecting/item-status.ts';
import { type FormKind, form, several } from '../forms/form-kind.ts';
import { cannotText } from './draft-card.ts';

/** First report now: what cannot be determined yet is ticked and printed, the rest may follow (Art. 7). */
export const firstReportForm: FormKind = {
  build(situation) {
    const missing = missingText(situation, itemStatuses(sheetNow(situation, 'zh', 'initial')));
    const intro = [t('form.first_report.intro'), ...(missing ? [t('form.first_report.missing', { missing })] : [])];
    const options = situation.regime.later.conditions.map((value) => ({ value, label: cannotText(value) }));
    return form(
      t('form.first_report.title'),
      [{ kind: 'many', id: 'cannot', label: t('form.first_report.cannot'), required: false, options, value: [] }],
      { intro, submit: t('form.first_report.submit') },
    );
  },
  parse(situation, _, values) {
    const ticked = several(values, 'cannot');
    const cannotDetermine = situation.regime.later.conditions.filter((condition) => ticked.includes(condition));
    return { commands: [{ type: 'compile_draft', report: 'initial', cannotDetermine: [...cannotDetermine] }] };
  },
};
