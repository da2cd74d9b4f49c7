import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { answer, begun, owed, withLaws } from './guard-case.ts';

const open = (c: ReturnType<typeof begun>) => c.current.proposals.filter(({ settled }) => settled === null);

it('a first answer of a token waits for one person', () => {
  const c = begun('shop');
  const ids = () => owed(c).map((one) => one.split(' ')[0]);
  const before = ids();
  c.must('api', answer('nfra_personal', false));
  expect(before.filter((one) => !ids().includes(one))).toEqual([]);
  const [proposal] = open(c);
  expect(proposal).toMatchObject({ by: 'api', recorded: true });
  expect(c.do('chen', { type: 'second', proposal: proposal?.id ?? '', agree: true })).toMatchObject({ ok: false });
  c.must('zhao', { type: 'second', proposal: proposal?.id ?? '', agree: true });
  expect(open(c)).toEqual([]);
  expect(c.current.standing).toEqual([]);
});

it('what a token says against a person, or to end what a law asks for, waits for two', () => {
  const c = begun('shop');
  c.must('chen', answer('affected', ['personal_info']));
  c.must('chen', answer('personal_info_people', 1_200_000));
  c.must('api', answer('personal_info_people', 5));
  c.must('zhao', { type: 'second', proposal: open(c)[0]?.id ?? '', agree: true });
  expect(open(c)).toMatchObject([{ by: 'zhao' }]);
  c.must('li', { type: 'second', proposal: open(c)[0]?.id ?? '', agree: true });
  expect(open(c)).toEqual([]);

  const dora = begun('shop', withLaws('eu-dora'));
  dora.must('api', answer('dora_major', false));
  dora.must('zhao', { type: 'second', proposal: open(dora)[0]?.id ?? '', agree: true });
  expect(open(dora)).toMatchObject([{ by: 'zhao' }]);
});

/** What goes on the record by a statement or a preparation; everything else decides, or owns. */
const STATES: readonly IncidentEvent['type'][] = [
  ...(['renamed', 'fact_stated', 'awareness_candidate_added', 'note_added', 'evidence_added', 'relation_set'] as const),
  ...(['field_filled', 'item_assigned', 'draft_compiled', 'approval_requested', 'request_received'] as const),
  ...(['task_added', 'task_changed', 'task_finished', 'room_added', 'person_joined', 'proposal_made'] as const),
];

it('a token states and prepares: every other command is refused, with who may', () => {
  const field = { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海' } } as const;
  const begin = () => {
    const c = begun('shop');
    const version = () => c.current.fields[field.field]?.current?.version ?? 0;
    c.must('chen', field);
    const first = version();
    c.must('chen', { ...field, value: { state: 'known', text: '杭州' } });
    c.must('chen', { type: 'add_task', text: 'x' });
    c.do('wang', { type: 'ask_to_join' });
    return { c, first };
  };
  const made = begin();
  const named: readonly Command[] = [
    ...commandExamples.filter(({ type }) => type !== 'declare'),
    { type: 'confirm_wording', field: field.field, wording: '上海市' },
    { ...field, wording: '上海市' },
    { type: 'choose_version', field: field.field, version: made.first },
    ...Object.keys(made.c.current.asked).map((one): Command => ({ type: 'add_person', person: one })),
    { type: 'add_person', person: 'anna' },
    { type: 'hand_over', person: 'zhao' },
  ];
  expect(made.c.current.asked).not.toEqual({});
  const wrong = named.flatMap((command) => {
    const { c } = begin();
    const open = c.current.proposals.length;
    const decision = c.do('api', command);
    if (decision.ok) {
      const decided = decision.events.filter(({ type }) => !STATES.includes(type));
      return decided.length === 0 ? [] : [`${command.type}: ${decided.map(({ type }) => type).join()}`];
    }
    if (c.current.proposals.length > open) return [`${command.type} refused and proposed`];
    const { code, params } = decision.refusal;
    const isNamed = code !== 'forbidden' || (Array.isArray(params?.['roles']) && params['roles'].length > 0);
    return isNamed ? [] : [`${command.type}: ${code}`];
  });
  expect(wrong).toEqual([]);
  // Those that a person decides alone are refused for who asks, whatever they name.
  for (const command of named.slice(commandExamples.length - 1))
    expect([command.type, made.c.do('api', command)]).toMatchObject([
      command.type,
      { ok: false, refusal: { code: 'forbidden', params: { roles: ['person'] } } },
    ]);
});
