import { nearestName } from '../config/nearest-name.ts';
import { guardTable } from '../incident/people/guard-table.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { unknownReadings } from '../incident/readings.ts';
import { leavesOf } from '../law/condition.ts';
import { lawSet } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';
import { factFaults } from '../regimes/check-names.ts';
import type { Laws } from './laws.ts';

/** Returns faults of names in a profile that the loaded law does not have. */
export function profileFaults(organisation: Organisation, { regime, packs, whole }: Laws): readonly string[] {
  const readings = unknownReadings(organisation, whole);
  return [
    ...(readings.length > 0 ? [`no such open question or reading: ${readings.join('; ')}`] : []),
    ...organisation.entities.flatMap(({ province }, index) => provinceFaults(province, index, regime)),
    ...organisation.entities.flatMap(({ operator = [], recipients, contacts = {} }, index) => [
      ...unknown(`entities[${index}].operator`, [operator].flat(), regime.operators),
      ...unknown(
        `entities[${index}].recipients`,
        Object.keys(recipients),
        regime.recipients.filter(({ people }) => !people),
      ),
      ...unknown(`entities[${index}].contacts`, Object.keys(contacts), whole.recipients),
    ]),
    ...unknown('approval.assessment.omit', organisation.approval?.assessment.omit ?? [], regime.points),
    ...organisation.entities.flatMap(({ packs: named = [] }, index) =>
      named
        .filter((id) => !packs.has(id))
        .map((id) => `entities[${index}].packs: ${id} is not a clock pack; known: ${[...packs.keys()].join(', ')}`),
    ),
    ...acceptFaults(organisation, packs),
    ...contractFaults(organisation, { regime, packs }),
    ...dutyFaults(organisation, whole),
  ];
}

/** Returns faults of `accept`: the person who accepts a draft must have a role that may decide on the law. */
function acceptFaults({ accept = {}, people }: Organisation, packs: Laws['packs']): readonly string[] {
  return Object.entries(accept).flatMap(([id, { by }]) => [
    ...(packs.has(id) ? [] : [`accept.${id}: ${id} is not a clock pack; known: ${[...packs.keys()].join(', ')}`]),
    ...(people.some((one) => one.id === by && one.roles.some((role) => guardTable.lost.second.includes(role)))
      ? []
      : [`accept.${id}.by: ${by} is nobody of the profile who is lead, approver or legal`]),
  ]);
}

/** Returns faults of contracts: a condition on a fact of an unused pack would never be asked. */
function contractFaults(
  { contracts = [], entities }: Organisation,
  { regime, packs }: Pick<Laws, 'regime' | 'packs'>,
): readonly string[] {
  const ids = contracts.map(({ id }) => id);
  return contracts.flatMap(({ id, from, when, entity }, index) => {
    const bound = entities.filter((one) => entity === undefined || one.id === entity);
    const faults = bound.flatMap((one) => {
      const law = lawSet(
        regime,
        (one.packs ?? []).flatMap((pack) => packs.get(pack) ?? []),
      );
      const anchors: readonly string[] = [...law.anchors, ...(law.packAnchors ?? []).map((anchor) => anchor.id)];
      const facts = [...law.factDefinitions, ...(law.packFacts ?? [])];
      const leaves = when === undefined ? [] : leavesOf(when);
      return [
        ...(anchors.includes(from) ? [] : [`from: ${from} is not an anchor; known: ${anchors.join(', ')}`]),
        ...leaves.flatMap((leaf) => ('fact' in leaf ? factFaults(leaf, facts) : [])).map((fault) => `when: ${fault}`),
      ].map((fault) => `contracts[${index}].${fault}${bound.length > 1 ? ` (entity ${one.id})` : ''}`);
    });
    return [
      ...faults,
      ...(ids.indexOf(id) === index
        ? []
        : [`contracts[${index}].id: ${id} is used twice; each contract needs its own`]),
      ...(bound.length > 0 ? [] : [`contracts[${index}].entity: no entity is called ${entity}`]),
    ];
  });
}

/** Returns faults in duty settings: `hours` may fill in a figure the law leaves open, never replace one of the law. */
function dutyFaults({ duties = {} }: Organisation, whole: Regime): readonly string[] {
  return Object.entries(duties).flatMap(([id, setting]) => {
    const rules = whole.obligations.filter((rule) => rule.id === id && rule.regime !== undefined);
    if (rules.length === 0) return [`duties: no clock pack has a duty ${id}`];
    if (!('hours' in setting) || rules.some(({ period }) => period.kind === 'blank')) return [];
    return [
      `duties.${id}.hours: the law has its own figure, which is used; hours only fills in a figure that the law leaves open`,
    ];
  });
}

/** Returns faults for names in the profile that the law does not have. */
function unknown(
  place: string,
  names: readonly string[],
  known: readonly { readonly id: string }[],
): readonly string[] {
  const ids = known.map(({ id }) => id);
  return names
    .filter((name) => !ids.includes(name))
    .map((name) => `${place}: ${name} is unknown; known: ${ids.join(', ')}`);
}

/** Returns faults of a province: it determines the recipient in the report, which would be blank for an unknown one. */
function provinceFaults(province: string, index: number, { provinces: { list } }: Regime): readonly string[] {
  if (list.some(({ id, code }) => id === province || code === province)) return [];
  const near = nearestName(
    province,
    list.map(({ id }) => id),
  );
  const hint = near === null ? 'use its name in pinyin or the two digits of GB/T 2260' : `did you mean ${near}?`;
  return [`entities[${index}].province: ${province} is not a province; ${hint}`];
}
