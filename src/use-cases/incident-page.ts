import type { Action, Text } from '../conversation/cards/card.ts';
import { moreGroups } from '../conversation/cards/card-views.ts';
import { type Localised, localised } from '../conversation/cards/localise.ts';
import { form, type Situation, show, t } from '../conversation/cards/situation.ts';
import { drillControls } from '../conversation/drills/drill-cards.ts';
import { lastAct } from '../conversation/meaning/undo.ts';
import type { Looker } from '../conversation/next-step/step.ts';
import { type Face, facesOf, type IncidentPage, pageOf } from '../conversation/page/page.ts';
import { isOffered, type Readers } from '../conversation/rooms/abroad.ts';
import type { Language } from '../incident/identity.ts';

export interface MenuGroup {
  readonly id: 'look' | 'change' | 'rooms' | 'end';
  readonly actions: readonly Action[];
}

/** Menu of an incident in four groups, limited to acts the person may do; irreversible ones come last. */
export function menuOf(situation: Situation, readers: Readers | null): readonly MenuGroup[] {
  const { look, change, rooms, end } = moreGroups(situation);
  const isOpen = !situation.state.closed && !situation.state.stopped;
  const args = { incident: situation.state.id };
  const add = isOpen
    ? [
        form('add_information', t('act.add_information'), 'note', args),
        form('correct_start', t('act.change_time'), 'awareness', args),
      ]
    : [];
  const people = look.filter(({ id }) => id === 'people');
  const isDanger = ({ style }: Action): boolean => style === 'danger';
  const all: readonly MenuGroup[] = [
    {
      id: 'look',
      actions: [...look.filter((one) => !people.includes(one) && one.id !== 'timeline'), show(situation, 'papers')],
    },
    { id: 'change', actions: [...add, ...change] },
    { id: 'rooms', actions: [...people, ...rooms.filter((one) => !isDanger(one))] },
    { id: 'end', actions: [...end.filter((one) => !isDanger(one)), ...[...rooms, ...end].filter(isDanger)] },
  ];
  return all
    .map(({ id, actions }) => ({
      id,
      actions: actions.filter(({ does }) => !readers || isOffered(does, situation, readers)),
    }))
    .filter(({ actions }) => actions.length > 0);
}

interface FullPage extends IncidentPage {
  readonly faces: readonly Face[];
  readonly menu: readonly MenuGroup[];
  readonly drill: readonly Action[];
  /** Last act of the person, with the buttons that take it back. */
  readonly own: { readonly version: number; readonly what: Text; readonly actions: readonly Action[] } | null;
}
export type ShownPage = Localised<FullPage>;

/** Content of an incident's page for one person, in addition to the incident's JSON. */
export function incidentPage(
  situation: Situation,
  looker: Looker | null,
  readers: Readers | null,
  language: Language,
): ShownPage {
  const own = lastAct(situation, [...(looker?.actors ?? [])]);
  return localised<FullPage>(
    {
      ...pageOf(situation, looker, readers),
      faces: facesOf(situation),
      menu: menuOf(situation, readers),
      drill: drillControls(situation).filter(({ does }) => !readers || isOffered(does, situation, readers)),
      own: own?.why === null ? { version: own.version, what: own.value ?? own.what, actions: own.actions } : null,
    },
    language,
  );
}
