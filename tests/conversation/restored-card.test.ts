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
    expect(words()).toMatch(/check which is right|请核对/);
    expect(words()).toMatch(/offline|线下处理/);
  },
);
