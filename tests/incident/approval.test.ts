import { describe, expect, it } from 'vitest';
import { approvalOf } from '../../src/incident/approvals.ts';
import type { Command } from '../../src/incident/commands.ts';
import { contentHash } from '../../src/report/hash.ts';
import { company, drafted, hashOf, leaked, measures } from './approval-case.ts';
import { type Case, minutes } from './bench-incident.ts';

const refusal = (c: Case, who: string, command: Parameters<Case['do']>[1]) => {
  const decision = c.do(who, command);
  return decision.ok ? null : decision.refusal;
};
const status = (c: Case) => approvalOf(c.current, c.current.drafts.length).status;
const asked = (c = leaked()) => {
  const draft = drafted(c);
  c.must('li', { type: 'request_approval', draft: draft.draft });
  return { c, draft, approve: { type: 'approve', draft: draft.draft, hash: hashOf(draft) } as const };
};

describe('a draft', () => {
  it('keeps its exact text with the hash of it', () => {
    const c = leaked();
    const { text } = drafted(c);
    expect(text && contentHash(text.document)).toBe(text?.hash);
    expect(text?.document).toMatchObject({ kind: 'initial', version: 'submission', language: 'zh', draft: 1 });
    expect(text?.twin.language).toBe('en');
    c.must('li', measures('已隔离服务器'));
    expect(c.current.drafts[0]?.text).toEqual(text);
  });
});

describe('asking for approval', () => {
  it('asks everybody of the role, who become part of the incident', () => {
    const { c } = asked();
    const names = c.current.approvals[0]?.approvers.map((actor) => c.current.people[actor]?.person);
    expect(names).toEqual(['li', 'zhao']);
    expect(status(c)).toBe('asked');
  });

  it('asks those on duty, and a deputy for who is away', () => {
    const away = { person: 'zhao', from: '2026-04-01T00:00:00+08:00', until: '2026-04-02T00:00:00+08:00' };
    const noLi = company({ fourEyes: true });
    const { c } = asked(leaked({ ...noLi, roster: [away] }));
    const names = c.current.approvals[0]?.approvers.map((actor) => c.current.people[actor]?.person);
    expect(names).toEqual(['sun']);
  });

  it('is refused for an older draft, and for a text the record no longer says', () => {
    const c = leaked();
    drafted(c);
    drafted(c);
    expect(refusal(c, 'li', { type: 'request_approval', draft: 1 })?.code).toBe('not_latest_draft');
    c.must('li', measures('已隔离服务器'));
    const refused = refusal(c, 'li', { type: 'request_approval', draft: 2 });
    expect(refused).toMatchObject({ code: 'text_changed', params: { changes: ['art7.2.measures'] } });
  });

  it('asked twice is asked once', () => {
    const { c } = asked();
    const { version } = c.current;
    c.must('chen', { type: 'request_approval', draft: 1 });
    expect(c.current.version).toBe(version);
  });
});

describe('approving', () => {
  it('is bound to the exact text', () => {
    const { c, approve } = asked();
    expect(refusal(c, 'zhao', { ...approve, hash: 'f'.repeat(64) })?.code).toBe('other_text');
    c.must('zhao', approve);
    expect(c.current.approvals).toMatchObject([
      { draft: 1, hash: approve.hash, approved: { by: 'zhao' }, voided: null },
    ]);
  });

  it('needs the role', () => {
    const { c, approve } = asked();
    expect(refusal(c, 'chen', approve)?.code).toBe('forbidden');
    expect(refusal(c, 'api', approve)?.code).toBe('forbidden');
    expect(refusal(c, 'clock', approve)?.code).toBe('forbidden');
  });

  it('is open to the deputy of who was asked, for this and nothing else', () => {
    const { c, approve } = asked();
    expect(refusal(c, 'sun', { type: 'close', reason: 'x' })?.code).toBe('forbidden');
    c.must('sun', approve);
    expect(status(c)).toBe('approved');
  });

  it('with four eyes is for another person than the author, whichever account they use', () => {
    const { c, approve } = asked(leaked(company({ fourEyes: true })));
    expect(c.current.approvals[0]?.approvers.map((a) => c.current.people[a]?.person)).toEqual(['zhao']);
    expect(refusal(c, 'li', approve)?.code).toBe('four_eyes');
    c.must('zhao', approve);
  });

  it('of a text that has changed is refused, saying what', () => {
    const { c, approve } = asked();
    c.must('chen', measures('已隔离服务器'));
    expect(status(c)).toBe('voided');
    expect(refusal(c, 'zhao', approve)).toMatchObject({
      code: 'text_changed',
      params: { changes: ['art7.2.measures'] },
    });
  });
});

