import type { FormReport } from '../../law/regime.ts';
import type { ReportRole } from '../../law/types.ts';
import type { EffectKind } from '../people/guard-table.ts';
import type { EventType, IncidentEvent } from './events.ts';
import { isEventType } from './evolve.ts';

/** Converts a payload of one schema version into the next. Pure. */
export type Upcaster = (payload: unknown) => unknown;
/**
 * Upcasters by type, the first from version 1 to 2; the number of a type's upcasters gives its current version. Rows are
 * never rewritten, and an upcaster is never removed.
 */
export type Upcasters = ReadonlyMap<string, readonly Upcaster[]>;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (payload: unknown): Fields => (typeof payload === 'object' && payload !== null ? { ...payload } : {});
const adding =
  (more: (fields: Fields) => object): Upcaster =>
  (payload) => ({ ...fieldsOf(payload), ...more(fieldsOf(payload)) });

const withLaws = adding(() => ({ laws: {} }));
const withRegime = adding(() => ({ regime: null, laws: {} }));
const ofOnlyLaw = adding(() => ({ regime: null }));
const ofOnlyForm = adding(() => ({ form: null }));
/** Report by the `content` of a filing as the first versions wrote it; a filing without it was of the first report. */
const FORMS: ReadonlyMap<unknown, FormReport> = new Map<unknown, FormReport>([
  [undefined, 'first'],
  ['initial_report', 'first'],
  ['summary_report', 'final'],
]);
const withForm = adding(({ content }) => ({ form: FORMS.get(content) ?? null }));
/** A correction of the receipt alone does not change the sent text. */
const withFormIfSent: Upcaster = (payload) => ('content' in fieldsOf(payload) ? withForm(payload) : payload);
/** Role of a report by its id in records of the first versions, which had one form only. */
const ROLES: ReadonlyMap<unknown, ReportRole> = new Map<unknown, ReportRole>([
  ['supplement', 'supplement'],
  ['follow_up', 'update'],
  ['summary', 'final'],
  ['correction', 'correction'],
  ['explanation', 'explanation'],
]);
const withRole = adding(({ report }) => ({ role: ROLES.get(report) ?? 'first' }));
const withRecipients = adding(({ form }) => ({ form: form ? { recipients: [], ...fieldsOf(form) } : null }));

/** Kind of effect by the ground of a proposal in the first versions; an agreement covers all effects of a proposal. */
const KINDS: ReadonlyMap<unknown, EffectKind> = new Map<unknown, EffectKind>([
  ['below_floor', 'below_floor'],
  ['later_start', 'later'],
  ['handling_again', 'later'],
]);
const withEffects = adding(({ ground }) => ({
  effects: [...new Set([KINDS.get(ground) ?? 'lost', 'lost'])].map((kind) => ({ kind, duty: null, certain: true })),
}));

const UPCASTERS: Upcasters = new Map([
  ['level_decided', [withRegime]],
  ['level_override_proposed', [withRegime]],
  ['not_reportable_decided', [withLaws, ofOnlyLaw]],
  ['question_settled', [ofOnlyLaw]],
  ['draft_compiled', [ofOnlyForm, withRole, withRecipients]],
  ['approval_requested', [ofOnlyForm]],
  ['draft_approved', [ofOnlyForm]],
  ['draft_sent_back', [ofOnlyForm]],
  ['approval_voided', [ofOnlyForm]],
  ['handling_ended', [ofOnlyLaw]],
  ['filing_recorded', [withForm]],
  ['filing_corrected', [withFormIfSent]],
  ['filing_practised', [withForm]],
  ['proposal_made', [withEffects]],
]);

/** The schema version to write an event of this type with: 1, and one more for each of its upcasters. */
export function schemaVersion(type: EventType, upcasters: Upcasters = UPCASTERS): number {
  return 1 + (upcasters.get(type)?.length ?? 0);
}

/** Returns true for a kind of stored event, as `type@v`, that this program reads. */
export function isKnownEvent(kind: string): boolean {
  const [type = '', v = ''] = kind.split('@');
  return Number(v) >= 1 && Number(v) <= newest(type, UPCASTERS);
}

/** Newest schema version of a type; 0 for a type that this program does not know. */
function newest(type: string, upcasters: Upcasters): number {
  return isEventType(type) ? schemaVersion(type, upcasters) : 0;
}

/**
 * Upgrades a stored payload to today's event. Throws for a type or schema version unknown to this program (written by a
 * newer one): an unknown event must not be interpreted.
 */
export function upcast(
  { type, v, payload }: { readonly type: string; readonly v: number; readonly payload: unknown },
  upcasters: Upcasters = UPCASTERS,
): IncidentEvent {
  const current = newest(type, upcasters);
  if (v < 1 || v > current)
    throw new Error(`events of type ${type} version ${v} are not known to this version of Jishi`);
  if (v < current) return upcast({ type, v: v + 1, payload: upcasters.get(type)?.[v - 1]?.(payload) }, upcasters);
  const event = { type, payload };
  if (!isCurrent(event)) throw new Error(`the payload of an event of type ${type} is not readable`);
  return event;
}

/** The hash chain proves the payload: this program wrote it in the current schema version of its type. */
function isCurrent(event: { type: string; payload: unknown }): event is IncidentEvent {
  return typeof event.payload === 'object' && event.payload !== null;
}
