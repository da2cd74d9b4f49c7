import { describe, expect, it } from 'vitest';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { dutyRows, owedCard } from '../../src/conversation/filing/obligations.ts';
import { digestCard, reminderCard } from '../../src/conversation/reminding/reminders.ts';
import type { Language } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { servedTogether } from '../../src/law/obligations.ts';
import { allPacks } from '../fakes/law.ts';
import { linesOf } from './lines.ts';
import { company, regime, Story } from './story.ts';

const packs = [...allPacks().values()].map(({ pack }) => pack);

const notify = { name: 'Acme SOC', email: 'soc@acme.example' };
const acme = {
  id: 'acme',
  customer: { zh: '某某客户', en: 'Acme' },
  when: { fact: 'personal_info_compromise', in: ['leaked_or_stolen'] },
  hours: 24,
  from: 'awareness',
  notify,
};
const globex = { ...acme, id: 'globex', customer: { zh: '环球公司', en: 'Globex' }, hours: 12, when: undefined };

const acceptAll = Object.fromEntries(packs.map(({ id }) => [id, { by: 'zhao', on: '2026-11-29' }]));

/** The company with GDPR and two contracts. */
function withLaws(...more: readonly object[]): Organisation {
  const [entity] = company.entities;
  return organisationSchema.parse({
    ...company,
    entities: [{ ...entity, packs: ['eu-gdpr'] }],
    contracts: [acme, globex],
    accept: acceptAll,
    ...Object.assign({}, ...more),
  });
}

function declared(organisation: Organisation | null, from = packs): Story {
  const story = new Story('2026-03-31T09:42:00+08:00', organisation, from);
  return story.do({ type: 'declare', title: 'Member data leaked', system: 'shop' });
}

/** Answers every question as a leak of personal information; the ids in the order they were asked. */
function questioned(story: Story): readonly string[] {
  const asked: string[] = [];
  for (;;) {
    const { state, ia, regime: laws } = story.situation;
    const question = nextQuestion({ state, ia, regime: laws });
    if (!question) return asked;
    asked.push(question.id);
    if (question.id === 'affected') story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
    else {
      const saying = (value: unknown) =>
        question.options.find(({ intent }) => intent.type === 'answer' && intent.value === value);
      const likely = question.id === 'gdpr_risk' ? saying('risk') : (saying(true) ?? saying('none'));
      const option = likely ?? question.options[0];
      if (!option) throw new Error(`${question.id} has no options`);
      story.do(option.intent);
    }
  }
}

const clocksOf = (story: Story) => story.situation.ia.clocks.map(({ id, due, status }) => [id, due, status]);

