import { expect, it } from 'vitest';
import { staleAgainst } from '../../src/incident/decide/decide.ts';
import { fill, leakCase } from '../report/cases.ts';

const FIELD = 'art7.2.effect';

it('a wording is confirmed for the text it was shown with, not for one that replaced it meanwhile', () => {
  const it = leakCase();
  const shown = it.current.version;
  const confirm = { type: 'confirm_wording', field: FIELD, wording: '目前未见异常' } as const;
  expect(staleAgainst(it.current, confirm, shown)).toBeNull();
  fill(it, 'art7.2.measures', 'somebody writes another field');
  expect(staleAgainst(it.current, confirm, shown)).toBeNull();
  fill(it, FIELD, 'the backup is gone as well');
  expect(staleAgainst(it.current, confirm, shown)).toMatchObject({
    code: 'stale_revision',
    params: { revision: shown },
  });
  expect(it.do('zhao-min', confirm, { revision: shown })).toMatchObject({
    ok: false,
    refusal: { code: 'stale_revision' },
  });
  expect(it.do('zhao-min', confirm, { revision: it.current.version })).toMatchObject({ ok: true });
});
