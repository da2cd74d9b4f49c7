import { buttons, sentenceCard } from '../../conversation/cards/sentence.ts';
import { entryOf } from '../../law/lookup.ts';
import type { After, Intake, IntakeOptions, Spot } from '../../talk/intake-options.ts';
import type { About, AnswerPort } from '../../talk/showing.ts';
import { type Effect, meant } from '../wecom/cards/button-effects.ts';
import type { Tasks } from '../wecom/cards/task.ts';
import type { GivenMedia } from './evidence.ts';
import type { Groups } from './groups.ts';
import { PLATFORM } from './limits.ts';
import { MENU_LINES } from './menu.ts';
import type { Replies } from './replies.ts';
import type { Incoming } from './wire.ts';

export interface IntakeDependencies {
  readonly chat: Intake<GivenMedia>;
  readonly tasks: Tasks;
  readonly replies: Replies;
}

/** A conversation with the app is with one person; a declaration makes a room of its own. */
export const DIRECT = { kind: 'direct', room: null } as const;

/** Handles one callback: everything is on disk when it resolves; replies are sent after the acknowledgement. */
export function receive(deps: IntakeDependencies, incoming: Incoming, spot: Spot): Promise<After> {
  const { chat, replies } = deps;
  const { type, event, key, text, media } = incoming;
  const line = type === 'text' ? text : event === 'click' ? entryOf(MENU_LINES, incoming.eventKey) : undefined;
  if (line !== undefined) return chat.line(spot, { key, text: line });
  if (event === 'template_card_event') return clicked(deps, incoming, spot);
  if (media !== '') return chat.give(spot, { key, files: [{ media, user: incoming.from, message: key }] });
  // Somebody opened the app or joined: none of it asks for an answer.
  if (type === 'event') return Promise.resolve(async () => {});
  return Promise.resolve(
    chat.once(key, async () => void (await replies.port(spot).say({ key: 'wecom_app.no_media' }))),
  );
}

/** A button, ticks or a drop-down of a card. */
async function clicked(deps: IntakeDependencies, incoming: Incoming, spot: Spot): Promise<After> {
  const { chat, tasks, replies } = deps;
  const { key, responseCode } = incoming;
  const port = replies.port(spot);
  const after = (work: () => Promise<unknown>): After => chat.once(key, async () => void (await work()));
  const task = await tasks.get(incoming.taskId);
  if (!task) return after(() => port.say({ key: 'wecom.old_card' }));
  const { incident, revision, surface, bound } = task;
  await chat.talk.focus(spot, incident);
  const entry = meant(bound, incoming.eventKey, Object.values(incoming.selected).flat());
  if ('say' in entry) return after(() => port.say({ key: entry.say, params: { option: { raw: entry.option } } }));
  const { does, label, confirm } = entry;
  if (confirm !== undefined)
    return after(() => askFirst(port, { ...task, language: spot.caller.language }, entry, confirm));
  const pressed =
    does.kind === 'refresh' ? ({ kind: 'view', view: { view: 'status', args: { incident } } } as const) : does;
  const press = await chat.press(spot, { key, incident, revision, does: pressed, surface });
  // A list is still needed for its other rows.
  const isLocked = press.outcome?.change?.kind === 'done' && !bound.isList;
  return after(async () => {
    if (isLocked) await replies.lock(incoming.from, responseCode, `${spot.caller.name}：${label}`);
    await press.after();
  });
}

/** Asked once more before something that cannot be taken back: a card with the question and the one button that means it. */
async function askFirst(port: AnswerPort, about: About, { does, label }: Effect, question: string): Promise<void> {
  if (does.kind === 'refresh') return;
  const sure = { id: 'sure', label: { raw: label }, style: 'danger', does } as const;
  await port.card(sentenceCard({ raw: question }, buttons([sure])), about, null);
}

/** The room itself asks some of its people; whoever else answers is asked on here. */
export function sightBy(groups: Groups): IntakeOptions<GivenMedia>['sight'] {
  return ({ caller }, _, state) => {
    const room = Object.values(state.rooms).find(
      ({ platform, address }) => platform === PLATFORM && groups.asks(caller.account.id, address),
    );
    return room ? { comes: ['status', 'question'], cards: 'reposted', room } : { comes: [], cards: null, room: null };
  };
}
