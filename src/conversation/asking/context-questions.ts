import { CIRCUMSTANCES, CRIME, tickOf } from '../../incident/facts/circumstances.ts';
import { ASPECTS, spansIn, statedValue } from '../../incident/facts/context-facts.ts';
import { isOperatorOpen, leavesOf } from '../../law/condition.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Text } from '../cards/card.ts';
import { optionText } from '../cards/fact-text.ts';
import { at, joined, lawText, ofPart, type Situation, t } from '../cards/situation.ts';
import { likelyAffected, likelyTypes, typeInTitle, usuallyGoesOn } from './incident-type-hints.ts';
import { affectedAspects, isAskable } from './open-facts.ts';
import { answer, asking, noOrYes, type Question, question, unknownOption } from './question.ts';

/** Returns a question about the incident itself; null if it is answered or does not apply. */
export type Ask = (situation: Situation) => Question | null;

const incidentArgs = ({ state }: Situation) => ({ incident: state.id });

/** Question on the system, if the profile lists any. The answer prefills operator kind, site kind and item 1. */
export const askSystem: Ask = (situation) => {
  const systems = situation.state.organisation?.systems ?? [];
  if (systems.length === 0 || !isAskable(situation, 'system')) return null;
  return asking(situation, 'system', 'one', {
    options: [
      ...systems.map((system) => answer('system', system.id, ofPart('answers', system.name))),
      answer('system', 'other', t('ask.system.other')),
      unknownOption('system'),
    ],
  });
};

/** Returns true while the kind of operator is undecided: the shortest clock is then shown. */
export function operatorOpen({ ia }: Pick<Situation, 'ia'>): boolean {
  return isOperatorOpen(ia.operator);
}

export const askOperator: Ask = (situation) => {
  const { usual, asked, text, why } = situation.regime.operatorQuestion ?? {};
  if (!usual || !asked || !operatorOpen(situation) || !isAskable(situation, 'operator')) return null;
  return question(situation, {
    id: 'operator',
    kind: 'one',
    text: text ? lawText(text) : factLabel(situation.regime, 'operator'),
    why: why ? lawText(why) : null,
    options: [
      answer('operator', usual, t('ask.operator.no')),
      answer('operator', asked, t('ask.operator.yes')),
      unknownOption('operator'),
    ],
  });
};

/** Events that other laws count as awareness, in the laws' own words; one answer serves the question of all laws. */
export function awarenessOfPacks({ regime }: Pick<Situation, 'regime'>): readonly Text[] {
  const own = (regime.packs ?? []).flatMap(({ title, aware }) =>
    aware ? [t('ask.awareness.of', { law: lawText(title), what: lawText(aware) })] : [],
  );
  return own.length > 0 ? [t('ask.awareness.packs', { laws: joined(own, 'semicolon') })] : [];
}

/** Question on the time of awareness; null once it is confirmed, or a time other than the declaration's is stated. */
export const askAwareness: Ask = (situation) => {
  const { state } = situation;
  const first = state.candidates[0];
  // Awareness of a supplier alone is no answer: the question is when somebody of the company learned of it.
  const reached = state.candidates.filter((candidate) => candidate.reachedUs);
  const known = state.awareness !== null || reached.length > 1 || (first && first.instant !== state.declared.at);
  if (known || !first || !isAskable(situation, 'first_notice')) return null;
  const start = first.instant;
  const when = at(situation, start);
  const told = (source: 'alert' | 'call') => ({ type: 'add_awareness', at: start, source, reachedUs: true }) as const;
  return question(situation, {
    id: 'first_notice',
    kind: 'time',
    text: t('ask.awareness'),
    why: joined([t('ask.awareness.why'), ...awarenessOfPacks(situation)], 'sentence'),
    form: { label: t('ask.awareness.earlier'), ref: { form: 'awareness', args: incidentArgs(situation) } },
    options: [
      { label: t('ask.awareness.alert', { at: when }), intent: told('alert') },
      { label: t('ask.awareness.report', { at: when }), intent: told('call') },
      unknownOption('first_notice'),
    ],
  });
};

