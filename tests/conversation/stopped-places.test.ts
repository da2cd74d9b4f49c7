import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { stoppedBlocks } from '../../src/conversation/cards/stopped-blocks.ts';
import { LANGUAGES, type Room, roomId } from '../../src/incident/identity.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { Story } from './story.ts';

const TITLE = '客户库疑似泄露';

/** A stopped incident that was shown in a room, which may have been taken off before. */
function stoppedIn(room: Room, isTakenOff: boolean): Story {
  const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: TITLE });
  story.do({ type: 'add_room', room });
  if (isTakenOff) story.do({ type: 'remove_room', room: roomId(room) });
  return story.do({ type: 'stop_state_secret' });
}

describe('the card of a stopped incident', () => {
  const ways = [...PLATFORMS.flatMap(({ name, chat }) => (chat ? [name] : [])), 'console'].flatMap((platform) =>
    [undefined, `INC-2026-0007 ${TITLE}`].flatMap((name) =>
      [true, false].map((isTakenOff) => ({ platform, name, isTakenOff })),
    ),
  );

  it.each(ways)(
    'names the place on $platform by its address, never by its name $name (taken off: $isTakenOff)',
    ({ platform, name, isTakenOff }) => {
      const of = {
        platform,
        tenant: 'T0123',
        address: 'C0456/77',
        location: 'home',
        language: 'en',
        open: false,
      } as const;
      const { situation } = stoppedIn({ ...of, ...(name === undefined ? {} : { name }) }, isTakenOff);
      const text = stoppedBlocks(situation, true, 3).flatMap((block) =>
        'text' in block && 'key' in block.text && block.text.key === 'status.written' ? [block.text] : [],
      );
      const [written] = text;
      if (!written) throw new Error('names no place');
      for (const language of LANGUAGES) {
        const words = localise(written, language);
        expect(words).toContain('C0456/77');
        if (platform !== 'console') expect(words).toContain('T0123');
        expect(words).not.toContain(TITLE);
        expect(words).not.toMatch(/\[.*\]/);
      }
    },
  );
});
