import { describe, expect, it } from 'vitest';
import { botName, wordsOf } from '../../../src/platforms/slack/hear/words.ts';
import { messageSchema } from '../../../src/platforms/slack/shapes.ts';

const schema = messageSchema.partial({ ts: true });
const names = {
  botUser: 'UBOT',
  people: { person: (id: string) => (id === 'U1' ? { name: '陈宇' } : null) },
};
const read = (message: object): string => wordsOf(schema.parse(message), names);

describe('the words of a message', () => {
  it.each([
    ['what a person wrote', { text: 'see &lt;this&gt; <@U1>', attachments: [{ text: 'preview' }] }, 'see <this> @陈宇'],
    [
      'attachments',
      { attachments: [{ title: 'DB exfiltration', text: '2.1M *rows*' }] },
      'DB exfiltration\n2.1M *rows*',
    ],
    [
      'the fallback of what has nothing else',
      { text: '', attachments: [{ fallback: 'CPU &amp; disk' }] },
      'CPU & disk',
    ],
    [
      'fields',
      { attachments: [{ pretext: 'p', fields: [{ title: 'Host', value: 'db1' }, { value: 'x' }] }] },
      'p\nHost: db1\nx',
    ],
    [
      'text and attachments of a bot',
      { bot_id: 'B1', text: 'FIRING', attachments: [{ text: 'db1' }, { fallback: 'FIRING' }] },
      'FIRING\ndb1',
    ],
    [
      'blocks',
      {
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'A < B' } },
          { type: 'section', text: { type: 'mrkdwn', text: 'x &gt; 1' }, fields: [{ type: 'mrkdwn', text: '*Host*' }] },
          {
            type: 'context',
            elements: [
              { type: 'image', alt_text: 'i' },
              { type: 'mrkdwn', text: 'by <@U1>' },
            ],
          },
          { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Ack' } }] },
        ],
      },
      'A < B\nx > 1\n*Host*\nby @陈宇',
    ],
    [
      'rich text',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'WAF &amp; ' },
                  { type: 'link', url: 'https://x.example/1', text: 'alert' },
                  { type: 'text', text: ' for ' },
                  { type: 'user', user_id: 'U1' },
                ],
              },
              {
                type: 'rich_text_list',
                elements: [
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'two' }] },
                ],
              },
            ],
          },
        ],
      },
      'WAF &amp; alert (https://x.example/1) for @陈宇\none\ntwo',
    ],
    ['nothing', { blocks: [{ type: 'image', alt_text: 'chart' }], attachments: [{ image_url: 'x' }] }, ''],
    ['what Slack does not document', { text: null, blocks: 'no', attachments: [{ text: 5, fallback: 'f' }] }, 'f'],
  ])('are those of %s', (_, message, expected) => {
    expect(read(message)).toBe(expected);
  });

  it('are said by the bot under the name it shows', () => {
    expect(botName(schema.parse({ username: 'Grafana', bot_profile: { name: 'x' } }))).toBe('Grafana');
    expect(botName(schema.parse({ bot_profile: { name: 'Falcon' } }))).toBe('Falcon');
    expect(botName(schema.parse({ user: 'U1', username: '' }))).toBeNull();
  });
});
