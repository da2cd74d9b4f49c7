import { describe, expect, it } from 'vitest';
import { clockBlock, headline, levelNow, standing } from '../../src/conversation/cards/headline.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { openClocks } from '../../src/conversation/cards/situation.ts';
import { conditionOf } from '../../src/conversation/level/conditions.ts';
import { crossedCard, digestCard, reminderCard } from '../../src/conversation/reminding/reminders.ts';
import { isReported } from '../../src/law/levels.ts';
import { company, Story } from './story.ts';

const LANGUAGES = ['en', 'zh-CN'] as const;
const OUTAGE = { since: '2026-03-31T07:42:00+08:00' };

/** Steps of a story of 09:42; each has its name for the test's title. */
const STEPS: Readonly<Record<string, (story: Story) => Story>> = {
  'nothing answered': (s) => s,
  'an ordinary system': (s) => s.do({ type: 'answer', fact: 'system', value: 'shop' }),
  'kind of operator not known': (s) => s.do({ type: 'answer', fact: 'operator', value: 'unknown' }),
  'CII involved': (s) => s.do({ type: 'answer', fact: 'operator', value: 'cii_involved' }),
  'a figure that reaches a level': (s) => s.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }),
  'an outage that reaches a level': (s) => s.do({ type: 'answer', fact: 'site_outage_minutes', value: OUTAGE }),
  'a confirmed level': (s) => s.do({ type: 'decide_level', level: 'major', reason: 'as counted' }, 'Li Wei'),
};
const WAITS = [0, 30, 70, 250, 300];

const all = Object.entries(STEPS).flatMap(([name, step]) => WAITS.map((minutes) => ({ name, step, minutes })));

describe.each(all)('$name, $minutes minutes later', ({ step, minutes }) => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'Outage' });
  const { situation } = step(story).wait(minutes);

  it.each(LANGUAGES)('a deadline in a title or in the digest names the condition on which it runs: %s', (language) => {
    const clocks = openClocks(situation);
    const line = localise(standing(situation), language);
    const coming = clocks.find(({ content, due }) => content === clocks[0]?.content && Date.parse(due) > story.now);
    const clock = coming ?? clocks[0];
    const condition = clock && conditionOf(situation, clock, 'name');
    if (condition) expect(line).toContain(localise(condition, language));
    const first = clocks[0] && conditionOf(situation, clocks[0], 'name');
    if (first)
      expect(JSON.stringify(localiseCard(digestCard([situation]), language))).toContain(localise(first, language));
  });

  it('a level that the figures reach is never called unknown', () => {
    const { floor } = situation.ia.assessment;
    if (isReported(situation.regime, floor)) expect(localise(levelNow(situation), 'en')).not.toContain('not known');
  });
});

it('a reminder whose report was filed meanwhile names the filing', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'Leak', system: 'shop' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }).wait(5);
  const at = new Date(story.now).toISOString();
  const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at } as const;
  story.do({ ...filing, contradictionsKept: 'as counted' }).wait(1);
  const due = { step: { kind: 'due' } as const, obligations: ['cac.art4.other'], dueAt: at };
  const titles = LANGUAGES.map((one) => localiseCard(reminderCard(story.situation, due, null), one).title);
  expect(titles).toEqual([
    expect.stringMatching(
      /^INC-2026-0007 · “.*” was completed at 09:47\. You can ignore earlier reminders about this\.$/u,
    ),
    expect.stringMatching(/^INC-2026-0007 · “.*”已于09:47完成，您无须再办理。$/u),
  ]);
});

it('the time left to the nearest deadline stays beside a report of which another one may be owed', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'Leak' }).wait(5);
  const at = new Date(story.now).toISOString();
  const filing = { type: 'record_filing', channel: 'own_contact', takenBy: 'Wang', at } as const;
  story.do({ ...filing, obligation: 'cac.art4.cii.public_security' });
  const block = clockBlock(story.situation);
  expect(LANGUAGES.map((one) => ('text' in block ? localise(block.text, one) : ''))).toEqual([
    expect.stringMatching(/^First report filed 09:47.* · 55 min left · as of 09:47$/u),
    expect.stringMatching(/^首报已于09:47报送.* · 余55分钟（截至09:47）$/u),
  ]);
});

it('a card on a reached threshold has the buttons that decide the level', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({
    type: 'declare',
    title: 'Outage',
    system: 'shop',
  });
  story.do({ type: 'answer', fact: 'site_outage_minutes', value: { since: '2026-03-30T09:00:00+08:00' } });
  const [crossing] = story.situation.ia.crossings;
  const { floor } = story.situation.ia.assessment;
  const crossed = {
    fact: 'site_outage_minutes',
    criterion: crossing?.criterion ?? '',
    at: crossing?.at ?? '',
    level: floor,
  };
  const { blocks } = crossedCard(story.situation, crossed);
  expect(JSON.stringify(blocks)).toContain('confirm_level');
});

describe.each(all)('a reached threshold: $name, $minutes minutes later', ({ step, minutes }) => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'Outage' });
  const { situation } = step(story).wait(minutes);
  const crossed = { fact: 'site_outage_minutes', criterion: '', level: 'major', at: situation.ia.now };

  it.each(LANGUAGES)('its card says why a level is open and how to go on, or has the decision: %s', (language) => {
    const { title, summary, blocks } = localiseCard(crossedCard(situation, crossed), language);
    expect(title).toContain('较大');
    const words = JSON.stringify(blocks);
    const isOpen = /level: not known yet|级别：尚未确定/.test(summary);
    expect(/answer the open questions|请答完其余问题/.test(words)).toBe(isOpen);
    if (openClocks(situation).length > 0) expect(words).not.toMatch(/nothing to do|无须操作/);
    expect(words).toMatch(isOpen ? /"id":"questions"/ : /"id":"(?:confirm_level|another_level|why)"/);
  });

  it.each(LANGUAGES)(
    'while the first report is overdue for certain, its card says to send it, with a way: %s',
    (language) => {
      const [clock] = openClocks(situation);
      const isSure = clock?.form === 'first' && conditionOf(situation, clock) === null;
      const isLate = isSure && Date.parse(clock.due) <= story.now;
      const words = JSON.stringify(localiseCard(crossedCard(situation, crossed), language).blocks);
      expect(/send it now|请立即报送/.test(words)).toBe(isLate);
      if (isLate) expect(words).toMatch(/"id":"(?:script|file|filing|first_report[^"]*)"/);
    },
  );
});

it.each(LANGUAGES)(
  'reports to several recipients: the first one counts, and is marked as the earliest: %s',
  (language) => {
    const story = new Story('2026-03-31T09:42:00+08:00', company).do({
      type: 'declare',
      title: 'Outage',
      system: 'grid',
    });
    story.do({ type: 'answer', fact: 'operator', value: 'cii_involved' });
    story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    const first = story.situation.ia.obligations.filter(({ form, status }) => form === 'first' && status !== 'void');
    const [one, two] = first.map(({ id }) => id);
    const file = (obligation = '') =>
      story.wait(5).do({
        ...{ type: 'record_filing', obligation, channel: 'own_contact', takenBy: 'Wang' },
        at: new Date(story.now).toISOString(),
      } as const);
    file(two);
    const line = () => localise(headline(story.situation), language);
    expect(line()).not.toMatch(/earliest|最早/);
    file(one);
    expect(line()).toMatch(/09:47 \(earliest\)|09:47（最早一次）/);
  },
);
