import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { callingOf } from '../../src/use-cases/directory/escalation.ts';
import { actorOf, company, Story } from '../conversation/story.ts';

const person = (id: string, name: string, roles: readonly string[]) => ({
  ...{ id, name, roles },
  accounts: [{ platform: 'console', tenant: 'local', id: name }],
});
const organisation = organisationSchema.parse({
  ...company,
  people: [
    person('desk', 'Help Desk', ['responder']),
    person('li', 'Li Wei', ['responder', 'lead']),
    person('wang', 'Wang Lei', ['responder', 'lead', 'filer']),
    person('chen', 'Chen Yu', ['legal']),
    person('zhao', 'Zhao Min', ['approver']),
    person('sun', 'Sun Li', ['legal']),
  ],
});

function declared(): Story {
  return new Story('2026-03-31T09:00:00+08:00', organisation)
    .do({ type: 'declare', title: 'Leak' }, 'Help Desk')
    .wait(1);
}

/** Two people of whom neither may lead or file remove a person, so that their own act answers no call. */
function removed(story: Story, id: string): Story {
  story.wait(1).do({ type: 'remove_person', person: id, reason: 'account taken over' }, 'Chen Yu');
  const open = story.situation.state.proposals.findLast(({ settled }) => settled === null);
  return open ? story.do({ type: 'second', proposal: open.id, agree: true }, 'Sun Li') : story;
}

describe('a removed person', () => {
  it.each([
    ['wang', ['li', 'zhao']],
    ['li', ['wang', 'zhao']],
  ] as const)('%s answers no call and gets none: the others are called as before', (who, others) => {
    const name = who === 'wang' ? 'Wang Lei' : 'Li Wei';
    const story = declared().do({ type: 'take_charge' }, name);
    expect(callingOf(story.situation.state)).toBeNull();
    removed(story, who);
    const calling = callingOf(story.situation.state);
    expect(calling).not.toBeNull();
    expect([...(calling?.asked ?? []), ...(calling?.next ?? [])].map(({ person: one }) => one)).toEqual(others);
    expect(story.situation.state.charge).toBeNull();
  });

  it.each(['wang', 'li'])('%s neither offers nor accepts a handover any more', (who) => {
    const story = declared().do({ type: 'take_lead' }, 'Wang Lei').do({ type: 'add_note', text: 'x' }, 'Li Wei');
    story.do({ type: 'hand_over', person: actorOf('Li Wei') }, 'Wang Lei');
    expect(story.situation.state.handover).not.toBeNull();
    removed(story, who);
    expect(story.situation.state.handover).toBeNull();
    expect(story.try({ type: 'take_over' }, 'Li Wei')).not.toBeNull();
  });
});

describe('an offer to hand over', () => {
  const offered = (): Story =>
    declared()
      .do({ type: 'take_lead' }, 'Wang Lei')
      .do({ type: 'add_note', text: 'x' }, 'Li Wei')
      .do({ type: 'hand_over', person: actorOf('Li Wei') }, 'Wang Lei');

  it.each<readonly [string, (story: Story) => unknown]>([
    [
      'the incident is closed',
      (story) => story.apply({ type: 'closed', payload: { reason: 'over' } }, actorOf('Wang Lei')),
    ],
    [
      'the declaration is withdrawn',
      (story) => story.apply({ type: 'declaration_withdrawn', payload: {} }, actorOf('Wang Lei')),
    ],
  ])('ends once %s, also for the time after it is opened again', (_, end) => {
    const story = offered();
    end(story);
    expect(story.situation.state.handover).toBeNull();
    story.do({ type: 'reopen', reason: 'it goes on' }, 'Wang Lei');
    expect(story.try({ type: 'take_over' }, 'Li Wei')).toMatchObject({ code: 'no_handover' });
  });

  const others: readonly (readonly [string, Command])[] = [
    ['the author enters something else', { type: 'add_note', text: 'still here' }],
  ];
  it.each(others)('stands while %s', (_, command) => {
    const story = offered().wait(1).do(command, 'Wang Lei');
    expect(story.try({ type: 'take_over' }, 'Li Wei')).toBeNull();
    expect(story.situation.state.lead).toBe(actorOf('Li Wei'));
  });
});
