import type { End } from '../delivery/outbox.ts';
import { asOf } from '../incident/people/people.ts';
import type { CurrentProfile } from '../incident/people/profile.ts';
import type { Metrics } from '../ops/metrics.ts';
import { traced } from '../ops/tracing.ts';
import { nameOf } from '../scheduling/scheduler.ts';
import type { App } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import type { Engine } from '../use-cases/engine.ts';
import { parseKey, placeText } from '../use-cases/notices/notice-key.ts';
import type { Notice, Stamped, Store, StoredTimer } from '../use-cases/ports.ts';

/** Store that reads states with the people and roles of the profile in force; the engine does so in changes. */
export function withPeopleInForce(store: Store, profile: CurrentProfile): Store {
  return {
    ...store,
    incident: async (id) => {
      const state = await store.incident(id);
      return state && asOf(state, profile());
    },
  };
}

/** Fires a due timer: appends a `tick` command to the incident; reminders follow from its events. */
export async function fireTimer(engine: Engine, metrics: Metrics, timer: StoredTimer): Promise<void> {
  metrics.timerDelay.observe(Math.max(0, engine.deps.clock.now() - timer.dueAt) / 1000);
  await engine.run({
    target: { incident: timer.incident },
    commands: [{ type: 'tick', timer: timer.key, dueAt: new Date(timer.dueAt).toISOString() }],
    who: 'clock',
    revision: null,
    // The key contains the due time, because the same timer armed again is another delivery.
    delivery: { platform: 'timer', key: nameOf(timer), body: timer.key },
    room: null,
    timer: timer.key,
  });
}

/** Records the outcome of a reminder in its incident; other lanes are recorded in the outbox only. */
export async function recordDelivery(
  engine: Engine,
  metrics: Metrics,
  notice: Notice,
  { outcome, mayHaveArrived, stamp }: Omit<End, 'outcome'> & { readonly outcome: End['outcome'] | 'delayed' },
  place: string,
  refused = false,
): Promise<void> {
  // A late or refused notice reports `delayed` after each attempt; only its final outcome is counted.
  if (outcome !== 'delayed') metrics.notices.inc({ outcome });
  if (notice.incident === null) return;
  if (stamp) await recordStamp(engine, notice.incident, notice.key, stamp);
  if (notice.lane !== 'reminder') return;
  const lateSeconds = Math.max(0, Math.round((engine.deps.clock.now() - notice.dueAt) / 1000));
  const key = outcome === 'undeliverable' && notice.to.kind === 'person' ? parseKey(notice.key) : null;
  const { incident } = notice;
  // The command joins the trace of its cause; else the cards that it changes would begin another trace.
  const told = await traced('record delivery', { remembered: notice.key }, () =>
    engine.run({
      target: { incident },
      commands: [
        {
          type: 'record_delivery',
          notice: notice.key,
          outcome,
          room: place || placeText(notice.to),
          lateSeconds,
          ...(key === null ? {} : { failed: [key.to] }),
          ...(refused ? { refused } : {}),
          ...(mayHaveArrived ? { mayHaveArrived } : {}),
        },
      ],
      who: 'clock',
      revision: null,
      // The key of `delayed` differs from that of the final outcome, so that each is recorded once.
      delivery: {
        platform: 'outbox',
        key: outcome === 'delayed' ? `${notice.key} delayed` : notice.key,
        body: outcome,
      },
      room: null,
    }),
  );
  if (outcome === 'delayed' && told.kind === 'committed') metrics.notices.inc({ outcome });
}

/** Records a time-stamping authority's answer, once per entry. */
async function recordStamp(engine: Engine, incident: string, key: string, stamp: Stamped): Promise<void> {
  await engine.run({
    target: { incident },
    commands: [{ type: 'record_stamp', ...stamp }],
    who: 'clock',
    revision: null,
    delivery: { platform: 'outbox', key: `${key} stamp`, body: String(stamp.version) },
    room: null,
  });
}

/** Makes the file of a notice now. Throws if the report is not available. */
export async function documentOf(notice: Notice, app: App): Promise<MadeFile> {
  if (notice.content.kind !== 'file' || notice.incident === null) throw new Error('not a file notice');
  const { format, language } = notice.content.document;
  const rendered = await app.report(notice.incident, 'api', {
    format: format === 'pdf' ? 'pdf' : 'docx',
    language: language === 'en' ? 'en' : 'zh',
  });
  if (!('content' in rendered)) throw new Error(`report refused: ${rendered.code}`);
  return rendered;
}
