import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** Kinds of audit lines; `docs/operating.md` describes each. */
export const AUDIT_EVENTS = [
  'sign_in',
  'sign_in_refused',
  'sign_out',
  'session_refused',
  'link_requested',
  'link_refused',
  'token_refused',
  'alert',
  'assistant',
  'declaration',
  'decision',
  'release_abroad',
  'export',
  'erasure',
  'administration',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

/** Audit line. Ids only: no names, titles or text by people. */
export interface AuditEntry {
  readonly audit: AuditEvent;
  readonly outcome: 'done' | 'refused';
  /** Actor id on the record; null for a person who has not acted yet. */
  readonly actor?: string | null;
  /** Person id in the organisation profile. */
  readonly person?: string | null;
  readonly incident?: string | null;
  /** Command, kind of file, or reason of a refusal, e.g. `decide_level`, `report.docx`, `forbidden`. */
  readonly what?: string;
  /** Origin of the act: sign-in method, or platform. */
  readonly way?: string;
  /** Key of the delivery on the platform, which identifies a redelivery. */
  readonly delivery?: string;
}

export type Audit = (entry: AuditEntry) => void;

/** Refusals counted in the metrics, with their label. */
const COUNTED: Readonly<Partial<Record<AuditEvent, string>>> = {
  link_refused: 'link',
  token_refused: 'token',
  sign_in_refused: 'sign_in',
  session_refused: 'session',
};

/** Writes audit lines to the log, whatever its level, and counts sign-ins and refusals. */
export function createAudit(log: Logger, metrics: Pick<Metrics, 'signIns' | 'refusals'>): Audit {
  const lines = log.level === 'silent' ? null : log.child({}, { level: 'info' });
  return (entry) => {
    if (entry.audit === 'sign_in') metrics.signIns.inc({ way: entry.way ?? '' });
    const what = COUNTED[entry.audit];
    if (what !== undefined) metrics.refusals.inc({ what });
    lines?.info(entry, 'audit');
  };
}
