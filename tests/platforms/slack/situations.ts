import type { Card, Form } from '../../../src/conversation/cards/card.ts';
import { helpCard, listCard, viewOf } from '../../../src/conversation/cards/card-views.ts';
import { intent, type Situation, t } from '../../../src/conversation/cards/situation.ts';
import { surfacesOf, surfacesShown } from '../../../src/conversation/cards/surfaces.ts';
import { followCard, taskCard } from '../../../src/conversation/collecting/tasks.ts';
import { FORM_KINDS } from '../../../src/conversation/commands.ts';
import { askCard, outcomeCard } from '../../../src/conversation/filing/approval-status.ts';
import { anchorCard, delayCard, withAnchor } from '../../../src/conversation/filing/changes-since-filing.ts';
import { formOf } from '../../../src/conversation/forms/form-kinds.ts';
import { refusalCard } from '../../../src/conversation/record/refusals.ts';
import { fallbackCard, restoredCard } from '../../../src/conversation/reminding/fallback-cards.ts';
import {
  crossedCard,
  digestCard,
  itemGivenCard,
  itemTakenCard,
  reminderCard,
  undeliverableCard,
} from '../../../src/conversation/reminding/reminders.ts';
import { existsCard, movedCard, withheldCard } from '../../../src/conversation/rooms/abroad.ts';
import { allMessages } from '../../../src/i18n/translate.ts';
import { decisionsInForce } from '../../../src/incident/commands/decisions.ts';
import { assessIncident } from '../../../src/incident/facts/assessment.ts';
import { ABROAD_PARTS } from '../../../src/incident/identity.ts';
import { parseStep } from '../../../src/incident/steps.ts';
import type { Visibility } from '../../../src/incident/visibility.ts';
import { isReported } from '../../../src/law/levels.ts';
import { thresholdsOf } from '../../../src/law/regime.ts';
import { ABROAD, released, tellAll } from '../../conversation/secrets.ts';
import { company, MAIN_ROOM, regime, Story } from '../../conversation/story.ts';
import { allPacks } from '../../fakes/law.ts';

/** Parameters that the refusals of this case name, so that each is shown as people meet it. */
const SAID = {
  ...{ value: '2026-03-31T09:20:00+08:00', start: '2026-03-31T09:42:00+08:00', at: '2026-03-31T09:44:00+08:00' },
  ...{ now: '2026-03-31T09:44:00+08:00', floor: 'major', ceiling: 'significant', draft: 1, minutes: 15, days: 30 },
  ...{
    by: 'Li Wei',
    name: 'Li Wei',
    lead: 'Li Wei',
    id: 'INC-2026-0007',
    ref: 'A-3',
    title: '支付系统疑似用户数据泄露',
  },
  ...{
    roles: ['lead', 'approver'],
    people: ['Li Wei', 'Chen Yu'],
    channel: 'hotline_12387',
    channels: ['own_contact', 'in_person'],
  },
  ...{
    recipient: 'protection_department',
    law: 'eu-gdpr-2016',
    parts: ['overview'],
    words: '昨天',
    changes: ['art7.2.place'],
  },
};

const VIEWS = [
  ...['status', 'question', 'checklist', 'draft', 'why', 'people', 'answers', 'more', 'script'],
  ...['text', 'tasks', 'assessment', 'send'],
];
const STEPS = ['60', '30', '5', 'due', 'overdue'];

/** Parameters of refusals whose text makes sense only with values of their own. */
const SAID_OF: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  erased_later: { at: '2026-04-30T14:03:00+08:00' },
  before_law: { value: '2025-10-31T09:20:00+08:00', start: '2025-11-01T00:00:00+08:00' },
};

/** Button with which a person declares an incident whose title is taken. */
const ANOTHER = intent('another', t('refusal.open_another'), { type: 'declare', title: 'Leak' });

const failedAt = (since: string) => [{ platform: 'slack', since, givenUp: true }];
const ROOMS = [{ ...MAIN_ROOM, open: true }];
const SIGHTS: readonly Visibility[] = [
  { show: 'head', why: 'restricted', clocks: false },
  { show: 'overview' },
  { show: 'parts', parts: new Set(['overview', 'title', 'answers', 'texts']) },
];
const REFUSALS = [...allMessages('en').keys()].flatMap((key) =>
  key.startsWith('refuse.') ? key.slice('refuse.'.length) : [],
);

/** Every card and form at some moment of a case, by name. */
export interface Shown {
  readonly name: string;
  readonly card?: Card;
  readonly form?: Form;
}

/** Laws that are loaded and not in force in the case. */
const OFFERED = [...allPacks().values()].slice(0, 2).map(({ pack }) => pack);

