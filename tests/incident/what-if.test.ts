import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf, toIncidentTime } from '../../src/incident/drill-clock.ts';
import { assessIncident, type IncidentAssessment } from '../../src/incident/facts/assessment.ts';
import { marginOf, type Supposition, supposing } from '../../src/incident/facts/what-if.ts';
import { replay } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { SOAK_SEED, soaked } from '../fakes/soak.ts';
import { type Case, leakCase, minutes, regime } from '../report/cases.ts';
import { casesUnder } from '../report/random-cases.ts';
import { at, bank, ended, law, packs, used, VARIANTS } from './what-if-cases.ts';

// @module-tag grows

const verdictAndLimits = ({ assessment, level, obligations, phase, anchors }: IncidentAssessment): string =>
  JSON.stringify({ assessment, level, obligations, phase, anchors });

/** What a record says itself of verdicts and limits, and what an assessment of the record up to there says. */
function recorded(it: Case): readonly { readonly said: unknown; readonly replayed: unknown }[] {
  return it.events.flatMap(({ event, at: when, version }) => {
    const before = () => {
      const state = replay(it.events.slice(0, version - 1));
      if (!state) throw new Error('nothing is decided before the declaration');
      const found = supposing(state, { ...law(it), at: Date.parse(when) })({});
      if (!found.ok) throw new Error(found.refusal.code);
      return found.would;
    };
    if (event.type === 'level_decided') return [{ said: event.payload.floor, replayed: before().assessment.floor }];
    if (event.type !== 'filing_recorded') return [];
    const duty = before().obligations.find(({ id }) => id === event.payload.obligation);
    return [{ said: event.payload.due, replayed: duty?.due ?? null }];
  });
}

const FEW = 40;
const all = fc
  .sample(casesUnder(bank, used), {
    numRuns: soaked(FEW, 1_000),
    ...(SOAK_SEED === undefined ? { seed: 7 } : { seed: SOAK_SEED }),
  })
  .map(ended);

it('a replay without a change gives every verdict and limit bit for bit, at each decision and filing as recorded then', () => {
  let decisions = 0;
  for (const one of all) {
    const state = replay(one.events);
    if (!state) throw new Error('nothing was declared');
    for (const later of [0, 17, 3_000]) {
      const context = { ...law(one), at: one.now + minutes(later) };
      const found = supposing(state, context)({});
      if (!found.ok) throw new Error(found.refusal.code);
      const now = isoOf(toIncidentTime(state.segments, context.at));
      const live = verdictAndLimits(assessIncident(one.current, regime, now));
      expect(verdictAndLimits(found.was)).toBe(live);
      expect(verdictAndLimits(found.would)).toBe(live);
    }
    for (const { said, replayed } of recorded(one)) {
      expect(replayed).toEqual(said);
      decisions += 1;
    }
  }
  // Random cases that decide and file nothing would prove nothing.
  expect(decisions).toBeGreaterThan(FEW);
});

it('a duty is late from the millisecond after its limit, in whatever order records and times are assessed', () => {
  let late = 0;
  for (const { current } of all) {
    const { obligations } = assessIncident(current, regime, isoOf(current.latestAt));
    const limits = obligations.flatMap(({ due }) => (due === null ? [] : Date.parse(due)));
    for (const at of limits.flatMap((limit) => [limit + 1, limit - 1, limit]))
      for (const one of assessIncident(current, regime, isoOf(at)).obligations) {
        if (one.filing || one.status === 'void') continue;
        const isLate = one.due !== null && at > Date.parse(one.due);
        expect(one.status, `${one.id} at ${isoOf(at)}`).toBe(isLate ? 'late' : 'running');
        late += isLate ? 1 : 0;
      }
  }
  expect(late).toBeGreaterThan(FEW);
});

it('twenty variants of each leave the record and its own verdict as they are', () => {
  expect(VARIANTS).toHaveLength(19);
  const states = all.map(({ events }) => replay(events)).filter((state): state is IncidentState => state !== null);
  const before = JSON.stringify(states);
  let moved = 0;
  for (const [index, state] of states.entries()) {
    const context = law(all[index] ?? leakCase());
    const own = verdictAndLimits(assessIncident(state, regime, isoOf(context.at)));
    const suppose = supposing(state, context);
    for (const variant of [{}, ...VARIANTS]) {
      const found = suppose(variant);
      if (!found.ok) throw new Error(`${JSON.stringify(variant)}: ${found.refusal.code}`);
      expect(verdictAndLimits(found.was)).toBe(own);
      if (verdictAndLimits(found.would) !== own) moved += 1;
    }
  }
  expect(JSON.stringify(states)).toBe(before);
  expect(moved).toBeGreaterThan(states.length);
});

it('a supposition is assessed as a record that nothing was kept of, by a law that has seen no other', () => {
  for (const one of all.slice(0, soaked(3, 100))) {
    const { criteria, notes, obligations, openQuestions } = regime;
    const suppose = supposing(one.current, law(one));
    for (const variant of [{}, ...VARIANTS]) {
      const forgetful = { ...regime, ...structuredClone({ criteria, notes, obligations, openQuestions }) };
      const anew = supposing(structuredClone(one.current), { ...law(one), regime: forgetful })(variant);
      const found = suppose(variant);
      if (!found.ok || !anew.ok) throw new Error(`${JSON.stringify(variant)} is refused`);
      expect(verdictAndLimits(found.would)).toBe(verdictAndLimits(anew.would));
      expect(found.would.crossings).toEqual(anew.would.crossings);
    }
  }
});

