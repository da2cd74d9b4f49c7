import { expect, it } from 'vitest';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { formOf } from '../../src/conversation/forms/form-kinds.ts';
import type { Command } from '../../src/incident/commands.ts';
import { company, regime, Story } from './story.ts';

const START = '2026-03-31T09:42:00+08:00';
const answer = (fact: string, value: Extract<Command, { type: 'answer' }>['value']): Command => ({
  type: 'answer',
  fact,
  value,
});

/** Facts of the answers whose button opens no form, or a form that asks nothing. */
function dead({ situation }: Story): readonly string[] {
  const card = viewOf({ view: 'answers', args: {} }, situation);
  const context = { ...situation, now: situation.ia.now };
  return (card?.blocks ?? []).flatMap((block) => {
    const actions = block.kind === 'row' ? block.actions : [];
    return actions.flatMap(({ id, does }) => {
      if (does.kind !== 'form') return [id];
      const form = formOf(does.form, context);
      return form && form.fields.length > 0 && localise(form.title, 'en') !== '' ? [] : [id];
    });
  });
}

it('every answer can be corrected from the list: each flag of the law, and one that waits for a second person', () => {
  const story = new Story(START, company).do({ type: 'declare', title: '疑似勒索' });
  const flags = regime.flags.filter(({ from }) => from === undefined).map(({ id }) => id);
  expect(flags).toContain('ransomware');
  for (const flag of flags) story.do(answer(flag, true));
  story.do(answer('system', 'grid')).do(answer('affected', ['personal_info']));
  story.do(answer('personal_info_people', 1_200_000)).do(answer('operator', 'cii_involved'));
  expect(dead(story)).toEqual([]);
  story.wait(5);
  for (const flag of flags) story.do(answer(flag, false));
  story.do(answer('system', 'shop')).do(answer('operator', 'other')).do(answer('personal_info_people', 3_000));
  const waiting = story.state?.proposals.filter(({ settled }) => settled === null).map(({ command }) => command.type);
  expect(waiting?.length).toBeGreaterThan(2);
  expect(dead(story)).toEqual([]);
});
