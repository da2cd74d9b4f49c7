import { actionBlock, noteBlock, textBlock } from '../conversation/cards/blocks.ts';
import type { Block, Card, Text } from '../conversation/cards/card.ts';
import { toneOf } from '../conversation/cards/headline.ts';
import { dueAt, form, joined, lawText, type Situation, t, titled } from '../conversation/cards/situation.ts';
import { toldIn } from '../law/told.ts';
import { drillReport } from '../report/drills/drill-report.ts';
import type { ReportLanguage } from '../report/model.ts';
import { asSent, type PreparedPaper, paperMail, papersOf } from '../report/papers.ts';
import type { App } from './app.ts';
import { COMPARED_DRILLS, lastDrills } from './drills.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Papers for the duties beside the reports of the Measures: to the police, authorities and individuals. */
export function createPapers(context: UseCaseContext): Pick<App, 'papers' | 'paper'> {
  return {
    papers: async (id, caller, language) => {
      const state = await context.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
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
      const state = await context.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      const from = context.engine.situation(state);
      if (paper === 'drill' && state.drill && format !== 'eml') {
        const others = await lastDrills(context, caller, COMPARED_DRILLS, id);
        const report = drillReport(from, await context.engine.deps.store.events(id), others, asked ?? 'zh');
        return (await context.documents()).paper(report, `${id}-drill-${asked ?? 'zh'}`, format);
      }
      const own = (of: ReportLanguage) => papersOf(from, of).find(({ definition }) => definition.id === paper);
      const first = own(asked ?? 'zh');
      const language = asked ?? first?.language ?? 'zh';
      const found = language === first?.paper.language ? first : own(language);
      if (!found) return { code: 'unknown_paper', field: 'paper' };
      const tools = await context.documents();
      const name = `${id}-${paper}-${language}`;
      if (format !== 'eml') return tools.paper(found.paper, name, format);
      const attached = await tools.paper(asSent(found, { language }), name, 'docx');
      const content = await tools.mail(paperMail(found, from), [attached], found.paper.compiledAt);
      return { name: `${name}.eml`, mediaType: 'message/rfc822', content };
    },
  };
}

/** The card of these papers (`obligation`: of those that meet one duty), owed ones first, each with its files; links of the console, chats send the file itself. */
export function papersView(situation: Situation, obligation?: string): Card {
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
      ...papers.flatMap((paper, index) => paperBlocks(situation, paper, english[index] ?? paper)),
    ],
  };
}

function paperBlocks(
  situation: Situation,
  { definition, duties, destination, language, missing }: PreparedPaper,
  inEnglish: PreparedPaper,
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
  // A paper is in the language of its recipient; the other one is to be read here.
  const base = `/api/v1/incidents/${encodeURIComponent(situation.state.id)}/paper?paper=${definition.id}`;
  const link = (id: 'docx' | 'eml' | 'english' | 'chinese', label: Text, query: string) => ({
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
    ]),
  ];
}
