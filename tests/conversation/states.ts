import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { allPacks } from '../fakes/law.ts';
import { company, type Story } from './story.ts';

export const packs = [...allPacks().values()].map(({ pack }) => pack);
const [entity] = company.entities;
/** The company of the stories, bound by every law that comes with the product. */
export const everywhere = organisationSchema.parse({
  ...company,
  entities: [{ ...entity, packs: packs.map(({ id }) => id) }],
});
/** States of an incident, from its declaration to its end. */
export function* states(story: Story): Generator<string> {
  story.do({ type: 'declare', title: '支付系统疑似用户数据泄露', system: 'shop' });
  yield 'declared';
  for (let n = 0; n < 40; n += 1) {
    const { state, ia, regime: laws } = story.situation;
    const question = nextQuestion({ state, ia, regime: laws });
    if (!question) break;
    if (question.choice)
      story.do({
        type: 'answer',
        fact: question.id,
        value: question.choice.options.flatMap((one) => (one.exclusive ? [] : [one.value])),
      });
    else if (question.options[0]) story.do(question.options[0].intent);
    else break;
    yield `after ${question.id}`;
  }
  story.do({ type: 'answer', fact: 'suspected_crime', value: true });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  yield 'reached';
  story.try({ type: 'decide_level', level: 'major' });
  yield 'decided';
  for (const id of ['INC-2026-0001', 'INC-2026-0002', 'INC-2026-0003'])
    story.try({ type: 'relate', incident: id, how: 'related' });
  yield 'related';
  story.wait(600);
  yield 'overdue';
  story.do(
    {
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      contradictionsKept: 'both versions are sent',
      at: story.situation.ia.now,
    },
    'Zhao Min',
  );
  yield 'filed';
  story.wait(60).do({ type: 'end_handling', at: story.situation.ia.now, reason: 'restored' });
  yield 'handled';
  story.do({ type: 'stop_state_secret' });
  yield 'stopped';
}
