import type { Audit } from '../ops/audit.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import { auditEventOf } from '../use-cases/audit-events.ts';
import type { EngineDependencies } from '../use-cases/engine.ts';

/** Counts, logs and audits each command the engine ran, or refused. */
export function observing(metrics: Metrics, log: Logger, audit: Audit): NonNullable<EngineDependencies['ran']> {
  return ({ request, outcome, actor, person }) => {
    const incident = outcome.id;
    const { platform, key } = request.delivery;
    const reason = outcome.kind === 'refused' ? outcome.refusal.code : null;
    for (const { type } of request.commands) {
      metrics.commands.inc({ type, outcome: outcome.kind });
      log.debug({ command: type, outcome: outcome.kind, code: reason, incident, platform }, 'command');
      const event = auditEventOf(type);
      // A repeated delivery, or another revision than the one asked for, decided nothing.
      if (event === null || outcome.kind === 'replayed' || reason === 'stale_revision') continue;
      audit({
        audit: event,
        outcome: reason === null ? 'done' : 'refused',
        actor,
        ...(person === null ? {} : { person }),
        incident,
        what: reason === null ? type : `${type}:${reason}`,
        way: platform,
        delivery: key,
      });
    }
  };
}
