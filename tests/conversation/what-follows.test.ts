import { beforeEach, describe, expect, it } from 'vitest';
import { followCard } from '../../src/conversation/collecting/tasks.ts';
import { outcomeCard } from '../../src/conversation/filing/approval-status.ts';
import { anchorCard } from '../../src/conversation/filing/changes-since-filing.ts';
import { company, read, Story } from './story.ts';

let story: Story;
const APPROVAL = [
  'Next: send the report, then record the filing.',
  '下一步：点击【报送材料】，照其中的渠道和文本报送；报送后立即登记。',
] as const;

function approved(): void {
  story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  const hash = story.situation.state.drafts.at(-1)?.text?.hash ?? '';
  story.do({ type: 'request_approval', draft: 1 }).do({ type: 'approve', draft: 1, hash }, 'Zhao Min');
}

function outcome(language: 'en' | 'zh-CN'): readonly string[] {
  const approval = story.situation.state.approvals.at(-1);
  if (approval === undefined) throw new Error('no approval');
  return read(outcomeCard(story.situation, approval), language);
}

beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'decide_level', level: 'major' });
});

describe('a card at a decisive state names the next step', () => {
  it('approved: the report is to be sent by people, then recorded', () => {
    approved();
    expect(outcome('en')).toContain(APPROVAL[0]);
    expect(outcome('zh-CN')).toContain(APPROVAL[1]);
    expect(outcome('en').at(-1)).toContain('[Record the filing…]');
    expect(outcome('zh-CN').at(-1)).toContain('[报送材料]');
  });

  it('sent back: nothing is to be sent', () => {
    story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    story.do({ type: 'request_approval', draft: 1 });
    story.do({ type: 'send_back', draft: 1, comments: [{ text: '写明原因' }] }, 'Zhao Min');
    expect(outcome('en')).not.toContain(APPROVAL[0]);
  });

  it('filed: the items that the report lacked, and those that follow in a supplement', () => {
    approved();
    const at = new Date(story.now).toISOString();
    story.do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 }, 'Zhao Min');
    const [filing] = story.situation.state.filings;
    if (filing === undefined) throw new Error('not filed');
    const lines = read(anchorCard(story.situation, filing, filing.version), 'en');
    expect(lines).toContain(
      'Complete items 1 and 2 and report them promptly in a supplement (补报). The first report required them (Art. 7 of the Measures).',
    );
    expect(lines).toContain('To follow in a supplement (补报): items 3, 4, 5, 6 and 7');
    const follow = read(followCard(story.situation), 'en').join('\n');
    expect(follow).toContain('report items still incomplete');
    for (const n of [1, 2]) expect(follow).toContain(`Item ${n} (required in the first report): `);
    for (const n of [3, 4, 5, 6, 7]) expect(follow).toContain(`Item ${n}: `);
    story.do({ type: 'end_handling', at, reason: 'fixed' });
    // No list is promised where none follows.
    expect(read(followCard(story.situation), 'en')[0]).toContain(
      'no incomplete items are left for a supplement (补报)',
    );
    expect(read(anchorCard(story.situation, filing, filing.version), 'en').join(' ')).not.toContain('To follow');
  });
});
