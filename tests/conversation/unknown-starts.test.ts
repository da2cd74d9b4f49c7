import { describe, expect, it } from 'vitest';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { questionCard } from '../../src/conversation/asking/question-card.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { dutyRows } from '../../src/conversation/filing/obligations.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { type Condition, leavesOf } from '../../src/law/condition.ts';
import { allPacks } from '../fakes/law.ts';
import { company, Story } from './story.ts';

const packs = [...allPacks().values()].map(({ pack }) => pack);
const AWARE = '2026-03-31T09:42:00+08:00';

function withPacks(ids: readonly string[], contracts: readonly object[] = []): Organisation {
  const [entity] = company.entities;
  return organisationSchema.parse({
    ...company,
    entities: [{ ...entity, ...(ids.length > 0 ? { packs: ids } : {}) }],
    contracts,
    accept: Object.fromEntries(packs.map(({ id }) => [id, { by: 'zhao', on: '2026-11-29' }])),
  });
}

function declared(organisation: Organisation): Story {
  return new Story(AWARE, organisation, packs).do({ type: 'declare', title: 'Member data leaked', system: 'shop' });
}

/** The answer under which a condition of an anchor holds, e.g. `true` for `{ fact, is: true }`. */
function answerOf(when: Condition): { readonly fact: string; readonly value: boolean | string } {
  const [leaf] = leavesOf(when);
  if (leaf && 'is' in leaf) return { fact: leaf.fact, value: leaf.is };
  if (leaf && 'in' in leaf && leaf.in[0] !== undefined) return { fact: leaf.fact, value: leaf.in[0] };
  throw new Error('the condition of an anchor is one answer');
}

const answered = packs.flatMap((pack) =>
  pack.anchors.flatMap((anchor) =>
    // A duty that is listed once another was filed is not asked about before.
    anchor.when && pack.duties.some((duty) => duty.anchor === anchor.id && !duty.after)
      ? [[pack.id, anchor.id, answerOf(anchor.when)] as const]
      : [],
  ),
);
const fromOccurrence = packs.flatMap((pack) =>
  pack.duties.flatMap((duty) =>
    duty.anchor === 'occurrence' && duty.period.kind === 'minutes'
      ? [[pack.id, duty.id, duty.period.minutes] as const]
      : [],
  ),
);