const typeFormOf = (situation: Situation): Question['form'] => ({
  label: t('ask.incident_type.more'),
  ref: { form: 'type', args: incidentArgs(situation) },
});

const OFFERED_TYPES = 5;
export const askType: Ask = (situation) => {
  if (!isAskable(situation, 'incident_type')) return null;
  const likely = likelyTypes(situation.state, situation.regime, OFFERED_TYPES);
  return asking(situation, 'incident_type', 'one', {
    form: typeFormOf(situation),
    options: [
      ...likely.map((type) => answer('incident_type', type.id, optionText(situation, 'incident_type', type.id))),
      unknownOption('incident_type'),
    ],
  });
};

/** Early question on the type, asked alone if the title names none; otherwise the type is a tick on the next card. */
export const askTypeEarly: Ask = (situation) => (typeInTitle(situation.state) === null ? askType(situation) : null);

/**
 * Card with three questions: incident type, ongoing since when, suspected crime. Likely options are ticked in advance,
 * but never a legal qualification such as suspected crime. The card is asked once; each point that was not ticked is
 * asked alone once the level is clear. If only one point is open, its own question is asked instead.
 */
export const askCircumstances: Ask = (situation) => {
  const { state } = situation;
  const asks = (fact: string) =>
    isAskable(situation, fact) && (fact !== CRIME || flagOf(situation, CRIME) !== undefined);
  // Only a stated start of the incident is offered: the time of awareness is no start.
  const since = statedStart(situation);
  const goesOn = since !== null && asks('ongoing');
  if (state.circumstancesTold || !(goesOn || asks(CRIME))) return null;
  const [likely] = likelyTypes(state, situation.regime, 1);
  const type = typeInTitle(state) !== null && asks('incident_type') ? likely : undefined;
  const zhName = chosenType(situation) || (type?.zh ?? '');
  const crime = t('ask.circumstances.crime');
  const ticks = [
    ...(type ? [tick('incident_type', type.id, optionText(situation, 'incident_type', type.id), true)] : []),
    ...(goesOn ? [tick('ongoing', since, sinceText(situation, since), usuallyGoesOn(zhName))] : []),
    ...(asks(CRIME) ? [tick(CRIME, 'true', crime, false)] : []),
  ];
  // A card with a single tick becomes the ordinary question on that point.
  if (ticks.length === 1) return goesOn ? askOngoing(situation) : askCrime(situation);
  return asking(situation, CIRCUMSTANCES, 'many', {
    // The title gives one type only; the form offers all others.
    form: type && !goesOn ? typeFormOf(situation) : ongoingForm(situation),
    choice: {
      fact: CIRCUMSTANCES,
      options: [
        ...ticks.map(({ value, label }) => ({ value, label })),
        { value: 'unknown', label: t('aspect.unknown'), exclusive: true },
      ],
      chosen: ticks.filter(({ likely }) => likely).map(({ value }) => value),
      submit: t('act.submit'),
    },
    options: [...ticks.map(({ value, label }) => answer(CIRCUMSTANCES, [value], label)), unknownOption(CIRCUMSTANCES)],
  });
};

function tick(part: Parameters<typeof tickOf>[0], value: string, label: Text, likely: boolean) {
  return { value: tickOf(part, value), label, likely };
}
const sinceText = (situation: Situation, since: string): Text => t('ask.ongoing.since', { at: at(situation, since) });
const ongoingForm = (situation: Situation): Question['form'] => ({
  label: t('ask.ongoing.other'),
  ref: { form: 'ongoing', args: { ...incidentArgs(situation), fact: 'ongoing' } },
});

/** The Chinese name of the type that was chosen; empty while it is not known. */
export function chosenType({ state, regime }: Pick<Situation, 'state' | 'regime'>): string {
  const id = statedValue(state, 'incident_type');
  const all = [...regime.types, ...regime.types.flatMap((category) => category.types)];
  return all.find((type) => type.id === id)?.name.zh ?? '';
}

