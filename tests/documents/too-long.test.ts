import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentTools } from '../../src/documents/render.ts';
import type { Paragraph, Section, Table } from '../../src/incident/report-document.ts';
import { type Paper, paperOf, proseOf } from '../../src/report/paper.ts';
import { evidenceBundle } from '../../src/use-cases/documents/bundle.ts';
import { REPORT_FORMATS } from '../../src/use-cases/documents/document-port.ts';
import { collect } from '../contract/harness.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const MOST = 3_000;
const tools = documentTools(null);
const paper = (parts: Partial<Paper>): Paper => paperOf({ language: 'en', compiledAt: '', title: 'x', ...parts });
const prose = (n: number): readonly Paragraph[] => Array.from({ length: n }, (_, i) => proseOf(`p${i}`, 'x'));
const table = (n: number): Table => ({
  ...{ kind: 'table', id: 't', columns: [{ title: 'a', width: 1 }] },
  rows: Array.from({ length: n }, () => ['x']),
});
const section = (blocks: Section['blocks']): readonly Section[] => [{ id: 's', number: '1', heading: 'h', blocks }];

/** Every place in which a document can become long. */
const PLACES: Readonly<Record<string, (n: number) => Partial<Paper>>> = {
  'a table of a section': (n) => ({ sections: section([table(n)]) }),
  'paragraphs of a section': (n) => ({ sections: section(prose(n)) }),
  'the time line of the internal version': (n) => ({ appendix: section([table(n)]) }),
  'the introduction': (n) => ({ introduction: prose(n) }),
  notes: (n) => ({ notes: prose(n) }),
  'several of them': (n) => ({ sections: section([table(n - 1_000)]), appendix: section(prose(1_000)) }),
};

describe.each(Object.entries(PLACES))('a document that is too long by %s', (_, long) => {
  it('is refused as DOCX and PDF before it is made, and not as Markdown', async () => {
    const one = paper(long(MOST + 1));
    for (const format of ['docx', 'pdf'] as const)
      expect(await tools.paper(one, 'x', format)).toEqual({
        ...{ code: 'paper_too_long', field: 'format' },
        params: { rows: MOST + 1, most: MOST },
      });
    expect(await tools.paper(one, 'x', 'md')).toMatchObject({ name: 'x.md' });
  });
});

describe('an incident with more entries than a DOCX or PDF holds', { tags: 'soak' }, () => {
  let rooms: RoomsHouse;
  const li = person('li', OPS);
  beforeAll(async () => {
    rooms = await RoomsHouse.open(null, false);
    await rooms.declare('a long night', OPS, li);
    const { app } = rooms.house;
    const { version: revision } = await rooms.state();
    // One change each, committed together.
    await Promise.all(
      Array.from({ length: MOST + 100 }, (_, n) =>
        app.submit({
          ...{ incident: rooms.incident, intent: { type: 'add_note', text: `note ${n}` }, revision, caller: li },
          delivery: { platform: 'test', key: `n${n}`, body: String(n) },
        }),
      ),
    );
  }, 120_000);
  afterAll(() => rooms.close());

  it('is told so for its internal report, and gets it as Markdown and JSON', async () => {
    for (const format of REPORT_FORMATS) {
      const made = await rooms.house.app.report(rooms.incident, li, {
        ...{ format, language: 'zh', version: 'internal' },
      });
      const isLimited = format === 'docx' || format === 'pdf';
      expect('code' in made ? made.code : 'made', format).toBe(isLimited ? 'paper_too_long' : 'made');
    }
  });

  it('has a bundle that leaves those files out and names them', async () => {
    const { store } = rooms;
    const { regime } = rooms.house.engine.deps;
    const named = async (_: unknown, name: string) => ({ name, mediaType: 'x/y', content: new Uint8Array() });
    // A short file needs no content here; a long one is refused by the tools as they are.
    const render: typeof tools.render = async (document, format) =>
      document.version === 'internal' && format !== 'json' && format !== 'md'
        ? tools.render(document, format)
        : named(document, `x.${format}`);
    const sources = { store, regime, documents: async () => ({ ...tools, render, paper: named }) };
    const state = await rooms.state();
    const zip = Buffer.concat(
      await collect(evidenceBundle(sources, state, { now: new Date(rooms.clock.now()).toISOString(), counsel: false })),
    );
    const files = unzipSync(zip);
    expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toMatchObject({
      tooLong: ['zh.docx', 'zh.pdf', 'en.docx', 'en.pdf'].map((one) => `reports/current/internal.${one}`),
    });
    expect(Object.keys(files)).toContain('reports/current/internal.zh.md');
    expect(strFromU8(files['timeline.en.csv'] ?? new Uint8Array()).split('\n').length).toBeGreaterThan(MOST);
  });
});
