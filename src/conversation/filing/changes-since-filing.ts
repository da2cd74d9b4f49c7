import { levelReached } from '../../incident/facts/assessment.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { Filing, VoidedFiling } from '../../incident/state.ts';
import { reportWith } from '../../law/regime.ts';
import { recipientsBehind } from '../../report/compile.ts';
import { incompleteNow, itemsNow, toFollow } from '../../report/items.ts';
import { newAddressees, type Updates, updatesSince } from '../../report/updates.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf, headline, namedTitle } from '../cards/headline.ts';
import { actionBlock, noteBlock, rowBlock, strongBlock, textBlock } from '../cards/sentence.ts';
import {
  aboutBlocks,
  at,
  contentText,
  dueAt,
  dutyRecipient,
  filedAt,
  fill,
  form,
  joined,
  levelText,
  numbers,
  ofPart,
  personText,
  plain,
  primary,
  recipientText,
  reportText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { factUsed } from '../level/verdict.ts';
import { changeText, shortHash } from './draft-changes.ts';
import { channelText, marginText, sentToText, taskText } from './filing-lines.ts';
import { compileAction, correctAction } from './report-actions.ts';

/** Time (ms) after which the entry of a filing counts as late. */
const PROMPTLY = 10 * 60_000;

export function filedText(situation: Situation, filing: Filing): Text {
  const line = t(filing.practised ? 'filed.practised' : 'filed.line', {
    by: personText(situation.state, filing.by),
    at: at(situation, filing.filedAt),
    channel: channelText(situation, filing.channel),
    receipt: filing.receipt ? t('filed.receipt', { receipt: ofPart('texts', filing.receipt) }) : t('filed.no_receipt'),
    margin: marginText(filing),
  });
  const isEnteredLater = Date.parse(filing.at) - Date.parse(filing.filedAt) > PROMPTLY;
  const more = [
    ...(isEnteredLater ? [t('filed.entered', { at: at(situation, filing.at) })] : []),
    ...(filing.unconfirmed === undefined ? [] : [t('filed.unconfirmed')]),
    ...(filing.hash === undefined ? [] : [t('filed.text', { hash: shortHash(filing.hash) })]),
  ];
  return more.length === 0 ? line : joined([line, ...more], 'dot');
}

/** Blocks on the last filing and what follows from it. */
export function filedBlocks(situation: Situation, filing: Filing): readonly Block[] {
  const next = nextTexts(situation);
  const since = sinceBlocks(situation, filing);
  // Changes since the filing have their own button; without them, what is missing has one.
  const isOpen = next.length > 1 && since.length === 0 && !situation.state.closed;
  return [
    strongBlock(filedText(situation, filing)),
    ...recipientRows(situation),
    ...next.map(noteBlock),
    ...(isOpen ? [actionBlock([compileAction(situation, 'supplement')])] : since),
  ];
}

/** Texts on what follows a filing until handling ends; the most urgent first, because a small card shows one or two. */
function nextTexts(situation: Situation): readonly Text[] {
  if (situation.state.handlingEnded) return [];
  const items = itemsNow(situation);
  const [incomplete, follow] = [incompleteNow(items), toFollow(items)];
  const listed = (list: readonly number[]) => ({ n: list.length, items: numbers(list) });
  const written = situation.state.tasks.filter(({ kind, finished }) => kind === 'written' && !finished);
  return [
    ...written.map((task) => t('next.task', { task: taskText(situation, task) })),
    ...(incomplete.length > 0 ? [t('filed.incomplete', listed(incomplete))] : []),
    ...(follow.length > 0 ? [t('filed.next', listed(follow))] : []),
    t('filed.summary_rule'),
  ];
}

/** Rows of recipients, each of whom needs a separate filing. */
function recipientRows(situation: Situation): readonly Block[] {
  const { ia, state } = situation;
  const report = state.handlingEnded ? 'final' : 'first';
  const owed = ia.obligations.filter((o) => o.form === report && !o.provisional && o.status !== 'void');
  if (owed.length < 2) return [];
  const name = state.drill ? 'practise' : 'filing';
  const seen = new Set<number>();
  return owed.map((duty): Block => {
    const recipient = dutyRecipient(situation, duty);
    if (duty.filing) {
      const text = t('filed.row_done', {
        recipient,
        at: filedAt(situation, duty.filing),
        margin: marginText(duty.filing),
      });
      // One filing may cover several recipients; its button appears once.
      const actions = seen.has(duty.filing.version) ? [] : [correctAction(situation, duty.filing)];
      seen.add(duty.filing.version);
      return rowBlock('done', text, actions);
    }
    const text = duty.due
      ? t('filed.row_open', { recipient, due: dueAt(situation, duty.due) })
      : t('filed.row_promptly', { recipient });
    const args = { incident: state.id, obligation: duty.id };
    return rowBlock('open', text, [form(`file_${duty.id}`, t('act.file'), name, args)]);
  });
}

/** Rows of late filings with the reason, or the form for it; shown on the assessment, for the lead and legal. */
export function delayRows(situation: Situation): readonly Block[] {
  const { state, ia } = situation;
  return ia.filings.flatMap((filing): readonly Block[] => {
    if (filing.lateSeconds === 0) return [];
    const reason = state.delays[filing.obligation]?.reason ?? filing.lateReason;
    const text = reason === undefined ? t('filed.delay_open') : t('filed.delay', { reason: ofPart('texts', reason) });
    const { obligation, version } = filing;
    const explain = fill(situation, 'explain_delay', { obligation }, `explain_${version}`);
    return [rowBlock(reason === undefined ? 'open' : 'done', text, state.closed ? [] : [explain])];
  });
}

/** Card to the lead and legal: asks for the reason of a delay, after the filing. */
export function delayCard(situation: Situation, filing: Filing): Card {
  const margin = marginText(filing);
  const text = t('filed.delay_ask', { id: plain(situation.state.id), margin });
  const explain = fill(situation, 'explain_delay', { obligation: filing.obligation });
  return cardOf(situation, text, text, [...aboutBlocks(situation), actionBlock([primary(explain)])]);
}

/** Card on a corrected filing: its corrected data and, if nothing was sent, that its clock runs again. */
export function correctedCard(situation: Situation, version: number): Card {
  const { state, ia } = situation;
  const voided = state.voidedFilings.find((one) => one.version === version);
  const filing = voided ?? ia.filings.find((one) => one.version === version);
  const texts = filing ? correctedTexts(situation, filing, voided?.voided) : [];
  const title = namedTitle(situation, texts[0] ?? t('said.filing_completed'));
  return cardOf(situation, title, title, texts.slice(1).map(strongBlock));
}

function correctedTexts(
  situation: Situation,
  filing: Filing,
  voided: VoidedFiling['voided'] | undefined,
): readonly Text[] {
  const params = { at: filedAt(situation, filing), channel: channelText(situation, filing.channel) };
  if (!voided) return [t('said.filing_changed', { what: filedText(situation, filing) })];
  const by = personText(situation.state, voided.by);
  const duty = situation.ia.clocks.find(
    ({ id, status, filing: met }) => id === filing.obligation && !met && status !== 'void',
  );
  const owed = duty && { due: dueAt(situation, duty.due), recipient: recipientText(situation, duty.recipient) };
  const late = situation.ia.clocks.find(({ id, status }) => id === filing.obligation && status === 'late')?.filing;
  return [
    voided.sentTo === null
      ? t('filed.voided', { ...params, by, reason: ofPart('texts', voided.reason) })
      : t('filed.elsewhere', {
          ...params,
          office: ofPart('texts', voided.sentTo),
          recipient: sentToText(situation, { ...filing, to: undefined, forwardedBy: undefined }),
          by,
          reason: ofPart('texts', voided.reason),
        }),
    ...(owed ? [t('filed.voided_due', owed)] : []),
    // The later filing is now the one that is compared with the deadline.
    ...(late ? [t('filed.counts_now', { at: filedAt(situation, late), margin: marginText(late) })] : []),
  ];
}

/** Blocks on changes since the filing: new and important circumstances must be reported promptly. */
function sinceBlocks(situation: Situation, filing: Filing): readonly Block[] {
  if (situation.state.handlingEnded || situation.state.closed) return [];
  const updates = updatesSince(situation);
  const lacking = newAddressees(situation).map(({ has, recipient }) =>
    strongBlock(
      t('updates.new_addressee', { has: sentToText(situation, has), now: recipientText(situation, recipient) }),
    ),
  );
  return [...lacking, ...(updates ? updateBlocks(situation, updates) : factBlocks(situation, filing))];
}

function updateBlocks(
  situation: Situation,
  { changes, levelChanged, levelFell, important }: Updates,
): readonly Block[] {
  if (changes.length === 0 && !levelChanged) return [];
  const { regime, ia, state } = situation;
  const others = levelChanged ? changes.filter(({ id }) => !id.endsWith('.level')) : changes;
  const list = joined(others.slice(0, SHOWN).map(changeText), 'semicolon');
  const more = others.length - SHOWN;
  const behind = recipientsBehind(situation).map((one) => recipientText(situation, one));
  const what =
    more > 0 ? t('updates.changes_more', { changes: list, n: more }) : t('updates.changes', { changes: list });
  return [
    ...(others.length > 0 ? [textBlock(what)] : []),
    ...(levelChanged ? [strongBlock(t('updates.level', { level: levelText(regime, levelReached(ia)) }))] : []),
    textBlock(t(important ? 'updates.important' : 'updates.supplement')),
    ...(behind.length > 0 ? [textBlock(t('updates.behind', { recipients: joined(behind, 'and') }))] : []),
    actionBlock([
      primary(compiled(situation, important ? 'update' : 'supplement')),
      ...(levelFell ? [form('statement', t('act.statement'), 'statement', { incident: state.id })] : []),
    ]),
  ];
}
const SHOWN = 5;

/** Blocks after a filing without a compiled text (a call): they list changed facts. */
function factBlocks(situation: Situation, filing: Filing): readonly Block[] {
  const { regime, state } = situation;
  const changed = regime.factDefinitions.filter(({ id }) => (state.facts[id]?.version ?? 0) > filing.version);
  const facts = changed.flatMap(({ id }) => factUsed(situation, id) ?? []);
  if (facts.length === 0) return [];
  const level = levelText(regime, situation.ia.assessment.floor);
  return [
    textBlock(t('filed.since', { facts: joined(facts, 'semicolon'), level })),
    actionBlock([primary(compiled(situation, 'update'))]),
  ];
}

const compiled = (situation: Situation, role: 'supplement' | 'update'): Action =>
  compileAction(situation, role, reportWith(situation.regime, role));

/** Digits of an anchor: 64 bits suffice to detect an entry that was rewritten, and can be read on a phone. */
const DIGITS = 16;

/**
 * Notice of a filing for people's rooms: report, author, time, channel, receipt, and what follows. It contains an
 * anchor, which reveals no content and makes a later rewrite of the whole record detectable; `withAnchor` adds it when
 * the message is sent.
 */
export function anchorCard(situation: Situation, filing: EventOf<'filing_recorded'>['payload'], version: number): Card {
  const recorded = situation.ia.filings.find((one) => one.version === version);
  const duty = situation.ia.obligations.find(({ id }) => id === filing.obligation);
  const draft = situation.state.drafts.find((one) => one.draft === filing.draft);
  const title = t('anchor.title', {
    what:
      filing.form === 'first'
        ? reportText(situation.regime, draft?.report ?? reportWith(situation.regime, 'first'))
        : contentText(situation.regime, duty?.content ?? filing.content ?? ''),
    to: sentToText(situation, filing),
    by: personText(situation.state, recorded?.by ?? situation.state.lead),
    channel: channelText(situation, filing.channel),
    at: filedAt(situation, recorded ?? { ...filing, filedAt: filing.at }),
    receipt: filing.receipt ? t('filed.receipt', { receipt: ofPart('texts', filing.receipt) }) : t('filed.no_receipt'),
    margin: marginText(recorded ?? { due: filing.due, filedAt: filing.at }),
  });
  const next = filing.form === 'first' ? nextTexts(situation) : [];
  const summary = headline(situation);
  // The lines on what follows list what this summary counts.
  const isListed = next.length > 0 && 'key' in summary && summary.key === 'status.filed_more';
  const lines = isListed ? next : [summary, ...next];
  return cardOf(situation, title, summary, [...aboutBlocks(situation), ...lines.map(textBlock)], 'done');
}

/** Card with an anchor: the first digits of the hash of the record's entry. */
export function withAnchor(card: Card, hash: string): Card {
  return {
    ...card,
    blocks: [...card.blocks, noteBlock(t('anchor.text', { anchor: plain(hash.slice(0, DIGITS)) }))],
  };
}
