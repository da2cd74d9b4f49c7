import type { Card, Text } from '../../../../conversation/cards/card.ts';
import { localise } from '../../../../conversation/cards/localise.ts';
import { plainWords } from '../../../../conversation/cards/plain-words.ts';
import { roomId } from '../../../../incident/identity.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Outcome } from '../../../../talk/acts.ts';
import { isOnQuestion, nextOf, statusAnew, surfaceCard } from '../../../../talk/seen-cards.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { accepted, type Intake, line, type Spot, say, spotOf } from './context.ts';

type Done = Extract<Submitted, { kind: 'done' }>;

/** Replies after a change, where no card shows it. `isShown`: a card was changed in its place. */
export async function concluded(
  intake: Intake,
  spot: Spot,
  { change, answers, incident, declared }: Outcome,
  isShown = false,
): Promise<void> {
  if (change?.kind === 'done' && declared && spot.chat.kind === 'group' && !showsAll(change.state, spot.room))
    return askAlone(intake, spot, change.incident);
  // A new incident shows itself.
  const isOpen = change?.kind === 'done' && change.said !== null && change.said.blocks.length > 0;
  if (change?.kind === 'done' && !isOpen) {
    if (isShown || declared) return;
    if (await isOnCard(intake, spot, change)) return statusSaid(intake, spot, change.incident);
    const [answer] = answers;
    if (answer?.kind === 'card' && (await saidOnStatus(intake, spot, change, answer.card.summary))) return;
  }
  const next = change?.kind === 'done' ? await nextSaid(intake, spot, change) : [];
  for (const { card } of answers.filter((answer) => answer.kind === 'card'))
    await say(intake, spot, { ...card, blocks: [...card.blocks, ...next] }, { incident });
}

/** Next step, where it is another one than before the act. */
async function nextSaid({ app }: Intake, { seen, caller, room }: Spot, { incident, state }: Done) {
  const status = seen && showsAll(state, room) ? await surfaceCard(app, caller, incident, 'status') : null;
  const next = status ? nextOf(status) : [];
  return JSON.stringify(next) === JSON.stringify(seen?.next) ? [] : next;
}

/** The question of an incident whose content its group does not show, to the declarer alone; or how to get there. */
async function askAlone(intake: Intake, spot: Spot, incident: string): Promise<void> {
  const alone = spotOf(intake, { msgid: spot.act, chattype: 'single', from: { userid: spot.caller.account.id } });
  const question = await intake.app.view({ view: 'question', args: { incident } }, alone.caller);
  await intake.talk.focus(alone, incident);
  const isSent = !('code' in question) && (await accepted(intake, alone, question, { incident, surface: 'question' }));
  await line(intake, spot, isSent ? 'wecom.asked_alone' : 'wecom.ask_alone', { id: { raw: incident } }, incident);
}

/** Returns true if a card with the same content is posted here anyway, because changes are posted anew. */
async function isOnCard(intake: Intake, spot: Spot, change: Done): Promise<boolean> {
  const { room, caller, seen } = spot;
  if (change.onCard?.key === 'draft') return showsAll(change.state, room);
  if (change.state.rooms[roomId(room)] === undefined) return false;
  return isOnQuestion(intake.app, caller, change, seen?.question ?? { before: null });
}

/** A status card that the same change brings anew is not posted: the question names the new deadline. */
export async function statusSaid({ app, renewals }: Intake, spot: Spot, incident: string): Promise<void> {
  const status = spot.seen && (await statusAnew(app, spot.caller, incident, spot.seen));
  if (status) await renewals.renewed({ incident, chat: spot.chat.id, surface: 'status' }, status);
}

/** Result shown by the status card that is posted anew. Returns false if none is posted. */
async function saidOnStatus(intake: Intake, spot: Spot, { incident, state, said }: Done, text: Text): Promise<boolean> {
  const { seen, caller, room, chat } = spot;
  if (!seen || !said || !showsAll(state, room)) return false;
  const wordsIn = (shown: Card): string => plainWords(shown, room.language);
  const status = await statusAnew(intake.app, caller, incident, seen);
  if (!status) return false;
  const isSaid = wordsIn(status).includes(localise(said.summary, room.language).replace(/[。.]$/, ''));
  const line = { kind: 'text', text, strong: true } as const;
  const card = isSaid ? status : { ...status, blocks: [line, ...status.blocks] };
  if (!(await accepted(intake, spot, card, { incident, surface: 'status' }))) return true;
  await intake.renewals.renewed({ incident, chat: chat.id, surface: 'status' }, status);
  // A question that changed with it waits for its button.
  const question = await surfaceCard(intake.app, caller, incident, 'question');
  if (question) await intake.renewals.renewed({ incident, chat: chat.id, surface: 'question' }, question);
  return true;
}
