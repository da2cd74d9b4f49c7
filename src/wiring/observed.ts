import type { Command } from '../incident/commands.ts';
import { rights } from '../incident/people/rights.ts';
import type { Audit, AuditEvent } from '../ops/audit.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { EngineDependencies } from '../use-cases/engine.ts';

/** Counts, logs and audits each command that the engine ran or refused. */
export function observing(metrics: Metrics, log: Logger, audit: Audit): NonNullable<EngineDependencies['ran']> {
  return ({ request, outcome, actor, person }) => {
    const incident = outcome.id;
    const { platform, key } = request.delivery;
    const reason = outcome.kind === 'refused' ? outcome.refusal.code : null;
    for (const { type } of request.commands) {
      metrics.commands.inc({ type, outcome: outcome.kind });
      log.debug({ command: type, outcome: outcome.kind, code: reason, incident, platform }, 'command');
      const event = auditEventOf(type);
      // Replays and outdated revisions decided nothing, so they are not audited.
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

/** Audit kinds that do not follow from the right to give the command. */
const OTHERS: Readonly<Partial<Record<Command['type'], AuditEvent>>> = {
  declare: 'declaration',
  stop_state_secret: 'decision',
  leave_chat: 'decision',
  release_abroad: 'release_abroad',
  withdraw_release: 'release_abroad',
  erase: 'erasure',
  hold: 'administration',
  release_hold: 'administration',
  expire: 'erasure',
};

/** Returns a command's audit kind; null if all participants may give it. Those that need a role are decisions. */
export function auditEventOf(type: Command['type']): AuditEvent | null {
  const other = OTHERS[type];
  if (other) return other;
  return typeof rights[type].who === 'string' ? null : 'decision';
}
