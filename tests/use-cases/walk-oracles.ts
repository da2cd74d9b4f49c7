import type { Action } from '../../src/conversation/cards/card.ts';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { consoleAccount } from '../../src/http/members.ts';
import type { Command } from '../../src/incident/commands.ts';
import { rolesToSecond } from '../../src/incident/people/guard-table.ts';
import { rights } from '../../src/incident/people/rights.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { wantedTimers } from '../../src/use-cases/notices/timer-plan.ts';
import type { Refusal } from '../../src/use-cases/ports.ts';
import { explaining } from '../../src/wiring/explain.ts';
import { actionsOf, type Pick, WHO } from '../http/guard-acts.ts';
import { inChat, OPS, type Played } from '../http/guard-door.ts';
import { misdrawn, PLATFORMS } from './walk-drawn.ts';

const LANGUAGES = ['en', 'zh-CN'] as const;
const VIEWS: readonly string[] = [
  ...[
    'status',
    'proposals',
    'verdict',
    'question',
    'checklist',
    'draft',
    'text',
    'reading',
    'tasks',
    'owed',
    'assessment',
  ],
  ...[
    'why',
    'law',
    'people',
    'answers',
    'more',
    'private',
    'script',
    'send',
    'timeline',
    'catchup',
    'papers',
    'download',
  ],
];
/** Views with texts of the law or of a report, whose two languages do not give the same times. */
const UNLIKE: readonly string[] = ['text', 'reading', 'script', 'law'];
/** Number of timers of one incident beyond which the plan leaves some out. */
const PLANNED = 12;

/** Faults of an incident as it stands now: its record, timers and proposals, and what one person sees of it. */
export async function faultsOf(c: Played, pick: Pick): Promise<readonly string[]> {
  const who = pick(WHO);
  const views = ['status', 'owed', pick(VIEWS), pick(VIEWS), pick(VIEWS)];
  return [
    ...(await refolded(c)),
    ...untimed(c),
    ...(await unexplained(c)),
    ...(await unanswerable(c)),
    ...(await unlikeApi(c, who)),
    ...(await Promise.all(views.map((view) => faultsOfView(c, { who, view, pick })))).flat(),
  ];
}

/** The record read again gives the state in use. */
async function refolded(c: Played): Promise<readonly string[]> {
  let state: IncidentState | null = null;
  for (const recorded of await c.doors.running.store.events(c.id)) state = evolve(state, recorded);
  const [again, current] = [JSON.stringify(state), JSON.stringify(c.current)];
  const at = Array.from(current).findIndex((one, n) => one !== again[n]);
  const parts = [again, current].map((one) => one.slice(at - 60, at + 120));
  return again === current ? [] : [`the record read again gives another state: ${parts.join(' instead of ')}`];
}

/** Every open duty with a deadline in the future has a timer for it. */
function untimed(c: Played): readonly string[] {
  const { current } = c;
  const assessment = c.assess();
  if (current.erased || current.closed) return [];
  const wanted = wantedTimers(current, assessment);
  if (wanted.length >= PLANNED) return [];
  const dues = assessment.clocks.flatMap(({ id, due, filing, status }) =>
    filing || status === 'void' ? [] : [{ id, at: Date.parse(due) }],
  );
  const ahead = dues.filter(({ at }) => at > Date.parse(assessment.now));
  return ahead.flatMap(({ id, at }) => (wanted.some(({ dueAt }) => dueAt === at) ? [] : [`no timer for ${id}`]));
}

/** Number of proposals on a card; that of a stopped incident has one. */
const SHOWN = 2;

/** Every open proposal that may be settled now is offered to somebody who may agree. */
async function unanswerable({ id, current, doors }: Played): Promise<readonly string[]> {
  const { app } = doors.running.house;
  const inConsole = (who: string): Caller => ({ account: consoleAccount(who), name: who, language: 'zh-CN' });
  const callers = WHO.flatMap((who) => [inChat(who), inConsole(who)]);
  const cards = await Promise.all(callers.map((one) => app.view({ view: 'proposals', args: { incident: id } }, one)));
  const offered = new Set(cards.flatMap((card) => ('code' in card ? [] : actionsOf(card))).map((one) => one.id));
  const { closed, stopped, erased } = current;
  const open = current.proposals.filter(({ settled, command: { type } }) => {
    // Two people alone cannot remove each other; the card says so.
    if (type === 'remove_person') return false;
    const { whenClosed = false, whenStopped = false } = rights[type];
    return settled === null && !erased && (closed === null || whenClosed) && (!stopped || whenStopped);
  });
  return open
    .slice(0, SHOWN)
    .flatMap((one) =>
      offered.has(`agree_${one.id}`)
        ? []
        : [`nobody can agree to ${one.id} ${one.command.type}: ${rolesToSecond(current, one).join()}`],
    );
}

