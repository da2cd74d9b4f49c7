import type { Text } from '../conversation/cards/card.ts';
import { valueText } from '../conversation/cards/fact-text.ts';
import { localise } from '../conversation/cards/localise.ts';
import { lawText, levelText, recipientText, type Situation, t } from '../conversation/cards/situation.ts';
import { conditionOf } from '../conversation/level/conditions.ts';
import type { StatedValue } from '../incident/commands/parts.ts';
import type { OwedObligation } from '../incident/facts/owed.ts';
import { type DutyBeside, dutyChanges, marginOf, type Supposition, supposing } from '../incident/facts/what-if.ts';
import type { Language } from '../incident/identity.ts';
import { readingsOf } from '../incident/readings.ts';
import type { RecordedEvent } from '../incident/record/events.ts';
import { replay } from '../incident/record/evolve.ts';
import { readingsInUse } from '../law/circumstances.ts';
import { definitionOf, type Pack } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';
import { type DrillResult, medianMinutes, stepMinutes } from '../report/drills/score.ts';
import { factName as factLabel } from '../report/values.ts';
import { catalogueOf } from './classify/catalogue.ts';
import type { Refusal } from './ports.ts';
import { nowIn } from './use-case-context.ts';
import type { WhatIfAnswer, WhatIfDuty, WhatIfInput } from './what-if-answer.ts';
import { explained, lawNamed, shapeOf, suppositionOf, withStrictReadings } from './what-if-input.ts';
import { tablesOf } from './what-if-tables.ts';

export interface WhatIfBasis {
  readonly events: readonly RecordedEvent[];
  readonly regime: Regime;
  readonly packs: readonly Pack[];
  readonly drills: readonly DrillResult[];
  /** Wall time, epoch milliseconds. */
  readonly at: number;
}

/**
 * Verdict, duties with margins, and minutes of each step of a record, as they are and as they would be. The record is
 * replayed, so no stored data of the incident is touched. A refusal names in `field` what cannot be supposed.
 */
export function whatIfAnswer(
  basis: WhatIfBasis,
  input: WhatIfInput,
  language: Language,
  law: Supposition['law'] | null = lawNamed(basis, input.law),
): WhatIfAnswer | Refusal {
  const { events, regime, drills, at } = basis;
  const state = replay(events);
  if (!state) return { code: 'unknown_incident', params: { id: '' } };
  if (law === null) {
    const known = [regime.id, ...basis.packs.map(({ id }) => id)].join(', ');
    return { code: 'no_such_reading', field: 'law', params: { name: input.law ?? '', known } };
  }
  const context = { regime, at, catalogue: catalogueOf };
  // The input is read with the supposed law, because a pack adds facts.
  const suppose = supposing(state, context);
  const under = suppose({ law });
  if (!under.ok) return under.refusal;
  const read = suppositionOf(state, input, under.would.regime, nowIn(state, at));
  if ('code' in read) return read;
  const supposition = withStrictReadings({ ...read, law }, suppose, under.would.regime);
  const found = suppose(supposition);
  if (!found.ok) return explained(found.refusal, under.would.regime);
  const { was, would } = found;
  const medians = medianMinutes(drills.map(({ score }) => score));
  const [before, after] = [was, would].map((ia): Situation => ({ state, ia, regime: ia.regime }));
  if (!before || !after) throw new Error('two assessments are two situations');
  const answer = {
    incident: state.id,
    now: was.now,
    supposed: suppositionJson(after, input, supposition, language),
    verdict: { was: verdictOf(before, language), would: verdictOf(after, language) },
    duties: dutyChanges(was, would).map((one) => dutyOf({ before, after }, one, language)),
    steps: stepMinutes(state, events).map((one) => ({
      ...one,
      label: localise(t(`what_if.step.${one.step}`), language),
      median: medians[one.step] ?? null,
    })),
  };
  return { ...answer, tables: tablesOf(answer, language) };
}

function dutyOf(
  { before, after }: { readonly before: Situation; readonly after: Situation },
  { id, was, would }: DutyBeside,
  language: Language,
): WhatIfAnswer['duties'][number] {
  const situation = would ? after : before;
  const sides = { was: sideOf(was, before, language), would: sideOf(would, after, language) };
  const recipient = (would ?? was)?.recipient ?? '';
  return {
    id,
    title: localise(titleOf(situation, id), language),
    to: localise(recipientText(situation, recipient), language),
    ...sides,
    changed: JSON.stringify(sides.was) !== JSON.stringify(sides.would),
  };
}

