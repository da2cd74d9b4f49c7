import fc from 'fast-check';
import { expect, it } from 'vitest';
import { approvalOf } from '../../src/incident/approvals.ts';
import type { Command } from '../../src/incident/commands.ts';
import { changesFrom } from '../../src/report/compile.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { leaked, measures } from './approval-case.ts';
import { type Case, minutes, regime } from './bench-incident.ts';

/** What people may do in any order; what is refused changes nothing. */
type Step = (c: Case) => void;
const latest = (c: Case) => c.current.drafts.at(-1);
const gives = (who: string, command: (c: Case) => Command | null): Step => {
  return (c) => {
    const given = command(c);
    if (given) c.do(who, given);
  };
};
const steps = fc.oneof(
  fc.constantFrom('隔离', '重置口令', '下线').map((text) => gives('chen', () => measures(text))),
  fc
    .constantFrom(900_000, 1_200_000, 11_000_000)
    .map((value) => gives('chen', () => ({ type: 'answer', fact: 'personal_info_people', value }))),
  fc
    .constantFrom('major', 'significant')
    .map((level) => gives('li', () => ({ type: 'decide_level', level, reason: 'x' }))),
  fc.constant(gives('chen', () => ({ type: 'add_note', text: 'n' }))),
  fc
    .constantFrom('initial', 'follow_up')
    .map((report) => gives('li', () => ({ type: 'compile_draft', report, cannotDetermine: [] }))),
  fc.constant(gives('li', (c) => ({ type: 'request_approval', draft: latest(c)?.draft ?? 1 }))),
  fc.constant(
    gives('zhao', (c) => ({
      type: 'approve',
      draft: latest(c)?.draft ?? 1,
      hash: latest(c)?.text?.hash ?? '0'.repeat(64),
    })),
  ),
  fc.constant(
    gives('zhao', (c) => ({ type: 'send_back', draft: latest(c)?.draft ?? 1, comments: [{ text: 'again' }] })),
  ),
  fc.constant(
    gives('zhao', (c) => ({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at: new Date(c.now).toISOString(),
      draft: latest(c)?.draft ?? 1,
    })),
  ),
  fc.integer({ min: 1, max: 90 }).map(
    (n): Step =>
      (c) => {
        c.now += minutes(n);
      },
  ),
);

/** Half of the runs begin with an approved draft: by chance few would get there. */
const approved: readonly Step[] = [
  gives('li', () => ({ type: 'compile_draft', report: 'initial', cannotDetermine: [] })),
  gives('li', () => ({ type: 'request_approval', draft: 1 })),
  gives('zhao', (c) => ({ type: 'approve', draft: 1, hash: latest(c)?.text?.hash ?? '0'.repeat(64) })),
];
const acts = fc
  .tuple(fc.boolean(), fc.array(steps, { maxLength: 14 }))
  .map(([begun, more]) => (begun ? [...approved, ...more] : more));

it('an approval in force is of the latest draft, whose text the record still says but for a level that rose', {
  tags: 'grows',
}, () => {
  let checked = 0;
  fc.assert(
    fc.property(acts, (all) => {
      const c = leaked();
      for (const step of all) {
        step(c);
        const draft = latest(c);
        if (!draft?.text) continue;
        const { status, approval } = approvalOf(c.current, draft.draft);
        const filed = c.current.filings.some((filing) => filing.draft === draft.draft);
        if (approval) expect(approval.hash).toBe(draft.text.hash);
        if (status !== 'approved' || filed) continue;
        checked += 1;
        const written = { state: c.current, ia: c.assess(), regime };
        const changes = changesFrom(draft.text, written, draft).map(({ id }) => id);
        expect(changes.filter((id) => id !== 'art7.2.level')).toEqual([]);
      }
    }),
    { numRuns: inEverySoak(25, 150) },
  );
  expect(checked).toBeGreaterThan(0);
});
