import { readingsOf } from '../../incident/readings.ts';
import { movedToBusinessDay } from '../../law/calendar.ts';
import { circumstancesOf } from '../../law/circumstances.ts';
import { type Condition, evaluate } from '../../law/condition.ts';
import { anchorsOf } from '../../law/limits.ts';
import { mentionsOf } from '../../law/mentions.ts';
import { type AnchorDefinition, isJudgement } from '../../law/pack.ts';
import type { ObligationRule } from '../../law/regime.ts';
import type { Text } from '../cards/card.ts';
import { at, joined, lawText, type Situation, t } from '../cards/situation.ts';
import { likelyStart } from './context-questions.ts';
import { factQuestion } from './level-questions.ts';
import { isAskable } from './open-facts.ts';
import { answer, type Question, question, unknownOption } from './question.ts';

/**
 * The next question of a clock pack or contract: first an instant from which a certain duty runs, because its limit
 * depends on the instant; then a fact of the pack that decides whether a duty is owed. A fact of several packs is asked
 * once, and only where its answer can change something.
 */
export function askPacks(situation: Situation): Question | null {
  if (situation.regime.packs === undefined) return null;
  return askPackInstant(situation) ?? askPackFact(situation);
}

/**
 * Time of occurrence, asked early where a duty of a pack runs from it: its limit is the shortest, and unknown without
 * the answer.
 */
export function askOccurrence(situation: Situation): Question | null {
  const { regime, ia, state } = situation;
  if (regime.packs === undefined || ia.anchors.occurrence !== undefined) return null;
  const rules = [...openRules(situation, false), ...openRules(situation, true)];
  const from = rules.filter((rule) => anchorsOf(rule).includes('occurrence'));
  if (from.length === 0 || !isAskable(situation, 'occurrence')) return null;
  const start = likelyStart(situation);
  return question({
    id: 'occurrence',
    kind: 'time',
    text: t('ask.occurrence'),
    why: whyText(from),
    form: { label: t('ask.ongoing.other'), ref: { form: 'correct', args: { incident: state.id, fact: 'occurrence' } } },
    options: [answer('occurrence', start, t('value.count', { n: at(situation, start) })), unknownOption('occurrence')],
  });
}

/**
 * Unknown instants from which certain duties run: the limits of these duties are unknown, or only the latest possible.
 */
export function openStarts(situation: Situation): readonly string[] {
  const { regime, ia } = situation;
  if (regime.packs === undefined) return [];
  const stated = ['occurrence', ...(regime.packAnchors ?? []).map(({ id }) => id)];
  const rules = openRules(situation, false).filter(({ period: { kind } }) => kind !== 'promptly' && kind !== 'blank');
  const wanted = new Set(rules.flatMap(anchorsOf));
  return stated.filter((id) => wanted.has(id) && ia.anchors[id] === undefined);
}

function openRules({ ia, regime }: Situation, provisional: boolean): readonly ObligationRule[] {
  const open = ia.obligations.filter((o) => !o.filing && o.status !== 'void' && o.provisional === provisional);
  const ids = new Set(open.map(({ id }) => id));
  return regime.obligations.filter((rule) => rule.regime !== undefined && ids.has(rule.id));
}

function askPackFact(situation: Situation): Question | null {
  const rules = openRules(situation, true);
  const moved = movable(situation);
  const asked = situation.regime.packFacts?.find(
    ({ id }) =>
      isAskable(situation, id) &&
      (rules.some(({ when }) => decides(situation, when, id)) ||
        moved.some(({ weekend }) => decides(situation, weekend?.unless, id))),
  );
  if (!asked) return null;
  const about = [...rules, ...moved].filter(({ when, weekend }) =>
    [when, weekend?.unless].some((one) => one && mentionsOf(one).facts.has(asked.id)),
  );
  const asking = { ...factQuestion(situation, asked), why: whyText(about) };
  if (!isJudgement(situation.regime, asked.id)) return asking;
  const ref = { form: 'correct', args: { incident: situation.state.id, fact: asked.id } };
  return { ...asking, forWhom: 'legal', form: { label: t('act.judge'), ref } };
}

/** Certain rules whose limit is on a day that is not a business day: it moves unless an exception holds. */
function movable(situation: Situation): readonly ObligationRule[] {
  const { ia, regime } = situation;
  return openRules(situation, false).filter(({ id, weekend, zone = regime.zone }) => {
    const due = ia.clocks.find((clock) => clock.id === id)?.due;
    return weekend && due !== undefined && movedToBusinessDay(due, weekend.holidays, weekend.until, zone) !== due;
  });
}

/** Returns true if the fact is one of those that leave the condition undecided. */
function decides({ ia, regime, state }: Situation, when: Condition | undefined, id: string): boolean {
  if (when === undefined || !mentionsOf(when).facts.has(id)) return false;
  const { operator, facts, now } = ia;
  const known = circumstancesOf(regime, { operator, facts, flags: {}, anchors: {}, readings: readingsOf(state), now });
  const { truth, because } = evaluate(when, known);
  return truth === 'maybe' && because.includes(id);
}

function askPackInstant(situation: Situation): Question | null {
  const rules = openRules(situation, false);
  const wanted = new Set(rules.flatMap(anchorsOf));
  const anchors = situation.regime.packAnchors ?? [];
  const open = anchors.find(
    ({ id }) => wanted.has(id) && situation.ia.anchors[id] === undefined && isAskable(situation, id),
  );
  return open ? instantQuestion(situation, open, rules) : null;
}

function instantQuestion(situation: Situation, anchor: AnchorDefinition, rules: readonly ObligationRule[]): Question {
  const args = { incident: situation.state.id, fact: anchor.id };
  return question({
    id: anchor.id,
    kind: 'time',
    text: lawText(anchor.question),
    why: whyText(rules.filter((rule) => anchorsOf(rule).includes(anchor.id))),
    form: { label: t('ask.ongoing.other'), ref: { form: 'correct', args } },
    options: [unknownOption(anchor.id)],
  });
}

function whyText(rules: readonly ObligationRule[]): Text {
  const duties = rules.map(({ title, source }) =>
    lawText({
      zh: `${title.zh}（${source.instrument} ${source.article}）`,
      en: `${title.en} (${source.instrument} ${source.article})`,
    }),
  );
  return t('ask.pack.why', { duties: joined(duties, 'semicolon') });
}
