import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { timelineLine } from '../../src/conversation/commands.ts';
import { saidAfter } from '../../src/conversation/record/command-confirmations.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import {
  crossedCard,
  itemGivenCard,
  itemTakenCard,
  reminderCard,
  undeliverableCard,
} from '../../src/conversation/reminding/reminders.ts';
import { cardFor, formFor, mayView, textFor, viewFor } from '../../src/conversation/rooms/abroad.ts';
import { commandSchema } from '../../src/incident/commands.ts';
import { ABROAD_PARTS, type AbroadPart } from '../../src/incident/identity.ts';
import { type Audience, reveals, type Visibility, visibility } from '../../src/incident/visibility.ts';
import { timelineCard } from '../../src/use-cases/timeline.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { ABROAD, commandsWithWords, released, SECRET, secretive, tellAll } from './secrets.ts';
import { MAIN_ROOM, read, regime, type Story } from './story.ts';
import { allForms, starts, steps, walk } from './walk.ts';

const VIEWS = [
  'status',
  'question',
  'checklist',
  'draft',
  'why',
  'people',
  'answers',
  'more',
  'script',
  'send',
  'help',
];
const PARTS = ABROAD_PARTS.filter((part) => part !== 'overview' && part !== 'drafts');
const ALL = [...PARTS, 'drafts'] as const;

function reminders({ situation }: Story): readonly Card[] {
  const due = {
    step: { kind: 'due' as const },
    dueAt: situation.ia.now,
    obligations: situation.ia.clocks.map(({ id }) => id),
  };
  return [
    ...Object.keys(situation.state.people).flatMap((actor) => [
      reminderCard(situation, due, actor),
      undeliverableCard(situation, actor),
    ]),
    reminderCard(situation, due, null),
    reminderCard(situation, { ...due, step: { kind: 'review' }, obligations: [] }, null),
    ...situation.ia.crossings.map((crossing) => crossedCard(situation, crossing)),
    ...regime.items.flatMap((item) => [itemTakenCard(situation, item.id), itemGivenCard(situation, item.id, null)]),
  ];
}

/** Whatever a room abroad could get to see of an incident, as it goes to a platform: texts, buttons and all. */
function everything(story: Story, sight: Visibility): readonly unknown[] {
  const { state, ia } = story.situation;
  const said = commandsWithWords('').flatMap(
    (command) => saidAfter({ commands: [command], before: null, after: story.situation }) ?? [],
  );
  const recorded = story.events.map((event, index) => ({
    ...{ incident: state.id, version: index + 1, at: ia.now, actor: state.lead, command: 'c', event },
  }));
  return [
    ...surfacesOf({ state, ia, regime }, ABROAD).map(({ card }) => card),
    ...VIEWS.flatMap((view) => {
      const card = viewOf({ view, args: {} }, { state, ia, regime });
      return card ? (viewFor(card, sight, view) ?? []) : [];
    }),
    viewFor(timelineCard(story.situation, recorded), sight, 'timeline'),
    ...allForms(story).flatMap((form) => formFor(form, sight) ?? []),
    ...[...reminders(story), ...said].map((card) => cardFor(card, sight)),
    ...story.events.map((event) => textFor(timelineLine(story.situation, event), sight)),
    cardFor(refusalCard({ code: 'duplicate', params: { id: state.id, title: state.title } }, story.situation), sight),
  ];
}

const sightIn = (story: Story): Visibility => visibility(story.situation.state, { kind: 'room', room: ABROAD });
const leaks = (shown: readonly unknown[], parts: readonly AbroadPart[]): readonly string[] => {
  const text = JSON.stringify(shown);
  return PARTS.filter((part) => !parts.includes(part) && text.includes(SECRET[part]));
};

