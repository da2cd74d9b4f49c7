import { endsReporting } from '../../incident/facts/owed.ts';
import { type Room, roomId } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { itemsNow } from '../../report/items.ts';
import { nextStep } from '../next-step/next-step.ts';
import { withdrawAction } from '../proposals.ts';
import { unreached } from '../reminding/reachability.ts';
import type { Action, Block, Card, Pair, Param, Text } from './card.ts';
import { cardOf, clockBlock, deadlineShown, headline, levelNow, namedTitle, twoStarts } from './headline.ts';
import { actionBlock, buttons, noteBlock, pairedBlock, textBlock } from './sentence.ts';
import {
  at,
  decidersText,
  dueAt,
  fill,
  form,
  intent,
  joined,
  leadText,
  levelText,
  nameText,
  ofPart,
  openInitial,
  pair,
  personText,
  plain,
  recipientText,
  type Situation,
  show,
  t,
  view,
} from './situation.ts';
import { dutiesBeside, withinLimits } from './status-limits.ts';
import { stoppedBlocks } from './stopped-blocks.ts';

/** Exposure of a room: `all`; `abroad`: no free text; `head`: id, clocks and lead. */
type Exposure = 'all' | 'abroad' | 'head';

/** Status card of a room: state, time left, next button. */
export function statusCard(
  situation: Situation,
  exposure: Exposure = 'all',
  room: Room | null = null,
  withTitle = exposure === 'all',
): Card {
  const { state } = situation;
  const title =
    withTitle && !state.stopped
      ? namedTitle(situation, ofPart('title', state.title))
      : t('card.incident_untitled', { id: plain(state.id) });
  return cardOf(situation, title, headline(situation), shownBlocks(situation, exposure, room).blocks);
}

/** Status card of an incident that is not stopped, limited to the parts that `newsOf` compares. */
export function newsCard(situation: Situation): Card {
  const title = namedTitle(situation, ofPart('title', situation.state.title));
  const due = deadlineShown(situation);
  // A running deadline is news by its instant, so that no text of it is needed.
  const clock = due === null ? clockBlock(situation) : ({ kind: 'clock', text: title, due, tone: 'calm' } as const);
  return cardOf(situation, title, due === null ? headline(situation) : title, [clock, ...setAside(situation)]);
}

/** Actions that have no space on the status card and that only [More] offers. */
export function leftOut(situation: Situation): readonly Action[] {
  return shownBlocks(situation, 'all', null).left.filter(({ id }) => ONLY_HERE.has(id));
}
const ONLY_HERE: ReadonlySet<string> = new Set(['add_information', 'withdraw_level', 'owed', 'take_lead']);

function shownBlocks(situation: Situation, exposure: Exposure, room: Room | null) {
  const isInside = exposure === 'all' && !room?.open;
  return withinLimits((most) =>
    situation.state.stopped ? stoppedBlocks(situation, isInside, most) : blocksOf(situation, exposure, room, most),
  );
}

/** Blocks of a status card; `most`: number of duties beside the report that are named one by one. */
function blocksOf(situation: Situation, exposure: Exposure, room: Room | null, most: number): readonly Block[] {
  const who = leadText(situation.state);
  const lead = pairedBlock(t('status.lead', { lead: who }), [pair('row.lead', who)]);
  if (exposure === 'head') {
    const note = room?.unconfirmed ? [noteBlock(t('rooms.unconfirmed'))] : [];
    const acts = [
      ...(room?.unconfirmed ? [confirmRoomAction(room)] : []),
      ...(situation.state.closed ? [] : [intent('ask_to_join', t('act.take_part'), { type: 'ask_to_join' })]),
    ];
    return [clockBlock(situation), ...otherClocks(situation, most, false), lead, ...note, ...buttons(acts)];
  }
  const next = nextStep(situation, null);
  const isWhole = exposure === 'all';
  const own = isWhole && next?.actions.every(({ style }) => style !== 'primary') ? next.actions : [];
  return [
    ...(next ? [{ kind: 'text' as const, text: next.text, strong: true, next: true as const }] : []),
    ...(next?.why ? [{ kind: 'text' as const, text: next.why, next: true as const }] : []),
    ...buttons(own).map((block) => ({ ...block, next: true as const })),
    clockBlock(situation),
    ...otherClocks(situation, most, isWhole),
    ...(isWhole ? startBlocks(situation) : []),
    ...(situation.state.imported ? importedBlocks(situation, isWhole) : [factsBlock(situation)]),
    ...(isWhole ? [] : ownerBlocks(situation)),
    ...noteBlocks(situation, exposure, room),
    actionBlock(statusActions(situation, exposure, own.length > 0 ? [] : (next?.actions ?? []))),
    ...(room?.open && isWhole ? [actionBlock([moveAction(situation)])] : []),
  ];
}