/** The base law, with the number of times that a grading looked at a criterion of it. */
function counted() {
  const looked = { times: 0 };
  const criteria = regime.criteria.map((criterion) =>
    Object.defineProperty({ ...criterion }, 'when', {
      enumerable: true,
      get: () => {
        looked.times += 1;
        return criterion.when;
      },
    }),
  );
  return { looked, law: { ...regime, criteria } };
}

it('a case is graded again only where an answer changes what is true of a condition', () => {
  const { looked, law: base } = counted();
  const timesFor = (suppositions: readonly Supposition[]): number => {
    const before = looked.times;
    for (const one of all) {
      const suppose = supposing(one.current, { ...law(one), regime: base });
      const after = looked.times;
      for (const supposition of suppositions) suppose(supposition);
      // When it was learned of, what was filed and how large a figure is within its band is none of the grading.
      if (suppositions === SAME) expect(looked.times).toBe(after);
    }
    return looked.times - before;
  };
  timesFor([{}]);
  expect(timesFor(SAME)).toBe(0);
  const gradings = timesFor(VARIANTS.filter(({ law: other }) => other === undefined)) / regime.criteria.length;
  // A grading looks at each criterion several times: far less than one grading for each variant.
  expect(gradings).toBeLessThan(all.length * VARIANTS.length);
});
const SAME: readonly Supposition[] = ['09:00', '09:10', '09:30', '09:41'].map((clock) => ({ awareness: at(clock) }));

const leak = () => leakCase(bank);
function supposed(it: Case, supposition: Supposition) {
  const found = supposing(it.current, law(it))(supposition);
  if (!found.ok) throw new Error(found.refusal.code);
  return found;
}
/** The outage of the case ended before it counted. */
const HARMLESS = { site_outage_minutes: 2 };
const dueOf = ({ obligations }: IncidentAssessment, id: string) => obligations.find((one) => one.id === id)?.due;

it('other awareness moves what runs from it by as much, other figures move the verdict', () => {
  const it = leak();
  const { was, would } = supposed(it, { awareness: at('09:00') });
  const [before, after] = [was, would].map((ia) => Date.parse(dueOf(ia, 'cac.art4.other') ?? ''));
  expect((before ?? 0) - (after ?? 0)).toBe(minutes(20));
  expect(supposed(it, { facts: { ...HARMLESS, personal_info_people: 500 } }).would.assessment.floor).toBe('general');
  expect(supposed(it, { facts: { personal_info_people: 120_000_000 } }).would.assessment.floor).toBe(
    'particularly_significant',
  );
});

it('an answer that waits for a second person is supposed in what stands beside it as well', () => {
  const it = leak();
  it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 500 });
  expect(it.assess().assessment.floor).not.toBe('general');
  const { would } = supposed(it, { facts: { ...HARMLESS, personal_info_people: 100 } });
  expect(would.assessment.floor).toBe('general');
});

it('another law adds its duties, another text of the base law its limits', () => {
  const it = leak();
  it.packs = used;
  const pack = packs.find(({ id }) => id === 'eu-gdpr');
  if (!pack) throw new Error('no pack');
  const { was, would } = supposed(it, { law: { pack } });
  expect(dueOf(was, 'gdpr.art33.authority')).toBeUndefined();
  expect(would.obligations.some(({ id }) => id === 'gdpr.art33.authority')).toBe(true);
  const halved = regime.obligations.map((rule) =>
    rule.period.kind === 'minutes' ? { ...rule, period: { ...rule.period, minutes: rule.period.minutes / 2 } } : rule,
  );
  const next = { ...regime, version: 'next', obligations: halved };
  const under = supposed(it, { law: { regime: next } }).would;
  const start = Date.parse(at('09:20'));
  expect(Date.parse(dueOf(under, 'cac.art4.other') ?? '') - start).toBe(minutes(120));
});

it('margins are counted to the filing, else to now, and are negative when late', () => {
  const due = at('13:20');
  expect(marginOf({ due, filing: null }, at('13:10'))).toBe(10);
  expect(marginOf({ due, filing: null }, at('13:21'))).toBe(-1);
  expect(marginOf({ due: null, filing: null }, at('13:10'))).toBeNull();
});

const REFUSED: readonly (readonly [Supposition, string, string])[] = [
  [{ facts: { nothing: 1 } }, 'unknown_fact', 'facts.nothing'],
  [{ facts: { personal_info_people: 'many' } }, 'invalid_value', 'facts.personal_info_people'],
  [{ facts: { data_class: ['gold'] } }, 'invalid_value', 'facts.data_class'],
  [{ facts: { occurrence: '2030-01-01T00:00:00+08:00' } }, 'in_the_future', 'facts.occurrence'],
  [{ readings: { nothing: 'x' } }, 'unknown_question', 'readings.nothing'],
  [{ awareness: '2030-01-01T00:00:00+08:00' }, 'in_the_future', 'awareness'],
  [{ awareness: '2020-01-01T00:00:00+08:00' }, 'before_law', 'awareness'],
];
it.each(REFUSED)('%j is refused as %s of %s', (supposition, code, field) => {
  const found = supposing(leak().current, law(leak()))(supposition);
  expect(found).toMatchObject({ ok: false, refusal: { code, field } });
});

it('a pack cannot be supposed of an incident without a profile', () => {
  const it = leakCase(null);
  const pack = packs[0];
  if (!pack) throw new Error('no pack');
  expect(supposing(it.current, law(it))({ law: { pack } })).toMatchObject({ ok: false, refusal: { field: 'law' } });
});
