import { expect, it } from 'vitest';
import { questionOf } from '../../src/conversation/asking/fact-forms.ts';
import { readAnswer, readFigure } from '../../src/conversation/asking/read-answer.ts';
import { leakCase, regime } from '../report/cases.ts';

const story = leakCase();
const situation = { state: story.current, ia: story.assess(), regime };
const limited = regime.factDefinitions.flatMap(({ id, max }) => (max === undefined ? [] : [{ id, max }]));

it('some facts have a maximum', () => {
  expect(limited.length).toBeGreaterThan(0);
});

it.each(limited)('a figure above the maximum of $id is asked back, the maximum itself is taken', ({ id, max }) => {
  const question = questionOf(situation, id);
  if (!question) throw new Error(`${id} is asked nowhere`);
  const read = (words: string) => readAnswer(question, words, situation);
  expect(read(String(max))).toMatchObject({ kind: 'commands', commands: [{ type: 'answer', fact: id, value: max }] });
  for (const words of [String(max + 1), `${max + 1}-${max + 50}`, `${max - 1}-${max + 1}`])
    expect(read(words), words).toMatchObject({ kind: 'ask', error: { key: 'read.number.out_of_range' } });
});

const numbers = regime.factDefinitions.filter(({ kind }) => kind === 'number');

it.each(numbers)('$id of a law that sets a maximum is read up to it, whatever its unit', (definition) => {
  const limited = { ...definition, max: 7 };
  expect(readFigure(limited, '7')).toMatchObject({ ok: true });
  for (const words of ['8', '5-9', '8-9'])
    expect(readFigure(limited, words), words).toMatchObject({ ok: false, error: { key: 'read.number.out_of_range' } });
  expect(readFigure({ ...definition, max: 9 }, '5-9')).toMatchObject({ ok: true });
});
