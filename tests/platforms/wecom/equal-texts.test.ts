import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { createWecomApi } from '../../../src/platforms/wecom/api/wecom-api.ts';
import { bareMessage, Tasks } from '../../../src/platforms/wecom/cards/task.ts';
import { EqualTexts } from '../../../src/platforms/wecom-app/equal-texts.ts';
import { Sender } from '../../../src/platforms/wecom-app/sender.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { CORP, SECRET, WecomServer } from '../../fakes/wecom/app-server.ts';
import { memoryKept } from '../slack/kept.ts';

const TEXTS = ['时限临近，请处理。', '请审批初稿。', '长'.repeat(680)];
const MINUTE = 60_000;

async function start() {
  const wecom = await WecomServer.start();
  const clock = new ManualClock();
  wecom.now = () => clock.now();
  const api = createWecomApi({ apiUrl: wecom.url, proxy: null, clock, app: { corpId: CORP, secret: SECRET } });
  onTestFinished(async () => {
    await api.http.close();
    await wecom.stop();
  });
  const kept = memoryKept();
  let next = 0;
  const deps = { kept, clock, ids: { next: () => `id${next++}` } };
  /** A process: what it knows is on disk only. */
  const process = () =>
    new Sender({ api, agentId: '1000002', clock, tasks: new Tasks(deps), texts: new EqualTexts(deps) });
  return { wecom, clock, process };
}

it('each notice reaches a person once, whatever others said and however often it is tried within half an hour', async () => {
  const notice = fc.record({ text: fc.nat(TEXTS.length - 1), tries: fc.integer({ min: 1, max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(notice, { minLength: 1, maxLength: 6 }), fc.boolean(), async (notices, isTogether) => {
      const { wecom, clock, process } = await start();
      const send = async (n: number, text: number): Promise<void> => {
        const message = bareMessage('zh-CN', { markdown: TEXTS[text] ?? '' });
        const outcome = await process().toPeople(['zhangsan'], message, `notice ${n}`);
        expect(outcome.kind).toBe('sent');
      };
      const rounds = Math.max(...notices.map(({ tries }) => tries));
      for (let round = 0; round < rounds; round += 1) {
        const due = [...notices.entries()].filter(([, { tries }]) => tries > round);
        if (isTogether) for (const [n, { text }] of due) await send(n, text);
        else for (const [n, { text }] of due.toReversed()) await send(n, text);
        clock.advance(5 * MINUTE);
      }
      const seen = wecom.seenBy('user:zhangsan');
      expect(seen.length).toBe(notices.length);
      expect(new Set(seen).size).toBe(notices.length);
    }),
    { numRuns: 40 },
  );
});

it('an equal text says that it is another message; after half an hour it does not', async () => {
  const { wecom, clock, process } = await start();
  for (const key of ['a', 'b', 'c']) {
    await process().toPeople(['zhangsan'], bareMessage('zh-CN', { markdown: '请处理。' }), key);
    clock.advance(10 * MINUTE);
  }
  clock.advance(60 * MINUTE);
  await process().toPeople(['zhangsan'], bareMessage('zh-CN', { markdown: '请处理。' }), 'd');
  expect(wecom.seenBy('user:zhangsan')).toEqual([
    '请处理。',
    '请处理。\n（相同内容，第2次发送）',
    '请处理。\n（相同内容，第3次发送）',
    '请处理。',
  ]);
});
