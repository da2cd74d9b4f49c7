import { CIRCUMSTANCES, tickOf } from '../incident/circumstances.ts';
import { ASPECTS, statedValue } from '../incident/context-facts.ts';
import type { Text } from './card.ts';
import { aspectText, typeText } from './facts.ts';
import { likelyAffected, likelyTypes, typeInTitle, usuallyCrime, usuallyGoesOn } from './likely.ts';
import { affectedAspects, isAskable } from './open-facts.ts';
import { answer, type Question, question, unknownOption } from './question.ts';
import { at, ofPart, type Scene, t } from './scene.ts';

/** Questions about the incident itself, each null when it is answered or does not apply. */
export type Ask = (scene: Scene) => Question | null;

const incidentArgs = ({ state }: Scene) => ({ incident: state.id });

/** The system prefills CII, kind of site and item 1; only with a profile that lists systems. */
export const askSystem: Ask = (scene) => {
  const systems = scene.state.organisation?.systems ?? [];
  if (systems.length === 0 || !isAskable(scene, 'system')) return null;
  return question({
    id: 'system',
    kind: 'one',
    text: t('ask.system'),
    why: t('ask.system.why'),
    options: [
      ...systems.map((system) => answer('system', system.id, ofPart('answers', system.name))),
      answer('system', 'other', t('ask.system.other')),
      unknownOption('system'),
    ],
  });
};

/** Undecided kinds of operator: the shortest clock is shown until this is answered. */
export function operatorOpen({ ia }: Pick<Scene, 'ia'>): boolean {
  return ia.operator === 'unknown' || (typeof ia.operator === 'object' && 'oneOf' in ia.operator);
}

export const askOperator: Ask = (scene) => {
  if (!operatorOpen(scene) || !isAskable(scene, 'operator')) return null;
  return question({
    id: 'operator',
    kind: 'one',
    text: t('ask.operator'),
    why: t('ask.operator.why'),
    options: [
      answer('operator', 'other', t('ask.operator.no')),
      answer('operator', 'cii_involved', t('ask.operator.yes')),
      unknownOption('operator'),
    ],
  });
};

/** Candidates for awareness beside the declaration itself answer it; so does a time given when declaring. */
export const askAwareness: Ask = (scene) => {
  const { state } = scene;
  const first = state.candidates[0];
  // What only a supplier knew answers nothing: the question is when it reached anyone here.
  const reached = state.candidates.filter((candidate) => candidate.reachedUs);
  const known = state.awareness !== null || reached.length > 1 || (first && first.instant !== state.declared.at);
  if (known || !first || !isAskable(scene, 'first_notice')) return null;
  const start = first.instant;
  const when = at(scene, start);
  const told = (source: 'alert' | 'call') => ({ type: 'add_awareness', at: start, source, reachedUs: true }) as const;
  return question({
    id: 'first_notice',
    kind: 'time',
    text: t('ask.awareness'),
    why: t('ask.awareness.why'),
    form: { label: t('ask.awareness.earlier'), ref: { form: 'awareness', args: incidentArgs(scene) } },
    options: [
      { label: t('ask.awareness.alert', { at: when }), intent: told('alert') },
      { label: t('ask.awareness.report', { at: when }), intent: told('call') },
      unknownOption('first_notice'),
    ],
  });
};

const OFFERED_TYPES = 5;
export const askType: Ask = (scene) => {
  if (!isAskable(scene, 'incident_type')) return null;
  const likely = likelyTypes(scene.state, scene.regime, OFFERED_TYPES);
  return question({
    id: 'incident_type',
    kind: 'one',
    text: t('ask.incident_type'),
    why: t('ask.incident_type.why'),
    form: { label: t('ask.incident_type.more'), ref: { form: 'type', args: incidentArgs(scene) } },
    options: [
      ...likely.map((type) => answer('incident_type', type.id, typeText(scene.regime, type.id))),
      unknownOption('incident_type'),
    ],
  });
};

/** Alone only where the title says nothing: otherwise its words are a tick of the card that follows. */
export const askTypeEarly: Ask = (scene) => (typeInTitle(scene.state) === null ? askType(scene) : null);

/**
 * What happened, still going on since when, suspected crime: one card, what is likely ticked in advance. It is asked
 * once; what was not ticked is asked alone as soon as the level is clear. With one thing left to ask it is that question.
 */
