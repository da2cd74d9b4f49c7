import { importedWithoutWords } from '../imported.ts';
import { type IncidentState, withoutInherited } from '../state.ts';

/** Fields of the state that platforms look up: rooms, participants, whether it is open. */
type Kept =
  | 'id'
  | 'drill'
  | 'version'
  | 'regimes'
  | 'law'
  | 'packs'
  | 'organisation'
  | 'declared'
  | 'imported'
  | 'lead'
  | 'leadTaken'
  | 'people'
  | 'rooms'
  | 'homeRoom'
  | 'owners'
  | 'stopped'
  | 'closed'
  | 'hold'
  | 'erased'
  | 'snoozes'
  | 'segments'
  | 'scenario'
  | 'injects'
  | 'lastAct'
  | 'latestAt'
  | 'reminders'
  | 'undeliverable';

/**
 * Empty values for all parts with people's words. A new part of the state does not compile until it is listed here or
 * in `Kept`.
 */
export const NOTHING_SAID: Omit<IncidentState, Kept> = withoutInherited({
  title: '',
  renamed: null,
  acts: {},
  charge: null,
  taken: {},
  handover: null,
  relations: {},
  asked: {},
  askedFor: {},
  takenOff: {},
  chatLeft: null,
  releases: {},
  facts: {},
  standing: [],
  circumstancesTold: false,
  candidates: [],
  withdrawnCandidates: [],
  awareness: null,
  levelDecision: null,
  gradings: [],
  stamps: [],
  proposals: [],
  notReportable: null,
  readings: {},
  fields: {},
  notes: [],
  evidence: [],
  drafts: [],
  approvals: [],
  points: {},
  filings: [],
  voidedFilings: [],
  notOwed: {},
  delays: {},
  requests: [],
  tasks: [],
  calls: [],
  crossings: [],
  handlingEnded: null,
});

/** Copy of an incident without people's words, for readers who must not see them. Never assess this copy. */
export function withoutWords(state: IncidentState): IncidentState {
  const { stopped, closed, hold, imported } = state;
  return {
    ...state,
    ...NOTHING_SAID,
    imported: imported && importedWithoutWords(imported),
    stopped: stopped && { by: stopped.by, at: stopped.at, version: stopped.version },
    closed: closed && { ...closed, reason: '' },
    hold: hold && { ...hold, reason: '' },
  };
}

/** State and assessment of an incident without people's words: its judged filings have receipts and names. */
export function unsaidOf<A extends Pick<IncidentState, 'filings'>>(state: IncidentState, ia: A) {
  return { state: withoutWords(state), ia: { ...ia, filings: [] } };
}

/** Title for lists and headings; a stopped incident (possible state secret) shows "—" instead. */
export function shownTitle({ title, stopped }: Pick<IncidentState, 'title' | 'stopped'>): string {
  return stopped ? '—' : title;
}
