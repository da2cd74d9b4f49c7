import { awarenessOf } from '../../incident/facts/assessment.ts';
import type { ActorId } from '../../incident/identity.ts';
import { itemsNow } from '../../report/items.ts';
import { actionBlock, textBlock } from '../cards/blocks.ts';
import type { Card, Text } from '../cards/card.ts';
import { factLabel, valueText } from '../cards/fact-text.ts';
import { cardOf, headline, namedTitle } from '../cards/headline.ts';
import {
  at,
  intent,
  joined,
  levelText,
  ofPart,
  personText,
  plain,
  primary,
  type Situation,
  t,
  titleText,
} from '../cards/situation.ts';
import { filedText } from '../filing/changes-since-filing.ts';
import { nextStep } from '../next-step/next-step.ts';

/** Number of answers, duties and promises named in one line; the cards count the rest. */
const NAMED = 3;

/**
 * Summary in at most ten lines, from the record alone, for somebody who comes late or takes over: what and since when,
 * clocks, what is known, who was told what, what was promised, the report, who leads, the next step.
 */
function recapLines(situation: Situation, from: ActorId | null): readonly Text[] {
  const { state, regime, ia } = situation;
  const known = awarenessOf(state);
  const answers = Object.entries(state.facts)
    .filter(([, { value }]) => value !== 'unknown')
    .toSorted(([, one], [, other]) => other.version - one.version)
    .slice(0, NAMED)
    .map(([fact, { value }]) =>
      t('text.finding', {
        label: factLabel(regime, fact),
        value: ofPart('answers', valueText(situation, fact, value)),
      }),
    );
  const promised = [
    ...state.requests.filter(({ dropped }) => dropped === null).map(({ what }) => what),
    ...state.tasks.filter(({ finished }) => finished === null).map(({ text }) => text),
  ].flatMap((text) => (text === null ? [] : [ofPart('texts', text)]));
  const items = itemsNow(situation);
  const next = nextStep(situation, null);
  const owned = Object.values(state.owners).filter(({ owner }) => owner !== null && owner === from).length;
  const { declared } = state;
  return [
    t('recap.what', {
      title: titleText(situation),
      at: at(situation, declared.at),
      by: personText(state, declared.by),
    }),
    known === null
      ? t('recap.unknown_since')
      : t(state.awareness ? 'recap.since' : 'recap.since_open', { at: at(situation, known) }),
    t(ia.levelDecided ? 'recap.level' : 'recap.level_open', { level: levelText(regime, ia.assessment.floor) }),
    headline(situation),
    ...(answers.length > 0 ? [t('recap.facts', { list: joined(answers, 'semicolon') })] : []),
    state.filings.length > 0
      ? joined(
          state.filings.slice(-NAMED).map((filing) => filedText(situation, filing)),
          'sentence',
        )
      : t('recap.told_nobody'),
    promised.length > 0
      ? t('recap.promised', { n: promised.length, list: joined(promised.slice(0, NAMED), 'semicolon') })
      : t('recap.promised_nothing'),
    t('recap.report', { done: items.filter((item) => item.state === 'done').length, all: items.length }),
    t(from === null ? 'recap.lead' : 'recap.lead_and_items', { lead: personText(state, state.lead), n: owned }),
    ...(next ? [t('recap.next', { text: next.text })] : []),
  ];
}

/** Catch-up for the person who asks for it. */
export function recapCard(situation: Situation): Card {
  const next = nextStep(situation, null);
  const actions = next?.actions.slice(0, NAMED) ?? [];
  const lines = recapLines(situation, null).map((text) => textBlock(text));
  const blocks = actions.length > 0 ? [...lines, actionBlock(actions)] : lines;
  return cardOf(situation, namedTitle(situation, t('recap.title')), headline(situation), blocks);
}

/** Card for the person who is asked to take over; [Take over] accepts. */
export function handoverCard(situation: Situation): Card | null {
  const { state } = situation;
  const { handover } = state;
  if (!handover) return null;
  const title = t('handover.asked', { by: personText(state, handover.by) });
  const take = primary(intent('take_over', t('act.take_over'), { type: 'take_over' }));
  const lines = recapLines(situation, handover.by).map((text) => textBlock(text));
  return cardOf(situation, namedTitle(situation, title), title, [...lines, actionBlock([take])]);
}

/** Card for the person whose hand-over was accepted. */
export function handedOverCard(situation: Situation, to: ActorId): Card {
  const text = t('handover.taken', { name: personText(situation.state, to), id: plain(situation.state.id) });
  return cardOf(situation, namedTitle(situation, text), text, []);
}
