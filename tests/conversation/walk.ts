import fc from 'fast-check';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { intentOfChoice } from '../../src/conversation/asking/question.ts';
import type { Action, Card, Form, FormRef } from '../../src/conversation/cards/card.ts';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import { formOf, parseForm } from '../../src/conversation/forms/form-kinds.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { RefusedCommand } from '../../src/incident/decide/context.ts';
import type { IncidentAssessment } from '../../src/incident/facts/assessment.ts';
import { allPacks } from '../fakes/law.ts';
import { company, regime, Story } from './story.ts';

/** Something somebody might do; the numbers choose among what is offered at that moment. */
export type Step =
  | { readonly does: 'answer'; readonly pick: number }
  | { readonly does: 'press'; readonly pick: number }
  | { readonly does: 'fill'; readonly pick: number; readonly entries: readonly number[] }
  | { readonly does: 'wait'; readonly minutes: number };

const pick = fc.nat({ max: 10_000 });
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ does: fc.constant('answer' as const), pick }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('press' as const), pick }) },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant('fill' as const),
        pick,
        entries: fc.array(pick, { minLength: 3, maxLength: 12 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('wait' as const),
        minutes: fc.constantFrom(1, 17, 61, 200, 1_500, 50_000),
      }),
    },
  ),
  { maxLength: 25 },
);

export const starts = fc.record({
  drill: fc.boolean(),
  profile: fc.boolean(),
  title: fc.constantFrom('支付系统疑似用户数据泄露', 'Portal down', '网站首页被篡改', 'Strange logins', '勒索软件'),
});

const PEOPLE = ['Li Wei', 'Chen Yu', 'Zhao Min'] as const;
const TEXTS = [
  '',
  '120万',
  '09:20',
  '9:30 to 9:40',
  'tomorrow 09:00',
  'unknown',
  '名称',
  'some words',
  '23:59',
  '0',
  '3-5',
] as const;

/** Plays a walk; collects what was refused. */
export function walk(
  start: { readonly drill: boolean; readonly profile: boolean; readonly title: string },
  path: readonly Step[],
): { readonly story: Story; readonly refused: readonly RefusedCommand[] } {
  const story = new Story('2026-03-31T09:42:00+08:00', start.profile ? company : null);
  story.do({ type: 'declare', title: start.title, ...(start.drill ? { drill: true, speed: 60 } : {}) });
  const refused: RefusedCommand[] = [];
  const run = (command: Command, by: number): void => {
    const refusal = story.try(command, PEOPLE[by % PEOPLE.length]);
    if (refusal) refused.push(refusal);
  };
  for (const step of path) {
    if (step.does === 'wait') story.wait(step.minutes);
    else for (const command of commandsOf(story, step)) run(command, step.pick);
  }
  return { story, refused };
}

function commandsOf(story: Story, step: Exclude<Step, { does: 'wait' }>): readonly Command[] {
  const { state, ia } = story.situation;
  if (step.does === 'answer') {
    const question = nextQuestion({ state, ia, regime });
    const option = question?.options[step.pick % Math.max(1, question.options.length)];
    return option ? [option.intent] : [];
  }
  if (step.does === 'press') {
    const offered = cardsOf(story)
      .flatMap(intentsOf)
      .filter(({ type }) => type !== 'stop_state_secret' || step.pick % 7 === 0);
    const chosen = offered[step.pick % Math.max(1, offered.length)];
    return chosen ? [chosen] : [];
  }
  const forms = cardsOf(story).flatMap(formsIn);
  const ref = forms[step.pick % Math.max(1, forms.length)];
  const form = ref && formOf(ref, { state, ia, regime, now: ia.now });
  if (!ref || !form) return [];
  const parsed = parseForm(ref, valuesFor(form, step.entries), { state, ia, regime, now: ia.now });
  return 'commands' in parsed ? parsed.commands : [];
}

export function valuesFor(form: Form, entries: readonly number[]): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    form.fields.map((field, index) => {
      const entry = entries[index % entries.length] ?? 0;
      if (field.kind === 'one')
        return [field.id, field.options[entry % Math.max(1, field.options.length)]?.value ?? ''];
      if (field.kind === 'many')
        return [field.id, field.options.filter((_, n) => ((entry >> n) & 1) === 1).map((o) => o.value)];
      return [field.id, TEXTS[entry % TEXTS.length] ?? ''];
    }),
  );
}

const VIEWS = [
  'owed',
  'status',
  'verdict',
  'proposals',
  'question',
  'checklist',
  'draft',
  'why',
  'people',
  'answers',
  'more',
  'script',
  'help',
] as const;
export function cardsOf(story: Story): readonly Card[] {
  const { state, ia } = story.situation;
  const views = VIEWS.flatMap((view) => viewOf({ view, args: {} }, { state, ia, regime }) ?? []);
  return [...surfacesOf({ state, ia, regime }).map(({ card }) => card), ...views];
}

export function actionsOf(card: Card): readonly Action[] {
  return card.blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));
}
function intentsOf(card: Card): readonly Command[] {
  const buttons = actionsOf(card).flatMap(({ does }) => (does.kind === 'intent' ? [does.intent] : []));
  const choices = card.blocks.flatMap((block) =>
    block.kind === 'choices' ? [intentOfChoice(block.choice.fact, block.choice.chosen)] : [],
  );
  return [...buttons, ...choices];
}
export function formsIn(card: Card): readonly FormRef[] {
  return actionsOf(card).flatMap(({ does }) => (does.kind === 'form' ? [does.form] : []));
}

const CONTEXT = ['operator', 'system', 'affected', 'suspected_crime', 'occurrence', 'ongoing', 'incident_type'];
const ARGUMENTS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  item: regime.items.map((item) => ({ item: item.id })),
  assign: regime.items.map((item) => ({ item: item.id })),
  choose_version: regime.items.map((item) => ({ item: item.id })),
  wording: regime.items.flatMap((item) => item.fields.slice(0, 1).map((field) => ({ field: field.id }))),
  correct: [...CONTEXT, ...regime.factDefinitions.map((fact) => fact.id)].map((fact) => ({ fact })),
  number: [{ fact: 'direct_loss_cny' }, { fact: 'population_percent_province' }, { fact: 'no_such_fact' }],
  ongoing: [{ fact: 'ongoing' }, { fact: 'site_outage_minutes' }],
  paper_words: regime.papers.map((paper) => ({ paper: paper.id })),
  settle_question: regime.openQuestions.map((question) => ({ question: question.id })),
};

const offered = [...allPacks().values()].slice(0, 2).map(({ pack }) => pack);

/** Every form there is, with the arguments it takes. */
export function allForms(story: Story): readonly Form[] {
  const { state } = story.situation;
  const ia = withOffers(story);
  const refs = [...Object.keys(FORM_KINDS), 'new_incident'].flatMap((form) =>
    (ARGUMENTS[form] ?? [{}]).map((args) => ({ form, args: { incident: state.id, ...args } })),
  );
  return refs.flatMap((ref) => formOf(ref, { state, ia, regime, now: ia.now }) ?? []);
}

/** The assessment with laws on offer, so that the form of an added law is among those that are shown. */
export function withOffers({ situation: { ia } }: Story): IncidentAssessment {
  return { ...ia, regime: { ...ia.regime, onOffer: () => offered } };
}