function shownIn(when: string, { state, ia: now }: Situation, kinds = Object.keys(FORM_KINDS)): readonly Shown[] {
  const ia = { ...now, regime: { ...now.regime, onOffer: () => OFFERED } };
  const situation: Situation = { state, ia, regime };
  const due = { obligations: ia.clocks.map((c) => c.id), dueAt: ia.now, lateSeconds: 0, collapsed: [] };
  const args = [
    { incident: state.id },
    { incident: state.id, draft: '1', point: 'facts', task: 't1', request: 'request.1', obligation: 'cac.art4.other' },
    ...regime.items.map((item) => ({ incident: state.id, item: item.id, field: item.fields[0]?.id ?? '' })),
    ...decisionsInForce(state).map((about) => ({ incident: state.id, about })),
    ...regime.papers.map(({ id }) => ({ incident: state.id, paper: id })),
    ...state.filings.map(({ version }) => ({ incident: state.id, filing: String(version) })),
    ...regime.openQuestions.map(({ id }) => ({ incident: state.id, question: id })),
    ...Object.keys(state.facts).map((fact) => ({ incident: state.id, fact })),
    ...regime.factDefinitions.map((fact) => ({ incident: state.id, fact: fact.id })),
  ];
  const criterion = thresholdsOf(regime, 'site_outage_minutes')[0]?.criterion ?? '';
  const forms = kinds.flatMap((form) => {
    // Most forms look the same whatever they are asked for, and read few of their arguments.
    const different = new Map<string, Shown>();
    const asked: { readonly isSame: (other: Args) => boolean; readonly built: Form | null; readonly look: string }[] =
      [];
    for (const [i, a] of args.entries()) {
      let known = asked.find(({ isSame }) => isSame(a));
      if (known === undefined) {
        const { noting, isSame } = noted(a);
        const built = formOf({ form, args: noting }, { state, ia, regime, now: ia.now });
        known = { isSame, built, look: JSON.stringify({ ...built, ref: form }) };
        asked.push(known);
      }
      const { built, look } = known;
      if (built) different.set(look, { name: `${when} form ${form} ${i}`, form: { ...built, ref: { form, args: a } } });
    }
    return [...different.values()];
  });
  return [
    ...surfacesOf({ state, ia, regime }).map((s) => ({ name: `${when} ${s.key}`, card: s.card })),
    ...VIEWS.flatMap((view): Shown[] => {
      const card = viewOf({ view, args: { incident: state.id } }, { state, ia, regime });
      return card ? [{ name: `${when} view ${view}`, card }] : [];
    }),
    ...STEPS.map((step) => ({
      name: `${when} reminder ${step}`,
      card: reminderCard(situation, { ...due, step: parseStep(step) }, state.lead),
    })),
    ...regime.items.slice(0, 2).flatMap((item): Shown[] => [
      { name: `${when} taken ${item.id}`, card: itemTakenCard(situation, item.id) },
      { name: `${when} given ${item.id}`, card: itemGivenCard(situation, item.id, state.lead) },
    ]),
    // A reached threshold makes the level at least as high, so the card exists only beside such a level.
    ...(isReported(regime, ia.assessment.floor)
      ? [
          {
            name: `${when} crossed`,
            card: crossedCard(situation, { fact: 'site_outage_minutes', criterion, level: 'major', at: ia.now }),
          },
        ]
      : []),
    { name: `${when} digest`, card: digestCard([situation]) },
    { name: `${when} undeliverable`, card: undeliverableCard(situation, state.lead) },
    {
      name: `${when} restored`,
      card: restoredCard(situation, { upTo: ia.now, missing: 3, due: '2026-03-31T13:20:00+08:00' }),
    },
    {
      name: `${when} fallback`,
      card: fallbackCard(situation, failedAt(ia.now), { ...due, step: { kind: 'due' } }, state.lead),
    },
    { name: `${when} exists`, card: existsCard(state) },
    { name: `${when} withheld`, card: withheldCard(state, { show: 'overview' }) },
    { name: `${when} moved`, card: movedCard(state) },
    ...state.tasks.map((task) => ({ name: `${when} task`, card: taskCard(situation, [task], true) })),
    ...state.filings.flatMap((filing) => [
      {
        name: `${when} anchor`,
        card: withAnchor(anchorCard(situation, filing, filing.version), '4f1c09d27ab35e80'.repeat(4)),
      },
      ...(filing.lateSeconds > 0 ? [{ name: `${when} delay`, card: delayCard(situation, filing) }] : []),
      { name: `${when} follow`, card: followCard(situation) },
    ]),
    ...ROOMS.flatMap((room) =>
      surfacesOf({ state, ia, regime }, room).map((s) => ({ name: `${when} ${s.key} in an open room`, card: s.card })),
    ),
    ...SIGHTS.flatMap((sight) =>
      surfacesShown(situation, sight).map((s) => ({ name: `${when} ${s.key} abroad`, card: s.card })),
    ),
    ...REFUSALS.map((code) => ({
      name: `${when} refused ${code}`,
      card: refusalCard(
        { code, params: { ...SAID, ...SAID_OF[code] } },
        situation,
        code === 'duplicate' ? ANOTHER : null,
      ),
    })),
    ...state.approvals.flatMap((approval) => [
      { name: `${when} ask ${approval.version}`, card: askCard(situation, approval, '', true) },
      { name: `${when} outcome ${approval.version}`, card: outcomeCard(situation, approval) },
    ]),
    ...forms,
  ];
}

type Args = Readonly<Record<string, string>>;

