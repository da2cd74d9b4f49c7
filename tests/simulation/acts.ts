import type { Action } from '../../src/conversation/cards/card.ts';
import type { LocalCard } from '../../src/conversation/cards/localise.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Room } from '../../src/incident/identity.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { App, Caller, FormResult, TextReply } from '../../src/use-cases/app.ts';
import { regime } from './bot.ts';
import { type Peer, readBody } from './peer.ts';
import type { Random } from './random.ts';

/** What became of one thing somebody did, as far as the bot answered it. */
export interface Answer {
  readonly kind: 'done' | 'refused' | 'looked';
  readonly incident: string | null;
  readonly version: number;
  readonly replayed: boolean;
  readonly code: string | null;
}
/** One thing somebody does; delivered again it is still the same. */
export interface Act {
  readonly key: string;
  readonly what: string;
  readonly perform: (app: App) => Promise<Answer>;
}

export interface Situation {
  readonly app: App;
  readonly random: Random;
  readonly wall: () => number;
  readonly peers: readonly Peer[];
  readonly rooms: readonly Room[];
  /** Incidents somebody knows of. */
  readonly incidents: readonly string[];
  readonly mayDeclare: boolean;
  /** The answers that are offered to the next question about an incident. */
  readonly options: (state: IncidentState) => readonly Command[];
}

const NAMES = ['li', 'wang', 'zhang', 'smith'];
const MINUTE = 60_000;

/** Draws what somebody does next, from what they see. Null if it came to nothing. */
export async function nextAct(situation: Situation, key: string): Promise<Act | null> {
  const { random } = situation;
  const room = random.pick(situation.rooms);
  if (!room) return null;
  const anybody = callerIn(room, random);
  const incident = random.pick(situation.incidents);
  if (incident === undefined || (situation.mayDeclare && random.chance(0.15)))
    return declaring(situation, key, anybody, room);
  const state = await situation.app.state(incident, anybody);
  if (!state) return null;
  // Who leads does more than others.
  const lead = state.people[state.lead];
  const caller = lead?.account && random.chance(0.25) ? { ...anybody, account: lead.account } : anybody;
  const way = random.weighted([
    [5, 'command'],
    [3, 'question'],
    [3, 'press'],
    [2, 'line'],
    [1, 'form'],
  ] as const);
  switch (way) {
    case 'question':
      return answering(situation, key, caller, state);
    case 'press':
      return pressing(situation, key, caller);
    case 'line':
      return saying(situation, key, { caller, room, state });
    case 'form':
      return fillingIn(situation, key, caller, state);
    default:
      return commanding(key, caller, state, commandFor(situation, key, state));
  }
}

function callerIn(room: Room, random: Random): Caller {
  const id = random.pick(NAMES) ?? 'li';
  return { account: { platform: room.platform, tenant: room.tenant, id }, name: id, language: room.language };
}

function declaring(situation: Situation, key: string, caller: Caller, room: Room): Act {
  const { random } = situation;
  const drill = random.chance(0.25);
  const title = `泄露 ${key}`;
  const delivery = { platform: caller.account.platform, key, body: title };
  if (!drill && random.chance(0.3)) {
    const line = `新建事件 ${title}`;
    return { key, what: line, perform: (app) => lineOf(app, { line, incident: null, caller, room, delivery }) };
  }
  const awareness = random.chance(0.5) ? iso(situation.wall() - random.int(1, 180) * MINUTE) : undefined;
  const speed = random.pick([1, 10, 60, 600]) ?? 1;
  return {
    key,
    what: `declare${drill ? ` drill ${speed}` : ''}`,
    perform: async (app) =>
      answerOf(
        await app.declare({
          ...{ title, caller, room, delivery, anyway: true },
          ...(awareness === undefined || drill ? {} : { awareness }),
          ...(drill ? { drill, speed } : {}),
        }),
      ),
  };
}

function commanding(key: string, caller: Caller, state: IncidentState, intent: Command, revision = state.version): Act {
  const input = { incident: state.id, intent, revision, caller };
  return submitting(key, input);
}

function submitting(
  key: string,
  input: {
    readonly incident: string;
    readonly intent: Command;
    readonly revision: number;
    readonly caller: Caller;
  },
): Act {
  const body = JSON.stringify([input.intent, input.revision]);
  const delivery = { platform: input.caller.account.platform, key, body };
  return {
    key,
    what: `${input.incident} ${JSON.stringify(input.intent)}`,
    perform: async (app) => answerOf(await app.submit({ ...input, room: roomOf(input.intent), delivery })),
  };
}

/** A room is added by somebody who acts in it. */
function roomOf(intent: Command): Room | null {
  return intent.type === 'add_room' ? intent.room : null;
}

function answering(situation: Situation, key: string, caller: Caller, state: IncidentState): Act | null {
  const intent = situation.random.pick(situation.options(state));
  return intent ? commanding(key, caller, state, intent) : null;
}

/** A button of any message that stands in a room or with a person, however old it is. */
function pressing(situation: Situation, key: string, caller: Caller): Act | null {
  const { random } = situation;
  const peer = random.pick(situation.peers.filter((one) => one.messages.length > 0));
  const message = random.pick(peer?.messages ?? []);
  if (!message || message.deleted) return null;
  const { card, incident, revision } = readBody(message.body);
  const action = random.pick(actionsOf(card));
  if (action?.kind !== 'intent' || incident === '') return null;
  return submitting(key, { incident, intent: action.intent, revision, caller });
}

function actionsOf(card: LocalCard): readonly Action['does'][] {
  return card.blocks.flatMap((block) => ('actions' in block ? block.actions.map((action) => action.does) : []));
}

