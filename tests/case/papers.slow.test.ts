import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { docxLines } from '../documents/reading.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { theRegime } from '../regimes/support.ts';
import { company } from '../report/cases.ts';

const listed = z.object({ papers: z.array(z.object({ id: z.string(), duties: z.array(z.string()) })) });
const regime = theRegime();
let house: RunningHouse;
let wei: Client;
let id: string;

/** Papers for other duties, as somebody asks for them by the API: a leak with a suspected crime. */
async function start(): Promise<void> {
  house = await startHouse({ organisation: company });
  wei = await signIn(new Client(house), 'li-wei');
  id = (await json(await wei.post('/api/v1/incidents', { title: '支付系统疑似用户数据泄露' }))).id;
  await give({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  await give({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await give({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  await give({ type: 'answer', fact: 'suspected_crime', value: true });
  await words('art7.2.measures', '已隔离两台服务器并重置口令');
  await words('art7.4.cause', '初步判断为接口越权访问');
  await words('art7.5.path', '外网接口—应用服务器—数据库');
  await words('art7.3.further_impact', '泄露信息可能被用于电信网络诈骗');
}
beforeAll(start);
afterAll(() => house.stop());

async function give(intent: object, who = wei): Promise<void> {
  const { revision } = await json(await wei.get(`/api/v1/incidents/${id}`));
  const answer = await who.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
  if (answer.status !== 200) throw new Error(await answer.text());
}
function words(field: string, text: string): Promise<void> {
  return give({ type: 'fill_field', field, value: { state: 'known', text }, wording: text });
}
async function paper(which: string, format: string, language = 'zh'): Promise<Response> {
  const answer = await wei.get(`/api/v1/incidents/${id}/paper?paper=${which}&format=${format}&language=${language}`);
  expect(answer.status).toBe(200);
  return answer;
}

describe('papers for other duties', () => {
  test('are listed with the duties they serve and what is missing, owed ones first', async () => {
    const { papers } = await json(await wei.get(`/api/v1/incidents/${id}/papers`));
    expect(papers).toMatchObject([
      { id: 'crime_report', duties: expect.arrayContaining(['police.art14']) },
      { id: 'personal_info_authority', duties: expect.arrayContaining(['pipl.art57.authority']) },
      { id: 'personal_info_individuals', duties: expect.arrayContaining(['pipl.art57.individuals']) },
      { id: 'users_notice', duties: expect.arrayContaining(['dsl.art29.users']) },
      { id: 'sector_report', duties: expect.arrayContaining(['dsl.art29.authority']) },
      { id: 'defect_report', duties: [] },
      { id: 'request_answer', duties: [] },
      { id: 'entrusting_notice', duties: [] },
      { id: 'customer_notice', duties: [] },
    ]);
    expect(JSON.stringify(papers)).toContain('个人可以采取的减轻危害的措施');
  });

  test('every paper is a DOCX in both languages: blanks where something is missing, the words of the law on the last page', async () => {
    for (const { id: which, sources } of regime.papers) {
      for (const language of ['zh', 'en']) {
        const lines = docxLines(new Uint8Array(await (await paper(which, 'docx', language)).arrayBuffer()));
        const text = lines.join('\n');
        for (const { quote } of sources) expect(text).toContain(quote);
        expect(text).toContain(language === 'zh' ? '尚缺' : 'Missing');
        expect(text).toMatch(/＿＿|____/);
        expect(text).not.toMatch(/art7\.|personal_info_people|undefined|NaN/);
      }
    }
  });

  test('the notice of PIPL 57 has its three contents; a notice to individuals tells no attack path', async () => {
    const authority = await (await paper('personal_info_authority', 'md')).text();
    for (const one of [
      '信息种类',
      '120万人',
      '接口越权访问',
      '电信网络诈骗',
      '已隔离两台服务器',
      '减轻危害的措施',
      '联系人及电话',
    ])
      expect(authority).toContain(one);
    const individuals = await (await paper('personal_info_individuals', 'md')).text();
    expect(individuals).toContain('可能造成的危害');
    // A person writes the letter: nothing of the wording for the authority goes into it by itself.
    for (const one of ['电信网络诈骗', '外网接口—应用服务器', '已隔离两台服务器'])
      expect(individuals).not.toContain(one);
    expect(await (await paper('crime_report', 'md')).text()).toContain('外网接口—应用服务器');
  });

  test('serve the duties they quote, and no other', async () => {
    const { papers } = listed.parse(await json(await wei.get(`/api/v1/incidents/${id}/papers`)));
    for (const { id: which, duties } of papers) {
      const text = await (await paper(which, 'md')).text();
      for (const duty of duties)
        expect(text).toContain(regime.obligations.find((one) => one.id === duty)?.source.quote);
    }
    const served = papers.flatMap(({ duties }) => duties);
    expect(new Set(served).size).toBe(served.length);
  });

  test('to individuals are letters: salutation, no number, addressee or seal of a report', async () => {
    for (const which of ['personal_info_individuals', 'users_notice']) {
      const zh = await (await paper(which, 'md')).text();
      expect(zh).toContain('尊敬的用户：');
      expect(zh.split('发出前须知')[0]).not.toMatch(/报告编号|主送|盖章|签发人|报告单位/);
      expect(await (await paper(which, 'md', 'en')).text()).toContain('Dear user,');
      const eml = await (await paper(which, 'eml')).text();
      expect(eml).not.toMatch(new RegExp(`Subject:.*${id}`));
    }
    expect(await (await paper('personal_info_authority', 'md')).text()).toContain('主送');
    const sector = await (await paper('sector_report', 'md')).text();
    expect(sector).toMatch(/主送：有关主管部门＿＿/);
    expect(sector).toMatch(/尚缺：\*\* 主送/);
  });

  test('have a blank for everything that is listed as missing', async () => {
    const text = await (await paper('crime_report', 'md')).text();
    expect(text).toMatch(/已隔离两台服务器并重置口令；措施的效果：＿＿/);
  });

  test('an e-mail says first what is missing, and its attachment has no page of ours', async () => {
    const eml = await (await paper('users_notice', 'eml')).text();
    expect(eml).toMatch(/X-Unsent: 1/);
    const body = Buffer.from(/base64\r\n(?:.*\r\n)*?\r\n([\s\S]+?)\r\n--/.exec(eml)?.[1] ?? '', 'base64').toString(
      'utf8',
    );
    expect(body).toMatch(/^【发送前删除本段】尚缺：/);
    expect(body).not.toContain('本页不随文发出');
    expect(eml).toContain('filename=');
  });

  test('are offered on a card with their files, and refused for what does not exist or is not to be seen', async () => {
    const seenBy = (account: string) =>
      house.house.app.view(
        { view: 'papers', args: { incident: id } },
        { account: { platform: 'console', tenant: 'local', id: account }, name: account, language: 'en' },
      );
    expect(await seenBy('nobody-of-the-profile')).toMatchObject({ code: 'unknown_incident' });
    const shown = JSON.stringify(await seenBy('li-wei'));
    for (const { id: which } of regime.papers)
      for (const format of ['docx', 'eml']) expect(shown).toContain(`/paper?paper=${which}&format=${format}`);
    const unknown = await wei.get(`/api/v1/incidents/${id}/paper?paper=constructor`);
    expect([unknown.status, (await json(unknown))['code']]).toEqual([422, 'unknown_paper']);
    expect((await wei.get('/api/v1/incidents/INC-2026-0999/papers')).status).toBe(404);
    const people = await signIn(new Client(house), '赵敏');
    expect((await people.get(`/api/v1/incidents/${id}/papers`)).status).toBe(200);
    await give({ type: 'stop_state_secret' }, people);
    for (const path of ['papers', 'paper?paper=crime_report'])
      expect((await wei.get(`/api/v1/incidents/${id}/${path}`)).status).toBe(422);
  });
});
