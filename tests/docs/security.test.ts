import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Proof = readonly [file: string, ...names: string[]];

/** Threats of `docs/security.md` by the first cell of their row, and the tests that hold what stands against each. */
const PROOFS: Readonly<Record<string, readonly Proof[]>> = {
  'someone on the network': [
    [
      'tests/http/access.slow.test.ts',
      'opens the API, from anywhere; a wrong one does not',
      'that is not set opens nothing',
    ],
    ['tests/http/tokens.test.ts', 'it ends when its time is over, when it is revoked, and with one wrong sign'],
    ['tests/platforms/slack/transport.slow.test.ts'],
  ],
  "another web site in a person's browser": [
    ['tests/http/access.slow.test.ts', 'requests another site makes a browser send'],
    ['tests/http/api.test.ts', 'carries the headers that keep others out'],
  ],
  'a name that resolves to this machine (DNS rebinding)': [
    [
      'tests/http/access.slow.test.ts',
      'a Host that is none is refused altogether',
      'is off when the server listens to others',
    ],
  ],
  'a proxy in front, another user of the machine': [
    [
      'tests/http/access.slow.test.ts',
      'is there for a browser that came by the printed link',
      'keeps the token in a cookie that no script and no other site sees',
    ],
  ],
  'a colleague without the role': [
    ['tests/http/rights-matrix.slow.test.ts', 'a stranger gets nothing but that there is no such incident'],
    [
      'tests/contract/platform/lines.contract.ts',
      'somebody of another organisation is recorded as such and shown nothing',
    ],
  ],
  'a program with the API token, a timer': [
    ['tests/http/rights-matrix.slow.test.ts', 'every command has a row, or is reserved to the bot'],
    ['tests/http/tokens.test.ts', 'a token does what its scopes name, and nothing else'],
  ],
  'an author of text in an incident': [
    ['tests/documents/text-formats.test.ts', 'nothing people wrote becomes a link, a picture, a list, code or HTML'],
    ['tests/platforms/slack/render.test.ts', 'no markup and no mention survives in the text part'],
    ['tests/http/register.test.ts', 'no cell is a formula'],
    ['tests/documents/docx.slow.test.ts', 'says any words as the model does'],
  ],
  'someone who can write the database': [
    [
      'tests/scheduling/timer-check.test.ts',
      'are planned again at the start of the bot and told of, and verify names their incident',
    ],
  ],
  'someone with the database file': [
    ['tests/storage/verify.test.ts', 'finds one changed byte of any event or file in the raw database file'],
    ['tests/incident/chain.test.ts', 'breaks at the row where any one field was changed'],
  ],
  'a reader of logs or metrics': [
    ['tests/ops/logger.test.ts', 'keeps secrets and people out, whichever way they come in'],
    ['tests/http/audit.test.ts', 'is one line with ids and no content'],
    ['tests/http/health.test.ts', 'healthz and metrics need nothing'],
  ],
  'an office abroad': [['tests/conversation/abroad.test.ts', 'gets no unreleased word of a rich incident']],
  'a crash at the worst moment': [
    ['tests/crash/kill.test.ts', 'the test of the test'],
    ['tests/storage/power-cut.test.ts'],
    ['tests/simulation/simulation.slow.test.ts'],
  ],
  'a sender of malformed payloads': [
    ['tests/fuzz/parsers.test.ts', 'a payload that a platform never sends is refused, not thrown'],
    ['tests/fuzz/api.live.test.ts', 'the API never fails inside'],
  ],
  'a sender of forged or hostile alerts': [
    [
      'tests/http/alerts.test.ts',
      'only who has the scope or the secret of the source may send',
      'hostile payloads get an error that names the place, and never one of ours',
      'a flood tells people twenty times, lists the rest, and loses nothing',
    ],
  ],
  "someone who finds a supplier's link": [
    [
      'tests/http/outside-links.test.ts',
      'a wrong, revoked or worn-out link opens nothing; sent twice it is one notice; an hour takes ten',
    ],
  ],
  "someone who finds a form's link in a chat": [
    [
      'tests/platforms/wecom/visits.test.ts',
      'opens its form once, and nothing else; looking at it uses nothing up',
      'is asked of the chat, once for each code and only in the browser it began in',
    ],
  ],
  'someone who finds a calendar link, or a calendar service abroad': [
    [
      'tests/http/outside-links.test.ts',
      'abroad the calendar says no more than may be shown there; after a stop it holds no new word',
    ],
  ],
  'a receiver or interceptor of webhooks': [
    [
      'tests/platforms/webhooks.test.ts',
      'an independent library verifies the signature, and the message holds no content',
      'after a state-secret stop only the stop is told; only administrators read the log',
    ],
  ],
  'a bundled package': [
    ['tests/network/no-way-out.slow.test.ts', 'with nothing set up nothing'],
    ['tests/architecture/sbom.slow.test.ts', 'the SBOM lists what is shipped'],
  ],
};

/** Rows of the table of threats, without its head. */
function threats(page: string, heading: string): readonly (readonly string[])[] {
  const [, section = ''] = new RegExp(`## ${heading}\n([\\s\\S]*?)\n## `).exec(readFileSync(page, 'utf8')) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) => row.slice(2, -2).split(' | '));
}

it('every threat of the page has tests, and no test is left without its threat', () => {
  const named = threats('docs/security.md', 'Against whom').map(([who]) => who);
  expect(named.length).toBeGreaterThan(12);
  expect(named).toEqual(Object.keys(PROOFS));
});

it.each(Object.entries(PROOFS))('%s: the tests exist', (_who, proofs) => {
  expect(proofs.length).toBeGreaterThan(0);
  for (const [file, ...names] of proofs) {
    const content = readFileSync(file, 'utf8');
    for (const name of names) expect(content).toContain(name);
  }
});

it('the Chinese page has the same threats', () => {
  const english = threats('docs/security.md', 'Against whom');
  const chinese = threats('docs/security.zh-CN.md', '防范对象');
  expect(chinese.map((cells) => cells.length)).toEqual(english.map((cells) => cells.length));
});
