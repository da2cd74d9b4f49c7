import { expect, it } from 'vitest';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { eventNotices } from '../../src/use-cases/events-out/events.ts';

const AT = '2026-03-31T09:42:00+08:00';
const steps: readonly IncidentEvent[] = [
  { type: 'lead_taken', payload: { lead: 'li' } },
  { type: 'closed', payload: { reason: 'done' } },
];

it('tells programs the steps of an incident, and after a state-secret stop only the end', () => {
  const told = (stopped: IncidentState['stopped']): readonly (readonly string[])[] =>
    steps.map((event) =>
      eventNotices(
        { id: 'INC-2026-0001', drill: false, stopped },
        event,
        { incident: 'INC-2026-0001', version: 3 },
        {
          at: Date.parse(AT),
          listeners: [{ platform: 'webhooks', address: 'siem' }],
        },
      ).flatMap(({ content }) => (content.kind === 'event' ? [content.event.type] : [])),
    );
  expect(told(null)).toEqual([['incident.lead_taken'], ['incident.closed']]);
  expect(told({ by: 'li', at: AT, version: 2 })).toEqual([[], ['incident.closed']]);
});