describe('several laws at once', () => {
  it('makes every clock of the entity, in one order', () => {
    const story = declared(withLaws());
    const asked = questioned(story);
    expect(asked.filter((id) => id.startsWith('gdpr'))).toEqual(['gdpr_personal_data', 'gdpr_risk', 'gdpr_role']);
    expect(clocksOf(story)).toEqual([
      ['cac.art4.other', '2026-03-31T13:42:00+08:00', 'running'],
      ['contract.globex', '2026-03-31T21:42:00+08:00', 'running'],
      ['police.art14', '2026-04-01T09:42:00+08:00', 'running'],
      ['police.art10', '2026-04-01T09:42:00+08:00', 'running'],
      ['contract.acme', '2026-04-01T09:42:00+08:00', 'running'],
      ['gdpr.art33.authority', '2026-04-03T03:42:00+02:00', 'running'],
    ]);
  });

  it('asks at most four questions more than without, each once', () => {
    const without = questioned(declared(company));
    const asked = questioned(declared(withLaws()));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.filter((id) => !without.includes(id)).length).toBeLessThanOrEqual(4);
    expect(without.every((id) => asked.includes(id))).toBe(true);
  });

  it.each<Language>(['en', 'zh-CN'])('names the next one in the room and all on the board, in %s', (language) => {
    const story = declared(withLaws());
    questioned(story);
    const room = linesOf(statusCard(story.situation), language);
    expect(room).toContain(
      language === 'en'
        ? '4 more duties. Due first: Notify Globex under the contract'
        : '另有4项应报事项，最先应办的是：按合同通知环球公司',
    );
    const board = linesOf(owedCard(story.situation), language);
    expect(board).toContain(
      language === 'en'
        ? 'by 3 Apr 09:42 (2026-04-03 03:42 Central European Time) · unassigned · not filed yet · GDPR Art. 33(1)'
        : '4月3日09:42前（中欧时间2026-04-03 03:42） · 待认领 · 尚未报送 · GDPR Art. 33(1)',
    );
    expect(board).toContain(
      language === 'en'
        ? 'Acme SOC\nNotify Acme under the contract · by 1 Apr 09:42'
        : 'Acme SOC\n按合同通知某某客户 · 4月1日09:42前',
    );
  });

  it('stands duties to one recipient together on the board, at the place of the first', () => {
    const story = declared(withLaws());
    questioned(story);
    const open = dutyRows(story.situation).filter(({ mark }) => mark === 'open');
    const recipients = open.map(({ duty }) => duty.recipient);
    const runs = recipients.filter((one, index) => one !== recipients[index - 1]);
    expect(runs).toEqual([...new Set(recipients)]);
    expect(recipients.length).toBeGreaterThan(runs.length);
    const first = [...Map.groupBy(open, ({ duty }) => duty.recipient).values()].map(([row]) => row?.duty.due ?? '9');
    expect(first.map((due) => (due === '9' ? Infinity : Date.parse(due)))).toEqual(
      first.map((due) => (due === '9' ? Infinity : Date.parse(due))).toSorted((a, b) => a - b),
    );
  });

  it('reminds of everything that is due, whatever the law, in one message to a person and to a room', () => {
    const story = declared(withLaws());
    questioned(story);
    const { ia, state } = story.situation;
    const due = { step: { kind: 'due' as const }, dueAt: ia.now, obligations: ia.clocks.map(({ id }) => id) };
    for (const to of [state.lead, null]) {
      const said = linesOf(reminderCard(story.situation, due, to), 'en');
      for (const words of ['Globex', 'Acme', 'personal data breach', 'Shanghai CAC'])
        expect(said.split(words).length, `${words} to ${to}`).toBeGreaterThan(1);
    }
  });

  it('lists the next clocks of an incident in the digest', () => {
    const story = declared(withLaws());
    questioned(story);
    const digest = linesOf(digestCard([story.situation]), 'en');
    for (const words of ['INC-2026-0007', '13:42', 'Notify Globex under the contract', 'and 3 more'])
      expect(digest).toContain(words);
  });

  it('keeps the law as it was declared under: a changed pack changes no old incident', () => {
    const story = declared(withLaws());
    const changed = packs.map((pack) => ({
      ...pack,
      version: 'changed',
      duties: pack.duties.map((rule) => ({ ...rule, period: { kind: 'minutes' as const, minutes: 60 } })),
    }));
    const before = clocksOf(story);
    const later = declared(withLaws(), changed);
    expect(clocksOf(later)).not.toEqual(before);
    expect(clocksOf(story)).toEqual(before);
    expect(story.situation.regime.packs?.[0]?.version).toMatch(/^[0-9a-f]{64}$/);
  });

  it('one filing meets the duty it names and no other', () => {
    const story = declared(withLaws());
    questioned(story);
    const at = () => new Date(story.now).toISOString();
    story.wait(30).do({ type: 'record_filing', obligation: 'contract.globex', channel: 'own_contact', at: at() });
    story.wait(30).do({ type: 'record_filing', obligation: 'gdpr.art33.authority', channel: 'own_contact', at: at() });
    const status = Object.fromEntries(story.situation.ia.clocks.map((clock) => [clock.id, clock.status]));
    expect(status).toMatchObject({
      'contract.globex': 'met',
      'gdpr.art33.authority': 'met',
      'contract.acme': 'running',
      'cac.art4.other': 'running',
    });
  });

  it('leaves out a duty the organisation does not use', () => {
    const off = {
      duties: {
        'gdpr.art33.authority': { off: true, reason: 'handled by the group', approvedBy: ['li-wei', 'chen-yu'] },
      },
    };
    const story = declared(withLaws(off));
    questioned(story);
    expect(story.situation.ia.obligations.map(({ id }) => id)).not.toContain('gdpr.art33.authority');
  });

  it('changes nothing where the profile names no pack', () => {
    const story = declared(company);
    expect(story.events[0]?.payload).not.toHaveProperty('packs');
    expect(story.situation.regime).toBe(regime);
    expect(localise(statusCard(story.situation).summary, 'en')).toContain('Report to Shanghai CAC by 13:42');
  });
});

