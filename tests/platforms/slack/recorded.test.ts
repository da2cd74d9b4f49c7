import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mentions, plainText } from '../../../src/platforms/slack/hear/words.ts';
import { kindOf } from '../../../src/platforms/slack/receive/receive.ts';
import {
  blockActions,
  eventCallback,
  messageEvent,
  reactionEvent,
  slashCommand,
  viewSubmission,
} from '../../../src/platforms/slack/shapes.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/slack');
function recorded(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8'));
}

const files = ['actions-reactions', 'channel', 'modals', 'slash-commands'].map((name) => ({
  name,
  payloads: recorded(name),
}));
const all = files.flatMap(({ name, payloads }) =>
  Object.entries(payloads)
    .filter(([key, value]) => typeof value === 'object' && !/Context$/.test(key))
    .map(([key, payload]) => ({ name: `${name} ${key}`, payload })),
);
const schemas = {
  command: slashCommand,
  block_actions: blockActions,
  view_submission: viewSubmission,
  event_callback: eventCallback,
};

describe('real payloads', () => {
  it('are there', () => {
    expect(all.length).toBeGreaterThanOrEqual(13);
  });

  it.each(all)('$name is understood', ({ payload }) => {
    const schema = Object.entries(schemas).find(([kind]) => kind === kindOf(payload))?.[1];
    expect(schema).toBeDefined();
    expect(schema?.safeParse(payload).error).toBeUndefined();
  });

  it('an inner event of each kind is understood', () => {
    const mention = eventCallback.parse(recorded('modals')['mention']);
    const event = messageEvent.parse(mention.event);
    expect(mentions(event.text, 'U00FAKEBOT02')).toBe(true);
    expect(plainText(event.text, { botUser: 'U00FAKEBOT02', people: { person: () => null } })).toBe('Hello');
    const reaction = reactionEvent.parse(eventCallback.parse(recorded('actions-reactions')['reaction']).event);
    expect(reaction.item.channel).toBe('C00FAKECHAN1');
  });

  it('entered values are read from a submission', () => {
    const { view } = viewSubmission.parse(recorded('modals')['viewSubmission']);
    expect(view.state.values['category']?.['category']?.selected_option?.value).toBe('feature');
    expect(view.blocks.map((b) => b.block_id)).toEqual(['message', 'category', 'email']);
  });
});

describe('what people type', () => {
  it.each([
    ['<@UBOT> 记录 影响：120万', '记录 影响：120万'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['see <https://a.example/x?y=1&amp;z|the page>', 'see the page (https://a.example/x?y=1&z)'],
    ['<https://a.example>', 'https://a.example'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['give to <@U1|chen> in <#C1|ops>', 'give to @chen in #ops'],
    ['<!here> <!subteam^S1|@legal> <!date^1^{date}|1 Jan>', '@here @legal 1 Jan'],
  ])('%s', (typed, read) => {
    expect(plainText(typed, { botUser: 'UBOT', people: { person: () => null } })).toBe(read);
  });
});