describe('a room abroad', () => {
  it('gets no unreleased word of a rich incident, whatever was written, at any moment and with any releases', {
    tags: 'grows',
  }, () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.nat({ max: 30 }),
        fc.subarray(PARTS),
        (hostile, length, parts) => {
          const story = released(tellAll(hostile, length), parts);
          expect(leaks(everything(story, sightIn(story)), parts)).toEqual([]);
        },
      ),
      { numRuns: inEverySoak(4, 25) },
    );
  });

  it('the incident is rich: everybody at home sees all of it', () => {
    const story = tellAll();
    const words = JSON.stringify(story.situation.state);
    for (const secret of Object.values(SECRET)) expect(words).toContain(secret);
    expect(leaks(everything(story, { show: 'all' }), [])).toEqual(PARTS);
  });

  it('every kind of command with words is told in that incident', () => {
    const told = new Set(commandsWithWords('').map(({ type }) => type));
    const untold = commandSchema.options.map((option) => option.shape.type.value).filter((type) => !told.has(type));
    expect(untold.filter((type) => !WORDLESS.has(type))).toEqual([]);
  });

  it.each(['title', 'answers', 'texts', 'files', 'tracing'] as const)('sees %s once it is released', (part) => {
    const before = tellAll();
    const story = released(tellAll(), [part]);
    const text = (of: Story) => JSON.stringify(everything(of, sightIn(of)));
    expect(text(before)).not.toContain(SECRET[part]);
    expect(text(story)).toContain(SECRET[part]);
  });

  it('sees drafts only when they are released with all they contain', () => {
    const keys = (story: Story) =>
      surfacesOf(story.situation, ABROAD).flatMap(({ key, ifPosted }) => (ifPosted ? [] : [key]));
    expect(keys(tellAll())).toEqual(['status', 'checklist']);
    expect(keys(released(tellAll(), ALL))).toEqual(['status', 'proposals', 'question', 'checklist', 'draft']);
  });

  it('shows id, level, clocks and owners without a release, and says why there is no more', () => {
    const story = tellAll('', 8);
    story.do({ type: 'take_item', item: 'art7.2' });
    const [status, ...others] = surfacesOf(story.situation, ABROAD);
    const lines = status ? read(status.card, 'en').join('\n') : '';
    for (const word of ['INC-2026-0007', '13:30', 'Li Wei', 'Room abroad']) expect(lines).toContain(word);
    expect(others.filter(({ ifPosted }) => !ifPosted).map(({ key }) => key)).toEqual(['checklist']);
  });

  it('learns only that there is an incident, and whom to ask, once CII is involved', () => {
    const story = tellAll('', 8);
    story.do({ type: 'answer', fact: 'operator', value: ['cii_involved'] });
    const surfaces = surfacesOf(story.situation, ABROAD);
    const [status] = surfaces;
    expect(surfaces.filter(({ ifPosted }) => !ifPosted)).toHaveLength(1);
    expect(status && read(status.card, 'zh-CN')).toEqual([
      'INC-2026-0007',
      '有一起事件。本群在境外，未经允许不显示更多内容。',
      '有一起事件。本群在境外，未经允许不显示更多内容。',
      '如需了解情况，请联系：Li Wei、Chen Yu、Zhao Min或Adm Min',
    ]);
    // What stood there before is taken back.
    expect(surfaces.filter(({ ifPosted }) => ifPosted).map(({ key }) => key)).toEqual([
      'verdict',
      'proposals',
      'question',
      'checklist',
      'draft',
    ]);
    expect(VIEWS.filter((view) => mayView(sightIn(story), view))).toEqual([]);
    released(story, ['overview']);
    expect(surfacesOf(story.situation, ABROAD).map(({ key }) => key)).toContain('checklist');
  });

  it('gets only buttons that tell nothing and lead to nothing withheld', () => {
    const story = tellAll();
    const actions = JSON.stringify(surfacesOf(story.situation, ABROAD).map(({ card }) => card.blocks));
    for (const withheld of ['"form":"item"', '"view":"draft"', '"view":"why"', '"form":"filing"', '"kind":"link"'])
      expect(actions).not.toContain(withheld);
  });

  it('a title of any incident people walk through stays at home', { tags: 'grows' }, () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story } = walk({ ...start, title: SECRET.title }, path);
        story.try({ type: 'add_room', room: ABROAD });
        expect(leaks(everything(story, sightIn(story)), [])).toEqual([]);
      }),
      { numRuns: inEverySoak(2, 10) },
    );
  });
});

