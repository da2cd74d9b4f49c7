import { describe, expect, it } from 'vitest';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { concernedQuestions } from '../../src/conversation/level/why-card.ts';
import { saidLine } from '../../src/conversation/record/command-confirmations.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { regime, Story } from './story.ts';

const START = '2026-03-31T09:42:00+08:00';
const LATER = '2026-03-31T09:45:00+08:00';
const declared = (organisation?: Story['organisation']) =>
  new Story(START, organisation).do({ type: 'declare', title: '异常', awareness: START });

function shown(story: Story, view: 'law' | 'why'): string {
  const { state, ia } = story.situation;
  const card = viewOf({ view, args: { incident: state.id } }, { state, ia, regime });
  if (!card) throw new Error(`no view ${view}`);
  return JSON.stringify(localiseCard(card, 'zh-CN'));
}

const personal = (story: Story) =>
  story
    .do({ type: 'answer', fact: 'affected', value: ['personal_info'] })
    .do({ type: 'answer', fact: 'personal_info_people', value: 'unknown' });

describe('notes of the law in an incident', () => {
  it('show suppliers, duties of authorities and penalties, and minors only where personal information is concerned', () => {
    const story = declared();
    const before = shown(story, 'law');
    for (const word of ['服务商及时报告', '省级网信部门收到报告后', '从重处罚']) expect(before).toContain(word);
    expect(before).not.toContain('监护人');
    expect(shown(personal(story), 'law')).toContain('监护人');
  });

  it('leave out what cannot concern it: the duty of the protection department without critical infrastructure', () => {
    const story = declared();
    expect(shown(story, 'law')).toContain('保护工作部门收到报告后');
    story.do({ type: 'answer', fact: 'operator', value: 'other' });
    expect(shown(story, 'law')).not.toContain('保护工作部门收到报告后');
  });
});

describe('open questions', () => {
  it('are each reachable in some incident, where their concerns say', () => {
    const rules = organisationSchema.parse({
      organisation: '某某银行',
      entities: [{ id: 'one', name: '某某银行', province: '31', sectorRules: ['某办法'] }],
    });
    const stories = [
      declared(),
      declared(rules),
      declared().do({ type: 'answer', fact: 'operator', value: ['cii_involved', 'central_state_organ'] }),
      declared().do({ type: 'end_handling', at: START, reason: '已恢复' }),
      declared()
        .do({ type: 'decide_level', level: 'major', reason: '从严' })
        .wait(5)
        .do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at: LATER }),
    ];
    const found = stories.flatMap((story) => [
      ...concernedQuestions(story.situation).map(({ id }) => id),
      ...story.situation.ia.assessment.warnings.map(({ question }) => question),
    ]);
    const missing = regime.openQuestions.map(({ id }) => id).filter((id) => !found.includes(id));
    // What was learnt before the Measures is refused as a time of awareness in an incident; classify says it.
    expect(missing).toEqual(['before_measures']);
  });

  it('can be decided from the card, and are then with the reasons of the verdict', () => {
    const story = declared();
    const question = regime.openQuestions.find(({ id }) => id === 'locality');
    expect(shown(story, 'law')).toContain(question?.text.zh);
    story.do({ type: 'settle_question', question: 'locality', reading: 'registration', reason: '注册地' });
    expect(shown(story, 'law')).not.toContain(question?.text.zh);
    expect(shown(story, 'why')).toContain(question?.text.zh);
  });

  it('say so when the reading that was settled changes nothing', () => {
    const story = declared();
    const settle = {
      type: 'settle_question',
      question: 'locality',
      reading: 'registration',
      reason: '注册地',
    } as const;
    story.do(settle);
    const line = saidLine(story.situation, settle);
    expect(line && localise(line, 'zh-CN')).toContain('级别和义务不变');
  });
});