/** Button that lets a group show the content; it asks once more, because everybody in the group will read it. */
function confirmRoomAction(room: Room): Action {
  const action = intent('confirm_room', t('act.confirm_room'), { type: 'confirm_room', room: roomId(room) });
  return { ...action, confirm: t('act.confirm_room_sure') };
}

/** Notes on related incidents; a duplicate names the incident in which the work continues. */
function relationNotes({ state }: Situation): readonly Text[] {
  return Object.entries(state.relations).flatMap(([id, { how }]) =>
    how === 'none' ? [] : [t(`status.relation.${how}`, { id: plain(id) })],
  );
}

/** Lines on other readings of the deadline and on duties beside the report, e.g. to the police or the sector. */
function otherClocks(situation: Situation, most: number, opens: boolean): readonly Block[] {
  if (situation.state.closed) return [];
  const crossings = openInitial(situation).flatMap(({ due, fromCrossing }): readonly Text[] => {
    if (!fromCrossing || Date.parse(fromCrossing.due) <= Date.parse(due)) return [];
    const crossed = { at: at(situation, fromCrossing.at), crossingDue: dueAt(situation, fromCrossing.due) };
    return [t('status.crossing', { due: dueAt(situation, due), ...crossed })];
  });
  const readings = [...setAside(situation), ...twoStarts(situation).map(textBlock), ...crossings.map(noteBlock)];
  return [...readings.slice(0, 2), ...dutiesBeside(situation, most, opens)];
}

/** Line on the clock of a first report that was stopped by a decision on a lower level than the figures give. */
function setAside(situation: Situation): readonly Block[] {
  const { ia, regime, state } = situation;
  const decided = state.levelDecision;
  const clock = ia.clocks.find((c) => c.form === 'first' && c.status === 'void');
  if (decided?.kind !== 'below_floor' || !clock || state.closed) return [];
  const text = t('status.set_aside', {
    floor: levelText(regime, decided.floor),
    due: dueAt(situation, clock.due),
    recipient: recipientText(situation, clock.recipient),
    by: decidersText(state, decided),
  });
  return [{ kind: 'clock', text, due: clock.due, tone: 'calm' }];
}

export function startBlocks(situation: Situation): readonly Block[] {
  const { state, ia } = situation;
  const incident = { incident: state.id };
  if (state.awareness) {
    const params = { at: at(situation, state.awareness.instant), by: decidersText(state, state.awareness) };
    const pairs = [pair('row.start', t('row.start_confirmed', params))];
    return [pairedBlock(t('status.start_confirmed', params), pairs)];
  }
  if (!ia.anchors.awareness || state.closed) return [];
  const start = { at: at(situation, ia.anchors.awareness) };
  return [
    {
      kind: 'row',
      mark: 'open',
      text: t('status.start_working', start),
      split: { pairs: [pair('row.start', t('row.start_working', start))] },
      actions: [
        form('confirm_start', t('act.confirm_start', start), 'confirm_awareness', incident),
        form('correct_start', t('act.change_time'), 'awareness', incident),
      ],
    },
  ];
}

