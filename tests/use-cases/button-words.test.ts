import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import { allMessages } from '../../src/i18n/translate.ts';
import type { Language } from '../../src/incident/identity.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';
import { variants } from '../fakes/soak.ts';

/** Buttons that are rarely needed at night: they have no word. */
const WORDLESS: readonly string[] = [
  ...['act.check', 'act.write_notice', 'act.papers', 'act.send', 'act.statement', 'act.take_law', 'act.lift_stop'],
  ...['act.cautious_level', 'act.add_task', 'act.request', 'act.erase', 'act.correct_filing'],
  ...[
    'act.return_to_chat',
    'act.withdraw_release',
    'act.quiet_chat',
    'act.paper_words',
    'act.state_start',
    'act.hand_back',
  ],
];

/** The labels of all buttons: every key of an action but the question it asks first; and titles that label one. */
function labels(language: Language, hasWord: boolean): readonly string[] {
  const all = [...allMessages(language)]
    .filter(([key]) => /^act\.|^form\.(?:people|occurrence)\.title$|^items\.title_plain$/.test(key))
    .filter(([key]) => !/_(?:confirm|sure)$/.test(key) && WORDLESS.includes(key) !== hasWord)
    .map(([, text]) => text.replace('{level}', '较大').replace('{at}', '09:42').replace(/…$/, ''));
  return [...new Set(all)];
}

type Table = readonly [Language, readonly string[], readonly string[]];
const EN: Table = ['en', labels('en', true), labels('en', false)];
const ZH: Table = ['zh-CN', labels('zh-CN', true), labels('zh-CN', false)];
const TABLES = [EN, ZH];

describe('a button of the night has a word', () => {
  it.each(TABLES)('%s: its label is understood as it stands', (_, all) => {
    expect(all.length).toBeGreaterThan(55);
    const deaf = all.filter((label) => {
      const command = parseCommand(label);
      // "Assign" alone is understood, and asks whom.
      return command.type === 'unknown' && command.lacks === undefined;
    });
    expect(deaf).toEqual([]);
  });

  it.each(variants(ZH, EN))(
    '%s: and opens something, does it, or says why not',
    { tags: 'grows' },
    async (language, all) => {
      const rooms = await RoomsHouse.start();
      const dumb: string[] = [];
      const li = { ...person('li', OPS), language };
      for (const label of all) {
        await rooms.declare(`case ${label}`);
        const reply = await rooms.say(label, li);
        if (reply.kind !== 'card') continue;
        const card = localiseCard(reply.card, language);
        if (/did not understand|没有理解您的意思/.test(card.title)) dumb.push(label);
        for (const block of reply.card.blocks) {
          for (const { does } of block.kind === 'actions' ? block.actions : []) {
            if (does.kind === 'form' && 'code' in (await rooms.house.app.form(does.form, li)))
              dumb.push(`${label} opens nothing`);
          }
        }
      }
      expect(dumb).toEqual([]);
    },
  );

  it.each(TABLES)('%s: the label of any other records nothing', async (language, _, rare) => {
    const rooms = await RoomsHouse.start();
    await rooms.declare('case');
    const { version } = await rooms.state();
    const kinds: string[] = [];
    for (const label of rare) kinds.push((await rooms.say(label, { ...person('li', OPS), language })).kind);
    expect(new Set(kinds)).toEqual(new Set(['card']));
    expect((await rooms.state()).version).toBe(version);
  });
});
