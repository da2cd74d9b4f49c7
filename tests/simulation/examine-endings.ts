import type { RecordedEvent } from '../../src/incident/record/events.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { isOfClock } from '../../src/incident/steps.ts';
import type { Evidence } from './examine.ts';

/** What is decided is on the record within so many ms. */
const UNDER_WAY = 60_000;

/** A late reminder ends unsent only if a newer one had arrived in its place, or nothing of it was open any more. */
export async function endingsAreRight({ bot, incidents }: Evidence): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const id of incidents) {
    const arrived = new Set<string>();
    const states: { readonly at: number; readonly state: IncidentState }[] = [];
    for (const recorded of await bot.store.events(id)) {
      const { event, at } = recorded;
      const before = states.at(-1)?.state ?? null;
      states.push({ at: Date.parse(at), state: evolve(before, recorded) });
      if (event.type !== 'notice_delivered' || !before) continue;
      const { notice, outcome } = event.payload;
      if (outcome === 'sent' || outcome === 'repeated') arrived.add(notice);
      if (outcome === 'superseded' && !isSaid(notice, before, arrived))
        wrong.push(`${notice} was superseded by nothing that arrived`);
      if (outcome === 'settled' && !isSettled(recorded, notice, states, bot.house.engine))
        wrong.push(`${notice} was taken for settled while it was open`);
    }
  }
  return wrong;
}

function isSaid(notice: string, { reminders }: IncidentState, arrived: ReadonlySet<string>): boolean {
  const [id, version, ...rest] = notice.split(':');
  return reminders.some((one) => one.version > Number(version) && arrived.has([id, one.version, ...rest].join(':')));
}

function isSettled(
  { at }: RecordedEvent,
  notice: string,
  states: readonly { readonly at: number; readonly state: IncidentState }[],
  engine: Evidence['bot']['house']['engine'],
): boolean {
  const last = states.at(-1)?.state;
  const due = last?.reminders.find(({ version }) => version === Number(notice.split(':')[1]));
  if (!due || !isOfClock(due.step)) return due !== undefined;
  const now = Date.parse(at);
  const lately = states.filter((one, index) => (states[index + 1]?.at ?? now) >= now - UNDER_WAY && one.at <= now);
  return lately.some(({ state }) => {
    const { clocks, owed } = engine.assess(state, now);
    const open = clocks.filter(
      ({ id, filing, status }) => !filing && status !== 'void' && due.obligations.includes(id),
    );
    return open.every(({ id }) => state.closed && (state.drill || !owed.includes(id)));
  });
}
