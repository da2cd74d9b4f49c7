import type { Command } from '../incident/commands.ts';
import { rights } from '../incident/people/rights.ts';
import type { AuditEvent } from '../ops/audit.ts';

/** Commands that are audited as something else than the rights table says. */
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

/** Kind of audit line for a command; null for what everybody taking part may do. Decisions are those that need a role. */
export function auditEventOf(type: Command['type']): AuditEvent | null {
  const other = OTHERS[type];
  if (other) return other;
  return typeof rights[type].who === 'string' ? null : 'decision';
}
