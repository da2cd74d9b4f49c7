import { isMessageKey } from '../../i18n/translate.ts';
import { isSamePerson } from '../../incident/approvals.ts';
import type { ActorId } from '../../incident/identity.ts';
import { isPerson, listedNow, waitingToJoin } from '../../incident/people/people.ts';
import { actionSchema, lacks, leadOf, rolesIn } from '../../incident/people/rights.ts';
import type { Participant } from '../../incident/state.ts';
import { itemsNow } from '../../report/items.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf, headline } from '../cards/headline.ts';
import { actionBlock, buttons, rowBlock, sentenceCard, strongBlock } from '../cards/sentence.ts';
import {
  fill,
  form,
  intent,
  joined,
  leadText,
  numbers,
  ofPart,
  personText,
  plain,
  primary,
  type Situation,
  t,
  titled,
  view,
} from '../cards/situation.ts';
import { absentPeople } from '../collecting/item-forms.ts';
import { fileAction } from '../filing/report-actions.ts';
import { roleText } from '../record/refusals.ts';
import { reachOf } from '../reminding/reachability.ts';

/**
 * Card of participants with their items and reachability; requests to join come first, because a person must decide
 * them. `asking`: actors of its one reader, used to leave out [Take lead] for the lead.
 */
export function peopleCard(situation: Situation, asking: readonly ActorId[]): Card {
  const { state } = situation;
  // A person added by name who acted later has two entries, of which the later one counts.
  const entries = Object.values(state.people).filter(isPerson);
  const people = [...new Map(entries.map((one) => [one.person ?? one.actor, one])).values()];
  const waiting = waitingToJoin(state);
  const items = itemsNow(situation);
  const summary = t('people.summary', { lead: leadText(state), n: people.length });
  return cardOf(
    situation,
    t('people.title'),
    waiting.length > 0 ? joined([summary, t('people.waiting', { n: waiting.length })], 'dot') : summary,
    [
      ...(leadOf(state) ? [] : [strongBlock(summary)]),
      ...waiting.map((who): Block => {
        const actions = state.closed ? [] : [letInAction(who, `let_in_${who.actor}`)];
        return rowBlock('open', t('people.row_waiting', { name: plain(who.name) }), actions);
      }),
      ...people.map((person) => personRow(situation, person, items, asking)),
      ...takenOut(state).map((one) =>
        rowBlock('open', t('people.row_removed', { name: plain(one.name) }), [letInAction(one, `back_${one.actor}`)]),
      ),
      actionBlock([
        ...(asking.includes(leadOf(state)?.actor ?? '')
          ? []
          : [intent('take_lead', t('act.take_lead'), { type: 'take_lead' })]),
        ...(absentPeople(state).length > 0
          ? [form('add_person', t('form.people.title'), 'people', { incident: state.id })]
          : []),
      ]),
    ],
  );
}

function personRow(
  situation: Situation,
  participant: Participant,
  all: ReturnType<typeof itemsNow>,
  asking: readonly ActorId[],
): Block {
  const { actor, name, person } = participant;
  const isSelf = asking.some((one) => isSamePerson(situation.state, one, actor));
  const out = { type: 'remove_person', person: person ?? actor } as const;
  const takeOut = {
    ...intent(`out_${actor}`, t('act.take_out'), out),
    confirm: t('act.take_out_sure', { name: plain(name) }),
  };
  const actions = isSelf ? [] : [takeOut];
  const lead = leadOf(situation.state);
  const roles = [
    ...(lead && isSamePerson(situation.state, actor, lead.actor) ? (['lead'] as const) : []),
    ...rolesIn(situation.state, participant),
  ];
  const params = { name: plain(name), roles: joined([...new Set(roles)].map(roleText)) };
  const items = all.flatMap(({ owner, n }): readonly number[] =>
    owner !== null && isSamePerson(situation.state, owner, actor) ? [n] : [],
  );
  const row = items.length > 0 ? t('people.row_items', { ...params, items: numbers(items) }) : t('people.row', params);
  const reached = reachOf(situation, actor);
  const mark = reached === false ? 'open' : 'done';
  if (reached === null) return rowBlock(mark, row, actions);
  const text = joined([row, t(reached ? 'people.reached' : 'people.unreached')], 'dot');
  return rowBlock(mark, text, actions);
}

