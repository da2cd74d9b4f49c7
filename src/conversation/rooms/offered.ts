import { isAskedToApprove } from '../../incident/approvals.ts';
import type { StatedValue } from '../../incident/commands/parts.ts';
import { type Act, admission } from '../../incident/decide/admission.ts';
import { accountKey, type Room, roomId } from '../../incident/identity.ts';
import { type Acting, actingAs } from '../../incident/people/acting.ts';
import { fromProfile, isPerson, isTakenOut } from '../../incident/people/people.ts';
import { actionSchema, lacks, type Action as Right } from '../../incident/people/rights.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import { type Visibility, visibility } from '../../incident/visibility.ts';
import { keptFor } from '../../law/kept-for.ts';
import { entryOf } from '../../law/lookup.ts';
import { isJudgement } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import type { Action, Block, Card, FormRef } from '../cards/card.ts';
import { FORM_KINDS } from '../commands.ts';

/** Person who reads a card. `sight`: the parts of the incident that they may see in any place. */
export interface Reader {
  readonly acting: Acting;
  readonly sees: Visibility;
}
/** People who may press the buttons of a card; `aloud`: other people read the answers. */
export interface Readers {
  readonly people: readonly Reader[];
  readonly aloud: boolean;
}

type Incident = { readonly state: IncidentState; readonly regime: Regime };

/** A card without the buttons that would be refused to every one of its readers. */
export function offeredTo<C extends Card>(card: C, incident: Incident, readers: Readers): C {
  return { ...card, blocks: blocksFor(card.blocks, incident, readers) };
}

/** The blocks of `offeredTo`. */
export function blocksFor(blocks: readonly Block[], incident: Incident, readers: Readers): readonly Block[] {
  const may = ({ does }: Pick<Action, 'does'>): boolean => isOffered(does, incident, readers);
  return blocks.flatMap((block): readonly Block[] => {
    switch (block.kind) {
      case 'row':
        return [{ ...block, actions: block.actions.filter(may) }];
      case 'actions': {
        const actions = block.actions.filter(may);
        return actions.length > 0 || block.actions.length === 0 ? [{ ...block, actions }] : [];
      }
      case 'choices': {
        const { fact } = block.choice;
        return may({ does: { kind: 'intent', intent: { type: 'answer', fact, value: TICKED } } }) ? [block] : [];
      }
      default:
        return [block];
    }
  });
}
const TICKED: StatedValue = [];

/** Returns true if at least one reader may use a button: no button leads to a refusal for a missing right. */
export function isOffered(does: Action['does'], { state, regime }: Incident, { people, aloud }: Readers): boolean {
  const catalogue = { isJudgement: (fact: string) => isJudgement(regime, fact) };
  const may = (act: Act): boolean =>
    people.some(({ acting, sees }) => admission(state, act, acting, sees, catalogue) === null);
  switch (does.kind) {
    case 'intent':
      return does.intent.type === 'declare' || may(does.intent);
    case 'form': {
      const act = actOfForm(does.form, regime);
      return act === null || may(act);
    }
    case 'view':
      return does.view.view !== 'assessment' || (!aloud && people.some(({ acting }) => readsAssessment(state, acting)));
    case 'link':
    case 'line':
      return true;
  }
}

/** Right that a form needs; null for one that belongs to no incident. */
export function actOfForm({ form, args }: FormRef, regime: Regime): Right | null {
  const kind = entryOf(FORM_KINDS, form);
  const gives = kind && (kind.gives ?? actionSchema.safeParse(form).data);
  if (gives === undefined) return null;
  return gives === 'answer' && isJudgement(regime, args['fact'] ?? '') ? 'judge' : gives;
}

/** Returns true for those who may read the internal assessment: those who make it, and those asked to approve. */
export function readsAssessment(state: IncidentState, { actors, roles, person }: Acting): boolean {
  if (isAskedToApprove(state, person)) return true;
  return lacks('assess_point', actors[0] ?? '', roles, state.organisation) === null;
}

/**
 * Readers of the cards in a room: in a direct conversation its person, otherwise everybody of the profile and the
 * incident who may enter, and one person who is neither.
 */
export function readersOf(state: IncidentState, room: Room | null): Readers {
  const own =
    room && Object.values(state.people).find(({ account }) => account && accountKey(account) === roomId(room));
  if (own) return { people: [readerOf(state, own)], aloud: false };
  return { people: everybodyOf(state), aloud: false };
}

const everybodyOf = keptFor((state: IncidentState): readonly Reader[] => {
  const listed = (state.organisation?.people ?? []).filter(({ id }) => !isTakenOut(state, null, id)).map(fromProfile);
  const others = Object.values(state.people).filter((one) => isPerson(one) && one.person === null);
  return [...listed, ...others, ANYBODY].map((one) => ({ acting: actingAs(state, one), sees: EVERYTHING }));
});
const EVERYTHING: Visibility = { show: 'all' };
const ANYBODY: Participant = {
  ...{ actor: '', name: '', person: null, roles: [], language: null },
  account: { platform: '', tenant: '', id: '' },
};

/** Reader of a direct conversation with one person. */
export function readerOf(state: IncidentState, person: Participant): Reader {
  const before = state.stopped ? { ...state, stopped: null } : state;
  const sees = person.account ? visibility(before, { kind: 'account', account: person.account }) : EVERYTHING;
  return { acting: actingAs(state, person), sees };
}
