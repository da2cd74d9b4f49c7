import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli.ts';
import { documentTools } from '../../src/documents/render.ts';
import type { Command } from '../../src/incident/commands.ts';
import { evidenceBundle } from '../../src/use-cases/documents/bundle.ts';
import type { DocumentTools, MadeFile } from '../../src/use-cases/documents/document-port.ts';
import { collect } from '../contract/harness.ts';
import { CHEN } from '../e2e/support/evidence.ts';
import { python, verified } from '../e2e/support/verifier.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { soaked } from '../fakes/soak.ts';

/** Longest text of a note in UTF-16 units, with room for what it begins and ends with. */
const NOTE = 19_000;
/** Characters that some programs take for the end of a line, and others that break files. */
const BREAKING = ['\u2028', '\u2029', '\u0085', '\r', '\r\n', '\v', '\f', '\u001c', '\u0000', '\ufeff', '\ud800'];

const home = mkdtempSync(join(tmpdir(), 'jishi-unicode-'));
let house: RunningHouse;
let sent = 0;
beforeAll(async () => {
  house = await startHouse({ dataDir: home });
});
afterAll(async () => {
  await house.stop();
  rmSync(home, { recursive: true });
});

const delivery = () => ({ platform: 'test', key: `u${++sent}`, body: String(sent) });

async function declared(title: string): Promise<string> {
  const { incident } = await house.house.app.declare({
    title,
    anyway: true,
    caller: CHEN,
    room: null,
    delivery: delivery(),
  });
  return incident ?? '';
}

async function give(incident: string, intent: Command): Promise<void> {
  const { app } = house.house;
  const revision = (await app.state(incident, 'api'))?.version ?? 0;
  const done = await app.submit({ incident, intent, revision, caller: CHEN, delivery: delivery() });
  if (done.kind === 'refused') throw new Error(JSON.stringify(done.refusal));
}

/** The bundle of an incident without its reports, which have tests of their own and take most of the time. */
async function bundled(incident: string): Promise<Uint8Array> {
  const { app, engine } = house.house;
  const state = await app.state(incident, 'api');
  if (!state) throw new Error(`no ${incident}`);
  const empty = async (): Promise<MadeFile> => ({
    name: `made-${++sent}.md`,
    mediaType: 'x/y',
    content: new Uint8Array(),
  });
  const tools: DocumentTools = { ...documentTools(null), render: empty, paper: empty };
  const sources = { store: engine.deps.store, regime: engine.deps.regime, documents: async () => tools };
  return Buffer.concat(
    await collect(evidenceBundle(sources, state, { now: new Date().toISOString(), counsel: false })),
  );
}

/** Of one incident, or of all for an empty id. */
async function jishiVerify(incident: string): Promise<[number, string]> {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await run(['verify', ...(incident === '' ? [] : [incident])], {
    env: { DATA_DIR: home },
    out: say,
    error: say,
    stdin: async () => '',
  });
  return [code, said.join('\n')];
}

/** Every code point but surrogates, in texts a note may have. */
function* everything(): Generator<string> {
  let text = '';
  for (let point = 0; point <= 0x10_ffff; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    text += String.fromCodePoint(point);
    if (text.length < NOTE) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function holds(incident: string): Promise<void> {
  expect(await jishiVerify(incident)).toEqual([0, expect.stringMatching(/^ok: 1 incidents/)]);
  await holdsElsewhere(incident);
}
async function holdsElsewhere(incident: string): Promise<void> {
  expect(verified(await bundled(incident))).toEqual({ status: 0, said: expect.stringMatching(/^ok: /) });
}

describe.skipIf(python === null)('verify.py and jishi verify, whatever people paste (needs python3)', () => {
  test('holds with every character of Unicode on the record', { tags: 'soak' }, async () => {
    const id = await declared('全部字符');
    for (const text of everything()) await give(id, { type: 'add_note', text: `从${text}到` });
    await holds(id);
  });

  test('holds with characters that end a line or break files, in a title, a note, a field and the name of a file', async () => {
    for (const character of BREAKING) {
      const text = `从 Word 粘贴${character}第二行`;
      const id = await declared(text);
      await give(id, { type: 'add_note', text, author: text, link: text });
      await give(id, { type: 'fill_field', field: 'art7.2.impact', value: { state: 'known', text }, wording: text });
      const content = new TextEncoder().encode(text);
      const file = { incident: id, name: text, mediaType: 'text/plain', content, caller: CHEN, delivery: delivery() };
      expect((await house.house.app.attach(file)).kind).toBe('done');
      await holdsElsewhere(id);
    }
    expect((await jishiVerify('')).at(0)).toBe(0);
  });

  test('holds with any text', { tags: 'soak' }, async () => {
    const unit = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }), fc.constantFrom(...BREAKING));
    const text = fc.array(unit, { minLength: 1, maxLength: 40 }).map((parts) => `从${parts.join('')}到`);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        const id = await declared('任意文本');
        for (const one of texts) await give(id, { type: 'add_note', text: one });
        await holds(id);
      }),
      { numRuns: soaked(2, 60) },
    );
  });
});