describe('an approval', () => {
  const approved = (c?: Case) => {
    const all = asked(c);
    all.c.must('zhao', all.approve);
    return all;
  };

  it('is void when the content changes, and the record says what', () => {
    const { c } = approved();
    c.must('chen', measures('已隔离服务器'));
    expect(c.events.at(-1)?.event).toMatchObject({
      type: 'approval_voided',
      payload: { draft: 1, changes: ['art7.2.measures'], levelRose: false },
    });
    expect(status(c)).toBe('voided');
  });

  const cause: Command = {
    type: 'fill_field',
    field: 'art7.4.cause',
    value: { state: 'known', text: '弱口令' },
    wording: '弱口令',
  };

  it('stands when only what the text left open for the supplement is filled in, and may be filed under', () => {
    const { c } = approved();
    c.must('chen', cause);
    expect(status(c)).toBe('approved');
    const at = new Date(c.now).toISOString();
    c.must('zhao', { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 });
    expect(c.current.filings[0]?.approved).toBe(true);
  });

  it('is void when such an entry is followed by a change of what the text states', () => {
    const { c } = approved();
    c.must('chen', cause);
    c.must('chen', measures('已隔离服务器'));
    expect(status(c)).toBe('voided');
  });

  it('that nobody gave yet waits for the text with that entry', () => {
    const { c, approve } = asked();
    c.must('chen', cause);
    expect(status(c)).toBe('voided');
    expect(refusal(c, 'zhao', approve)?.code).toBe('text_changed');
  });

  it('survives what is not in the text', () => {
    const { c } = approved();
    c.must('chen', { type: 'add_note', text: 'called the provider' });
    c.must('chen', { type: 'assess_point', point: 'facts', finding: 'settled' });
    c.must('chen', { type: 'take_item', item: 'art7.4' });
    expect(status(c)).toBe('approved');
  });

  it('is never voided by the passing of time, not even by a running outage', () => {
    const c = leaked();
    c.must('li', { type: 'answer', fact: 'site_kind', value: ['gov_prefecture'] });
    c.must('li', { type: 'answer', fact: 'site_outage_minutes', value: { since: new Date(c.now).toISOString() } });
    approved(c);
    c.now += minutes(90);
    c.must('clock', { type: 'tick', timer: 't', dueAt: new Date(c.now).toISOString() });
    expect(status(c)).toBe('approved');
  });

  it('stands when only the level rose: the approved text may be filed, a 续报 follows', () => {
    const { c } = approved();
    c.must('li', { type: 'decide_level', level: 'significant', reason: 'public attention' });
    expect(status(c)).toBe('approved');
  });

  it('is used up by its filing', () => {
    const { c } = approved();
    const at = new Date(c.now).toISOString();
    c.must('zhao', { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 });
    c.must('chen', measures('已隔离服务器'));
    expect(status(c)).toBe('approved');
  });
});

describe('sending back', () => {
  it('makes a task of every comment, for the owner of the item or the author', () => {
    const { c } = asked();
    c.must('chen', { type: 'take_item', item: 'art7.4' });
    const comments = [{ text: '写明原因', item: 'art7.4' }, { text: '核对人数' }];
    c.must('zhao', { type: 'send_back', draft: 1, comments });
    expect(status(c)).toBe('sent_back');
    expect(c.current.tasks).toMatchObject([
      { id: 't1', kind: 'comment', text: '写明原因', item: 'art7.4', owner: 'chen', finished: null },
      { id: 't2', kind: 'comment', text: '核对人数', item: null, owner: 'li', finished: null },
    ]);
    c.must('chen', { type: 'finish_task', task: 't1' });
    expect(c.current.tasks[0]?.finished?.by).toBe('chen');
  });

  it('is followed by a new draft and a new request', () => {
    const { c } = asked();
    c.must('zhao', { type: 'send_back', draft: 1, comments: [{ text: '核对人数' }] });
    expect(refusal(c, 'zhao', { type: 'approve', draft: 1, hash: '0'.repeat(64) })?.code).toBe('other_text');
    const second = drafted(c);
    c.must('li', { type: 'request_approval', draft: 2 });
    c.must('zhao', { type: 'approve', draft: 2, hash: hashOf(second) });
    expect(status(c)).toBe('approved');
  });
});

describe('the assessment', () => {
  it('keeps who found what; points of the profile come and go', () => {
    const own = { assessment: { omit: ['sector'], add: [{ id: 'insurer', text: '已通知保险公司' }] } };
    const c = leaked(company(own));
    c.must('chen', { type: 'assess_point', point: 'insurer', finding: 'settled', note: 'policy 7' });
    expect(c.current.points['insurer']).toMatchObject({ by: 'chen', finding: 'settled', note: 'policy 7' });
    expect(refusal(c, 'chen', { type: 'assess_point', point: 'sector', finding: 'settled' })?.code).toBe(
      'unknown_point',
    );
    expect(refusal(c, 'sun', { type: 'assess_point', point: 'facts', finding: 'settled' })?.code).toBe('forbidden');
  });
});
