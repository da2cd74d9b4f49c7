import { describe, expect, it } from 'vitest';
import type { CommandOf } from '../../src/incident/commands.ts';
import { company, drafted, hashOf, leaked, measures } from './approval-case.ts';
import { Case, minutes, START } from './bench-incident.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const refusal = (c: Case, who: string, command: Parameters<Case['do']>[1]) => {
  const decision = c.do(who, command);
  return decision.ok ? null : decision.refusal;
};
const filing = (c: Case, more: Partial<CommandOf<'record_filing'>> = {}): CommandOf<'record_filing'> => ({
  type: 'record_filing',
  obligation: 'cac.art4.other',
  channel: 'email_12387',
  at: iso(c.now),
  ...more,
});

describe('a filing', () => {
  it('keeps recipient, kind and hash of the text, whether it was approved, receipt and proof', () => {
    const c = leaked();
    const file = 'a'.repeat(64);
    c.must('li', { type: 'add_evidence', evidence: { file, name: 'mail.eml', size: 3, mediaType: 'message/rfc822' } });
    const draft = drafted(c);
    const form = { regime: 'cn-cac-2025', report: 'first', recipients: ['provincial_cac'] };
    expect(draft.form).toEqual(form);
    c.must('zhao', { type: 'approve', draft: 1, hash: hashOf(draft) });
    expect(c.current.approvals[0]?.form).toEqual(form);
    c.must('zhao', filing(c, { draft: 1, receipt: '17', proof: file }));
    expect(c.current.filings[0]).toMatchObject({
      recipient: 'provincial_cac',
      report: 'initial',
      hash: hashOf(draft),
      approved: true,
      receipt: '17',
      proof: file,
      lateSeconds: 0,
    });
    expect(refusal(c, 'zhao', filing(c, { channel: 'web_12387', proof: 'b'.repeat(64) }))?.code).toBe('unknown_file');
  });

  it('meets its clock, or is late by how much; the reason may follow', () => {
    const c = leaked();
    c.now = START + minutes(250);
    c.must('li', filing(c));
    expect(c.current.filings[0]?.lateSeconds).toBe(600);
    expect(refusal(c, 'li', { type: 'explain_delay', obligation: 'police.art14', reason: 'x' })?.code).toBe('not_late');
    c.must('chen', { type: 'explain_delay', obligation: 'cac.art4.other', reason: 'the line was busy' });
    expect(c.current.delays['cac.art4.other']).toMatchObject({ by: 'chen', reason: 'the line was busy' });
  });

  it('of what follows the first report is never late', () => {
    const c = leaked();
    c.must('li', filing(c));
    c.now = START + minutes(600);
    c.must('li', filing(c, { draft: drafted(c, 'follow_up').draft }));
    expect(c.current.filings[1]).toMatchObject({ due: null, lateSeconds: 0, report: 'follow_up' });
    expect(c.assess().obligations.find(({ id }) => id === 'cac.art4.other')?.filing?.report).toBeUndefined();
  });

  it('without approval needs a reason where the profile says how texts are approved, but never for a call', () => {
    const c = leaked(company({ fourEyes: true }));
    drafted(c);
    expect(refusal(c, 'li', filing(c, { draft: 1 }))?.code).toBe('needs_approval');
    c.must('li', filing(c, { draft: 1, withoutApproval: 'five minutes left' }));
    expect(c.current.filings[0]).toMatchObject({ approved: false, withoutApproval: 'five minutes left' });
    const called = leaked(company({ fourEyes: true }));
    called.must('li', filing(called, { channel: 'hotline_12387', takenBy: '值班员' }));
    expect(called.current.tasks).toMatchObject([{ kind: 'written', owner: 'li', finished: null }]);
    called.must('li', filing(called, { channel: 'web_12387' }));
    expect(called.current.tasks[0]?.finished?.by).toBe('li');
  });

  it('of an approved text whose level has risen since counts as approved', () => {
    const c = leaked(company({}));
    const draft = drafted(c);
    c.must('zhao', { type: 'approve', draft: 1, hash: hashOf(draft) });
    c.must('li', { type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    c.must('li', { type: 'decide_level', level: 'significant' });
    expect(c.current.approvals[0]?.voided?.levelRose).toBe(true);
    c.must('zhao', filing(c, { draft: 1 }));
    expect(c.current.filings[0]?.approved).toBe(true);
  });

  it.each([
    ['before a colleague added a fact', 0, true],
    ['after it', 3, false],
  ])('of a text that was approved when it was sent, %s, counts as it was then', (_, later, approved) => {
    const c = leaked(company({}));
    const draft = drafted(c);
    c.must('zhao', { type: 'approve', draft: 1, hash: hashOf(draft) });
    const sent = c.now + minutes(1 + later);
    c.now += minutes(2);
    c.must('chen', {
      type: 'fill_field',
      field: 'art7.8.other',
      value: { state: 'known', text: '无其他情况' },
      wording: '无其他情况',
    });
    expect(c.current.approvals[0]?.voided).not.toBeNull();
    c.now += minutes(3);
    const reason = approved ? {} : { withoutApproval: 'the change was small' };
    c.must('li', filing(c, { draft: 1, at: new Date(sent).toISOString(), ...reason }));
    expect(c.current.filings[0]).toMatchObject({ approved, draft: 1 });
    // Nothing that is said afterwards voids what was sent.
    c.must('chen', {
      type: 'fill_field',
      field: 'art7.3.trend',
      value: { state: 'known', text: '可能继续扩大' },
      wording: '可能继续扩大',
    });
    expect(c.current.filings[0]?.approved).toBe(approved);
    expect(c.current.approvals).toHaveLength(1);
  });

  it('unsealed leaves the sealed copy as a task, and closing waits for it', () => {
    const c = leaked();
    c.must('li', filing(c, { sealFollows: true }));
    c.must('li', { type: 'end_handling', at: iso(c.now), reason: 'restored' });
    c.must('li', filing(c, { obligation: 'cac.art8.other' }));
    c.must('chen', { type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
    for (const obligation of c.assess().owed) {
      // The law knows no exemption from telling the authority.
      if (obligation === 'pipl.art57.authority') {
        c.must('li', filing(c, { obligation, otherChannel: 'told together with the report' }));
        continue;
      }
      c.must('chen', { type: 'not_owed', obligation, reason: 'told together with the report' });
      const open = c.current.proposals.find(({ settled }) => settled === null);
      if (open) c.must('li', { type: 'second', proposal: open.id, agree: true });
    }
    expect(refusal(c, 'li', { type: 'close', reason: 'done' })?.code).toBe('owed_tasks');
    c.must('li', { type: 'finish_task', task: 't1' });
    c.must('li', { type: 'close', reason: 'done' });
  });

  it('withdrawn as a mistake leaves no task for its written or sealed copy', () => {
    const c = leaked();
    c.must('li', filing(c, { channel: 'hotline_12387', takenBy: '3321', sealFollows: true }));
    expect(c.current.tasks.map(({ kind, finished }) => [kind, finished])).toEqual([
      ['written', null],
      ['seal', null],
    ]);
    const [call] = c.current.filings;
    c.must('li', { type: 'correct_filing', filing: call?.version ?? 0, mistaken: 'nobody called' });
    expect(c.current.tasks.map(({ finished }) => finished?.needless)).toEqual([true, true]);
  });

  const CALL = { channel: 'hotline_12387', takenBy: '3321' };
  const WRITTEN = { channel: 'web_12387' };
  const RECORD = (one: object) => (c: Case) => {
    c.now += minutes(1);
    c.must('li', filing(c, { at: iso(c.now), ...one }));
  };
  const CORRECT = (n: number, one: object) => (c: Case) => {
    c.now += minutes(1);
    c.must('li', { type: 'correct_filing', filing: c.current.filings[n]?.version ?? 0, ...one });
  };
  const MISTAKE = { mistaken: 'entered by mistake' };
  const REASON = { reason: 'wrong entry' };
  it.each<readonly [string, readonly ((c: Case) => void)[], readonly string[]]>([
    ['a call', [RECORD(CALL)], ['open']],
    ['two calls', [RECORD(CALL), RECORD(CALL)], ['open']],
    ['a call, then the website', [RECORD(CALL), RECORD(WRITTEN)], ['done']],
    ['the website, then a call', [RECORD(WRITTEN), RECORD(CALL)], ['open']],
    ['a call that was the website', [RECORD(CALL), CORRECT(0, { ...WRITTEN, ...REASON })], ['needless']],
    ['the website that was a call', [RECORD(WRITTEN), CORRECT(0, { channel: 'hotline_12387', ...REASON })], ['open']],
    ['a call and a website that was a mistake', [RECORD(CALL), RECORD(WRITTEN), CORRECT(1, MISTAKE)], ['done', 'open']],
    ['one of two calls was a mistake', [RECORD(CALL), RECORD(CALL), CORRECT(0, MISTAKE)], ['open']],
    ['a call of which only the time was wrong', [RECORD(CALL), CORRECT(0, { at: iso(START), ...REASON })], ['open']],
    [
      'a call with the task done by hand, of which the receipt came later',
      [RECORD(CALL), (c) => c.must('li', { type: 'finish_task', task: 't1' }), CORRECT(0, { receipt: '17' })],
      ['done'],
    ],
    ['a website filing with the name of an official', [RECORD({ ...WRITTEN, takenBy: '3321' })], []],
  ])('in words leaves one task for the written version until it is sent: %s', (_, steps, tasks) => {
    const c = leaked();
    for (const step of steps) step(c);
    const shown = c.current.tasks.map(({ finished }) =>
      finished === null ? 'open' : finished.needless ? 'needless' : 'done',
    );
    expect(shown).toEqual(tasks);
  });

  it('withdrawn as a mistake leaves the task that another filing still needs', () => {
    const c = leaked();
    c.must('li', filing(c, { sealFollows: true }));
    c.now += minutes(1);
    c.must('li', filing(c, { at: iso(c.now), sealFollows: true }));
    const [first] = c.current.filings;
    c.must('li', { type: 'correct_filing', filing: first?.version ?? 0, mistaken: 'entered twice' });
    expect(c.current.tasks.map(({ finished }) => finished)).toEqual([null]);
  });

  it('of the summary report goes the original way, or says why not', () => {
    const c = leaked();
    c.must('li', filing(c));
    c.must('li', { type: 'end_handling', at: iso(c.now), reason: 'restored' });
    const summary = { obligation: 'cac.art8.other', channel: 'web_12387' };
    expect(refusal(c, 'li', filing(c, summary))).toMatchObject({
      code: 'other_channel',
      params: { channel: 'email_12387' },
    });
    c.must('li', filing(c, { ...summary, otherChannel: 'the mailbox refuses our attachments' }));
  });

  it('told on the phone first: the original channel of the summary report is that of the written report', () => {
    const c = leaked();
    c.must('li', filing(c, { channel: 'hotline_12387', takenBy: '值班员' }));
    c.now += minutes(30);
    c.must('li', filing(c, { channel: 'web_12387' }));
    c.must('li', { type: 'end_handling', at: iso(c.now), reason: 'restored' });
    const summary = { obligation: 'cac.art8.other' };
    expect(refusal(c, 'li', filing(c, summary))).toMatchObject({ params: { channel: 'web_12387' } });
    c.must('li', filing(c, { ...summary, channel: 'web_12387' }));
  });

  it('gets its receipt and proof later; by mistake, it no longer meets its clock, and the record keeps both', () => {
    const c = leaked();
    const file = 'a'.repeat(64);
    c.must('li', { type: 'add_evidence', evidence: { file, name: 'receipt.pdf', size: 3, mediaType: 'x/y' } });
    c.must('li', filing(c));
    const { version } = c.current;
    const given = { type: 'correct_filing', filing: version, receipt: '2026-0331-17', proof: file } as const;
    expect(refusal(c, 'chen', given)?.code).toBe('forbidden');
    expect(refusal(c, 'zhao', { ...given, filing: 1 })?.code).toBe('unknown_filing');
    expect(refusal(c, 'zhao', { ...given, proof: 'b'.repeat(64) })?.code).toBe('unknown_file');
    c.must('zhao', given);
    expect(c.current.filings).toMatchObject([{ receipt: '2026-0331-17', proof: file, by: 'li' }]);
    c.must('zhao', given);
    expect(c.current.version).toBe(version + 1 + 1 /* zhao joined */);

    const status = () => c.assess().clocks.find(({ id }) => id === 'cac.art4.other')?.status;
    expect(status()).toBe('met');
    c.must('li', { type: 'correct_filing', filing: version, mistaken: 'the form was never sent' });
    expect([status(), c.current.filings]).toEqual(['running', []]);
    expect(c.events.map(({ event }) => event.type)).toContain('filing_recorded');
    c.now = START + minutes(241);
    expect(status()).toBe('late');
  });
});

describe('a drill', () => {
  it('is never filed, but the filing can be practised and stops the clock', () => {
    const c = new Case(null);
    c.must('li', { type: 'declare', title: 'x', drill: true });
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    c.must('li', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(refusal(c, 'li', filing(c))?.code).toBe('drill_cannot_file');
    c.must('li', { type: 'practise_filing', obligation: 'cac.art4.other', channel: 'web_12387' });
    expect(c.current.filings).toMatchObject([{ practised: true, obligation: 'cac.art4.other' }]);
    expect(c.assess().clocks.find(({ id }) => id === 'cac.art4.other')?.status).toBe('met');
    expect(refusal(leaked(), 'li', { type: 'practise_filing', obligation: 'x', channel: 'y' })?.code).toBe(
      'not_a_drill',
    );
  });
});

describe('a request of an authority', () => {
  const request = (c: Case): CommandOf<'add_request'> => ({
    type: 'add_request',
    from: '上海市网信办',
    recipient: 'provincial_cac',
    what: '书面补充事件原因',
    receivedAt: iso(c.now),
    due: iso(c.now + minutes(120)),
  });

  it('is owed like what the law asks for, with its own clock', () => {
    const c = leaked();
    c.must('li', request(c));
    const owed = c.assess().clocks.find(({ id }) => id === 'request.1');
    expect(owed).toMatchObject({ content: 'authority_request', dueMinutes: 120, status: 'running' });
    expect(c.assess().owed).toContain('request.1');
    c.must('li', filing(c, { obligation: 'request.1' }));
    expect(c.assess().owed).not.toContain('request.1');
  });

  it('can be dropped with a reason, and stays on the record', () => {
    const c = leaked();
    c.must('li', request(c));
    c.must('chen', { type: 'drop_request', request: 'request.1', reason: 'withdrawn by phone' });
    expect(c.assess().owed).toContain('request.1');
    c.must('li', { type: 'second', proposal: 'p1', agree: true });
    expect(c.assess().owed).not.toContain('request.1');
    expect(c.current.requests[0]?.dropped?.reason).toBe('withdrawn by phone');
  });

  it('an authority may set a level below the figures, with proof of what it said, and a second person', () => {
    const c = leaked();
    const level = {
      type: 'decide_level',
      level: 'general',
      reason: '市网信办电话答复',
      authority: '上海市网信办',
    } as const;
    expect(refusal(c, 'li', level)?.code).toBe('needs_proof');
    expect(refusal(c, 'li', { ...level, proof: { file: 'b'.repeat(64) } })?.code).toBe('unknown_file');
    c.must('li', { ...level, proof: { office: '值班室 王某' } });
    expect(c.assess().clocks.find(({ id }) => id === 'cac.art4.other')?.status).toBe('running');
    c.must('zhao', { type: 'second', proposal: 'p1', agree: true });
    expect(c.current.levelDecision).toMatchObject({
      kind: 'authority',
      level: 'general',
      proof: { office: '值班室 王某' },
    });
  });
});

describe('corrections', () => {
  it('are reports of their own, in the words of a person, with what changed', () => {
    const c = leaked();
    const draft = drafted(c);
    c.must('zhao', { type: 'approve', draft: 1, hash: hashOf(draft) });
    c.must('zhao', filing(c, { draft: 1 }));
    c.must('li', measures('已隔离服务器'));
    expect(refusal(c, 'li', { type: 'compile_draft', report: 'correction', cannotDetermine: [] })?.code).toBe(
      'needs_statement',
    );
    const statement = '首报所称措施有误，现予更正。';
    c.must('li', { type: 'compile_draft', report: 'correction', cannotDetermine: [], statement });
    const text = c.current.drafts.at(-1)?.text;
    const said = JSON.stringify(text?.document.introduction);
    expect(text?.document.title).toBe('网络安全事件报告（更正）');
    c.must('zhao', { type: 'approve', draft: 2, hash: text?.hash ?? '' });
    c.now += minutes(5);
    c.must('zhao', filing(c, { draft: 2 }));
    c.must('li', { type: 'compile_draft', report: 'correction', cannotDetermine: [], statement });
    expect(c.current.drafts.at(-1)?.text?.document.title).toBe('网络安全事件报告（更正二）');
    expect(c.current.drafts.at(-1)?.text?.twin.title).toContain('(correction 2, 更正)');
    // The full stop is the sentence's, not the person's.
    expect(said).toContain(statement.slice(0, -1));
    expect(said).toContain('已隔离服务器');
    expect(said).not.toContain('上海市"');
  });
});
