import { describe, expect, it } from 'vitest';
import type { Action, Card } from '../../src/conversation/cards/card.ts';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import type { FormValues } from '../../src/conversation/forms/form-kind.ts';
import { nextStep } from '../../src/conversation/next-step/next-step.ts';
import { offeredTo, type Readers } from '../../src/conversation/rooms/abroad.ts';
import type { Command } from '../../src/incident/commands.ts';
import { ROLES, type Room } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { actingOf } from '../../src/incident/people/rights.ts';
import { entryOf } from '../../src/law/lookup.ts';
import { variants } from '../fakes/soak.ts';
import { account, Case, minutes } from '../incident/bench-incident.ts';
import { room } from '../incident/bench-rooms.ts';

/** Refusals for want of a right, and nothing that somebody could still enter better. */
const OF_RIGHTS: readonly string[] = [
  ...['forbidden', 'same_person', 'four_eyes', 'closed', 'stopped', 'erased', 'unknown_incident', 'not_released'],
];
const OPS = room('slack', 'ops');
const PEOPLE = [...ROLES, 'second'] as const;

/** One person for each role, a second lead who proposes, and somebody the profile does not list. */
function company(more: object = {}): Organisation {
  return organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: PEOPLE.map((id) => ({ id, name: id, roles: id === 'second' ? ['lead'] : [id], accounts: [account(id)] })),
    ...more,
  });
}

