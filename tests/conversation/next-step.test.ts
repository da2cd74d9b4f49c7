import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import type { Card } from '../../src/conversation/cards/card.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { formOf } from '../../src/conversation/forms/form-kinds.ts';
import { nextStep } from '../../src/conversation/next-step/next-step.ts';
import type { Looker } from '../../src/conversation/next-step/step.ts';
import type { Command } from '../../src/incident/commands.ts';
import { rolesOf } from '../../src/incident/people/rights.ts';
import { actorOf, company, regime, Story } from './story.ts';
import { starts, steps, walk } from './walk.ts';

const PEOPLE = ['Li Wei', 'Chen Yu', 'Zhao Min'] as const;
const LANGUAGES = ['en', 'zh-CN'] as const;

function lookerOf({ organisation }: Story, name: string): Looker {
  const account = { platform: 'console', tenant: 'local', id: name };
  return { actors: [actorOf(name)], roles: rolesOf(organisation, account) };
}
function next(story: Story, name: string | null = 'Li Wei', language: 'en' | 'zh-CN' = 'en'): string | null {
  const found = nextStep(story.situation, name === null ? null : lookerOf(story, name));
  if (!found) return null;
  const buttons = found.actions.map(({ label, style }) => {
    const text = localise(label, language);
    return style === 'primary' ? `[*${text}*]` : `[${text}]`;
  });
  return [localise(found.text, language), ...buttons].join(' ');
}

describe('whatever people do', () => {
  it('there is a next step until the incident is closed: one sentence, one button, or for whom it waits', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story } = walk(start, path);
        const { state, ia } = story.situation;
        for (const name of [null, ...PEOPLE]) {
          const found = nextStep(story.situation, name === null ? null : lookerOf(story, name));
          if (state.closed) {
            expect(found).toBeNull();
            continue;
          }
          expect([ia.owed, found]).not.toEqual([ia.owed, null]);
          if (!found) continue;
          const question = nextQuestion({ state, ia, regime })?.text;
          for (const language of question && localise(question, 'en') === localise(found.text, 'en') ? [] : LANGUAGES)
            expect(localise(found.text, language)).toMatch(/^[^.。?？]+(\.\S[^.。?？]*)*[.。?？]$/);
          const isPrimary = found.actions.filter(({ style }) => style === 'primary');
          expect(isPrimary.length).toBeLessThanOrEqual(1);
          if (found.actions.length === 0) {
            expect(localise(found.text, 'en')).toMatch(/aiting for|until/);
            expect(localise(found.text, 'zh-CN')).toMatch(/等待|由/);
          }
          const [first] = found.actions;
          if (first?.does.kind === 'form')
            expect(formOf(first.does.form, { state, ia, regime, now: ia.now })).not.toBeNull();
          if (first?.does.kind === 'intent' && name !== null) {
            const trial = Object.assign(new Story('2026-03-31T09:42:00+08:00', story.organisation), story);
            expect(trial.try(first.does.intent, name)?.code).not.toBe('forbidden');
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('after a state-secret stop whoever cannot file reads who can, and so does a room', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company);
  story.do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'stop_state_secret' });
  for (const name of ['Chen Yu', null]) {
    expect(next(story, name)).toMatch(/waiting for Li Wei or Zhao Min to record here when this was filed/);
    expect(next(story, name, 'zh-CN')).toMatch(/等待Li Wei或Zhao Min报送后在此登记/);
  }
  expect(next(story, 'Zhao Min')).toMatch(/^Handle the incident offline .* \[\*Record the filing…\*\]$/);
});

