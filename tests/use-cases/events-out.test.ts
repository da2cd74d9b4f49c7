import { expect, it } from 'vitest';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { eventNotice } from '../../src/use-cases/events-out/events.ts';
import { leakCase } from '../report/cases.ts';

const AT = '2026-03-31T09:42:00+08:00';
const steps: readonly IncidentEvent[] = [
  { type: 'lead_taken', payload: { lead: 'li' } },
  { type: 'closed', payload: { reason: 'done' } },
];

it('tells programs the steps of an incident, and after a state-secret stop only the end', () => {
  const told = (stopped: IncidentState['stopped']): readonly (readonly string[])[] =>
    steps.map((event) => {
      const entry = { incident: 'INC-2026-0001', version: 3 };
      const siem = { platform: 'webhooks', address: 'siem' };
      const content = eventNotice(
        { id: entry.incident, drill: false, stopped },
        event,
        entry,
        Date.parse(AT),
        siem,
      )?.content;
      return content?.kind === 'event' ? [content.event.type] : [];
    });
  expect(told(null)).toEqual([['incident.lead_taken'], ['incident.closed']]);
  expect(told({ by: 'li', at: AT, version: 2 })).toEqual([[], ['incident.closed']]);
});

it('has the entries stamped on declaration, awareness, approval and filing, also after a stop, never in a drill', () => {
  const on = (event: IncidentEvent, more: { drill?: boolean; stopped?: IncidentState['stopped'] } = {}): boolean => {
    const entry = { incident: 'INC-2026-0001', version: 3 };
    const tsa = { platform: 'timestamps', address: 'tsa', stamps: true } as const;
    const state = { id: entry.incident, drill: false, stopped: null, ...more };
    return eventNotice(state, event, entry, Date.parse(AT), tsa) !== null;
  };
  const it = leakCase();
  it.must('li-wei', { type: 'decide_level', level: 'major' });
  it.must('zhao-min', { type: 'confirm_awareness', candidate: 'a2', reason: '告警' });
  it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
  const { draft = 0, text } = it.current.drafts.at(-1) ?? {};
  it.must('zhao-min', { type: 'approve', draft, hash: text?.hash ?? '' });
  const at = new Date(it.now).toISOString();
  it.must('zhao-min', { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft });
  const stamped = it.events.flatMap(({ event }) => (on(event) ? [event.type] : []));
  expect([...new Set(stamped)]).toEqual([
    'declared',
    'awareness_candidate_added',
    'awareness_confirmed',
    'draft_approved',
    'filing_recorded',
  ]);
  const [{ event } = { event: steps[0] }] = it.events;
  if (!event) throw new Error('no event');
  expect(on(event, { drill: true })).toBe(false);
  expect(on(event, { stopped: { by: 'li', at: AT, version: 2 } })).toBe(true);
});