/** An incident that a responder declared and in which everybody acted. */
function declared(organisation: Organisation | null = company()): Case {
  const c = new Case(organisation);
  c.must('responder', { type: 'declare', title: '数据泄露' });
  c.must('responder', { type: 'add_room', room: OPS }, { room: OPS });
  for (const who of PEOPLE) c.must(who, { type: 'add_note', text: 'here' });
  c.must('responder', { type: 'answer', fact: 'affected', value: ['personal_info'] });
  return c;
}
function drafted(c = declared()): Case {
  c.must('responder', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  c.must('responder', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
  return c;
}
function filed(c = drafted()): Case {
  const filing = { obligation: 'cac.art4.other', channel: 'web_12387', at: new Date(c.now).toISOString() };
  c.must('filer', { type: 'record_filing', ...filing, draft: 1, withoutApproval: 'night' });
  return c;
}
const closing: Command = { type: 'end_handling', at: '2026-03-31T09:40:00+08:00', reason: 'over' };

const CASES: Readonly<Record<string, () => Case>> = {
  'just declared': () => declared(),
  'with a judgement to make': () => {
    const c = declared();
    c.must('responder', { type: 'answer', fact: 'personal_info_people', value: 10 });
    for (const fact of ['direct_loss_cny', 'suspected_crime'])
      c.do('responder', { type: 'answer', fact, value: fact === 'suspected_crime' ? false : 0 });
    return c;
  },
  'with a draft': () => drafted(),
  'waiting for its approver': () => {
    const c = drafted();
    c.must('second', { type: 'request_approval', draft: 1 });
    return c;
  },
  'waiting for its approver, with four eyes': () => {
    const c = drafted(declared(company({ approval: { fourEyes: true } })));
    c.must('approver', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    c.do('second', { type: 'request_approval', draft: 2 });
    return c;
  },
  'with a level that waits': () => {
    const c = drafted();
    c.must('second', { type: 'decide_level', level: 'general', reason: 'x' });
    return c;
  },
  'with somebody led by an approver': () => {
    const c = drafted();
    c.must('approver', { type: 'take_lead' });
    return c;
  },
  filed: () => filed(),
  'filed, with a request of an authority': () => {
    const c = filed();
    const receivedAt = new Date(c.now).toISOString();
    c.must('filer', { type: 'add_request', from: '网信办', recipient: 'provincial_cac', what: 'x', receivedAt });
    return c;
  },
  overdue: () => {
    const c = drafted();
    c.now += minutes(600);
    return c;
  },
  'handling ended': () => {
    const c = filed();
    c.do('lead', closing);
    return c;
  },
  'a room abroad': () => {
    const c = drafted();
    const berlin = room('slack', 'berlin', { location: 'abroad' });
    c.must('lead', { type: 'add_room', room: berlin }, { room: berlin });
    return c;
  },
  closed: () => {
    const c = declared();
    c.must('lead', { type: 'withdraw_declaration', reason: 'mistake' });
    const open = c.current.proposals.find(({ settled }) => settled === null);
    if (open) c.must('second', { type: 'second', proposal: open.id, agree: true });
    return c;
  },
  'stopped for a state secret': () => {
    const c = drafted();
    c.must('responder', { type: 'stop_state_secret' });
    return c;
  },
  'stopped, and the lifting waits': () => {
    const c = drafted();
    c.must('responder', { type: 'stop_state_secret' });
    c.must('lead', { type: 'lift_stop', reason: 'no secret' });
    return c;
  },
  'a person taken out': () => {
    const c = drafted();
    c.must('lead', { type: 'remove_person', person: 'responder', reason: 'left' });
    return c;
  },
  'without a profile': () => drafted(declared(null)),
};
const VIEWS = [
  ...[
    'status',
    'verdict',
    'proposals',
    'question',
    'checklist',
    'draft',
    'text',
    'reading',
    'tasks',
    'owed',
    'assessment',
    'why',
    'law',
  ],
  ...['people', 'answers', 'more', 'private', 'script', 'send'],
];

function cardsOf(c: Case, room: Room | null): readonly Card[] {
  const ia = c.assess();
  const { regime } = ia;
  const views = VIEWS.flatMap(
    (view) => viewOf({ view, args: { incident: c.current.id, draft: '1' } }, { state: c.current, ia, regime }) ?? [],
  );
  return [...views, ...surfacesOf({ state: c.current, ia, regime }, room).map(({ card }) => card)];
}
const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));
const keyOf = ({ does }: Action): string => JSON.stringify(does);

/** Commands that a button gives: its own, or those of its form when each field has a usual entry. */
function commandsOf(c: Case, { does }: Action): readonly Command[] {
  if (does.kind === 'intent') return [does.intent];
  if (does.kind !== 'form') return [];
  const kind = entryOf(FORM_KINDS, does.form.form);
  const ia = c.assess();
  const situation = { state: c.current, ia, regime: ia.regime };
  const built = kind?.build(situation, does.form.args);
  const values: FormValues = Object.fromEntries(
    (built?.fields ?? []).map((field) => {
      const entered = typeof field === 'object' && 'value' in field ? field.value : '';
      if (entered !== '' && entered.length > 0) return [field.id, entered];
      if (field.kind === 'one' || field.kind === 'many') return [field.id, field.options[0]?.value ?? ''];
      return [field.id, field.kind === 'time' ? '09:30' : field.kind === 'number' ? '5' : 'words'];
    }),
  );
  const parsed = kind?.parse(situation, does.form.args, values);
  return parsed && 'commands' in parsed ? parsed.commands : [];
}

/** Code of the refusal that a person would get now; nothing changes. */
function refusal(c: Case, who: string, command: Command): string | null {
  const { state } = c;
  const { length } = c.events;
  const decision = c.do(who, command, { revision: null });
  c.state = state;
  c.events.length = length;
  return decision.ok ? null : decision.refusal.code;
}
const isOfRights = (code: string | null): boolean => code !== null && OF_RIGHTS.includes(code);

const reader = (c: Case, who: string): Readers => ({
  people: [{ acting: actingOf(c.current, { account: account(who) }), sees: { show: 'all' } }],
  aloud: false,
});

/** Played by soaks: each is like another one, with a person or a room more. */
const FURTHER: readonly string[] = [
  ...['with a judgement to make', 'waiting for its approver, with four eyes', 'with somebody led by an approver'],
  ...[
    'filed, with a request of an authority',
    'stopped, and the lifting waits',
    'a person taken out',
    'without a profile',
  ],
];
const [usual, further] = [false, true].map((is) =>
  Object.entries(CASES).filter(([name]) => FURTHER.includes(name) === is),
);

describe.each(variants(usual ?? [], further ?? []).flat())('%s', { tags: 'grows' }, (_, make) => {
  const c = make();
  const incident = { state: c.current, regime: c.assess().regime };
  const cards = cardsOf(c, OPS);
  const people = [...PEOPLE, 'stranger'].filter((who) => !c.current.people[who]?.removed);
  /** By what a button does: whoever presses it gives the same commands. */
  const given = new Map<string, readonly Command[]>();
  const refused = new Map<string, readonly (string | null)[]>();
  const codesOf = (who: string, action: Action): readonly (string | null)[] => {
    const does = keyOf(action);
    const commands = given.get(does) ?? commandsOf(c, action);
    given.set(does, commands);
    const key = `${who} ${does}`;
    const codes = refused.get(key) ?? commands.map((command) => refusal(c, who, command));
    refused.set(key, codes);
    return codes;
  };

  it.each(people)('%s gets no button that is refused for them, and every other', (who) => {
    const wrong = cards.flatMap((card) => {
      const kept = new Set(actionsOf(offeredTo(card, incident, reader(c, who))).map(keyOf));
      return actionsOf(card).flatMap((action) => {
        const codes = codesOf(who, action);
        const isKept = kept.has(keyOf(action));
        const isWrong = codes.length > 0 && isKept === codes.some(isOfRights);
        return isWrong ? [`${action.id}: ${isKept ? 'kept' : 'gone'} (${codes.join()})`] : [];
      });
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it.each(people)('the next step of %s is one they may take', (who) => {
    const acting = actingOf(c.current, { account: account(who) });
    const next = nextStep({ state: c.current, ia: c.assess(), regime: incident.regime }, acting);
    const wrong = (next?.actions ?? []).filter((action) => codesOf(who, action).some(isOfRights));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('a room shows no button that nobody can press', () => {
    const shown = surfacesOf({ state: c.current, ia: c.assess(), regime: incident.regime }, OPS).flatMap(({ card }) =>
      actionsOf(card),
    );
    const dead = shown.filter((action) => people.every((who) => codesOf(who, action).some(isOfRights)));
    expect(dead.map(({ id }) => id)).toEqual([]);
  });
});

it('who is shown as lead may do what a lead must', () => {
  const lead: readonly Command[] = [
    { type: 'decide_level', level: 'major' },
    { type: 'answer', fact: 'data_threat', value: 'none' },
    { type: 'end_handling', at: '2026-03-31T09:40:00+08:00', reason: 'x' },
    { type: 'practise_filing', obligation: 'cac.art4.other', channel: 'web_12387' },
  ];
  for (const make of Object.values(CASES)) {
    const c = make();
    const { state } = c;
    const shown = PEOPLE.filter((who) =>
      actingOf(state ?? c.current, { account: account(who) }).actors.includes(c.current.lead),
    );
    const isLed = shown.some((who) => actingOf(c.current, { account: account(who) }).roles.includes('lead'));
    for (const who of isLed ? shown : []) {
      const codes = lead.map((command) => refusal(c, who, command));
      expect(codes.filter((code) => code === 'forbidden')).toEqual([]);
    }
  }
});
