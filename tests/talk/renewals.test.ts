import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { newsOf } from '../../src/conversation/cards/visible-changes.ts';
import { Renewals } from '../../src/talk/renewals.ts';
import { memoryKept } from '../platforms/slack/kept.ts';

const ABOUT = { incident: 'INC-2026-0001', chat: 'wrGROUP', surface: 'status' };
const cardOf = (title: string): Card => ({
  ...{ tone: 'running', drill: false, title: { raw: title }, summary: { raw: title }, blocks: [] },
});
const contentOf = (card: Card): string =>
  createHash('sha256')
    .update(newsOf({ card, surface: ABOUT.surface }) ?? '')
    .digest('hex');

it('a renewal is noted before the card is changed: after a crash in between delivery knows that people may see it', async () => {
  const kept = memoryKept();
  const card = cardOf('after');
  let noted: readonly string[] = [];
  const crash = new Error('the process ended');
  const put = async (): Promise<boolean> => {
    noted = [...kept.values.values()];
    throw crash;
  };
  await expect(new Renewals(kept).renewing(ABOUT, card, put)).rejects.toBe(crash);
  expect(noted).toHaveLength(1);
  // The program that starts again has only what is on the disk.
  expect(await new Renewals(kept).takeMark(ABOUT, contentOf(card))).toBe('tried');
});

it('what was accepted is shown, what was refused is as it was, other news is none of it', async () => {
  const kept = memoryKept();
  const renewals = new Renewals(kept);
  const [first, second] = [cardOf('first'), cardOf('second')];
  await renewals.renewing(ABOUT, first, async () => true);
  expect(await renewals.takeMark(ABOUT, contentOf(first))).toBe('shown');
  await renewals.renewing(ABOUT, second, async () => false);
  expect(await renewals.takeMark(ABOUT, contentOf(first))).toBe('shown');
  expect(await renewals.takeMark(ABOUT, contentOf(second))).toBe('none');
});