describe('one report that serves several duties', () => {
  const filed = (obligation: string) =>
    ({
      type: 'record_filing',
      obligation,
      channel: 'own_contact',
      at: '2026-03-31T09:42:00+08:00',
      receipt: 'R-1',
    }) as const;

  it('serves those of the same law and recipient', () => {
    const story = declared(withLaws({ entities: [{ ...company.entities[0], packs: ['jp-appi'] }] }));
    story.do({ type: 'answer', fact: 'jp_reportable', value: true });
    const open = () => story.situation.ia.owed.filter((id) => id.startsWith('jp.appi.preliminary'));
    expect(open()).toHaveLength(2);
    story.do(filed('jp.appi.preliminary'));
    expect(open()).toEqual([]);
  });

  it.each(['dsl.art29.authority', 'csl.art44.authority', 'ndr.art11.authority', 'dsl.art29.users', 'csl.art44.users'])(
    'in China one notice recorded for %s settles every duty it serves, and no other',
    (duty) => {
      const story = declared(company);
      questioned(story);
      const before = story.situation.ia.owed;
      const key = (id: string): string | null => {
        const rule = story.situation.regime.obligations.find((one) => one.id === id);
        return rule ? servedTogether(rule) : null;
      };
      const served = before.filter((id) => key(id) !== null && key(id) === key(duty));
      expect(served.length).toBeGreaterThan(1);
      expect(served).toContain(duty);
      story.do(filed(duty));
      expect(story.situation.state.filings).toHaveLength(1);
      expect(story.situation.ia.owed).toEqual(before.filter((id) => !served.includes(id)));
      expect(served.flatMap((id) => story.situation.ia.obligations.filter((one) => one.id === id))).toEqual(
        served.map((id) => expect.objectContaining({ id, filing: expect.objectContaining({ obligation: duty }) })),
      );
    },
  );

  it('never serves the duty of another law, whatever word the two share', () => {
    const sharing = packs.map((pack) =>
      pack.id === 'us-sec-8k' || pack.id === 'sg-pdpa'
        ? { ...pack, duties: pack.duties.map((duty) => ({ ...duty, together: 'first_report' })) }
        : pack,
    );
    const organisation = withLaws({ entities: [{ ...company.entities[0], packs: ['us-sec-8k', 'sg-pdpa'] }] });
    const story = declared(organisation, sharing);
    story.do({ type: 'answer', fact: 'sec_material', value: true });
    story.do({ type: 'answer', fact: 'sg_notifiable', value: true });
    story.do({ type: 'answer', fact: 'sg_significant_harm', value: true });
    story.do(filed('sec.item105'));
    const open = story.situation.ia.owed.filter((id) => id.startsWith('sg.pdpa'));
    expect(open).toEqual(['sg.pdpa.26c.intermediary', 'sg.pdpa.26d.commission', 'sg.pdpa.26d.individuals']);
  });
});
