import { expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { restoredCard } from '../../src/conversation/reminding/fallback-cards.ts';
import { LANGUAGES } from '../../src/incident/identity.ts';
import { Story } from './story.ts';

const ENTER_AGAIN = /re-enter everything|请重新录入|补录/;

it.each(LANGUAGES)(
  '%s: after a restore people enter what is missing, but not after a state-secret stop',
  (language) => {
    const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'x' });
    const restored = { upTo: new Date(story.now).toISOString(), missing: 3, due: '2026-03-31T05:00:00Z' };
    const words = () => JSON.stringify(localiseCard(restoredCard(story.situation, restored), language));
    expect(words()).toMatch(ENTER_AGAIN);
    story.do({ type: 'stop_state_secret' });
    expect(words()).not.toMatch(ENTER_AGAIN);
    expect(words()).toMatch(/check which is right|请核对/i);
    expect(words()).toMatch(/offline|线下处理/);
  },
);

it('names the deadline before the restore and the one of now, or says that there is none', () => {
  const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'x' });
  const words = (due: string) =>
    JSON.stringify(localiseCard(restoredCard(story.situation, { upTo: '2026-03-31T01:42:00Z', due }), 'en'));
  expect(words('2026-03-31T13:20:00+08:00')).toContain(
    'the next deadline was 13:20; now it is 10:42. Check which is right. Until you know, keep to the earlier one.',
  );
  story.do({ type: 'withdraw_declaration' }).do({ type: 'second', proposal: 'p1', agree: true }, 'Wang Lei');
  expect(words('2026-03-31T13:20:00+08:00')).toContain('the next deadline was 13:20; now none is shown.');
});
