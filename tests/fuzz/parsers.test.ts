import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { cutShortIn, unknownIn, withDotEnv } from '../../src/config/dotenv.ts';
import { OrganisationError, parseOrganisation } from '../../src/config/organisation.ts';
import type { Regime } from '../../src/law/regime.ts';
import { TOPICS } from '../../src/platforms/dingtalk/api.ts';
import { parseCallback } from '../../src/platforms/dingtalk/parse.ts';
import { parseEvent } from '../../src/platforms/feishu/parse.ts';
import { mentions, plainText } from '../../src/platforms/slack/hear/words.ts';
import { kindOf } from '../../src/platforms/slack/receive/receive.ts';
import {
  blockActions,
  eventCallback,
  messageEvent as slackMessage,
  slashCommand,
  viewSubmission,
} from '../../src/platforms/slack/shapes.ts';
import {
  eventFrame,
  mediaOf,
  messageFrame,
  pressOf,
  quotedWords,
  wordsOf,
} from '../../src/platforms/wecom/bot/hear/frames.ts';
import { cipherOf, incomingOf } from '../../src/platforms/wecom-app/wire.ts';
import { loadPackFile } from '../../src/regimes/check-pack.ts';
import { RegimeError } from '../../src/regimes/faults.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { classify } from '../../src/use-cases/classify/classify.ts';
import { mutated, mutatedText, RUNS } from './mutations.ts';

const read = (file: string): string => readFileSync(file, 'utf8');
/** Holds for every value; what is thrown is printed with the smallest value that throws it. */
function always<T>(values: fc.Arbitrary<T>, run: (value: T) => void, numRuns = RUNS): void {
  fc.assert(
    fc.property(values, (value) => {
      run(value);
    }),
    { numRuns },
  );
}
/** Runs something that may fail in this way only. */
function failsOnlyWith(kind: new (...args: never[]) => Error, run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
  }
}

const SLACK = 'tests/fixtures/slack';
const slack = readdirSync(SLACK)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name): unknown[] => Object.values(JSON.parse(read(join(SLACK, name)))))
  .filter((value) => typeof value === 'object');