describe('a start that is not known', () => {
  it('concerns packs whose clock is started by an answer', () => {
    expect(answered.map(([, anchor]) => anchor).sort()).toEqual(['assessment', 'classification', 'materiality']);
    expect(fromOccurrence.map(([, duty]) => duty)).toContain('nfra.art69.initial');
  });

  it.each(answered)('%s: the answer that starts a clock starts it (%s)', (pack, anchor, { fact, value }) => {
    const story = declared(withPacks([pack]))
      .wait(39)
      .do({ type: 'answer', fact, value });
    const due = () => {
      const rules = story.situation.regime.obligations.filter(
        (rule) => rule.anchor === anchor && rule.period.kind !== 'promptly' && rule.regime === pack,
      );
      return story.situation.ia.clocks.filter(({ id }) => rules.some((rule) => rule.id === id));
    };
    expect(due().length).toBeGreaterThan(0);
    for (const clock of due()) expect(clock).toMatchObject({ isLatest: true, status: 'running', provisional: false });
    const presumed = due().map((clock) => clock.due);
    story.do({ type: 'answer', fact: anchor, value: '2026-03-31T10:21:00+08:00' });
    expect(due().map((clock) => clock.due)).toEqual(presumed);
    for (const clock of due()) expect(clock.isLatest).toBeUndefined();
  });

  it.each(answered)(
    '%s: the instant is asked in the place of the next question of a pack (%s)',
    (pack, anchor, { fact, value }) => {
      const story = declared(withPacks([pack, 'eu-nis2']));
      const asked: string[] = [];
      for (;;) {
        const { state, ia, regime: laws } = story.situation;
        const question = nextQuestion({ state, ia, regime: laws });
        if (!question) break;
        asked.push(question.id);
        if (question.id === fact) story.do({ type: 'answer', fact, value });
        else if (question.id === 'affected') story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
        else {
          const [option] = question.options;
          if (!option) throw new Error(`${question.id} has no options`);
          story.do(option.intent);
        }
      }
      expect(asked[asked.indexOf(fact) + 1]).toBe(anchor);
    },
  );

  it.each(fromOccurrence)('%s: an unknown occurrence is at the latest awareness (%s)', (pack, duty, minutes) => {
    const story = declared(withPacks([pack]));
    const clock = () => story.situation.ia.clocks.find(({ id }) => id === duty);
    expect(clock()).toMatchObject({ isLatest: true, dueMinutes: minutes });
    expect(Date.parse(clock()?.due ?? '')).toBe(Date.parse(AWARE) + minutes * 60_000);
    const row = dutyRows(story.situation).find((one) => one.duty.id === duty);
    expect(row && localise(row.state, 'en')).toContain('at the latest; its start is not known');
    expect(row && localise(row.state, 'zh-CN')).toContain('起算时间不明，可能已经逾期');
    story.do({ type: 'answer', fact: 'occurrence', value: 'unknown' });
    expect(clock()).toMatchObject({ isLatest: true });
    story.do({ type: 'answer', fact: 'occurrence', value: '2026-03-31T04:42:00+08:00' });
    expect(clock()?.isLatest).toBeUndefined();
    expect(Date.parse(clock()?.due ?? '')).toBe(Date.parse(AWARE) + minutes * 60_000 - 5 * 3_600_000);
  });

  it.each(packs.map(({ id }) => id))('%s: all questions are answered only once every start is known', (pack) => {
    const told = (start: string | null) => {
      const story = declared(withPacks([pack]));
      for (let n = 0; n < 150; n += 1) {
        const { state, ia, regime: laws } = story.situation;
        const question = nextQuestion({ state, ia, regime: laws });
        if (!question) break;
        const started = answered.find(([, , { fact }]) => fact === question.id);
        const isStart = ['occurrence', ...answered.map(([, anchor]) => anchor)].includes(question.id);
        const option =
          question.options.find(({ intent }) => intent.type === 'answer' && intent.value === true) ??
          question.options[0];
        if (isStart) story.do({ type: 'answer', fact: question.id, value: start ?? 'unknown' });
        else if (question.id === 'affected') story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
        else if (started) story.do({ type: 'answer', ...started[2] });
        // A foreign issuer owes no Form 8-K, whose start is the one in question.
        else if (question.id === 'sec_foreign') story.do({ type: 'answer', fact: question.id, value: false });
        else if (option) story.do(option.intent);
        else throw new Error(`${question.id} has no options`);
      }
      const { title } = localiseCard(questionCard(story.situation), 'en');
      const open = story.situation.ia.obligations.some(
        ({ isLatest, filing, provisional }) => isLatest === true && !filing && !provisional,
      );
      return { title, open };
    };
    const unknown = told(null);
    const wanted = answered.some(([id]) => id === pack) || fromOccurrence.some(([id]) => id === pack);
    expect(unknown.open).toBe(wanted);
    if (wanted) expect(unknown.title).not.toContain('All questions answered');
    expect(told(AWARE).title).not.toContain('A start time is still unknown');
  });

  it('of a contract is shown as that of a law', () => {
    const globex = { id: 'globex', customer: { zh: '环球公司', en: 'Globex' }, hours: 1, from: 'occurrence' };
    const organisation = withPacks([], [{ ...globex, notify: { name: 'Globex SOC', email: 'soc@globex.example' } }]);
    const [first] = declared(organisation).situation.ia.clocks.toSorted(
      (a, b) => Date.parse(a.due) - Date.parse(b.due),
    );
    expect(first).toMatchObject({ id: 'contract.globex', isLatest: true, due: '2026-03-31T10:42:00+08:00' });
  });
});
