import { describe, expect, it } from 'vitest';
import { SWORN } from '../../src/conversation/sworn.ts';
import { GROUP, MINUTE, person } from '../delivery/rooms-house.ts';
import { Conversation, type Heard } from './conversation.ts';

const at = { room: GROUP };
const LI = person('li', GROUP);

/** A drafted incident: each decision is one that could be recorded now. */
async function drafted(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('会员数据泄露', GROUP);
  await talk.rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, LI);
  await talk.rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, LI);
  await talk.rooms.must({ type: 'request_approval', draft: 1 }, LI);
  return talk;
}

/** Decisions a person answers for, typed as they are said and entered as their form has them. */
const WAYS = [
  ['end_handling', '处置结束：漏洞已修复', { at: '09:50', reason: '漏洞已修复' }],
  ['send_back', '退回：影响写得不清', { comments: '影响写得不清' }],
  ['not_reportable', null, { reason: '未达标准', review: '明天9点' }],
  ['explain_delay', '迟报原因：夜间无人值守', { reason: '夜间无人值守' }],
  ['close', '结案：已处置完毕', { reason: '已处置完毕' }],
] as const;

/** What has to be so before the decision can be recorded at all. */
async function prepared(form: string): Promise<Conversation> {
  const talk = await drafted();
  await talk.rooms.skip(10 * MINUTE);
  if (form === 'explain_delay') {
    await talk.rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
    await talk.rooms.skip(5 * 60 * MINUTE);
    const sent = new Date(talk.rooms.clock.now()).toISOString();
    await talk.rooms.must({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at: sent }, LI);
  }
  return talk;
}

const refOf = (talk: Conversation, form: string) => ({
  form,
  args: { incident: talk.rooms.incident, ...(form === 'send_back' ? { draft: '1' } : {}) },
});

/** The two doors of a decision. */
const doors = (talk: Conversation, form: string, line: string | null, values: Readonly<Record<string, string>>) => [
  ...(line === null ? [] : [['typed', () => talk.say(line, at)] as const]),
  ['entered', () => talk.fill(refOf(talk, form), values, at)] as const,
];

describe('what one answers for', () => {
  it.each(WAYS.filter(([form]) => form !== 'close'))(
    'is read back, and recorded by its button alone: %s',
    async (form, line, values) => {
      const talk = await prepared(form);
      for (const [door, go] of doors(talk, form, line, values)) {
        const { version } = await talk.state();
        const said = await go();
        expect((await talk.state()).version, door).toBe(version);
        expect(said.buttons, door).toEqual(['确认', '修改…', '取消']);
        const why = 'comments' in values ? values.comments : values.reason;
        expect(said.text.includes(why), door).toBe(form !== 'explain_delay');
        await isChangedInItsForm(talk, said, values);
        await talk.press(said, '取消', at);
        expect((await talk.state()).version, door).toBe(version);
        if (door !== 'entered') continue;
        await talk.press(await go(), '确认', at);
        expect((await talk.state()).version).toBeGreaterThan(version);
      }
    },
  );

  it.each(WAYS.filter(([form]) => form === 'close'))(
    'is refused at once where it could not be recorded: %s',
    async (form, line, values) => {
      const talk = await prepared(form);
      for (const [door, go] of doors(talk, form, line, values)) {
        const said = await go();
        expect(said.buttons, door).not.toContain('确认');
      }
    },
  );

  it('has a way in the table for every decision, but those of a closed incident and of one out of chat', () => {
    expect(new Set([...WAYS.map(([form]) => form), 'reopen', 'return_to_chat'])).toEqual(SWORN);
  });
});

/** [Change…] opens the form with what was entered. */
async function isChangedInItsForm(talk: Conversation, said: Heard, values: Readonly<Record<string, string>>) {
  const opened = await talk.press(said, '修改…', at);
  const [answer] = opened.answers;
  const form = answer?.kind === 'form' ? await talk.rooms.house.app.form(answer.ref, LI) : null;
  const fields = form && 'fields' in form ? form.fields : [];
  for (const [id, value] of Object.entries(values)) {
    if (id === 'at') continue;
    expect(fields.find((field) => field.id === id)).toMatchObject(id === 'review' ? {} : { value });
  }
}
