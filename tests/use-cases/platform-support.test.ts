import { expect, test } from 'vitest';
import type { App } from '../../src/use-cases/app.ts';
import { downloadAt, fileAsked } from '../../src/use-cases/platform-support.ts';

const caller = { account: { platform: 'chat', tenant: 't', id: 'li' }, name: 'li', language: 'en' } as const;

/** What is asked of the house when somebody presses what is a link of the console. */
async function asked(url: string): Promise<unknown> {
  const calls: unknown[] = [];
  const kept = async (...call: readonly unknown[]) => {
    calls.push(call);
    return { code: 'unknown_incident' };
  };
  const app: Pick<App, 'report' | 'toSend' | 'paper'> = {
    paper: (id, _, options) => kept('paper', id, options),
    report: (id, _, options) => kept('report', id, options),
    toSend: (id, _, options) => kept('toSend', id, options),
  };
  const view = downloadAt(url);
  if (view) await fileAsked(app, view, caller);
  return calls[0];
}

test('a chat sends the file that is behind a link of the console: reports, e-mails and fax sheets', async () => {
  const base = '/api/v1/incidents/INC-2026-0007';
  expect(await asked(`${base}/report?format=pdf&language=en&draft=2`)).toEqual([
    'report',
    'INC-2026-0007',
    { format: 'pdf', language: 'en', version: 'submission', draft: 2 },
  ]);
  expect(await asked(`${base}/paper?paper=crime_report&format=eml&language=en`)).toEqual([
    'paper',
    'INC-2026-0007',
    { paper: 'crime_report', format: 'eml', language: 'en' },
  ]);
  for (const what of ['mail', 'fax']) {
    expect(await asked(`${base}/${what}?recipient=provincial_cac`)).toEqual([
      'toSend',
      'INC-2026-0007',
      { what, recipient: 'provincial_cac', format: 'docx' },
    ]);
  }
});

test('pages that only the console has stay there', async () => {
  for (const url of ['/incidents/INC-2026-0007', 'https://example.com/report?x=1', '/api/v1/incidents/I/bundle?x=1']) {
    expect(await asked(url)).toBeUndefined();
  }
});
