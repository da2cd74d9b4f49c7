import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Messenger } from '../use-cases/ports.ts';

/** Alarm, the last fallback: a log entry and a metric for the operator that a notice reached nobody. It cannot fail. */
export function createAlarm(log: Logger, metrics: Metrics): Messenger {
  return {
    platform: 'alarm',
    render: ({ incident }) => JSON.stringify({ incident }),
    post: async (_place, body, key) => {
      metrics.alarms.inc({ kind: 'undelivered' });
      log.error({ alarm: 'undelivered', notice: key, about: body }, 'a reminder reached nobody; tell them another way');
      return { kind: 'sent', ref: key };
    },
  };
}