/** Lines of an incident recorded afterwards: the data of the imported list instead of decisions. */
function importedBlocks(situation: Situation, isWhole: boolean): readonly Block[] {
  const { imported, declared } = situation.state;
  if (!imported) return [];
  const from = { at: { instant: declared.at, style: 'date' as const }, line: imported.list.line };
  const { occurredAt, awareAt, filedAt, handlingEndedAt, closedAt, level } = imported;
  const { reference, filedTo, receipt, lead, system, summary, by } = imported;
  const named = level === undefined ? null : levelText(situation.regime, situation.ia.level);
  const times = {
    occurred: occurredAt,
    aware: awareAt,
    filed: filedAt,
    handling_ended: handlingEndedAt,
    closed: closedAt,
  };
  const words = { reference, filed_to: filedTo, receipt, lead, system, by: by ?? undefined, summary };
  const rows: readonly Pair[] = [
    ...(named ? [pair('import.column.level', named)] : []),
    ...(['occurred', 'aware', 'filed', 'handling_ended', 'closed'] as const).flatMap((id) =>
      times[id] === undefined ? [] : [pair(`import.column.${id}`, t('value.count', { n: at(situation, times[id]) }))],
    ),
    ...(['reference', 'filed_to', 'receipt', 'lead', 'system', 'by', 'summary'] as const).flatMap((id) => {
      const text = isWhole ? words[id] : undefined;
      return text ? [pair(`import.column.${id}`, ofPart('texts', text))] : [];
    }),
  ];
  return [
    textBlock(t('status.imported_from', from)),
    ...rows.map((row) => pairedBlock(joined([row.label, row.value], 'dot'), [row])),
  ];
}

function factsBlock(situation: Situation): Block {
  const items = itemsNow(situation);
  const level = levelNow(situation);
  const lead = leadText(situation.state);
  const done = items.filter((item) => item.state === 'done').length;
  const count = { done, all: items.length };
  const { handlingEnded } = situation.state;
  const pairs = [
    pair('row.level', level),
    pair('row.lead', lead),
    pair(handlingEnded ? 'row.parts' : 'row.items', t('row.items_done', count)),
  ];
  return pairedBlock(t(handlingEnded ? 'status.facts_ended' : 'status.facts', { level, lead, ...count }), pairs);
}

/** Line with the owners of items, for rooms abroad: without the items' content. */
function ownerBlocks(situation: Situation): readonly Block[] {
  const owned = itemsNow(situation).filter((item) => item.owner !== null);
  if (owned.length === 0) return [];
  const owners = owned.map(({ n, owner }) => t('status.owner', { n, owner: personText(situation.state, owner) }));
  return [textBlock(t('status.owners', { owners: joined(owners, 'comma') }))];
}

/** Line with all notes of a status card, e.g. the speed of a drill or people who cannot be reached. */
function noteBlocks(situation: Situation, exposure: Exposure, room: Room | null): readonly Block[] {
  const { state } = situation;
  const notes: Text[] = [...relationNotes(situation)];
  if (exposure !== 'all') return [noteBlock(joined([...notes, t('abroad.note')], 'sentence'))];
  if (room?.open) notes.push(t('status.open_thread'));
  const speed = state.segments.at(-1)?.rate ?? 1;
  if (state.drill && speed === 0) notes.push(t('status.paused'));
  if (state.drill && !state.closed && speed > 1)
    notes.push(t('status.speed', { speed: { amount: speed } satisfies Param }));
  const missed = unreached(situation);
  if (missed.length > 0) {
    notes.push(t('status.unreachable', { people: joined(missed.map(nameText)) }));
  }
  return notes.length === 0 ? [] : [noteBlock(joined(notes, 'sentence'))];
}

/** Button [Move to a private channel], for open rooms. */
export function moveAction({ state: { id } }: { readonly state: Pick<IncidentState, 'id'> }): Action {
  const move = view('move_private', t('act.move_private'), 'private', { incident: id });
  return { ...move, confirm: t('act.move_private_sure', { id: plain(id) }) };
}

/** Button that opens the current question for the person who presses it. */
export function answerAction({ id }: Pick<IncidentState, 'id'>): Action {
  return { ...view('questions', t('act.answer_questions'), 'question', { incident: id }), style: 'primary' };
}

/** Buttons of a status card: the next step's first; questions are answered on the card itself. */
function statusActions(situation: Situation, exposure: Exposure, next: readonly Action[]): readonly Action[] {
  const { state } = situation;
  const people = show(situation, 'people');
  const more = show(situation, 'more');
  if (exposure === 'abroad') return [people];
  if (state.closed) {
    return [...(state.drill ? [show(situation, 'score')] : []), fill(situation, 'reopen'), more];
  }
  const add = form('add_information', t('act.add_information'), 'note', { incident: state.id });
  const isEnded = endsReporting(state, situation.regime, situation.ia.assessment) && !state.handlingEnded;
  const withdraw = isEnded ? [withdrawAction(situation, 'level')] : [];
  return [...next.slice(0, 1), ...withdraw, add, people, more];
}
