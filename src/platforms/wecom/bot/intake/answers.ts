import { strongBlock } from '../../../../conversation/cards/blocks.ts';
import type { Card, Text, ViewRef } from '../../../../conversation/cards/card.ts';
import { localise, plainWords } from '../../../../conversation/cards/localise.ts';
import { fileRefusedCard } from '../../../../conversation/filing/draft-card.ts';
import { roomId } from '../../../../incident/identity.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Answer, Outcome } from '../../../../talk/acts.ts';
import { conclude } from '../../../../talk/conclusion.ts';
import { isOnQuestion, nextOf, statusAnew, surfaceCard } from '../../../../talk/seen-cards.ts';
import { showAnswers } from '../../../../talk/showing.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import type { OutgoingFile } from '../../../shared/http-client.ts';
import { accepted, aloneOf, composed, directSpot, type Intake, line, type Spot, say, sentence } from './context.ts';
import { offerForm } from './pending-form.ts';

type Done = Extract<Submitted, { kind: 'done' }>;

/** Views that are renewed in their place, and the question, are known by their name later. */
const AS_SURFACE: ReadonlySet<string> = new Set(['status', 'question', 'checklist', 'tasks']);

export async function showView(intake: Intake, spot: Spot, ref: ViewRef): Promise<void> {
  const ask = ({ caller }: Spot) => intake.talk.view(ref, caller);
  return showThere(intake, spot, await ask(spot), ask);
}

/** Shows what was asked for; content that this group does not show goes to the person alone, asked for by `again`. */
export async function showThere(
  intake: Intake,
  spot: Spot,
  outcome: Outcome,
  again: (alone: Spot) => Promise<Outcome>,
): Promise<void> {
  const alone = outcome.answers.some(isForOneAlone) ? aloneOf(intake, spot) : null;
  if (!alone) return show(intake, spot, outcome);
  await show(intake, alone, await again(alone));
  await line(intake, spot, 'wecom.sent_alone', { name: { raw: spot.caller.name } }, outcome.incident);
}

function isForOneAlone(answer: Answer): boolean {
  return answer.kind === 'card' && 'key' in answer.card.title && answer.card.title.key === 'refuse.ask_directly';
}

/** Sends answers, one message each. Nothing can be opened here: an offer to open a form is the form itself. */
export function show(intake: Intake, spot: Spot, outcome: Outcome): Promise<void> {
  return showAnswers(intake, spot.caller, outcome, {
    card: (card, { incident }, view) => {
      const surface = view && AS_SURFACE.has(view.view) ? view.view : null;
      return say(intake, spot, card, { incident, surface });
    },
    form: ({ ref }) => offerForm(intake, spot, ref),
    file: (file, _about, ref) => sendFile(intake, spot, file, ref),
  });
}

/** A draft, an e-mail or a fax sheet as a file with a line about it; from a room abroad only to the one who asked. */
async function sendFile(intake: Intake, spot: Spot, file: OutgoingFile, ref: ViewRef): Promise<void> {
  // Delivered again after a crash, the same press sends no second file.
  if (await intake.answered.seen(`file:${spot.act}`)) return;
  const incident = ref.args['incident'] ?? '';
  const to = spot.room.location === 'abroad' ? spot.caller.account.id : spot.chat.id;
  const about = composed(spot, sentence({ raw: file.name }), { incident });
  const outcome = await intake.sender.file(to, file, about, `file:${intake.ids.next()}`);
  if (outcome.kind !== 'refused') return;
  intake.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await say(intake, spot, fileRefusedCard(file.name, outcome.reason, ref), { incident });
}

/** Replies to an act. `isShown`: a card was changed in its place; `renewal`: the view of a card that was out of date. */
export async function concluded(
  intake: Intake,
  spot: Spot,
  outcome: Outcome,
  { isShown = false, renewal }: { readonly isShown?: boolean; readonly renewal?: ViewRef | undefined } = {},
): Promise<void> {
  const { change, declared, incident } = outcome;
  if (change?.kind === 'done' && declared && spot.chat.kind === 'group' && !showsAll(change.state, spot.room))
    return askAlone(intake, spot, change.incident);
  const acted = { isAnswer: false, ...(renewal ? { renewal } : {}) };
  // A new incident shows itself, and its questions come.
  const { answers, next } = await conclude(outcome, acted, (done) => {
    return { newIncident: true, questions: true, onCard: async () => isShown || isSeen(intake, spot, outcome, done) };
  });
  const more = change?.kind === 'done' ? await nextSaid(intake, spot, change) : [];
  if (change?.kind === 'done' || !isShown)
    for (const { card } of answers.filter((answer) => answer.kind === 'card'))
      await say(intake, spot, { ...card, blocks: [...card.blocks, ...more] }, { incident });
  if (next) await showView(intake, spot, next);
}

/** Returns true if a card that comes anyway shows the change; a status that has it is sent here. */
async function isSeen(intake: Intake, spot: Spot, { answers: [answer] }: Outcome, change: Done): Promise<boolean> {
  if (await isOnCard(intake, spot, change)) {
    await statusSaid(intake, spot, change.incident);
    return true;
  }
  return answer?.kind === 'card' && saidOnStatus(intake, spot, change, answer.card.summary);
}

/** Next step, where it is another one than before the act. */
async function nextSaid({ app }: Intake, { seen, caller, room }: Spot, { incident, state }: Done) {
  const status = seen && showsAll(state, room) ? await surfaceCard(app, caller, incident, 'status') : null;
  const next = status ? nextOf(status) : [];
  return JSON.stringify(next) === JSON.stringify(seen?.next) ? [] : next;
}

/** The question of an incident whose content its group does not show, to the declarer alone; or how to get there. */
async function askAlone(intake: Intake, spot: Spot, incident: string): Promise<void> {
  const alone = directSpot(intake, spot.caller.account.id, spot.act);
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
  const card = isSaid ? status : { ...status, blocks: [strongBlock(text), ...status.blocks] };
  if (!(await accepted(intake, spot, card, { incident, surface: 'status' }))) return true;
  await intake.renewals.renewed({ incident, chat: chat.id, surface: 'status' }, status);
  // A question that changed with it waits for its button.
  const question = await surfaceCard(intake.app, caller, incident, 'question');
  if (question) await intake.renewals.renewed({ incident, chat: chat.id, surface: 'question' }, question);
  return true;
}