describe('one case, step by step', () => {
  it('reads as people would say it, in both languages', () => {
    const story = new Story('2026-03-31T09:42:00+08:00', company);
    const told: string[] = [];
    const look = (...names: (string | null)[]) => {
      for (const name of names)
        told.push(`${name ?? 'the room'}: ${next(story, name)} | ${next(story, name, 'zh-CN')}`);
    };
    story.do({ type: 'declare', title: '支付系统疑似用户数据泄露' }).wait(2);
    look('Li Wei');
    story.do({ type: 'answer', fact: 'system', value: 'shop' });
    look('Li Wei');
    story.do({ type: 'add_awareness', at: '2026-03-31T09:42:00+08:00', source: 'alert', reachedUs: true });
    story.do({ type: 'answer', fact: 'circumstances', value: ['incident_type=data.leak'] });
    story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
    story.wait(3).do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, 'Chen Yu');
    look('Li Wei', 'Chen Yu', null);
    story.do({ type: 'decide_level', level: 'major' });
    look('Li Wei');
    for (const [field, text] of [
      ['art7.2.place', '上海市某机房'],
      ['art7.2.measures', '已隔离两台服务器并重置口令'],
      ['art7.2.effect', '泄露已停止'],
    ] as const) {
      story.do({ type: 'fill_field', field, value: { state: 'known', text }, wording: text });
    }
    look('Li Wei');
    story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    look('Li Wei');
    story.do({ type: 'request_approval', draft: 1 });
    look('Li Wei', 'Chen Yu', 'Zhao Min', null);
    const hash = story.situation.state.drafts[0]?.text?.hash ?? '';
    story.do({ type: 'approve', draft: 1, hash }, 'Zhao Min');
    look('Li Wei', 'Chen Yu', 'Zhao Min');
    const file = (obligation: string, draft?: number) =>
      story.do(
        {
          type: 'record_filing',
          obligation,
          channel: story.situation.regime.channels[0]?.id ?? '',
          at: story.situation.ia.now,
          ...(draft === undefined ? {} : { draft }),
        },
        'Zhao Min',
      );
    story.wait(20);
    file('cac.art4.other', 1);
    look('Li Wei', 'Zhao Min');
    for (const id of story.situation.ia.owed.filter((one) => !one.startsWith('cac.'))) {
      if (id === 'pipl.art57.authority') {
        file(id);
        continue;
      }
      story.do({ type: 'not_owed', obligation: id, reason: 'none' });
      const open = story.situation.state.proposals.findLast(({ settled }) => settled === null);
      if (open) story.do({ type: 'second', proposal: open.id, agree: true }, 'Zhao Min');
    }
    look('Li Wei', 'Chen Yu');
    for (const id of ['3', '4', '5', '6', '7']) story.do({ type: 'take_item', item: `art7.${id}` }, 'Chen Yu');
    look('Li Wei', 'Chen Yu');
    for (const item of regime.items)
      for (const { id: field } of item.fields)
        story.try({ type: 'fill_field', field, value: { state: 'known', text: '已查明' }, wording: '已查明' });
    look('Li Wei');
    story.do({ type: 'compile_draft', report: 'supplement', cannotDetermine: [] });
    story.do({ type: 'request_approval', draft: 2 });
    story.do({ type: 'approve', draft: 2, hash: story.situation.state.drafts[1]?.text?.hash ?? '' }, 'Zhao Min');
    look('Li Wei');
    story.wait(20);
    file('cac.art4.other', 2);
    look('Li Wei');
    story.do({ type: 'answer', fact: 'suspected_crime', value: false });
    look('Li Wei');
    story.do({ type: 'answer', fact: 'ongoing', value: 'unknown' });
    look('Li Wei');
    story.do({ type: 'confirm_awareness', candidate: story.situation.state.candidates[0]?.id ?? '', reason: 'log' });
    look('Li Wei', 'Chen Yu');
    for (const { id } of story.situation.state.tasks) story.try({ type: 'finish_task', task: id });
    look('Li Wei', 'Chen Yu');
    story.wait(60).do({ type: 'end_handling', at: story.situation.ia.now, reason: 'ended' });
    look('Li Wei');
    for (const { id } of regime.parts)
      story.do({ type: 'fill_field', field: id, value: { state: 'known', text: '已查明' }, wording: '已查明' });
    look('Li Wei');
    story.do({ type: 'compile_draft', report: 'summary', cannotDetermine: [] });
    story.do({ type: 'request_approval', draft: 3 });
    story.do({ type: 'approve', draft: 3, hash: story.situation.state.drafts[2]?.text?.hash ?? '' }, 'Zhao Min');
    look('Li Wei');
    story.wait(20);
    file('cac.art8.other', 3);
    look('Li Wei', 'Chen Yu');
    story.do({ type: 'close', reason: 'over' });
    look('Li Wei');
    expect(told).toEqual([
      'Li Wei: Not answered yet: “Affected system”. [*Answer questions*] | 待回答：涉事系统。 [*回答问题*]',
      'Li Wei: Not answered yet: “Who became aware first, and when”. [*Answer questions*] | 待回答：最早获知的时间和人员。 [*回答问题*]',
      'Li Wei: The facts reach 较大 (Major, 2 of 4): confirm it. [*Confirm 较大 (Major, 2 of 4)*] | 指标已达到“较大”级别，请确认。 [*确认较大*]',
      'Chen Yu: The first report still needs 3 fields. [*Draft first report…*] | 首报还有3处必填内容未填。 [*填写首报…*]',
      'the room: Waiting for Li Wei or Zhao Min to confirm 较大 (Major, 2 of 4). [*Confirm 较大 (Major, 2 of 4)*] | 等待Li Wei或Zhao Min确认级别（较大）。 [*确认较大*]',
      'Li Wei: The first report still needs 3 fields. [*Draft first report…*] | 首报还有3处必填内容未填。 [*填写首报…*]',
      'Li Wei: The content required now is complete: check it, then draft the first report. [*Draft first report…*] | 首报必填内容已齐，请核对并填写首报。 [*填写首报…*]',
      'Li Wei: Draft 1 of the first report (首报) is ready: ask for approval. [*Ask for approval*] | 首报第1稿已生成，请提请审批。 [*提请审批*]',
      'Li Wei: To be done immediately (立即): Notify the authority responsible for personal information protection. [*Draft the notice…*] [Record the filing…] | 须立即办理：通知履行个人信息保护职责的部门。 [*起草通知…*] [登记报送…]',
      'Chen Yu: For now, deadlines run from 09:42: confirm this time. [*Confirm 09:42…*] | 暂按09:42起算，请确认。 [*确认09:42起算…*]',
      'Zhao Min: Read draft 1 of the first report (首报), then approve it or send it back. [*Review and approve*] | 请审阅首报第1稿，批准或退回。 [*审批*]',
      'the room: Waiting for Zhao Min to approve draft 1 of the first report (首报). [*Review and approve*] | 等待Zhao Min审批首报第1稿。 [*审批*]',
      'Li Wei: Draft 1 of the first report (首报) is approved: send it by 13:42, then record the filing. [*Record the filing…*] [Text to send] | 首报第1稿已获批准，请于13:42前报送，然后登记。 [*登记报送…*] [报送材料]',
      'Chen Yu: For now, deadlines run from 09:42: confirm this time. [*Confirm 09:42…*] | 暂按09:42起算，请确认。 [*确认09:42起算…*]',
      'Zhao Min: Draft 1 of the first report (首报) is approved: send it by 13:42, then record the filing. [*Record the filing…*] [Text to send] | 首报第1稿已获批准，请于13:42前报送，然后登记。 [*登记报送…*] [报送材料]',
      'Li Wei: To be done immediately (立即): Notify the authority responsible for personal information protection. [*Draft the notice…*] [Record the filing…] | 须立即办理：通知履行个人信息保护职责的部门。 [*起草通知…*] [登记报送…]',
      'Zhao Min: To be done immediately (立即): Notify the authority responsible for personal information protection. [*Draft the notice…*] [Record the filing…] | 须立即办理：通知履行个人信息保护职责的部门。 [*起草通知…*] [登记报送…]',
      'Li Wei: To follow in a supplement (补报): items 3, 4, 5, 6 and 7. [*Fill in*] | 尚有5项待补报：第3、4、5、6、7项。 [*填写*]',
      'Chen Yu: To follow in a supplement (补报): items 3, 4, 5, 6 and 7. [*Fill in*] | 尚有5项待补报：第3、4、5、6、7项。 [*填写*]',
      'Li Wei: For now, deadlines run from 09:42: confirm this time. [*Confirm 09:42…*] | 暂按09:42起算，请确认。 [*确认09:42起算…*]',
      'Chen Yu: To follow in a supplement (补报): items 3, 4, 5, 6 and 7. [*Fill in*] | 尚有5项待补报：第3、4、5、6、7项。 [*填写*]',
      'Li Wei: Facts already reported have changed: report the change promptly (续报). [*Draft follow-up (续报)*] | 已报内容有变化，请及时续报。 [*起草续报*]',
      'Li Wei: Draft 2 of the supplement (补报) is approved: send it promptly, then record the filing. [*Record the filing…*] [Text to send] | 补报第2稿已获批准，请及时报送，然后登记。 [*登记报送…*] [报送材料]',
      'Li Wei: For now, deadlines run from 09:42: confirm this time. [*Confirm 09:42…*] | 暂按09:42起算，请确认。 [*确认09:42起算…*]',
      'Li Wei: For now, deadlines run from 09:42: confirm this time. [*Confirm 09:42…*] | 暂按09:42起算，请确认。 [*确认09:42起算…*]',
      'Li Wei: For now, deadlines run from 09:42: confirm this time. [*Confirm 09:42…*] | 暂按09:42起算，请确认。 [*确认09:42起算…*]',
      'Li Wei: Not answered yet: “What happened to the personal information”. [*Answer questions*] | 待回答：公民个人信息受损情形。 [*回答问题*]',
      'Chen Yu: Not answered yet: “What happened to the personal information”. [*Answer questions*] | 待回答：公民个人信息受损情形。 [*回答问题*]',
      'Li Wei: Not answered yet: “What happened to the personal information”. [*Answer questions*] | 待回答：公民个人信息受损情形。 [*回答问题*]',
      'Chen Yu: Not answered yet: “What happened to the personal information”. [*Answer questions*] | 待回答：公民个人信息受损情形。 [*回答问题*]',
      'Li Wei: 3 parts of the summary report (due by 30 Apr 24:00) are still to be written. [*Fill in*] | 处置总结报告（于4月30日24:00前报送）还有3项待填写。 [*填写*]',
      'Li Wei: The summary report is due by 30 Apr 24:00: draft it. [*Draft summary report*] | 处置总结报告须于4月30日24:00前报送，请出稿。 [*起草处置总结报告*]',
      'Li Wei: Draft 3 of the summary report (处置总结报告) is approved: send it by 30 Apr 24:00, then record the filing. [*Record the filing…*] [Text to send] | 处置总结报告第3稿已获批准，请于4月30日24:00前报送，然后登记。 [*登记报送…*] [报送材料]',
      'Li Wei: All recorded duties are settled: close the incident. [*Close…*] | 已记录的应报事项均已完成，可以结案。 [*结案…*]',
      'Chen Yu: All recorded duties are settled: waiting for Li Wei or Zhao Min to close the incident. | 已记录的应报事项均已完成，等待Li Wei或Zhao Min结案。',
      'Li Wei: null | null',
    ]);
  });
});

describe('a certain deadline of the first report that has passed', () => {
  const people = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 } as const;
  const leaked: readonly Command[] = [{ type: 'answer', fact: 'affected', value: ['personal_info'] }, people];
  it.each<readonly [string, readonly Command[]]>([
    ['while the level is to be confirmed', leaked],
    ['once the level is confirmed', [...leaked, { type: 'decide_level', level: 'major' }]],
    ['while its draft is not sent', [...leaked, { type: 'compile_draft', report: 'initial', cannotDetermine: [] }]],
  ])('leads the status card with its button, %s', (_, commands) => {
    const story = new Story('2026-03-31T09:42:00+08:00', company).do({
      type: 'declare',
      title: 'leak',
      system: 'shop',
    });
    for (const command of commands) story.do(command);
    expect(firstOf(statusCard(story.situation, 'all', null)).key).not.toBe('next.call_late');
    story.wait(250);
    const { key, button } = firstOf(statusCard(story.situation, 'all', null));
    expect({ key, button }).toEqual({ key: 'next.call_late', button: 'script' });
  });
});

/** Message of the first text of a card and its first button. */
function firstOf({ blocks }: Card) {
  const [first] = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
  const [button] = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  return { key: first && 'key' in first ? first.key : null, button: button?.id };
}