/** Removed people, each once. */
function takenOut({ people }: Situation['state']): readonly Participant[] {
  const out = Object.values(people).filter(({ removed }) => removed);
  return [...new Map(out.map((one) => [one.person ?? one.actor, one])).values()];
}

/** Card to people with the role lead: a person without it declared an incident. */
export function leadAskedCard(situation: Situation): Card {
  const { state } = situation;
  const declared = {
    id: plain(state.id),
    title: ofPart('title', state.title),
    by: personText(state, state.declared.by),
  };
  const lead = intent('take_lead', t('act.take_lead'), { type: 'take_lead' });
  const status = view('status', t('act.status'), 'status', { incident: state.id });
  return cardOf(situation, t('lead.asked', declared), headline(situation), [
    strongBlock(headline(situation)),
    actionBlock([primary(lead), status]),
  ]);
}

/** Card for the lead: a reader of an open room asks to take part. */
export function joinAskedCard({ state }: Situation, who: Participant): Card {
  const text = titled(state, t('join.asked', { name: plain(who.name), id: plain(state.id) }));
  return { ...sentenceCard(text, buttons([primary(letInAction(who))])), drill: state.drill };
}

/** Button that admits a person; `id` tells several on one card apart. */
export function letInAction({ actor }: Participant, id = 'let_in'): Action {
  return intent(id, t('act.let_in'), { type: 'add_person', person: actor });
}

/** Card to a person who asked to take part and was admitted. */
export function letInCard({ state }: Situation): Card {
  const text = titled(state, t('join.let_in', { id: plain(state.id), title: ofPart('title', state.title) }));
  const status = view('status', t('act.status'), 'status', { incident: state.id });
  return { ...sentenceCard(text, buttons([status])), drill: state.drill };
}

/** Card for people with a right that another person asked for and lacks. */
export function rightAskedCard(situation: Situation, by: ActorId, right: string): Card {
  const { state } = situation;
  const roles = lacks(actionSchema.catch('answer').parse(right), '', [], state.organisation) ?? [];
  const params = {
    by: personText(state, by),
    what: rightText(right),
    roles: joined(roles.map(roleText), 'or'),
  };
  const status = view('status', t('act.status'), 'status', { incident: state.id });
  return cardOf(situation, t('asked_for.text', params), headline(situation), [
    strongBlock(headline(situation)),
    actionBlock([...askedActions(situation, right).map(primary), status]),
  ]);
}

/** Buttons that lead to the requested act; without a button of its own, the status card. */
function askedActions(situation: Situation, right: string): readonly Action[] {
  const incident = { incident: situation.state.id };
  const own = ASKED.find((one) => one === right);
  if (own) return [fill(situation, own)];
  switch (right) {
    case 'judge':
      return [form('judge', t('act.judge'), 'judgements', incident)];
    case 'record_filing':
    case 'practise_filing':
      return [fileAction(situation)];
    case 'take_lead':
      return [intent('take_lead', t('act.take_lead'), { type: 'take_lead' })];
    case 'approve':
    case 'send_back':
      return [view('review', t('act.review'), 'text', incident)];
    default:
      return [view('questions', t('act.look'), 'question', incident)];
  }
}
const ASKED = [
  'end_handling',
  'close',
  'reopen',
  'hold',
  'release_hold',
  'erase',
  'lift_stop',
  'release_abroad',
] as const;

/** Name of a right, as in the table of rights. */
export function rightText(right: string): Text {
  const key = `right.${right}`;
  return isMessageKey(key) ? t(key) : plain(right);
}

/** Names of the people of the profile who have these ids, as one list. */
export function peopleText(state: Situation['state'], ids: readonly string[]): Text {
  const named = ids.flatMap(
    (id) => listedNow(state, id) ?? Object.values(state.people).find((one) => one.person === id) ?? [],
  );
  return joined(named.map(({ name }) => plain(name)));
}
