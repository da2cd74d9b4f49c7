import type { Card } from '../../src/conversation/cards/card.ts';
import type { Account } from '../../src/incident/identity.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import type { Change, ChangeRequest, Current, NewNotice, Verdict } from '../../src/use-cases/ports.ts';

export const AT = Date.parse('2026-03-02T09:00:00+08:00');
export const ROOM = 'chat/acme/general';
export const LIN: Account = { platform: 'chat', tenant: 'acme', id: 'lin' };
export const WANG: Account = { platform: 'chat', tenant: 'acme', id: 'wang' };

const CARD: Card = {
  tone: 'running',
  drill: false,
  title: { raw: '数据泄露 <b>' },
  summary: { raw: 'due in 1 h' },
  blocks: [],
};

type Extras = Partial<Pick<Change, 'timers' | 'notices' | 'surfaces' | 'result'>> & {
  readonly row?: Partial<Change['row']>;
};

/** A verdict that commits `events` with a plausible row. */
export function commits(current: Current, events: readonly IncidentEvent[], extras: Extras = {}): Verdict {
  const at = new Date(AT).toISOString();
  return {
    kind: 'commit',
    change: {
      events,
      row: {
        id: current.id,
        title: current.state?.title ?? 'Outage',
        drill: false,
        phase: 'classifying',
        level: 'undetermined',
        lead: current.state?.lead ?? current.actor,
        declaredAt: at,
        nextDue: null,
        version: (current.state?.version ?? 0) + events.length,
        participants: [current.actor],
        rooms: [ROOM],
        ...extras.row,
      },
      timers: extras.timers ?? [],
      notices: extras.notices ?? [],
      surfaces: extras.surfaces ?? [],
      result: extras.result ?? { version: (current.state?.version ?? 0) + events.length },
    },
  };
}

export function declared(current: Current, title = 'Outage'): IncidentEvent {
  const at = new Date(AT).toISOString();
  return {
    type: 'declared',
    payload: {
      id: current.id,
      title,
      drill: false,
      regimes: ['cn-cac-2025'],
      segment: { wall: at, incidentTime: at, rate: 1 },
      room: null,
      organisation: null,
    },
  };
}

export function note(text: string): IncidentEvent {
  return { type: 'note_added', payload: { note: `n-${text}`, text } };
}

type Overrides = Partial<Omit<ChangeRequest, 'delivery'>> & { readonly body?: string };

/** A request that declares an incident under the delivery key `key`. */
export function declaring(key: string, overrides: Overrides & { extras?: Extras; title?: string } = {}): ChangeRequest {
  const { body, extras, title, ...request } = overrides;
  return {
    target: { series: 'INC', year: 2026 },
    delivery: { platform: 'chat', key, bodyHash: body ?? `body of ${key}` },
    actor: LIN,
    at: AT,
    decide: (current) => commits(current, [declared(current, title)], { row: { title: title ?? 'Outage' }, ...extras }),
    ...request,
  };
}

/** A request that writes one note into an existing incident. */
export function noting(incident: string, key: string, overrides: Overrides & { extras?: Extras } = {}): ChangeRequest {
  const { body, extras, ...request } = overrides;
  return {
    target: { incident },
    delivery: { platform: 'chat', key, bodyHash: body ?? `body of ${key}` },
    actor: LIN,
    at: AT,
    decide: (current) => commits(current, [note(key)], extras),
    ...request,
  };
}

export function refusing(code: string): ChangeRequest['decide'] {
  return () => ({ kind: 'refuse', refusal: { code, params: { why: 'because' } } });
}

export function notice(key: string, overrides: Partial<NewNotice> = {}): NewNotice {
  return {
    key,
    incident: null,
    lane: 'reminder',
    to: { kind: 'room', room: ROOM, ring: true },
    content: { kind: 'card', card: CARD },
    dueAt: AT,
    ...overrides,
  };
}
