import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, Card } from '../../src/conversation/cards/card.ts';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { json } from '../fakes/http-client.ts';
import { answer, Doors, inChat, OPS, type Played } from './guard-door.ts';

/** A possible state secret stops the collection, not the law: clocks run on, and two people can lift the stop. */
let doors: Doors;
let stopped: Played;
beforeAll(async () => {
  doors = await Doors.open();
  stopped = await doors.declared('shop');
  await stopped.inOps();
  await stopped.must('chen', answer('affected', ['personal_info']));
  await stopped.must('chen', answer('personal_info_people', 1_200_000));
  await stopped.must('chen', { type: 'stop_state_secret' });
  await doors.settle();
});
afterAll(() => doors.running.stop());

const viewed = async (view: string, who: string): Promise<Card> => {
  const card = await doors.running.house.app.view({ view, args: { incident: stopped.id } }, inChat(who));
  if ('code' in card) throw new Error(card.code);
  return card;
};
const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));
const idsOn = async (view: string, who: string) => actionsOf(await viewed(view, who)).map(({ id }) => id);
const timeOf = (due: string): string => new Date(Date.parse(due) + 8 * 3_600_000).toISOString().slice(11, 16);
const open = () => stopped.assess().clocks.filter(({ filing, status }) => !filing && status !== 'void');

describe('after a stop', () => {
  it('the register, its table and a calendar hold every clock that runs, as the JSON of the incident does', async () => {
    const { app } = doors.running.house;
    const running = open().map(({ id, due }) => `${id} ${due}`);
    expect(running.length).toBeGreaterThan(3);
    for (const who of ['li', 'zhao']) {
      const [row] = await app.register(inChat(who), { search: stopped.id }, 'zh-CN');
      expect(row?.duties.map(({ id, due }) => `${id} ${due}`)).toEqual(running);
      expect(row?.title).toBeNull();
    }
    const client = await doors.client('li');
    const { url } = await json(
      await (await doors.client('anna')).post('/api/v1/access/links', { kind: 'calendar', who: 'li' }),
    );
    const feed = await (await client.get(new URL(String(url)).pathname)).text();
    expect(feed.match(/STATUS:CONFIRMED/g)).toHaveLength(running.length);
    const table = await (await client.get('/api/v1/register.csv')).text();
    expect(table).toContain(timeOf(open().find(({ form }) => form === 'first')?.due ?? ''));
  });

  it('the card names the clocks that run for certain first, and the list of duties has all of them', async () => {
    const certain = open().filter(({ provisional }) => !provisional);
    const status = localiseCard(await viewed('status', 'li'), 'zh-CN');
    const clocks = status.blocks.flatMap((block) => (block.kind === 'clock' ? [block.text] : []));
    expect(clocks[0]).toContain(timeOf(certain[0]?.due ?? ''));
    const owed = JSON.stringify(localiseCard(await viewed('owed', 'li'), 'zh-CN').blocks);
    for (const { due } of open()) expect(owed).toContain(timeOf(due));
    expect(await idsOn('status', 'li')).toContain('owed');
  });

  it('nobody who may not see the incident sees that list', async () => {
    const { app } = doors.running.house;
    const account = { platform: 'mail', tenant: 't', id: 'stranger' };
    const caller = { account, name: 'stranger', language: 'en' } as const;
    const card = await app.view({ view: 'owed', args: { incident: stopped.id } }, caller);
    expect('code' in card).toBe(true);
  });

  it('the console previews the filing it would record, but no text of a report', async () => {
    const client = await doors.client('li');
    const { id: incident, current } = stopped;
    const preview = (form: string, args: object, values: object) =>
      client.post('/api/v1/forms/preview', {
        ref: { form, args: { incident, ...args } },
        revision: current.version,
        values,
      });
    const opened = await json(await client.post('/api/v1/forms/open', { form: 'filing', args: { incident } }));
    expect(opened['title']).toBeTruthy();
    const duty = open().find(({ form }) => form === 'first')?.id ?? '';
    const shown = await preview(
      'filing',
      {},
      { obligation: duty, channel: 'web_12387', at: '09:42', receipt: 'A-1', draft: 'none' },
    );
    const said = JSON.stringify(await json(shown));
    expect([shown.status, said]).toEqual([200, expect.stringContaining('A-1')]);
    expect(said).not.toContain(current.title);
    expect((await preview('first_report', {}, {})).ok).toBe(false);
  });

  it('a hold is set and the record erased from [More], as after closing, by those who may', async () => {
    const offered = async (who: string) => (await idsOn('more', who)).filter((id) => /hold|erase/.test(id));
    for (const who of ['li', 'chen', 'anna']) expect(await idsOn('status', who)).toContain('more');
    expect([await offered('li'), await offered('chen'), await offered('anna')]).toEqual([
      ['hold'],
      [],
      ['hold', 'erase'],
    ]);
    expect(JSON.stringify(localiseCard(await viewed('more', 'anna'), 'zh-CN'))).not.toContain(stopped.current.title);
    const opened = async (words: string) => {
      const line = { line: `${stopped.id} ${words}`, incident: stopped.id, caller: inChat('anna'), room: OPS };
      const said = await doors.running.house.app.text({ ...line, delivery: doors.delivery() });
      return said.kind === 'card' && said.form?.form;
    };
    expect([await opened('删除'), await opened('锁定保留'), await opened('legal hold: a lawsuit is likely')]).toEqual([
      'erase',
      'hold',
      'hold',
    ]);
  });

  it('a filing is recorded by a button of the card, and the stop is lifted by the buttons of two people', async () => {
    expect(await idsOn('status', 'li')).toEqual(expect.arrayContaining(['file', 'lift_stop', 'take_lead']));
    expect(await idsOn('status', 'chen')).not.toContain('lift_stop');
    const { app } = doors.running.house;
    const ref = { form: 'lift_stop', args: { incident: stopped.id } };
    const asked = { caller: inChat('li'), delivery: doors.delivery(), revision: stopped.current.version };
    await app.submitForm({ ...asked, ref, values: { reason: '保密办答复：不涉密' } });
    await doors.settle();
    await stopped.look();
    const [proposal] = stopped.current.proposals;
    const agree = `"type":"second","proposal":"${proposal?.id}","agree":true`;
    const message = doors.chat.messages.find(({ address }) => address === 'dm:zhao');
    expect(message?.body).toContain(agree);
    expect(message?.body).not.toContain('保密办答复');
    expect(JSON.stringify(actionsOf(await viewed('status', 'zhao')))).toContain(agree);
    expect(await idsOn('status', 'zhao')).not.toContain('lift_stop');
    expect(await stopped.agreed()).toBe('done');
    expect(stopped.current.stopped).toBeNull();
  });

  it.each(['恢复收集', '解除涉密', '解除停止：保密办答复不涉密', 'lift the stop'])(
    '“%s” opens the form of lifting it',
    async (words) => {
      const { app } = doors.running.house;
      const line = `${stopped.id} ${words}`;
      const said = await app.text({
        ...{ line, incident: stopped.id, caller: inChat('li'), room: OPS, delivery: doors.delivery() },
      });
      expect(said.kind === 'card' && said.form?.form).toBe('lift_stop');
      await stopped.look();
      expect(stopped.current.stopped).toBeNull();
    },
  );
});