describe('what is looked at twice', () => {
  it('shows what it showed the first time', () => {
    const story = released(tellAll(), ['answers', 'texts']);
    const sight = sightIn(story);
    const card = viewOf({ view: 'answers', args: {} }, story.situation);
    const once = card && viewFor(card, sight, 'answers');
    expect(once && localiseCard(cardFor(once, sight), 'en')).toEqual(once && localiseCard(once, 'en'));
  });
  it('withheld is said in the language of the room', () => {
    expect(localise(textFor({ raw: 'x' }, { show: 'overview' }), 'zh-CN')).toBe('〔未允许境外查看〕');
    expect(localise(textFor({ raw: 'x' }, { show: 'overview' }), 'en')).toBe('[not released]');
  });
});

describe('somebody who reads from abroad', () => {
  const li = { platform: 'console', tenant: 'local', id: 'Li Wei' };
  const to = (account: typeof li): Audience => ({ kind: 'account', account, person: null });
  it('is told by the profile, or by the room they were met in', () => {
    const story = tellAll('', 3);
    story.do({ type: 'take_item', item: 'art7.2' }, 'Hans', ABROAD);
    const { state } = story.situation;
    const hans = { platform: 'console', tenant: 'local', id: 'Hans' };
    expect(visibility(state, to(li))).toEqual({ show: 'all' });
    expect(visibility(state, to(hans))).toEqual({ show: 'overview' });
    const people = secretive.people.map((p) => (p.id === 'li-wei' ? { ...p, location: 'abroad' as const } : p));
    expect(visibility({ ...state, organisation: { ...secretive, people } }, to(li))).toEqual({ show: 'overview' });
  });
  it('sees in writing only what every room abroad may see', () => {
    const story = released(tellAll('', 3), ['title']);
    const sight = () => {
      const { organisation } = story.situation.state;
      const people = (organisation?.people ?? []).map((p) =>
        p.id === 'li-wei' ? { ...p, location: 'abroad' as const } : p,
      );
      return visibility({ ...story.situation.state, organisation: { ...secretive, people } }, to(li));
    };
    expect(reveals(sight(), 'title')).toBe(true);
    story.do({ type: 'add_room', room: { ...ABROAD, address: 'paris' } });
    expect(reveals(sight(), 'title')).toBe(false);
    expect(visibility(story.situation.state, { kind: 'room', room: MAIN_ROOM })).toEqual({ show: 'all' });
  });
});

/** Commands without a word of their own, or whose words are about rooms (told below the room itself). */
const WORDLESS: ReadonlySet<string> = new Set([
  ...[
    'second',
    'second_level',
    'stop_state_secret',
    'take_lead',
    'withdraw_awareness',
    'take_charge',
    'hand_over',
    'take_over',
    'ask_for',
    'ask_to_join',
    'assign_item',
    'relate',
    'choose_version',
    'request_approval',
    'approve',
  ],
  ...[
    'assess_point',
    'practise_filing',
    'correct_filing',
    'explain_delay',
    'drop_request',
    'change_task',
    'finish_task',
    'close',
    'reopen',
  ],
  ...[
    'snooze',
    'set_drill_speed',
    'remove_room',
    'confirm_room',
    'leave_chat',
    'return_to_chat',
    'release_abroad',
    'withdraw_release',
  ],
  ...['set_language', 'name_person', 'tick', 'note_restored', 'record_delivery', 'record_stamp', 'expire'],
  // Leaves no words at all (tests/incident/retention.test.ts).
  'erase',
]);