/** The API gives the deadlines of the assessment, in both languages, and the register has the incident with them. */
async function unlikeApi(c: Played, who: string): Promise<readonly string[]> {
  const { app } = c.doors.running.house;
  const caller = inChat(who);
  const [zh, en] = [await app.incident(c.id, caller, 'zh-CN'), await app.incident(c.id, caller, 'en')];
  if (zh === null) return [];
  const rows = await app.register(caller, { drills: true }, 'zh-CN');
  const row = rows.find(({ id }) => id === c.id);
  const { obligations } = c.assess();
  const wanted = obligations.flatMap(({ id, due, filing, status }) =>
    due && !filing && status !== 'void' ? [`${id} ${due}`] : [],
  );
  const given = row?.duties.flatMap(({ id, due, filedAt, status }) =>
    due && filedAt === null && status !== 'void' ? [`${id} ${due}`] : [],
  );
  return [
    ...(timesIn(visible(zh)) === timesIn(visible(en)) ? [] : [`the API gives ${who} other times by language`]),
    ...(given && given.toSorted().join() === wanted.toSorted().join()
      ? []
      : [`the register gives ${who} ${given?.join()}`]),
  ];
}

interface Look {
  readonly who: string;
  readonly view: string;
  readonly pick: Pick;
}

/** A view has the same times in both languages, no holes, no dead button, and its buttons come back from each platform. */
async function faultsOfView(c: Played, look: Look): Promise<readonly string[]> {
  const { who, view, pick } = look;
  const card = await c.doors.running.house.app.view({ view, args: { incident: c.id, draft: '1' } }, inChat(who));
  if ('code' in card) return [];
  const texts = LANGUAGES.map((language) => visible(localiseCard(card, language)));
  const isLike = UNLIKE.includes(view) || new Set(texts.map(timesIn)).size === 1;
  const holes = texts.flatMap((text) => HOLE.exec(text)?.[0] ?? []);
  const message = {
    incident: c.id,
    card,
    language: pick(LANGUAGES),
    revision: c.current.version,
    ring: false,
    surface: view,
  };
  const dead = await Promise.all(actionsOf(card).map((action) => deadEnd(c, who, action)));
  const found = [
    ...(isLike ? [] : [`other times by language: ${texts.map(timesIn).join(' | ')} in\n${texts.join('\n')}`]),
    ...holes.map((hole) => `a hole: ${hole}`),
    ...dead.flat(),
    ...(await Promise.all(PLATFORMS.map((platform) => misdrawn(message, platform)))).flat(),
  ];
  return found.map((one) => `${view} for ${who}: ${one}`);
}

const HOLE = /.{0,40}(?:\{\w+\}|undefined|NaN|\[object).{0,40}/;
/** Fields of a localised card or of the API that nobody reads as text. */
const UNSEEN: readonly string[] = [
  ...['kind', 'id', 'type', 'style', 'tone', 'fact', 'obligation', 'instant', 'incident', 'view', 'form'],
  ...['at', 'reviewAt', 'receivedAt', 'due', 'does', 'now'],
];

function visible(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null) return '';
  const shown = Object.entries(part).filter(([key]) => !UNSEEN.includes(key));
  return shown.map(([, value]) => visible(value)).join('\n');
}

/** Times of day in a text, each once, e.g. `09:42 13:42`; a report has `9时42分`. */
function timesIn(text: string): string {
  const found = [...text.matchAll(/(?<!\d)(\d{1,2})(?::|时)(\d{2})(?!\d)/g)];
  return [...new Set(found.map(([, hour = '', minute = '']) => `${hour.padStart(2, '0')}:${minute}`))].sort().join(' ');
}

/** A button of a person's own view that leads to a refusal. */
async function deadEnd(c: Played, who: string, { id, does }: Action): Promise<readonly string[]> {
  const { app } = c.doors.running.house;
  const caller = inChat(who);
  if (does.kind === 'intent') {
    const refusal = refusalOf(c, who, does.intent);
    return refusal ? [`[${id}] is refused: ${JSON.stringify(refusal)}`] : [];
  }
  const opened = does.kind === 'form' ? await app.form(does.form, caller) : null;
  const looked = does.kind === 'view' ? await app.view(does.view, caller) : opened;
  return looked && 'code' in looked ? [`[${id}] opens nothing: ${JSON.stringify(looked)}`] : [];
}

function refusalOf(c: Played, who: string, intent: Command): Refusal | null {
  const { current, doors } = c;
  const known = Object.values(current.people).find(
    (one) => one.account?.platform === 'slack' && one.account.id === who,
  );
  const request = {
    target: { incident: c.id },
    who: inChat(who),
    revision: current.version,
    delivery: doors.delivery(),
  };
  return doors.running.house.engine.check(
    current,
    { ...request, room: OPS, commands: [intent] },
    known?.actor ?? `new-${who}`,
  );
}

/** Buttons of the incident's room: each press by each person is done, or refused by a sentence without holes. */
async function unexplained(c: Played): Promise<readonly string[]> {
  const { house } = c.doors.running;
  const { asSentence } = explaining(house);
  const cards = (await house.app.cards(c.id, inChat('li'))) ?? [];
  const intents = cards.flatMap(({ card }) =>
    actionsOf(card).flatMap(({ id, does }) => (does.kind === 'intent' ? [{ id, intent: does.intent }] : [])),
  );
  return intents.flatMap(({ id, intent }) =>
    WHO.flatMap((who) => {
      const refusal = refusalOf(c, who, intent);
      const said = refusal ? LANGUAGES.map((language) => asSentence(refusal, language, c.current)) : [];
      const isHelp = said.every((text) => text !== '' && !HOLE.test(text) && text !== refusal?.code);
      return isHelp ? [] : [`[${id}] by ${who} is refused by: ${said.join(' | ')}`];
    }),
  );
}
