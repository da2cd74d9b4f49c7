import { expect, it } from 'vitest';
import type { Card, SurfaceKey } from '../../src/conversation/cards/card.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { effectOn } from '../../src/conversation/reminding/countdown.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Room } from '../../src/incident/identity.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { states } from './states.ts';
import { actorOf, company, MAIN_ROOM, Story } from './story.ts';

const ROOMS: readonly Room[] = [MAIN_ROOM, { ...MAIN_ROOM, address: 'abroad', location: 'abroad' }];

/** Cards of each surface in each room: those posted first, later, and together with the verdict. */
function cardsOf({ situation }: Story): ReadonlyMap<string, readonly (Card | string | null | undefined)[]> {
  return new Map(
    ROOMS.flatMap((room) =>
      surfacesOf(situation, room).map((one) => [
        `${room.address} ${one.key}`,
        [one.card, one.opening, one.joint, one.brief, one.validUntil],
      ]),
    ),
  );
}

/** Events that leave cards as they are, with the person who causes them. */
function* leaving({ state }: Story): Generator<readonly [IncidentEvent, string]> {
  for (const outcome of ['sent', 'settled'] as const)
    yield [{ type: 'notice_delivered', payload: { notice: 'n', room: 'r', lateSeconds: 0, outcome } }, 'clock'];
  const stamp = { version: 1, hash: 'h', at: '2026-03-31T09:00:00+08:00', authority: 'TSA', response: 'AA==' };
  yield [{ type: 'head_stamped', payload: stamp }, 'clock'];
  const step = formatStep({ kind: 'before', minutes: 60 });
  const reminded = { step, obligations: ['cac.art4.other'], dueAt: stamp.at, lateSeconds: 0, collapsed: [] };
  yield [{ type: 'reminder_due', payload: reminded }, 'clock'];
  for (const { draft, form, text } of state?.drafts ?? [])
    for (const who of ['Zhao Min', 'Somebody'])
      yield [{ type: 'draft_approved', payload: { draft, hash: text?.hash ?? '', form } }, actorOf(who)];
}

/** States of an incident with drafts: asked for, approved, sent back, replaced. */
function* drafted(story: Story): Generator<string> {
  const compiled: Command = { type: 'compile_draft', report: 'initial', cannotDetermine: [] };
  for (const at of states(story)) {
    yield at;
    if (at !== 'reached' && at !== 'overdue' && at !== 'handled') continue;
    story.try(compiled);
    yield `${at}, compiled`;
    const draft = story.state?.drafts.at(-1);
    if (!draft) continue;
    story.try({ type: 'request_approval', draft: draft.draft });
    yield `${at}, asked`;
    story.try({ type: 'approve', draft: draft.draft, hash: draft.text?.hash ?? '' }, 'Zhao Min');
    yield `${at}, approved`;
    story.try({ type: 'send_back', draft: draft.draft, comments: [{ text: 'more' }] }, 'Zhao Min');
    yield `${at}, sent back`;
    story.try(compiled);
    yield `${at}, again`;
  }
}

it('a card on which an event has no effect is the same before and after it', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company);
  const compared = new Map<string, number>();
  let asked = 0;
  for (const at of drafted(story)) {
    if (at.startsWith('after') && asked++ % 4 !== 0) continue;
    const [before, was] = [story.state, cardsOf(story)];
    for (const [event, actor] of leaving(story)) {
      story.apply(event, actor);
      for (const [name, card] of cardsOf(story)) {
        const key = name.split(' ')[1] as SurfaceKey;
        if (effectOn(key, [event]) === 'content') continue;
        expect(card, `${at}: ${event.type} on ${name}`).toEqual(was.get(name));
        const which = `${event.type} ${key}`;
        compared.set(which, (compared.get(which) ?? 0) + 1);
      }
      story.events.pop();
      story.state = before;
    }
  }
  for (const which of [
    'notice_delivered draft',
    'head_stamped checklist',
    'reminder_due status',
    'draft_approved verdict',
  ])
    expect(compared.get(which) ?? 0, which).toBeGreaterThan(10);
});
