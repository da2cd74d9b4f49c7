import { describe, expect, it } from 'vitest';
import { schemaVersion, upcast } from '../../src/incident/record/upcast.ts';

describe('upcasting', () => {
  const upcasters = new Map([
    [
      'note_added',
      [
        (p: unknown) => ({ ...Object(p), steps: ['1'] }),
        (p: unknown) => ({ ...Object(p), steps: [...Object(p).steps, '2'] }),
      ],
    ],
  ]);
  const stored = (v: number, type = 'note_added') => ({ type, v, payload: { text: 'x' } });

  it('leaves today’s events alone', () => {
    const payload = { note: 'n1', text: 'x' };
    expect(upcast({ type: 'note_added', v: schemaVersion('note_added'), payload })).toEqual({
      type: 'note_added',
      payload,
    });
  });

  it('writes the version that follows from the upcasters of a type', () => {
    expect(schemaVersion('note_added', upcasters)).toBe(3);
    expect(
      (['level_decided', 'level_override_proposed', 'not_reportable_decided'] as const).map((type) =>
        schemaVersion(type),
      ),
    ).toEqual([2, 2, 3]);
  });

  it('takes every step from the stored version to today’s, in order, without touching what was read', () => {
    const old = stored(1);
    expect(upcast(old, upcasters).payload).toEqual({ text: 'x', steps: ['1', '2'] });
    expect(upcast({ ...stored(2), payload: { steps: [] } }, upcasters).payload).toEqual({
      steps: ['2'],
    });
    expect(old).toEqual(stored(1));
  });

  it('concludes nothing from what it does not understand', () => {
    expect(() => upcast(stored(schemaVersion('note_added') + 1))).toThrow(/not known to this version/);
    expect(() => upcast(stored(1, 'toString'))).toThrow(/not known to this version/);
    expect(() => upcast(stored(0), upcasters)).toThrow(/not known to this version/);
    expect(() => upcast(stored(4), upcasters)).toThrow(/not known to this version/);
  });
});

describe('decisions of older versions', () => {
  it('are of the regime of the incident, whose version was not kept then', () => {
    const level = { level: 'major', floor: 'major', ceiling: 'major', kind: 'confirmed', criteria: [] };
    expect(upcast({ type: 'level_decided', v: 1, payload: level }).payload).toEqual({
      ...level,
      regime: null,
      laws: {},
    });
    const none = { reason: 'x', reviewAt: '2026-04-01T09:00:00+08:00', floor: 'general' };
    expect(upcast({ type: 'not_reportable_decided', v: 1, payload: none }).payload).toEqual({
      ...none,
      regime: null,
      laws: {},
    });
  });
});

describe('records of one law', () => {
  const now = (type: string, payload: object) => upcast({ type, v: 1, payload }).payload;

  it('say by their content which report of the form was filed', () => {
    const filed = { obligation: 'x', at: '2026-03-31T13:21:00+08:00' };
    const forms = [undefined, 'initial_report', 'summary_report', 'crime_report', 'authority_request'].map((content) =>
      now('filing_recorded', content === undefined ? filed : { ...filed, content }),
    );
    expect(forms).toMatchObject([
      { form: 'first' },
      { form: 'first' },
      { form: 'final' },
      { form: null },
      { form: null },
    ]);
    expect(now('filing_practised', { ...filed, content: 'summary_report' })).toMatchObject({ form: 'final' });
  });

  it('keep a correction of the receipt alone as it is', () => {
    expect(now('filing_corrected', { filing: 7, receipt: 'r' })).toEqual({ filing: 7, receipt: 'r' });
    expect(now('filing_corrected', { filing: 7, content: 'initial_report' })).toMatchObject({ form: 'first' });
  });

  it('name no law for a question or a draft: there was one', () => {
    expect(now('question_settled', { question: 'q', reading: 'r', reason: 'x' })).toMatchObject({ regime: null });
    const drafts = ['initial', 'supplement', 'follow_up', 'summary', 'correction', 'explanation'].map((report) =>
      now('draft_compiled', { draft: 1, report }),
    );
    expect(drafts[0]).toMatchObject({ form: null });
    for (const type of ['approval_requested', 'draft_approved', 'draft_sent_back', 'approval_voided'])
      expect(now(type, { draft: 1, hash: 'h' })).toMatchObject({ form: null });
    expect(now('handling_ended', { at: '2026-04-01T09:00:00+08:00', reason: 'x' })).toMatchObject({ regime: null });
    const roles = ['first', 'supplement', 'update', 'final', 'correction', 'explanation'];
    expect(drafts).toMatchObject(roles.map((role) => ({ role })));
  });
});