/** Start of the incident as somebody stated it; otherwise null. */
function statedStart({ state, ia, regime }: Situation): string | null {
  const ongoing = statedValue(state, 'ongoing');
  if (typeof ongoing === 'object' && 'since' in ongoing) return ongoing.since;
  const stated = regime.factDefinitions.flatMap(({ id, kind }) => {
    const value = kind === 'duration' ? state.facts[id]?.value : undefined;
    return value === undefined ? [] : spansIn(value).map(({ since }) => since);
  });
  return stated.toSorted((x, y) => Date.parse(x) - Date.parse(y))[0] ?? ia.anchors.occurrence ?? null;
}

/** Suggested start of an outage: stated, otherwise awareness or declaration. It is recorded only if a person agrees. */
export function likelyStart(situation: Situation): string {
  return statedStart(situation) ?? situation.ia.anchors.awareness ?? situation.state.declared.at;
}

export const askOngoing: Ask = (situation) => {
  // After the end of handling no fact can be ongoing.
  if (situation.state.handlingEnded || !isAskable(situation, 'ongoing')) return null;
  const since = likelyStart(situation);
  return asking(situation, 'ongoing', 'time', {
    form: ongoingForm(situation),
    options: [answer('ongoing', { since }, sinceText(situation, since)), unknownOption('ongoing')],
  });
};
const flagOf = ({ regime }: Pick<Situation, 'regime'>, id: string) => regime.flags.find((flag) => flag.id === id);

/** Question on a flag of the regime, even if nobody is asked it unbidden; null if the regime does not have the flag. */
export function flagQuestion(situation: Situation, id: string): Question | null {
  const flag = flagOf(situation, id);
  if (!flag || flag.from) return null;
  const { question: text, why } = flag;
  const named = text ? lawText(text) : factLabel(situation.regime, id);
  return question(situation, { id, kind: 'one', text: named, why: why ? lawText(why) : null, options: noOrYes(id) });
}

/** Question on an open flag that the regime has a question for; null if it must not be asked. */
function yesNo(situation: Situation, id: string): Question | null {
  return flagOf(situation, id)?.question && isAskable(situation, id) ? flagQuestion(situation, id) : null;
}
export const askCrime: Ask = (situation) => yesNo(situation, CRIME);

/** Question on a flag that decides whether a possible duty is owed; null if no such flag is open. */
export const askPossible: Ask = (situation) => {
  const open = situation.ia.obligations.filter(({ provisional, filing }) => provisional && !filing).map(({ id }) => id);
  const rules = situation.regime.obligations.filter(({ id }) => open.includes(id));
  const depends = (flag: string): boolean =>
    rules.some(({ when }) => when && leavesOf(when).some((leaf) => 'flag' in leaf && leaf.flag === flag));
  const flags = situation.regime.flags.filter(({ id }) => id !== CRIME && depends(id));
  return flags.map(({ id }) => yesNo(situation, id)).find((asked) => asked !== null) ?? null;
};

/** Question on the affected aspects: several may apply; those that the type usually affects are ticked in advance. */
export const askAffected: Ask = (situation) => {
  if (!isAskable(situation, 'affected')) return null;
  const options = [...ASPECTS, 'none'].map((value) => ({
    value,
    label: optionText(situation, 'affected', value),
    ...(value === 'none' ? { exclusive: true } : {}),
  }));
  return asking(situation, 'affected', 'many', {
    choice: {
      fact: 'affected',
      options: [...options, { value: 'unknown', label: t('aspect.unknown'), exclusive: true }],
      chosen:
        affectedAspects(situation.state) ??
        likelyAffected(chosenType(situation) || (typeInTitle(situation.state) ?? ''), situation.state.title),
      submit: t('act.submit'),
    },
    options: [
      ...options.map(({ value, label }) => answer('affected', [value], label)),
      answer('affected', 'unknown', t('aspect.unknown')),
    ],
  });
};
