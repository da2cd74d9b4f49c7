import { itemStatuses } from '../../report/items.ts';
import { sheetNow } from '../../report/sheet.ts';
import { cannotText } from '../draft-card.ts';
import { missingText } from '../items.ts';
import { t } from '../scene.ts';
import { type FormKind, form, several } from './kind.ts';

/** First report now: what cannot be determined yet is ticked and printed, the rest may follow (Art. 7). */
export const firstReportForm: FormKind = {
  build(scene) {
    const missing = missingText(scene, itemStatuses(sheetNow(scene, 'zh', 'initial')));
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
