import { expect, it } from 'vitest';
import { leaked } from './approval-case.ts';
import { minutes, START } from './bench-incident.ts';

const snooze = { type: 'snooze', minutes: 60 } as const;
const at = (minute: number) => {
  const c = leaked();
  // Somebody else who can file is still reminded.
  c.must('zhao', { type: 'add_note', text: 'here' });
  c.now = START + minutes(minute);
  return c;
};

it('a snooze ends 15 minutes before the deadline at the latest', () => {
  const c = at(200);
  c.must('li', snooze);
  expect(c.current.snoozes['li']).toBe(new Date(START + minutes(225)).toISOString());
});

it.each([225, 239, 240, 300])('%i minutes into a clock of four hours it is refused', (minute) => {
  const decision = at(minute).do('li', snooze);
  expect(decision).toMatchObject({ ok: false, refusal: { code: 'too_late_to_snooze', params: { minutes: 15 } } });
});

it('once everything is filed nothing stands in its way', () => {
  const c = at(100);
  const filedAt = new Date(c.now).toISOString();
  for (const { id } of c.assess().clocks) {
    c.must('li', { type: 'record_filing', obligation: id, channel: 'web_12387', at: filedAt });
  }
  c.must('li', snooze);
  expect(c.current.snoozes['li']).toBe(new Date(START + minutes(160)).toISOString());
});

it('the last one who is reminded needs a second person, and it is their own snooze that is agreed to', () => {
  const c = leaked();
  c.now = START + minutes(100);
  c.byTwo('li', 'zhao', snooze);
  expect(Object.keys(c.current.snoozes)).toEqual(['li']);
});