function verdictOf(situation: Situation, language: Language): WhatIfAnswer['verdict']['was'] {
  const { ia, regime } = situation;
  const { floor, ceiling, ceilingByNumbers, matched, undetermined, warnings } = ia.assessment;
  const say = (level: string) => localise(levelText(regime, level), language);
  return {
    ...{ level: ia.level, levelDecided: ia.levelDecided, floor, ceiling, ceilingByNumbers, undetermined, warnings },
    text: { level: say(ia.level), floor: say(floor), ceiling: say(ceiling) },
    matched: matched.map(({ criterion }) => {
      const rule = regime.criteria.find(({ id }) => id === criterion);
      return { criterion, text: rule ? localise(lawText(rule.label), language) : criterion };
    }),
  };
}

function titleOf({ state, regime }: Situation, duty: string): Text {
  const title = regime.obligations.findLast(({ id }) => id === duty)?.title;
  const request = state.requests.find(({ id }) => id === duty);
  return title ? lawText(title) : { raw: request ? `${request.from} · ${request.what}` : duty };
}

function sideOf(duty: OwedObligation | null, situation: Situation, language: Language): WhatIfDuty | null {
  if (duty === null) return null;
  const { due, dueMinutes, anchor, status, provisional, filing } = duty;
  const margin = status === 'void' ? null : marginOf(duty, situation.ia.now);
  const condition = filing || status === 'void' ? null : conditionOf(situation, duty);
  return {
    ...{ due, dueMinutes, anchor, status, provisional, filedAt: filing?.filedAt ?? null, margin },
    condition: condition && localise(condition, language),
  };
}

/** Supposed circumstances by name, each with the recorded value. */
function suppositionJson(
  situation: Situation,
  { law }: WhatIfInput,
  supposed: Supposition,
  language: Language,
): WhatIfAnswer['supposed'] {
  const { state, regime } = situation;
  const said = (fact: string, value: StatedValue | undefined) =>
    value === undefined ? null : localise(valueText(situation, fact, value), language);
  return {
    awareness: supposed.awareness ?? null,
    facts: Object.entries(supposed.facts ?? {}).map(([id, value]) => ({
      id,
      label: localise(factLabel(regime, id), language),
      was: said(id, state.facts[id]?.value),
      would: said(id, value),
    })),
    readings: Object.entries(supposed.readings ?? {}).map(([question, reading]) => ({ question, reading })),
    law: law ?? null,
  };
}

/** Suppositions possible for an incident, with the recorded values. */
export function choicesOf(situation: Situation, packs: readonly Pack[], language: Language): object {
  const { state, ia, regime } = situation;
  const catalogue = catalogueOf(regime);
  const flags = regime.flags.flatMap(({ id, from }) => (from === undefined ? [id] : []));
  const figures = [...regime.factDefinitions, ...(regime.packFacts ?? []), ...(regime.packAnchors ?? [])].map(
    ({ id }) => id,
  );
  const say = (text: Text) => localise(text, language);
  const used = readingsInUse(regime, readingsOf(state));
  return {
    awareness: ia.anchors.awareness ?? null,
    facts: ['operator', 'occurrence', ...flags, ...figures].map((id) => {
      const { kind = 'text', options = [] } = shapeOf(regime, id) ?? {};
      const value = state.facts[id]?.value;
      return {
        id,
        label: say(factLabel(regime, id)),
        kind,
        unit: definitionOf(regime, id)?.unit ?? null,
        options: options.map((option) => ({ id: option, label: say(valueText(situation, id, option)) })),
        text: value === undefined ? null : say(valueText(situation, id, value)),
      };
    }),
    readings: regime.openQuestions
      .filter(({ id }) => (catalogue.readings(id) ?? []).length > 1)
      .map(({ id, text, readings }) => ({
        id,
        text: say(lawText(text)),
        reading: used[id] ?? null,
        readings: readings.map(({ id: reading, name }) => ({ id: reading, label: say(lawText(name)) })),
      })),
    laws: state.organisation ? packs.map(({ id, title }) => ({ id, label: say(lawText(title)) })) : [],
  };
}