/** Arguments that note which of them are read; `isSame`: others that agree in these, with which the same is built. */
function noted(args: Args) {
  const read = new Set<string>();
  let isWhole = false;
  const note = (name: string | symbol): void => void read.add(String(name));
  const noting = new Proxy(args, {
    get: (all, name) => {
      note(name);
      return Reflect.get(all, name);
    },
    has: (all, name) => {
      note(name);
      return Reflect.has(all, name);
    },
    getOwnPropertyDescriptor: (all, name) => {
      note(name);
      return Reflect.getOwnPropertyDescriptor(all, name);
    },
    ownKeys: (all) => {
      isWhole = true;
      return Reflect.ownKeys(all);
    },
  });
  const isSame = (other: Args): boolean => !isWhole && [...read].every((name) => other[name] === args[name]);
  return { noting, isSame };
}

let everything: readonly Shown[] | null = null;
let different: readonly Shown[] | null = null;

/** One whole case, looked at after each step; played once for all tests of a process. */
export function everythingShown(): readonly Shown[] {
  everything ??= wholeCase();
  return everything;
}

/** Of all that looks the same, e.g. a refusal at other moments, the first: what is enough for limits of a platform. */
export function differentShown(): readonly Shown[] {
  different ??= [
    ...new Map(
      everythingShown()
        .toReversed()
        .map((one) => [JSON.stringify([one.card, one.form]), one]),
    ).values(),
  ];
  return different;
}

function wholeCase(): readonly Shown[] {
  const long = '支付系统疑似用户数据泄露 <!channel> & '.repeat(8).slice(0, 200);
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: long });
  const shown: Shown[] = [];
  const look = (when: string): void => void shown.push(...shownIn(when, story.situation));
  look('declared');
  story
    .wait(2)
    .do({ type: 'answer', fact: 'affected', value: ['personal_info', 'outage', 'data', 'tampering', 'loss'] });
  look('affected');
  story.do({ type: 'answer', fact: 'personal_info_people', value: { min: 1_000_000, max: 9_999_999 } });
  story.do({ type: 'answer', fact: 'operator', value: 'other' });
  look('verdict');
  story.do({ type: 'add_note', text: '记'.repeat(20_000) });
  const field = regime.items[1]?.fields.find(({ from }) => from === undefined)?.id ?? '';
  story.do({ type: 'fill_field', field, value: { state: 'known', text: '很长的说明。'.repeat(800) } });
  story.do({ type: 'decide_level', level: 'major' });
  look('collecting');
  story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
  look('draft');
  const hash = story.situation.state.drafts[0]?.text?.hash ?? '';
  story.do({ type: 'request_approval', draft: 1 }).do({ type: 'approve', draft: 1, hash }, 'Zhao Min');
  story.do({ type: 'add_task', text: '改'.repeat(200) });
  story.do({ type: 'fill_field', field: 'art7.2.measures', value: { state: 'known', text: '很长。'.repeat(1_500) } });
  look('approval voided');
  story.wait(260);
  look('overdue');
  const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', receipt: '17' } as const;
  story.do({ ...filing, at: '2026-03-31T14:02:00+08:00', draft: 1, withoutApproval: 'late' }, 'Zhao Min');
  look('filed late');
  story.do({ type: 'end_handling', at: '2026-03-31T14:03:00+08:00', reason: 'restored' });
  story.do({ type: 'compile_draft', report: 'summary', cannotDetermine: [] });
  look('handling ended');
  story.do({ type: 'stop_state_secret' });
  look('stopped');
  const told = released(tellAll(long), ABROAD_PARTS);
  const measures = { type: 'fill_field', field: 'art7.2.measures', value: { state: 'known', text: long } } as const;
  told.do(measures, 'Chen Yu');
  shown.push(...shownIn('told', told.situation));
  const { state } = told.situation;
  const by = { by: state.lead, at: '2026-03-31T09:50:00+08:00', version: state.version };
  const chatLeft = { ...by, platforms: ['console'], left: [ABROAD], added: [], home: state.homeRoom };
  shown.push(...shownIn('left', { ...told.situation, state: { ...state, chatLeft } }, ['return_to_chat']));
  const entry = state.fields[measures.field];
  const fields = { ...state.fields, ...(entry ? { [measures.field]: { ...entry, current: null } } : {}) };
  const open = { ...state, fields, handlingEnded: null };
  const ia = assessIncident(open, regime, told.situation.ia.now);
  shown.push(...shownIn('two versions', { ...told.situation, state: open, ia }, ['choose_version']));
  const drill = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'Drill', drill: true, speed: 60 });
  shown.push(...shownIn('drill', drill.situation, ['drill_speed', 'practise', 'filing']));
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: `INC-2026-${i}`,
    title: long,
    drill: false,
    level: 'major',
    nextDue: '2026-03-31T13:42:00+08:00',
  }));
  return [
    ...shown,
    { name: 'help', card: helpCard() },
    { name: 'list', card: listCard({ rows, more: 0, elsewhere: 0 }, regime, Date.parse('2026-03-31T14:00:00+08:00')) },
  ];
}
