import fc from 'fast-check';
import type { Command } from '../../src/incident/commands.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import type { Pack } from '../../src/law/pack.ts';
import type { FactDefinition } from '../../src/law/regime.ts';
import { Case, company, minutes, regime } from './cases.ts';

export const FIELDS = [...regime.items.flatMap(({ fields }) => fields), ...regime.parts].map(({ id }) => id);
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
/** A word that no report contains by itself, so that finding it means that it leaked. */
const secret = fc.integer({ min: 0, max: 0xffffff }).map((n) => `秘密${n.toString(16).padStart(6, '0')}zq`);
export const pick = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

/** Some fields more often, so that several people write the same one. */
const field = fc.oneof(pick(FIELDS), pick(['art7.2.place', 'art7.2.measures', 'art7.4.cause']));

const people = [...company.people.map(({ id }) => id), 'stranger-wang'];
const value = fc.oneof(
  fc.integer({ min: 0, max: 200_000_000 }),
  fc.record({ min: fc.integer({ min: 0, max: 10_000 }), max: fc.integer({ min: 10_000, max: 99_999_999 }) }),
);

/** What people may do; whatever is refused has simply not happened. */
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('add_note' as const), text: secret, author: secret }),
  fc.record({
    type: fc.constant('fill_field' as const),
    field,
    value: fc.oneof(
      fc.record({ state: fc.constant('known' as const), text: secret }),
      fc.record({ state: fc.constant('estimate' as const), text: secret, asOf: fc.constant(at('09:30')) }),
      fc.constant({ state: 'unknown' as const }),
    ),
    wording: fc.option(pick(['已重置全部口令', '约1200个账号受影响']), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('confirm_wording' as const),
    field,
    wording: pick(['已隔离两台服务器', 'Two servers have been isolated since last night']),
  }),
  fc.record({
    type: fc.constant('answer' as const),
    fact: pick(['personal_info_people', 'direct_loss_cny', 'daily_life_people', 'tampered_views']),
    value,
    basis: secret,
  }),
  fc.record({
    type: fc.constant('answer' as const),
    fact: fc.constant('incident_type'),
    value: fc.oneof(secret, fc.constant('data.leak')),
  }),
  fc.constant({ type: 'answer' as const, fact: 'ransomware', value: true }),
  fc.record({
    type: fc.constant('add_awareness' as const),
    at: fc.constant(at('09:00')),
    source: pick(['alert', 'mail', 'supplier'] as const),
    description: secret,
    reachedUs: fc.boolean(),
  }),
  fc.record({ type: fc.constant('rename' as const), title: secret }),
  fc.record({
    type: fc.constant('decide_level' as const),
    level: pick(['major', 'significant'] as const),
    reason: secret,
  }),
  fc.record({
    type: fc.constant('settle_question' as const),
    question: pick(regime.openQuestions).map(({ id }) => id),
    reading: fc.constant('counted'),
    reason: secret,
  }),
  fc.record({
    type: fc.constant('add_evidence' as const),
    evidence: fc.record({
      file: fc.constant('d'.repeat(64)),
      name: secret,
      size: fc.constant(1),
      mediaType: fc.constant('text/plain'),
    }),
  }),
  fc.record({ type: fc.constant('end_handling' as const), at: fc.constant(at('09:41')), reason: secret }),
);

/** An answer to a question of a clock pack, or an instant one of its clocks runs from. */
const ofPack = (definition: FactDefinition): fc.Arbitrary<Command> => {
  const { id: fact, kind, options = [] } = definition;
  const ids = options.map(({ id }) => id);
  const yesOrNo = fc.boolean();
  const value =
    kind === 'boolean' || ids.length === 0
      ? kind === 'number' || kind === 'duration'
        ? fc.integer({ min: 0, max: 5_000_000 })
        : yesOrNo
      : kind === 'many'
        ? pick(ids).map((one) => [one])
        : pick(ids);
  return value.map((stated) => ({ type: 'answer' as const, fact, value: stated }));
};

/** An incident after up to 25 things that people tried. */
export const cases = casesUnder(company, []);

/** The same under clock packs that the profile names; half of what is tried answers their questions. */
export function casesUnder(organisation: Organisation, packs: readonly Pack[]): fc.Arbitrary<Case> {
  const facts = packs.flatMap((pack) => pack.facts).map(ofPack);
  const instants = packs
    .flatMap(({ anchors }) => anchors)
    .map(({ id }) => fc.constant({ type: 'answer' as const, fact: id, value: at('09:30') }));
  const tried = packs.length === 0 ? commands : fc.oneof(commands, fc.oneof(...facts, ...instants));
  return fc.array(fc.tuple(pick(people), tried, fc.boolean()), { maxLength: 25, size: 'max' }).map((steps) => {
    const it = new Case(organisation);
    it.packs = packs;
    it.must('li-wei', { type: 'declare', title: '秘密的标题zq', system: 'shop' });
    for (const [who, command, unseen] of steps) {
      it.now += minutes(1);
      // Somebody who has not seen the newest version writes another one.
      it.do(who, command, unseen ? { revision: 1 } : {});
    }
    return it;
  });
}