export const askCircumstances: Ask = (scene) => {
  const { state } = scene;
  const asks = (fact: string) => isAskable(scene, fact);
  // The time of awareness says nothing about when it began: offered here is only a start that somebody stated.
  const since = statedStart(scene);
  const goesOn = since !== null && asks('ongoing');
  if (state.circumstancesTold || !(goesOn || asks('suspected_crime'))) return null;
  const [likely] = likelyTypes(state, scene.regime, 1);
  const type = typeInTitle(state) !== null && asks('incident_type') ? likely : undefined;
  const zhName = chosenType(scene) || (type?.zh ?? '');
  const crime = t('ask.circumstances.crime');
  const ticks = [
    ...(type ? [tick('incident_type', type.id, typeText(scene.regime, type.id), true)] : []),
    ...(goesOn ? [tick('ongoing', since, sinceText(scene, since), usuallyGoesOn(zhName))] : []),
    ...(asks('suspected_crime') ? [tick('suspected_crime', 'true', crime, usuallyCrime(zhName, state.title))] : []),
  ];
  // A single tick is a question of its own, in its own words.
  if (ticks.length === 1) return goesOn ? askOngoing(scene) : askCrime(scene);
  return question({
    id: CIRCUMSTANCES,
    kind: 'many',
    text: t('ask.circumstances'),
    why: t('ask.circumstances.why'),
    form: ongoingForm(scene),
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
const sinceText = (scene: Scene, since: string): Text => t('ask.ongoing.since', { at: at(scene, since) });
const ongoingForm = (scene: Scene): Question['form'] => ({
  label: t('ask.ongoing.other'),
  ref: { form: 'ongoing', args: { ...incidentArgs(scene), fact: 'ongoing' } },
});

/** The Chinese name of the type that was chosen; empty while it is not known. */
export function chosenType({ state, regime }: Pick<Scene, 'state' | 'regime'>): string {
  const id = statedValue(state, 'incident_type');
  const all = [...regime.types, ...regime.types.flatMap((category) => category.types)];
  return all.find((type) => type.id === id)?.name.zh ?? '';
}

/** When it began, as somebody stated it; null while nobody did. */
function statedStart({ state, ia, regime }: Scene): string | null {
  const ongoing = statedValue(state, 'ongoing');
  if (typeof ongoing === 'object' && 'since' in ongoing) return ongoing.since;
  const stated = regime.factDefinitions.flatMap(({ id, kind }) => {
    const value = kind === 'duration' ? state.facts[id]?.value : undefined;
    return typeof value === 'object' && 'since' in value ? [value.since] : [];
  });
  return stated.toSorted((x, y) => Date.parse(x) - Date.parse(y))[0] ?? ia.anchors.occurrence ?? null;
}

/** The best guess offered for the start of an outage, never recorded by itself: stated, else when it became known. */
export function likelyStart(scene: Scene): string {
  return statedStart(scene) ?? scene.ia.anchors.awareness ?? scene.state.declared.at;
}

export const askOngoing: Ask = (scene) => {
  if (!isAskable(scene, 'ongoing')) return null;
  const since = likelyStart(scene);
  return question({
    id: 'ongoing',
    kind: 'time',
    text: t('ask.ongoing'),
    why: t('ask.ongoing.why'),
    form: ongoingForm(scene),
    options: [answer('ongoing', { since }, sinceText(scene, since)), unknownOption('ongoing')],
  });
};
export const askCrime: Ask = (scene) => {
  if (!isAskable(scene, 'suspected_crime')) return null;
  return question({
    id: 'suspected_crime',
    kind: 'one',
    text: t('ask.suspected_crime'),
    why: t('ask.suspected_crime.why'),
    options: [
      answer('suspected_crime', true, t('common.yes')),
      answer('suspected_crime', false, t('common.no')),
      unknownOption('suspected_crime'),
    ],
  });
};

/** Several at once; what the type usually affects is ticked in advance. */
export const askAffected: Ask = (scene) => {
  if (!isAskable(scene, 'affected')) return null;
  const options = [...ASPECTS, 'none'].map((value) => ({
    value,
    label: aspectText(value),
    ...(value === 'none' ? { exclusive: true } : {}),
  }));
  return question({
    id: 'affected',
    kind: 'many',
    text: t('ask.affected'),
    why: t('ask.affected.why'),
    choice: {
      fact: 'affected',
      options: [...options, { value: 'unknown', label: t('aspect.unknown'), exclusive: true }],
      chosen:
        affectedAspects(scene.state) ??
        likelyAffected(chosenType(scene) || (typeInTitle(scene.state) ?? ''), scene.state.title),
      submit: t('act.submit'),
    },
    options: [
      ...options.map(({ value, label }) => answer('affected', [value], label)),
      answer('affected', 'unknown', t('aspect.unknown')),
    ],
  });
};
