import { z } from 'zod';
import type { Block, Card, Text } from '../conversation/cards/card.ts';
import { toneOf } from '../conversation/cards/headline.ts';
import { actionBlock, noteBlock, textBlock } from '../conversation/cards/sentence.ts';
import { dueAt, form, joined, lawText, type Situation, t, titled } from '../conversation/cards/situation.ts';
import type { ReportLanguage } from '../incident/report-document.ts';
import { toldIn } from '../law/told.ts';
import type { BilingualText } from '../law/types.ts';
import { drillReport } from '../report/drills/drill-report.ts';
import { asSent, type PreparedPaper, paperMail, paperNamed, papersOf } from '../report/papers.ts';
import type { App } from './app.ts';
import type { DataFile } from './documents/data-file.ts';
import type { MadeFile, PAPER_FORMATS, PaperFormat } from './documents/document-port.ts';
import { COMPARED_DRILLS, lastDrills } from './drills.ts';
import { jsonOf } from './json.ts';
import type { Refusal } from './ports.ts';
import type { UseCaseContext } from './use-case-context.ts';

export const papersSchema = z.array(
  z.strictObject({
    id: z.string(),
    title: z.string(),
    to: z.string(),
    duties: z.array(z.string()),
    language: z.enum(['zh', 'en']),
    missing: z.array(z.string()),
  }),
);

/** Papers for duties outside the reports of the Measures: to the police, authorities and individuals. */
export function createPapers(context: UseCaseContext): Pick<App, 'papers' | 'paper'> {
  return {
    papers: async (id, caller, language) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      return papersOf(context.engine.situation(state), language).map((one) => ({
        id: one.definition.id,
        title: one.paper.title,
        to: one.destination.name,
        duties: one.duties.map((duty) => duty.id),
        language: one.language,
        missing: one.missing,
      }));
    },
    paper: async (id, caller, { paper, format, language: asked }) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const from = context.engine.situation(state);
      if (paper === 'drill' && state.drill && isPrinted(format)) {
        const others = await lastDrills(context, caller, COMPARED_DRILLS, id);
        const report = drillReport(from, await context.engine.deps.store.events(id), others, asked ?? 'zh');
        return (await context.documents()).paper(report, `${id}-drill-${asked ?? 'zh'}`, format);
      }
      if (format === 'json' || format === 'json_begun') return dataFile(context, from, paper, format);
      const own = (of: ReportLanguage) => paperNamed(papersOf(from, of), paper);
      const first = own(asked ?? 'zh');
      const language = asked ?? first?.language ?? 'zh';
      const found = language === first?.paper.language ? first : own(language);
      if (!found) return { code: 'unknown_paper', field: 'paper' };
      const tools = await context.documents();
      const name = `${id}-${paper}-${language}`;
      if (isPrinted(format)) return tools.paper(found.paper, name, format);
      const attached = await tools.paper(asSent(found, { language }), name, 'docx');
      if ('code' in attached) return attached;
      const content = await tools.mail(paperMail(found, from), [attached], found.paper.compiledAt);
      return { name: `${name}.eml`, mediaType: 'message/rfc822', content };
    },
  };
}

const isPrinted = (format: (typeof PAPER_FORMATS)[number]): format is PaperFormat =>
  format === 'docx' || format === 'pdf' || format === 'md';

/** Data file of a paper; `json` is refused while fields are missing or wrong. */
async function dataFile(
  context: UseCaseContext,
  situation: Situation,
  paper: string,
  format: 'json' | 'json_begun',
): Promise<MadeFile | Refusal> {
  const { id } = situation.state;
  const found = await dataOf(context, situation, paper);
  if (!found) return { code: 'no_data_file', field: 'format' };
  if (format === 'json' && found.faults.length > 0) {
    const { faultText } = await import('./documents/data-file.ts');
    return { code: 'data_file_incomplete', field: 'format', params: { faults: jsonOf(found.faults.map(faultText)) } };
  }
  const content = new TextEncoder().encode(`${JSON.stringify(found.file, null, 2)}\n`);
  return { name: `${id}-${paper}.json`, mediaType: 'application/json', content };
}

async function dataOf(
  { forms, engine }: UseCaseContext,
  { state, ia }: Situation,
  paper: string,
): Promise<DataFile | null> {
  // The validator is loaded only for a paper with a form.
  const known = await forms();
  if (![...known.values()].some(({ papers }) => Object.values(papers).includes(paper))) return null;
  const { dataFileOf } = await import('./documents/data-file.ts');
  return dataFileOf(known, paper, { state, anchors: ia.anchors }, engine.deps.store);
}

