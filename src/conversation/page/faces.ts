import type { Clock } from '../../incident/facts/assessment.ts';
import { present } from '../cards/blocks.ts';
import type { Text } from '../cards/card.ts';
import { fromText, joined, lawText, recipientText, type Situation, t } from '../cards/situation.ts';
import { dutyWords } from '../filing/obligations.ts';
import { conditionOf, provisoOf } from '../reminding/due-text.ts';

/** One clock as a page shows it; recipients with the same deadline share one clock. */
export interface Face {
  readonly id: string;
  readonly what: Text;
  /** Conditions on which it is owed, e.g. "if CII is involved"; empty: in any case. */
  readonly conditions: readonly Text[];
  readonly to: Text;
  readonly due: string;
  readonly dueMinutes: number | null;
  readonly anchor: string;
  readonly rank: string | null;
  readonly state: 'running' | 'met' | 'void';
  readonly filedAt: string | null;
}

const STATES = ['running', 'met', 'void'] as const;

/** Clocks of an incident: the running ones by their deadline, then those met, then those no longer owed. */
export function facesOf(situation: Situation): readonly Face[] {
  const faces = situation.ia.clocks.map((clock) => faceOf(situation, clock));
  const groups = Map.groupBy(faces, ({ due, state, filedAt, ...face }) =>
    JSON.stringify([Date.parse(due), state, filedAt, face.what, face.conditions, face.law]),
  );
  return [...groups.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return [];
      const { law, ...face } = first;
      const to = new Map([first, ...others].map((one) => [JSON.stringify(one.to), one.to]));
      return [{ ...face, to: joined([joined([...to.values()]), ...(law ? [law] : [])], 'dot') }];
    })
    .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || Date.parse(a.due) - Date.parse(b.due));
}

/** The usual kind of operator stands beside the one that is asked about: "otherwise". */
function conditionsOf(situation: Situation, clock: Clock): readonly Text[] {
  if (clock.form !== 'first') return present(conditionOf(situation, clock));
  const { operator, isUsual, level } = provisoOf(situation, clock);
  return present(
    operator && (isUsual ? t('face.otherwise') : t('remind.if_operator', { operator })),
    level && t('face.from', { from: fromText(situation.regime) }),
  );
}

function faceOf(situation: Situation, clock: Clock): Face & { readonly law: Text | null } {
  const { id, due, dueMinutes, anchor, rank, status, filing, recipient, regime } = clock;
  const state = status === 'void' ? 'void' : filing || status === 'met' ? 'met' : 'running';
  // A further law is named; the base law, which grades every incident, is not.
  const pack = rank === 'contract' ? undefined : situation.regime.packs?.find((one) => one.id === regime);
  return {
    ...{ id, due, dueMinutes, anchor, rank, state, filedAt: filing?.filedAt ?? null },
    what: dutyWords(situation, clock),
    conditions: state === 'running' ? conditionsOf(situation, clock) : [],
    to: recipientText(situation, recipient),
    law: pack ? lawText(pack.title) : null,
  };
}
