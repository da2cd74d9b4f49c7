import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../src/conversation/cards/card.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import type { Situation } from '../../src/conversation/cards/situation.ts';
import { checklistCard } from '../../src/conversation/collecting/checklist-card.ts';
import type { ItemDefinition } from '../../src/law/regime.ts';
import { allItems, itemsInForce } from '../../src/report/items.ts';
import type { ReportDocument } from '../../src/report/model.ts';
import { incidentJson } from '../../src/use-cases/incident-json.ts';
import { type Case, regime, reportOf } from '../report/cases.ts';
import { cases } from '../report/random-cases.ts';

/** Field ids that the report leaves open, read off the paper: a place to be supplemented, or the whole item in one sentence. */
function openOnPaper({ sections }: ReportDocument, items: readonly ItemDefinition[]): ReadonlySet<string> {
  const paragraphs = sections.flatMap(({ blocks }) => blocks.flatMap((b) => (b.kind === 'paragraph' ? [b] : [])));
  return new Set(
    paragraphs.flatMap(({ id, runs }) => {
      const open = runs.flatMap((run) => (run.kind === 'to_supplement' ? [run.of] : []));
      const whole = open.length > 0 && items.find((item) => item.id === id);
      return whole ? whole.fields.map((field) => field.id) : open;
    }),
  );
}

function situationOf(it: Case): Situation {
  return { state: it.current, ia: it.assess(), regime };
}

test('no card says missing what the report prints, and none says known what it leaves open', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(cases, (it) => {
      const situation = situationOf(it);
      const kind = it.current.handlingEnded ? 'summary' : 'initial';
      const open = openOnPaper(reportOf(it, { kind, language: 'zh' }), allItems({ regime }));
      const { items } = JSON.parse(JSON.stringify(incidentJson(situation, null, 'en')));
      const rows = checklistCard(situation).blocks.filter(
        (block): block is Extract<Block, { kind: 'row' }> => block.kind === 'row',
      );
      const summary = localise(checklistCard(situation).summary, 'en');
      for (const item of itemsInForce(situation)) {
        const inJson = items.find(({ id }: { id: string }) => id === item.id);
        for (const { id, state } of inJson.fields) {
          seen.add(state);
          const definition = item.fields.find((field) => field.id === id);
          const printed = !open.has(id) && definition?.required !== 'optional';
          if (open.has(id)) expect(state, id).toMatch(/^(missing|unknown|clash|unconfirmed)$/);
          else if (printed) expect(state, id).not.toMatch(/^(missing|unknown)$/);
        }
        const needed = item.fields.filter((field) => field.required !== 'optional');
        const states = inJson.fields.map(({ state }: { state: string }) => state);
        const row = rows.find(({ text }) => localise(text, 'en').startsWith(`${item.n} `));
        if (needed.some(({ id }) => open.has(id))) expect(row?.mark, item.id).not.toBe('done');
        else if (!states.some((s: string) => s === 'clash' || s === 'unconfirmed')) {
          if (states.some((s: string) => s !== 'missing')) expect(row?.mark, item.id).toBe('done');
        }
        // The sentence about the first report counts exactly the fields that its paper leaves open and nobody answered.
        const missing = needed.filter(
          ({ id, required }) =>
            required === 'now' &&
            open.has(id) &&
            inJson.fields.some((field: { id: string; state: string }) => field.id === id && field.state !== 'unknown'),
        );
        for (const { label } of missing) expect(summary).toContain(label.en);
        if (kind === 'initial' && missing.length === 0) expect(summary).not.toContain(`item ${item.n} `);
      }
    }),
    { numRuns: 150 },
  );
  for (const state of ['known', 'estimate', 'unknown', 'missing', 'clash', 'derived', 'unconfirmed']) {
    expect([...seen]).toContain(state);
  }
});
