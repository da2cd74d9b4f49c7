import { expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/localise.ts';
import type { Language } from '../../src/incident/identity.ts';
import type { TextReply } from '../../src/use-cases/app.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const LI = person('li', OPS);

async function fresh(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start();
  await rooms.declare('case');
  return rooms;
}

/** What was said, the labels below it and what they do. */
function shown(reply: TextReply, language: Language = 'en') {
  if (reply.kind === 'submitted') {
    const { result } = reply;
    const title = result.kind === 'done' && result.said ? localiseCard(result.said, language).title : '';
    return { title: result.kind === 'refused' ? result.refusal.code : title, labels: [], does: [] };
  }
  const actions = reply.card.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  const local = localiseCard(reply.card, language);
  const labels = local.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : [])).map((a) => a.label);
  return { title: local.title, labels, does: actions.map(({ does }) => does) };
}

it('a bare “confirm” never settles a level that the figures do not give: it asks what is meant', async () => {
  const rooms = await fresh();
  for (const line of ['confirm', '确认', '确认一般', 'confirm general', '一般']) {
    await rooms.say(line, LI);
    expect((await rooms.state()).levelDecision, line).toBeNull();
  }
  const asked = shown(await rooms.say('确认', LI), 'zh-CN');
  expect(asked.title).toContain('级别尚未确定');
  expect(asked.labels).toEqual(['确认起算时间…', '其他级别…', '按《办法》暂不报告…']);
  expect(asked.does).toMatchObject([
    { kind: 'form', form: { form: 'confirm_awareness' } },
    { kind: 'form', form: { form: 'another_level' } },
    { kind: 'form', form: { form: 'not_reportable' } },
  ]);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await rooms.say('确认', LI);
  expect((await rooms.state()).levelDecision?.level).toBe('major');
});

it('a level that needs a reason opens its form with the level chosen', async () => {
  const rooms = await fresh();
  for (const [line, level] of [
    ['确认一般', 'general'],
    ['改为重大', 'significant'],
    ['confirm major', 'major'],
  ] as const) {
    const { does } = shown(await rooms.say(line, LI));
    expect(does, line).toMatchObject([{ kind: 'form', form: { form: 'another_level', args: { level } } }]);
    const [open] = does;
    const form = open?.kind === 'form' ? await rooms.house.app.form(open.form, LI) : null;
    const field = form && 'fields' in form ? form.fields.find(({ id }) => id === 'level') : null;
    expect(field?.kind === 'one' && field.value).toBe(level);
  }
});