async function dataFilesOf(context: UseCaseContext, situation: Situation): Promise<DataFaults> {
  const papers = papersOf(situation, 'zh').map(({ definition }) => definition.id);
  const found = await Promise.all(papers.map(async (id) => [id, await dataOf(context, situation, id)] as const));
  if (found.every(([, file]) => file === null)) return new Map();
  const { faultText } = await import('./documents/data-file.ts');
  return new Map(found.flatMap(([id, file]) => (file ? [[id, file.faults.map(faultText)] as const] : [])));
}
type DataFaults = ReadonlyMap<string, readonly BilingualText[]>;

/** Maximum number of a data file's faults on a card; the refusal lists all. */
const FAULTS_SHOWN = 5;

/** Card of papers (`obligation`: only for this duty), owed ones first, with links to their files in the console. */
export async function papersView(context: UseCaseContext, situation: Situation, obligation?: string): Promise<Card> {
  const data = await dataFilesOf(context, situation);
  const { state } = situation;
  const isMeant = ({ duties }: PreparedPaper): boolean => !obligation || duties.some(({ id }) => id === obligation);
  const papers = papersOf(situation, 'zh').filter(isMeant);
  const english = papersOf(situation, 'en').filter(isMeant);
  const owed = papers.filter(({ duties }) => duties.length > 0);
  const title = titled(state, t('papers.title'));
  return {
    tone: toneOf(situation),
    drill: state.drill,
    title,
    summary: t('papers.summary', { n: owed.length }),
    blocks: [
      textBlock(t(owed.length > 0 ? 'papers.owed' : 'papers.none', { n: owed.length })),
      ...papers.flatMap((paper, index) =>
        paperBlocks(situation, paper, english[index] ?? paper, data.get(paper.definition.id) ?? null),
      ),
    ],
  };
}

function paperBlocks(
  situation: Situation,
  { definition, duties, destination, language, missing }: PreparedPaper,
  inEnglish: PreparedPaper,
  faults: readonly BilingualText[] | null,
): readonly Block[] {
  const due = duties.flatMap((duty) => duty.due ?? []).toSorted()[0];
  const to = lawText({ zh: destination.name, en: inEnglish.destination.name });
  const open = duties.some(({ filing }) => filing === null);
  const standing: Text =
    duties.length === 0
      ? t('papers.not_owed')
      : !open
        ? t('papers.done')
        : due === undefined
          ? t('papers.no_figure')
          : t('papers.due', { due: dueAt(situation, due) });
  const isWorded = !situation.state.closed && toldIn(situation.regime, definition).length > 0;
  // A paper is in its recipient's language; the other language is a reading copy.
  const base = `/api/v1/incidents/${encodeURIComponent(situation.state.id)}/paper?paper=${definition.id}`;
  const link = (id: 'docx' | 'eml' | 'english' | 'chinese' | 'data', label: Text, query: string) => ({
    id: `${id}_${definition.id}`,
    label,
    does: { kind: 'link' as const, url: `${base}&${query}` },
  });
  return [
    { kind: 'text', text: joined([lawText(definition.title), t('papers.to', { to }), standing], 'dot'), strong: open },
    ...(missing.length > 0
      ? [
          noteBlock(
            t('papers.missing', {
              n: missing.length,
              what: lawText({ zh: missing.join('；'), en: inEnglish.missing.join('; ') }),
            }),
          ),
        ]
      : []),
    actionBlock([
      link('docx', t('act.docx'), `format=docx&language=${language}`),
      link('eml', t('papers.eml'), `format=eml&language=${language}`),
      ...(isWorded
        ? [
            form(`words_${definition.id}`, t('act.paper_words'), 'paper_words', {
              incident: situation.state.id,
              paper: definition.id,
            }),
          ]
        : []),
      language === 'zh'
        ? link('english', t('papers.english'), 'format=docx&language=en')
        : link('chinese', t('papers.chinese'), 'format=docx&language=zh'),
      ...(faults === null
        ? []
        : faults.length === 0
          ? [link('data', t('papers.data'), 'format=json')]
          : [link('data', t('papers.data_begun'), 'format=json_begun')]),
    ]),
    ...(faults === null || faults.length === 0 ? [] : [noteBlock(dataMissing(faults))]),
  ];
}

function dataMissing(faults: readonly BilingualText[]): Text {
  return t('papers.data_missing', {
    n: faults.length,
    what: joined(faults.slice(0, FAULTS_SHOWN).map(lawText), 'semicolon'),
    more: Math.max(0, faults.length - FAULTS_SHOWN),
  });
}
