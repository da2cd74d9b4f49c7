import { nextQuestion } from '../conversation/asking/next-question.ts';
import type { Question } from '../conversation/asking/question.ts';
import type { Action, Text } from '../conversation/cards/card.ts';
import { localise, localised } from '../conversation/cards/localise.ts';
import type { Situation } from '../conversation/cards/situation.ts';
import { needsNow } from '../conversation/closing.ts';
import { type DutyRow, dutyRows, kindOf } from '../conversation/filing/obligations.ts';
import { conditionOf } from '../conversation/level/conditions.ts';
import { nextStep } from '../conversation/next-step/next-step.ts';
import type { Looker } from '../conversation/next-step/step.ts';
import { isOffered, type Readers } from '../conversation/rooms/abroad.ts';
import { approvalOf } from '../incident/approvals.ts';
import { workingStart } from '../incident/facts/assessment.ts';
import type { OwedObligation } from '../incident/facts/owed.ts';
import type { Language } from '../incident/identity.ts';
import { beganAt } from '../incident/imported.ts';
import { leadOf } from '../incident/people/rights.ts';
import { openProposals } from '../incident/proposals.ts';
import { shownTitle, unsaidOf } from '../incident/record/without-words.ts';
import type { FieldEntry, Filing } from '../incident/state.ts';
import { itemsNow } from '../report/items.ts';
import { jsonOf } from './json.ts';
import type { Json } from './ports.ts';

/** JSON of an incident in the API (contract: the document at `/api/v1/openapi.json`). */
export function incidentJson(
  whole: Situation,
  looker: Looker | null,
  language: Language,
  readers: Readers | null = null,
): Json {
  const offered = ({ does }: Pick<Action, 'does'>): boolean => !readers || isOffered(does, whole, readers);
  // Clocks and people stay in the JSON after a stop; texts written by people do not.
  const { stopped } = whole.state;
  const situation = stopped ? withoutTexts(whole) : whole;
  const { state, ia } = situation;
  const { assessment } = ia;
  const question = nextQuestion(situation);
  return jsonOf({
    id: state.id,
    title: shownTitle(whole.state),
    drill: state.drill,
    revision: state.version,
    phase: ia.phase,
    level: ia.level,
    levelDecided: ia.levelDecided,
    floor: assessment.floor,
    ceiling: assessment.ceiling,
    ceilingByNumbers: assessment.ceilingByNumbers,
    now: ia.now,
    rate: state.segments.at(-1)?.rate ?? 1,
    lead: state.imported ? (state.imported.lead ?? '') : (leadOf(state)?.name ?? ''),
    declaredAt: beganAt(state),
    recordedAfterwards: state.imported && { ...state.imported, recordedAt: state.declared.at },
    stopped: state.stopped !== null,
    regimes: regimesJson(situation),
    clocks: ia.clocks.map((o) => clockJson(situation, o, language)),
    obligations: dutyRows(situation).map((row) =>
      obligationJson({ ...row, actions: row.actions.filter(offered) }, language),
    ),
    facts: factsJson(situation),
    undetermined: assessment.undetermined,
    warnings: assessment.warnings,
    awareness: awarenessJson(situation),
    proposals: openProposals(state).map(({ id, effects, recorded, command, by, at }) => ({
      id,
      ground: effects[0]?.kind ?? null,
      effects,
      recorded,
      command,
      by: nameOf(situation, by),
      at,
    })),
    open: needsNow(situation),
    relations: Object.entries(state.relations).flatMap(([id, { how, at }]) =>
      how === 'none' ? [] : [{ incident: id, how, at }],
    ),
    items: itemsJson(situation),
    drafts: draftsJson(situation),
    filings: ia.filings.map((filing) => filingJson(situation, filing)),
    tasks: tasksJson(situation),
    people: peopleJson(situation),
    question:
      question &&
      questionJson(
        {
          ...question,
          options: question.options.filter((one) => offered({ does: { kind: 'intent', intent: one.intent } })),
        },
        language,
      ),
    next: nextJson(situation, looker, offered, language),
  });
}

/** JSON of the base regime with its verdict, then of packs and contracts, each with its version in the record. */
function regimesJson({ ia, regime }: Situation): readonly object[] {
  const { floor, ceiling } = ia.assessment;
  const base = { id: regime.id, title: regime.title, rank: 'law', level: ia.level, floor, ceiling };
  const packs = (regime.packs ?? []).map(({ id, title, rank, version, checked }) => ({
    id,
    title,
    rank,
    version,
    checked,
  }));
  return [base, ...packs].map((one) => ({
    ...one,
    clocks: ia.clocks.filter((clock) => clock.regime === one.id).map(({ id }) => id),
  }));
}

function nameOf({ state }: Situation, actor: string): string {
  return state.people[actor]?.name ?? actor;
}

/** Situation after a state-secret stop: clocks and people, without texts of people. */
function withoutTexts({ state, ia, ...rest }: Situation): Situation {
  const [clocks, obligations] = [ia.clocks.map(unsaid), ia.obligations.map(unsaid)];
  const shown = unsaidOf(state, ia);
  return { ...rest, state: shown.state, ia: { ...shown.ia, clocks, obligations } };
}

/** Obligation from an authority's request, without the texts of the request. */
function unsaid<O extends OwedObligation>(obligation: O): O {
  if (obligation.anchor !== 'request') return obligation;
  return { ...obligation, recipient: '', source: { ...obligation.source, instrument: '', quote: '' } };
}

