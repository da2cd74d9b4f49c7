import { isReported } from '../../law/levels.ts';
import { type ItemStatus, itemsNow } from '../../report/items.ts';
import { affectedAspects } from '../asking/open-facts.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf, standing } from '../cards/headline.ts';
import { actionBlock, noteBlock, rowBlock, textBlock } from '../cards/sentence.ts';
import {
  firstFiling,
  form,
  intent,
  joined,
  lawText,
  personText,
  plain,
  primary,
  type Situation,
  t,
  titleText,
  view,
} from '../cards/situation.ts';
import { compileAction, isPhoneFirst } from '../filing/report-actions.ts';
import { levelOffer } from '../level-offer.ts';
import { missingText } from './field-inputs.ts';
import { gapBlocks } from './gap-blocks.ts';
import { asWrittenActions, unworded } from './item-forms.ts';
import { openTasks, taskRow } from './tasks.ts';

/**
 * Checklist of report items with owner and button. `abroad`: without buttons that open people's texts. `whole`: with
 * all gaps, for a person who asked for the list.
 */
export function checklistCard(situation: Situation, abroad = false, whole = false): Card {
  const items = itemsNow(situation);
  const done = items.filter((item) => item.state === 'done').length;
  const missing = missingText(situation, items);
  const counts = { done, all: items.length };
  return cardOf(
    situation,
    t(situation.state.handlingEnded ? 'items.title_parts' : 'items.title', counts),
    summaryText(situation, missing),
    [
      ...(isOver(situation) ? [] : [textBlock(t(firstFiling(situation) ? 'items.rule_filed' : 'items.rule'))]),
      ...items.map((item) => rowOf(situation, item, abroad)),
      ...(abroad
        ? []
        : [
            ...hints(situation, items),
            ...openTasks(situation).map((task) => taskRow(situation, task)),
            ...levelOffer(situation),
            ...gapBlocks(situation, undefined, whole),
            actionBlock(checklistActions(situation)),
          ]),
    ],
  );
}

function summaryText(situation: Situation, missing: Text | null): Text {
  const { state } = situation;
  if (isOver(situation)) return standing(situation);
  const what = missing
    ? t(firstFiling(situation) ? 'items.lacking_filed' : 'remind.missing', { missing })
    : t('items.ready');
  return joined([plain(state.id), titleText(situation), what], 'dot');
}

/** Returns true if no first report is needed any more: closed, handled, or decided as a level that is not reported. */
function isOver({ state, regime }: Situation): boolean {
  const { closed, handlingEnded, notReportable, levelDecision: decided } = state;
  const isBelow = decided !== null && !isReported(regime, decided.level);
  return closed !== null || handlingEnded !== null || notReportable !== null || isBelow;
}

function rowOf(situation: Situation, item: ItemStatus, abroad: boolean): Block {
  return {
    kind: 'row',
    mark: item.state,
    text: rowText(situation, item),
    ...(item.required === 'now' && item.state !== 'done' && !firstFiling(situation) && !isOver(situation)
      ? { needed: true }
      : {}),
    ...(item.required !== 'now' && item.state === 'open' ? { later: true } : {}),
    actions: abroad ? [] : rowActions(situation, item),
  };
}

function rowText(situation: Situation, item: ItemStatus): Text {
  const clash = item.fields.find(({ state }) => state === 'clash');
  const params = {
    n: item.n,
    label: lawText(item.title),
    owner: personText(situation.state, item.owner),
    filled: item.filled,
    all: item.fields.length,
  };
  if (clash) return t('items.row_clash', { ...params, field: lawText(clash.definition.label) });
  const unworded = item.fields.filter(({ state }) => state === 'unconfirmed');
  if (unworded.length > 0) {
    const fields = joined(unworded.map(({ definition }) => lawText(definition.label)));
    return t('items.row_unworded', { ...params, fields });
  }
  if (item.state === 'done') {
    const derived = item.fields.every(({ state }) => state === 'derived' || state === 'missing');
    return t(derived ? 'items.row_profile' : 'items.row_done', params);
  }
  return t(item.fields.length > 1 ? 'items.row_partly' : 'items.row_open', params);
}

function rowActions(situation: Situation, item: ItemStatus): readonly Action[] {
  if (situation.state.closed) return [];
  const args = { incident: situation.state.id, item: item.id };
  const fill = form(`fill_${item.n}`, t(item.state === 'done' ? 'act.check' : 'act.fill_in'), 'item', args);
  if (item.fields.some(({ state }) => state === 'clash')) {
    return [form(`choose_${item.n}`, t('act.choose'), 'choose_version', args), fill];
  }
  if (item.state === 'done' || item.owner !== null) return [fill];
  return [
    fill,
    intent(`take_${item.n}`, t('act.take'), { type: 'take_item', item: item.id }),
    form(`assign_${item.n}`, t('act.assign'), 'assign', args),
  ];
}

/** Returns true while the state of the systems is not recorded (item 7): rebuilding a system destroys evidence. */
export function evidenceAtRisk({ state }: Situation, items: readonly ItemStatus[]): boolean {
  return !state.closed && !state.handlingEnded && items.every(({ n, state }) => n !== 7 || state === 'open');
}

/** Hints: preserve evidence, while the state of the systems is not recorded; then the wordings to confirm. */
function hints(situation: Situation, items: readonly ItemStatus[]): readonly Block[] {
  if (situation.state.closed) return [];
  const isAtRisk = evidenceAtRisk(situation, items);
  const notes: Text[] = isAtRisk ? [t('items.preserve')] : [];
  if (isAtRisk && affectedAspects(situation.state)?.includes('tampering')) notes.push(t('items.takedown'));
  return [...notes.map(noteBlock), ...wordingRow(situation)];
}

/** Row on wordings to confirm. A single field opens its own form; several open one common form. */
export function wordingRow(
  situation: Situation,
  fields = unworded(situation),
  ready = asWrittenActions(situation),
): readonly Block[] {
  const [first] = fields;
  if (!first) return [];
  const names = joined(fields.map(({ definition }) => lawText(definition.label)));
  const incident = situation.state.id;
  const action =
    fields.length === 1
      ? form('wording', t('act.wording'), 'wording', { incident, field: first.definition.id })
      : form('wordings', t('act.wordings'), 'wordings', { incident });
  return [rowBlock('partly', t('items.wordings', { fields: names }), [...ready, action])];
}

function checklistActions(situation: Situation): readonly Action[] {
  const { state } = situation;
  const incident = { incident: state.id };
  if (state.closed) return [];
  if (state.handlingEnded) return [primary(compileAction(situation, 'final'))];
  const filed = firstFiling(situation) !== null;
  if (filed) {
    return [
      compileAction(situation, 'supplement'),
      compileAction(situation, 'update'),
      form('end_handling', t('act.end_handling'), 'end_handling', incident),
    ];
  }
  const write = form('first_report', t('act.first_report_now'), 'first_report', incident);
  if (!isPhoneFirst(situation)) return [primary(write)];
  const phone = primary(form('phone_report', t('act.phone_report'), 'phone_report', incident));
  return [phone, view('script', t('act.script'), 'script', incident), write];
}