describe('a payload that a platform never sends is refused, not thrown', () => {
  it('of Slack', () => {
    const names = { botUser: 'U1', people: { person: () => null } };
    always(mutated(slack), (payload) => {
      kindOf(payload);
      for (const schema of [slashCommand, blockActions, viewSubmission]) schema.safeParse(payload);
      const event = eventCallback.safeParse(payload);
      const message = slackMessage.safeParse(event.data?.event);
      plainText(message.data?.text ?? '', names);
      mentions(message.data?.text ?? '', 'U1');
    });
  });

  it('of the WeCom bot', () => {
    const who = { msgid: 'm', chatid: 'c', chattype: 'group', from: { userid: 'u' } };
    const mixed = {
      msg_item: [
        { msgtype: 'text', text: { content: 'x' } },
        { msgtype: 'image', image: { url: 'x' } },
      ],
    };
    const press = {
      event_key: 'k',
      task_id: 't',
      selected_items: { selected_item: [{ question_key: 'q', option_ids: { option_id: ['a'] } }] },
    };
    const frames = [
      { headers: { req_id: 'r' }, body: { ...who, msgtype: 'mixed', mixed, quote: { mixed } } },
      {
        headers: { req_id: 'r' },
        body: { ...who, event: { eventtype: 'template_card_event', template_card_event: press } },
      },
    ];
    always(mutated(frames), (frame) => {
      const message = messageFrame.safeParse(frame);
      if (message.success) for (const take of [wordsOf, quotedWords, mediaOf]) take(message.data.body);
      const event = eventFrame.safeParse(frame);
      if (event.success) pressOf(event.data);
    });
  });

  it('of the WeCom app', () => {
    const plain =
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName><FromUserName>li</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OptionIds><OptionId>a</OptionId></OptionIds></SelectedItem></SelectedItems></xml>';
    const wrapped = '<xml><ToUserName>ww1</ToUserName><Encrypt><![CDATA[abc]]></Encrypt></xml>';
    expect(incomingOf(plain)).not.toBeNull();
    expect(cipherOf(wrapped)).toBe('abc');
    always(mutatedText([plain, wrapped]), (text) => {
      incomingOf(text);
      cipherOf(text);
    });
  });

  it('of Feishu', () => {
    const head = { event_id: 'e', tenant_key: 'k' };
    const id = { open_id: 'o' };
    const message = {
      message_id: 'm',
      chat_id: 'c',
      chat_type: 'group',
      message_type: 'post',
      content: JSON.stringify({ title: 'x', content: [[{ tag: 'at', user_name: 'x' }]] }),
      mentions: [{ key: '@_user_1', id, name: 'x' }],
    };
    const events = [
      { ...head, event_type: 'im.message.receive_v1', sender: { sender_id: id, sender_type: 'user' }, message },
      {
        ...head,
        event_type: 'card.action.trigger',
        operator: id,
        context: { open_message_id: 'm', open_chat_id: 'c' },
        action: { value: {}, form_value: { a: ['b'] } },
      },
      { ...head, event_type: 'im.chat.member.user.deleted_v1', chat_id: 'c', users: [{ user_id: id }] },
      { ...head, event_type: 'im.message.recalled_v1', chat_id: 'c', message_id: 'm' },
    ];
    for (const event of events) expect(parseEvent(event, 'o')).not.toBeNull();
    always(mutated(events), (event) => {
      failsOnlyWith(ZodError, () => parseEvent(event, 'o'));
    });
  });

  it('of DingTalk', () => {
    const by = { conversationId: 'c', conversationType: '2', senderId: 's', senderStaffId: 'u', senderCorpId: 'k' };
    const message = { ...by, chatbotCorpId: 'k', msgId: 'm', senderNick: 'x' };
    const rich = { richText: [{ text: 'x' }, { downloadCode: 'd' }] };
    const params = { value: JSON.stringify({ i: 'x' }), chat: 'c', form: { a: ['b'] } };
    const content = JSON.stringify({ cardPrivateData: { params } });
    const callbacks = [
      { topic: TOPICS.message, id: 'c1', data: { ...message, text: { content: 'x' } } },
      { topic: TOPICS.message, id: 'c2', data: { ...message, content: rich } },
      { topic: TOPICS.message, id: 'c3', data: { ...message, content: { downloadCode: 'd', recognition: 'x' } } },
      { topic: TOPICS.press, id: 'c4', data: { outTrackId: 't', userId: 'u', content } },
    ];
    for (const callback of callbacks) expect(parseCallback(callback)).not.toBeNull();
    always(mutated(callbacks), (callback) => {
      failsOnlyWith(ZodError, () => parseCallback(callback));
    });
    // What a button carries is text within text.
    always(mutated([{ cardPrivateData: { params } }]), (pressed) => {
      const data = { outTrackId: 't', userId: 'u', content: JSON.stringify(pressed) };
      failsOnlyWith(ZodError, () => parseCallback({ topic: TOPICS.press, id: 'c5', data }));
    });
  });
});

describe('a file that somebody edited', () => {
  it('.env: every name and line is read, or named', () => {
    const text = read('.env.example').replaceAll(/^# ?([A-Z_]+=)/gm, '$1');
    always(mutatedText([text, 'A="x\ny"\nexport B=c#d\n']), (edited) => {
      withDotEnv({}, edited);
      unknownIn(edited, ['PORT']);
      cutShortIn(edited, ['PORT']);
    });
  });

  it('the organisation profile: an error with file, line and reason', () => {
    const text = read('manifests/organisation.example.yaml');
    parseOrganisation(text, 'x');
    always(mutatedText([text]), (edited) => failsOnlyWith(OrganisationError, () => parseOrganisation(edited, 'x')), 40);
  });
});

describe('the law', () => {
  let regimes: ReadonlyMap<string, Regime>;
  beforeAll(async () => {
    regimes = await loadRegimes(null);
  });

  it('a clock pack: an error with file, line and reason', () => {
    const base = regimes.get('cn-cac-2025');
    if (!base) throw new Error('no regime');
    const folder = mkdtempSync(join(tmpdir(), 'jishi-fuzz-'));
    const file = join(folder, 'example.yaml');
    const text = read('src/regimes/example-pack.yaml').replaceAll('NAME', 'example');
    try {
      always(
        mutatedText([text]),
        (edited) => {
          writeFileSync(file, edited);
          failsOnlyWith(RegimeError, () => loadPackFile(base, file, folder));
        },
        25,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('a case to be graded: a verdict, or what is wrong with it', () => {
    const given = {
      regime: 'cn-cac-2025',
      now: '2026-03-31T09:42:00+08:00',
      facts: { personal_info_subjects: { min: 100 } },
      anchors: { awareness: '2026-03-31T09:00:00+08:00' },
    };
    always(mutated([given, [given]]), (input) => {
      expect(typeof classify(regimes, input).ok).toBe('boolean');
    });
  });
});