/** JSON of a clock. `what`: the owed document; `condition` (null: none) distinguishes clocks of one document. */
function clockJson(situation: Situation, clock: OwedObligation, language: Language): object {
  const { id, recipient, due, dueMinutes, anchor, provisional, status, filing, regime, rank } = clock;
  const condition = filing || status === 'void' ? null : conditionOf(situation, clock);
  return {
    ...{ id, recipient, due, dueMinutes, anchor, provisional, status, regime, rank },
    filedAt: filing?.filedAt ?? null,
    unconfirmed: filing?.unconfirmed !== undefined,
    what: localise(kindOf(situation, clock), language),
    condition: condition && localise(condition, language),
  };
}

function obligationJson(row: DutyRow, language: Language): object {
  const { id, recipient, due, content, provisional, status, source, regime, rank } = row.duty;
  const { article, quote, verification } = source;
  const say = (text: Text): string => localise(text, language);
  return {
    ...{ id, recipient, due, content, provisional, status, article, quote, regime, rank, verification },
    ...{ what: say(row.what), to: say(row.recipient), by: say(row.due), owner: say(row.owner), state: say(row.state) },
    mark: row.mark,
    group: row.mark === 'done' ? 'settled' : due === null ? 'promptly' : 'timed',
    rule: row.rule && say(row.rule),
    marks: row.marks.map(say),
    actions: row.actions.map((action) => localised(action, language)),
  };
}

function factsJson(situation: Situation): object {
  const entries = Object.entries(situation.state.facts);
  return Object.fromEntries(entries.map(([id, f]) => [id, { value: f.value, by: nameOf(situation, f.by), at: f.at }]));
}

/**
 * JSON of the people, each listed once. A person who was added by name and acted later has two entries, of which the
 * last is used.
 */
function peopleJson({ state }: Situation): readonly object[] {
  const each = new Map(Object.values(state.people).map((one) => [one.person ?? one.actor, one]));
  return [...each.values()].map(({ actor, name, roles }) => ({ id: actor, name, roles }));
}

function awarenessJson({ state, ia }: Situation): object {
  return {
    confirmed: state.awareness !== null,
    at: ia.anchors.awareness ?? null,
    earliest: workingStart(state)?.instant ?? null,
    candidates: state.candidates.map((c) => ({ id: c.id, at: c.instant, source: c.source, reachedUs: c.reachedUs })),
  };
}

function itemsJson(situation: Situation): object {
  return itemsNow(situation).map((item) => ({
    n: item.n,
    id: item.id,
    owner: item.owner === null ? null : nameOf(situation, item.owner),
    fields: item.fields.map(({ definition, state }) => ({
      id: definition.id,
      state,
      ...fieldWords(situation, situation.state.fields[definition.id]),
    })),
  }));
}

/** JSON of a field's text, and of the wording that a person confirmed. */
function fieldWords(situation: Situation, entry: FieldEntry | undefined): object {
  const { current = null, wording = null } = entry ?? {};
  const stamp = ({ by, at }: { readonly by: string; readonly at: string }) => ({ by: nameOf(situation, by), at });
  return {
    value: current && { state: current.state, text: current.text, asOf: current.asOf, ...stamp(current) },
    wording: wording && { text: wording.text, ...stamp(wording) },
  };
}

/** Drafts as JSON, each with the hash of the exact text that `approve` is bound to. */
function draftsJson({ state }: Situation): object {
  return state.drafts.map(({ draft, report, at, text }) => ({
    draft,
    report,
    at,
    hash: text?.hash ?? null,
    approval: approvalOf(state, draft).status,
  }));
}

function filingJson(situation: Situation, filing: Filing): object {
  const {
    version,
    obligation,
    recipient,
    to,
    channel,
    filedAt,
    draft,
    hash,
    receipt,
    approved,
    lateSeconds,
    practised,
  } = filing;
  const what = { version, obligation, recipient, to, channel, filedAt, draft, hash, receipt, approved, lateSeconds };
  return {
    ...what,
    by: nameOf(situation, filing.by),
    unconfirmed: filing.unconfirmed !== undefined,
    practised: practised ?? false,
  };
}

function tasksJson(situation: Situation): object {
  return situation.state.tasks.map(({ id, kind, text, item, owner, due, finished }) => ({
    id,
    kind,
    text,
    item,
    owner: owner === null ? null : nameOf(situation, owner),
    due,
    finished: finished !== null,
  }));
}

/** JSON of the next step: sentence, its button's effect, all buttons; none is primary if they answer a question. */
function nextJson(
  situation: Situation,
  looker: Looker | null,
  offered: (action: Action) => boolean,
  language: Language,
): object | null {
  const next = nextStep(situation, looker);
  if (!next) return null;
  const actions = next.actions.filter(offered);
  const [first] = actions;
  const does = first?.style === 'primary' ? first.does : null;
  return {
    text: localise(next.text, language),
    ...(does?.kind === 'intent' ? { intent: does.intent } : {}),
    ...(does?.kind === 'form' ? { form: does.form } : {}),
    ...(does?.kind === 'view' ? { view: does.view } : {}),
    actions: actions.map((action) => localised(action, language)),
    meanwhile: next.meanwhile && localise(next.meanwhile, language),
    about: next.about,
    ...(next.why ? { why: localise(next.why, language) } : {}),
  };
}

function questionJson(question: Question, language: Language): object {
  return {
    id: question.id,
    kind: question.kind,
    text: localise(question.text, language),
    options: question.options.map((o) => ({ label: localise(o.label, language), intent: o.intent })),
  };
}