function saying(
  situation: Situation,
  key: string,
  { caller, room, state }: { caller: Caller; room: Room; state: IncidentState },
): Act {
  const line =
    situation.random.pick([
      '状态',
      '列表',
      '帮助',
      'status',
      '120万',
      '不知道',
      '30–50万',
      '半小时前',
      `记录 note ${key}`,
      `${state.id} 记录 note ${key}`,
      `note ${key}`,
      'since 09:20',
    ]) ?? '';
  const delivery = { platform: caller.account.platform, key, body: line };
  return {
    key,
    what: `${state.id} says ${line}`,
    perform: (app) => lineOf(app, { line, incident: state.id, caller, room, delivery }),
  };
}

/** A form filled in with whatever fits its fields. */
async function fillingIn(situation: Situation, key: string, caller: Caller, state: IncidentState): Promise<Act | null> {
  const { random, app } = situation;
  const item = random.pick(regime.items)?.id ?? '';
  const ref = { form: 'item', args: { incident: state.id, item } };
  const form = await app.form(ref, caller);
  if (!('fields' in form)) return null;
  const values: Record<string, string | readonly string[]> = {};
  for (const field of form.fields) {
    if (field.kind === 'one') values[field.id] = random.pick(field.options)?.value ?? '';
    else if (field.kind === 'many') values[field.id] = [random.pick(field.options)?.value ?? ''];
    else if (field.kind === 'number') values[field.id] = String(random.int(1, 5_000_000));
    else if (field.kind === 'time') values[field.id] = '20分钟前';
    else if (field.kind === 'text') values[field.id] = `text ${key}`;
  }
  const delivery = { platform: caller.account.platform, key, body: JSON.stringify(values) };
  return {
    key,
    what: `${state.id} form ${item}`,
    perform: async (to) => answerOf(await to.submitForm({ ref, revision: state.version, values, caller, delivery })),
  };
}

function commandFor(situation: Situation, key: string, state: IncidentState): Command {
  const { random } = situation;
  const now = situation.wall();
  const ago = iso(now - random.int(0, 300) * MINUTE);
  const item = random.pick(regime.items);
  const field = random.pick(item?.fields ?? []);
  const candidate = random.pick(state.candidates)?.id ?? 'none';
  const room = random.pick(situation.rooms);
  const owed = random.pick(regime.obligations)?.id ?? '';
  const draft = state.drafts.at(-1)?.draft;
  return (
    random.weighted<Command>([
      [4, { type: 'add_note', text: `note ${key}` }],
      [2, { type: 'answer', fact: 'operator', value: random.pick(['other', 'cii_involved', 'unknown']) ?? 'other' }],
      [3, { type: 'answer', fact: 'personal_info_people', value: random.int(0, 30) * 100_000 }],
      [2, { type: 'answer', fact: 'site_outage_minutes', value: { since: ago } }],
      [1, { type: 'answer', fact: 'site_kind', value: ['news_central', 'platform_super'] }],
      [1, { type: 'answer', fact: 'cii_main_function_outage_minutes', value: { since: ago } }],
      [2, { type: 'add_awareness', at: ago, source: 'alert', reachedUs: random.chance(0.8) }],
      [1, { type: 'confirm_awareness', candidate, reason: 'checked' }],
      [1, { type: 'decide_level', level: random.pick(['major', 'significant']) ?? 'major', reason: 'so it is' }],
      [2, { type: 'take_item', item: item?.id ?? '' }],
      [1, { type: 'assign_item', item: item?.id ?? '', person: random.pick(Object.keys(state.people)) ?? null }],
      [3, { type: 'fill_field', field: field?.id ?? '', value: { state: 'known', text: `text ${key}` } }],
      [3, { type: 'snooze', minutes: random.int(1, 240) }],
      [1, { type: 'compile_draft', report: 'initial', cannotDetermine: [] }],
      [
        3,
        {
          ...{
            type: 'record_filing',
            obligation: owed,
            channel: 'hotline_12387',
            at: iso(now - random.int(0, 30) * MINUTE),
          },
          ...(draft === undefined ? {} : { draft }),
        },
      ],
      [0.7, { type: 'end_handling', at: iso(now - random.int(0, 20) * MINUTE), reason: 'over' }],
      [0.7, { type: 'close', reason: 'done' }],
      [0.7, { type: 'reopen', reason: 'not done' }],
      [0.5, { type: 'not_reportable', reason: 'small', reviewAt: iso(now + random.int(10, 2_000) * MINUTE) }],
      [1, { type: 'take_lead' }],
      [1, { type: 'rename', title: `title ${key}` }],
      [state.drill ? 6 : 0.3, { type: 'set_drill_speed', speed: random.pick([0, 1, 60, 600]) ?? 0 }],
      [1, room ? { type: 'add_room', room } : { type: 'take_lead' }],
      [0.7, { type: 'remove_room', room: random.pick(Object.keys(state.rooms)) ?? 'none' }],
      [0.5, { type: 'set_language', language: random.pick(['en', 'zh-CN'] as const) ?? 'en' }],
      [0.05, { type: 'stop_state_secret' }],
    ]) ?? { type: 'take_lead' }
  );
}

async function lineOf(app: App, input: Parameters<App['text']>[0]): Promise<Answer> {
  const reply: TextReply = await app.text(input);
  return reply.kind === 'submitted' ? answerOf(reply.result) : LOOKED;
}

const LOOKED: Answer = { kind: 'looked', incident: null, version: 0, replayed: false, code: null };

function answerOf(result: FormResult): Answer {
  if (result.kind === 'invalid') return LOOKED;
  if (result.kind === 'refused') {
    return { kind: 'refused', incident: result.incident, version: 0, replayed: false, code: result.refusal.code };
  }
  const { incident, state, replayed } = result;
  return { kind: 'done', incident, version: state.version, replayed, code: null };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
