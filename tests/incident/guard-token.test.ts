import { expect, it } from 'vitest';
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
