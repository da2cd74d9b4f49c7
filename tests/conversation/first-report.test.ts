import { beforeEach, describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { reportAction } from '../../src/conversation/filing/report-actions.ts';
import { meant } from '../../src/conversation/meaning/command-meaning.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import type { Command, CommandOf } from '../../src/incident/commands.ts';
import { actorOf, company, read, regime, Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  story.do({ type: 'answer', fact: 'system', value: 'shop' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'decide_level', level: 'major' });
});

const compile = (report: CommandOf<'compile_draft'>['report']): Command => ({
  type: 'compile_draft',
  report,
  cannotDetermine: [],
  ...(report === 'explanation' ? { statement: '说明' } : {}),
});
const approved = (): void => {
  story.do(compile('initial'));
  const hash = story.situation.state.drafts.at(-1)?.text?.hash ?? '';
  story.do({ type: 'request_approval', draft: 1 }).do({ type: 'approve', draft: 1, hash }, 'Zhao Min');
};
const draftTitle = (language: 'en' | 'zh-CN'): string | undefined => {
  const { state, ia } = story.situation;
  const found = surfacesOf({ state, ia, regime }).find(({ key }) => key === 'draft');
  return found && read(found.card, language)[0];
};

describe('before the first report is filed', () => {
  it.each(['supplement', 'follow_up'] as const)('a %s is refused with what to do instead', (report) => {
    approved();
    const refusal = story.try(compile(report));
    expect(refusal?.code).toBe('first_report_first');
    if (!refusal) return;
    const card = localiseCard(refusalCard(refusal, story.situation), 'en');
    expect(card.title).toBe(
      'No report has been filed yet, so there is nothing to supplement. Put the new facts into the first report, then send that.',
    );
    expect(JSON.stringify(card.blocks)).toContain('Record the filing…');
    expect(read(refusalCard(refusal, story.situation), 'zh-CN')[0]).toBe(
      '首报尚未报送，暂不能补报或续报。请把新情况直接写入首报，一并报送。',
    );
    expect(draftTitle('zh-CN')).toContain('首报');
  });

  it('a later explanation does not push the approved first report off the card, nor off the next step', () => {
    approved();
    story.do(compile('explanation'));
    expect(draftTitle('zh-CN')).toBe('首报第1稿');
    expect(reportAction(story.situation, 'first')).toMatchObject({
      id: 'file',
      does: { form: { args: { draft: '1' } } },
    });
    expect(story.try({ type: 'request_approval', draft: 2 })).toMatchObject({
      code: 'not_latest_draft',
      params: { draft: 1 },
    });
  });

  it('“correct clock” takes the time that follows it, and opens the form without one', () => {
    const meaning = (line: string) =>
      meant(parseCommand(line, { fields: [] }), { situation: story.situation, me: null, room: null, quoted: null });
    expect(meaning('correct clock 09:20')).toMatchObject({
      commands: [{ type: 'add_awareness', at: expect.stringMatching(/^2026-03-31T(?:09:20|01:20)/) }],
    });
    expect(meaning('更正时间')).toMatchObject({ kind: 'form', ref: { form: 'awareness' } });
  });

  it('“draft” makes the first report also after handling ended, and the summary once it is filed', () => {
    const draft = () =>
      meant({ type: 'draft' }, { situation: story.situation, me: actorOf('Li Wei'), room: null, quoted: null });
    approved();
    story.wait(10);
    story.do({ type: 'end_handling', at: new Date(story.now).toISOString(), reason: 'restored' });
    expect(draft()).toMatchObject({ commands: [{ report: 'initial' }] });
    const at = new Date(story.now).toISOString();
    story.do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 }, 'Zhao Min');
    expect(draft()).toMatchObject({ commands: [{ report: 'summary' }] });
  });
});
