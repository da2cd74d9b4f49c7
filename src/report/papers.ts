import type { MessageKey } from '../i18n/keys.ts';
import { isMessageKey } from '../i18n/translate.ts';
import { isReport } from '../incident/approvals.ts';
import { entityOf } from '../incident/facts/law-facts.ts';
import type { OwedObligation } from '../incident/facts/owed.ts';
import type { Block, Line, ReportLanguage, Run, Section } from '../incident/report-document.ts';
import type { AuthorityRequest, Filing, IncidentState } from '../incident/state.ts';
import { type FieldDefinition, type PaperDefinition, type PaperLine, reportWith } from '../law/regime.ts';
import { answerTo, type Reader, toldIn, toldLine } from '../law/told.ts';
import { contactPoint, type Destination } from './channels/destinations.ts';
import { letterParams, type MailDraft } from './channels/mail.ts';
import { filedName } from './evidence.ts';
import { type FieldReading, isOptional, readField, readFor, toldRuns, wordingOf } from './fields.ts';
import { answerRuns, figuresOf } from './figures.ts';
import { citation, momentOf } from './format.ts';
import { marksText } from './guide-input.ts';
import { contactOf, contactWith, filedTo, formalName, headLines, signatureLines } from './head.ts';
import { colon, documentLines, lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';
import { clauses, factRun, filedAtText, paragraph, phrase, sentence, toSupplement, wordsRuns } from './runs.ts';
import { fieldsInForce } from './sections.ts';
import { law, marksOf, reportName, type Sheet, say, sheetNow, type Written } from './sheet.ts';

/** Paper for a duty outside the reports of the Measures, as it could be sent now. */
export interface PreparedPaper {
  readonly definition: PaperDefinition;
  /** Duties the paper would discharge; empty while none is owed. */
  readonly duties: readonly OwedObligation[];
  readonly destination: Destination;
  readonly paper: Paper;
  /** Language of the recipient: from the profile, otherwise from the law. */
  readonly language: ReportLanguage;
  /** Parts still to be written or confirmed, in the language of the paper. */
  readonly missing: readonly string[];
}

/** Every paper of the regime, filled from the present record; owed ones first. */
export function papersOf(from: Written, language: ReportLanguage): readonly PreparedPaper[] {
  const sheet = sheetNow(from, language, 'first');
  const all = sheet.regime.papers.flatMap((definition) =>
    definition.requests ? answersOf(sheet, definition) : [prepared(sheet, definition, [])],
  );
  return [...all.filter(({ duties }) => duties.length > 0), ...all.filter(({ duties }) => duties.length === 0)];
}

/** Answers to open requests, one for each authority: none of them reads what another one asked. */
function answersOf(sheet: Sheet, definition: PaperDefinition): readonly PreparedPaper[] {
  const byAuthority = [...Map.groupBy(openRequests(sheet), ({ from }) => from).values()];
  if (byAuthority.length === 0) return [prepared(sheet, definition, [])];
  return byAuthority.map((asked) => prepared(sheet, answerOf(sheet, definition, asked), asked));
}

/** Paper with an id; an older link or button names no authority and leads to the answer to the first one. */
export function paperNamed(papers: readonly PreparedPaper[], id: string): PreparedPaper | undefined {
  const isAnswer = ({ definition }: PreparedPaper): boolean =>
    definition.requests === true && definition.id.startsWith(`${id}.`);
  return papers.find(({ definition }) => definition.id === id) ?? papers.find(isAnswer);
}

/** Answer to one authority. Words of the paper as a whole, from before answers were kept apart, are for the first one. */
function answerOf(sheet: Sheet, definition: PaperDefinition, [first]: readonly AuthorityRequest[]): PaperDefinition {
  const hasWords = toldIn(sheet.regime, definition).some(({ id }) => wordingOf(sheet, id) !== null);
  return hasWords && first === sheet.state.requests[0] ? definition : answerTo(definition, first?.id ?? '');
}

function prepared(sheet: Sheet, definition: PaperDefinition, asked: readonly AuthorityRequest[]): PreparedPaper {
  const { ia, state, language, compiledAt } = sheet;
  const [first] = asked;
  const duties = ia.obligations.filter(
    ({ id, status }) => status !== 'void' && (definition.duties.includes(id) || asked.some((one) => one.id === id)),
  );
  const known = contactPoint(sheet, first?.recipient ?? definition.recipient);
  const own = languageOfPaper(state, definition);
  const destination = first ? { ...known, name: first.from } : known;
  const written = definition.sections.map((section) => ({
    section,
    lines: section.lines.flatMap((line) => writtenLine(sheet, { ...definition, language: own, asked }, line) ?? []),
  }));
  // A section with the same title as the paper is its only one and needs no heading.
  const isBody = ({ section }: WrittenSection): boolean => section.heading.zh === definition.title.zh;
  const [salutation, ...opening] = definition.letter ? law(sheet, definition.letter).split('\n') : [];
  const isLetter = salutation !== undefined;
  const missing = [
    ...(isLetter ? [] : headMissing(sheet, definition, asked.length > 0)),
    ...written.flatMap(({ lines }) => lines.flatMap((line) => line.missing)),
  ];
  const paper = paperOf({
    language,
    compiledAt,
    title: law(sheet, definition.title),
    marks: [
      ...marksOf(sheet),
      ...(missing.length > 0 ? [say(sheet, 'paper.mark.incomplete', { n: missing.length })] : []),
      ...(language === 'en' && own !== 'en' ? [say(sheet, 'report.mark.twin')] : []),
    ],
    head: isLetter
      ? [lineOf('salutation', '', salutation)]
      : reportHead(sheet, definition, destination, asked.length > 0),
    introduction: [
      ...opening.map((text, n) => proseOf(`opening.${n}`, text)),
      ...written.filter(isBody).flatMap(blocksOf),
    ],
    sections: numbered(
      sheet,
      written
        .filter((part) => !isBody(part))
        .map((part) => sectionOf(part.section.id, law(sheet, part.section.heading), blocksOf(part))),
    ),
    signature: signatureLines(sheet).flatMap((line) =>
      isLetter ? (line.id === 'sign.signatory' ? [] : [{ ...line, label: '' }]) : [relabelled(sheet, line)],
    ),
    appendix: [beforeSending(sheet, definition, missing)],
  });
  return { definition, duties, destination, paper, language: own, missing };
}

/** Lines of a report's head that a paper to an authority has besides the addressee; `LABELS`: their labels there. */
const ABOVE: ReadonlySet<string> = new Set(['number', 'unit', 'time']);
const LABELS: Readonly<Record<string, MessageKey>> = {
  unit: 'paper.head.unit',
  time: 'paper.head.time',
  'sign.unit': 'paper.sign.unit',
};
function relabelled(sheet: Sheet, line: Line): Line {
  const key = LABELS[line.id];
  return key ? { ...line, label: say(sheet, key) } : line;
}

function reportHead(
  sheet: Sheet,
  { recipient, to }: PaperDefinition,
  { name }: Destination,
  isAnswer: boolean,
): readonly Line[] {
  const known = isAnswer || formalName(sheet, recipient) !== null;
  const open = known ? [] : [toSupplement(say(sheet, 'report.blank'), 'to')];
  const addressee = to && !known ? law(sheet, to) : name;
  return headLines(sheet).flatMap((line) =>
    line.id === 'to'
      ? [{ ...line, runs: [factRun(addressee, 'to'), ...open] }]
      : ABOVE.has(line.id)
        ? [relabelled(sheet, line)]
        : [],
  );
}

/** Language of a paper for its recipient: from the profile, otherwise from the law. */
export function languageOfPaper(state: IncidentState, { recipient, language }: PaperDefinition): ReportLanguage {
  return contactWith({ entity: entityOf(state), state }, recipient).language ?? language ?? 'zh';
}

interface WrittenSection {
  readonly section: PaperDefinition['sections'][number];
  readonly lines: readonly WrittenLine[];
}
const blocksOf = ({ lines }: WrittenSection): readonly Block[] => lines.flatMap(({ blocks }) => blocks);

interface WrittenLine {
  readonly blocks: readonly Block[];
  readonly missing: readonly string[];
}

/** Paper in its recipient's language; `asked`: the requests that it answers. */
type OwnPaper = PaperDefinition & { readonly language: ReportLanguage; readonly asked: readonly AuthorityRequest[] };

/** Line of a paper with its text; null if the line does not concern this incident. */
function writtenLine(sheet: Sheet, paper: OwnPaper, line: PaperLine): WrittenLine | null {
  const label = law(sheet, line.label);
  const shown = (runs: readonly Run[], missing: readonly string[] = []): WrittenLine => ({
    blocks: [paragraph(line.id, sentence(sheet, runs), { label })],
    missing,
  });
  const blank = (missing: string): WrittenLine => ({
    blocks: [paragraph(line.id, [toSupplement(say(sheet, 'report.blank'), line.id)], { label })],
    missing: [missing],
  });
  const { write } = line;
  const toWrite = () => blank(say(sheet, 'paper.missing.write', { label, hint: write ? law(sheet, write) : '' }));
  if (write && !line.fields) {
    const words = toldRuns(sheet, toldLine(paper, line), paper.language);
    return words === null ? toWrite() : shown(words);
  }
  if (line.text) return shown([phrase(law(sheet, line.text))]);
  if (line.theirs) return { ...blank(label), missing: [] };
  if (line.own === 'files') return filesLine(sheet, label);
  if (line.own) {
    const text = ownText(sheet, line.own, paper.asked);
    if (text === null) return blank(label);
    // Requests are quoted, because they are the authority's words.
    return shown(line.own === 'requests' ? wordsRuns(sheet, text, line.own) : [factRun(text, line.own)]);
  }
  if (line.facts) {
    const known = line.facts.flatMap((fact) => factRuns(sheet, fact) ?? []);
    return known.length > 0 ? shown(clauses(sheet, known)) : blank(label);
  }
  const readings = fieldReadings(sheet, paper, line.fields ?? [], write !== undefined);
  if (readings.length === 0) return null;
  if (write && readings.every(({ state }) => state === 'missing' || state === 'unknown')) return toWrite();
  const isOpen = ({ runs, definition, state }: FieldReading): boolean =>
    runs === null &&
    (write !== undefined || !isOptional(definition) || (paper.reader !== undefined && state === 'unconfirmed'));
  const { reader } = paper;
  const missing = readings.filter(isOpen).map((reading) => missingText(sheet, reading, reader));
  if (readings.every(({ runs }) => runs === null)) return missing.length === 0 ? null : { ...blank(label), missing };
  const told = readings.filter((reading) => reading.runs || isOpen(reading));
  return shown(
    clauses(
      sheet,
      told.map((reading, index) => labelled(sheet, reading, index === 0 && reading.runs !== null)),
    ),
    missing,
  );
}

/** Text of a field, or a blank; with its label unless it is the first of a line, e.g. "措施的效果：＿＿". */
function labelled(sheet: Sheet, { definition, runs }: FieldReading, alone: boolean): readonly Run[] {
  const label = law(sheet, definition.label);
  const text = runs ?? [toSupplement(say(sheet, 'report.blank'), definition.id)];
  return alone ? text : [phrase(`${label}${colon(label)}`), ...text];
}

/** Text of a line taken from the record; null while the record has none. */
function ownText(
  sheet: Sheet,
  own: 'contact' | 'dpo' | 'aware' | 'filings' | 'requests',
  requests: readonly AuthorityRequest[],
): string | null {
  switch (own) {
    case 'contact': {
      const { name, phone } = contactOf(sheet);
      return name === null || phone === null ? null : [name, phone].join(say(sheet, 'report.list'));
    }
    case 'dpo': {
      const { name, email, phone } = entityOf(sheet.state)?.dataProtection ?? {};
      const known = [name, email, phone].filter((one) => one !== undefined);
      return known.length === 0 ? null : known.join(say(sheet, 'report.list'));
    }
    case 'aware': {
      const at = sheet.ia.anchors.awareness;
      return at === undefined ? null : momentOf(at, sheet.language);
    }
    case 'filings':
      return filingsText(sheet);
    case 'requests': {
      const asked = requests.map(({ from, what, receivedAt }) =>
        say(sheet, 'paper.asked', { from, what, at: momentOf(receivedAt, sheet.language) }),
      );
      return asked.length === 0 ? null : asked.join('\n');
    }
  }
}

/** Requests of authorities that nobody answered or dropped yet, oldest first. */
function openRequests({ state }: Sheet): readonly AuthorityRequest[] {
  return state.requests.filter(
    ({ id, dropped }) => dropped === null && state.filings.every(({ obligation }) => obligation !== id),
  );
}

/** Returns true for a duty to an authority: not to customers, individuals or the public, by law or contract. */
function isToAuthority({ regime }: Sheet, { id, recipient, rank }: OwedObligation): boolean {
  const papers = regime.papers.filter(({ duties }) => duties.includes(id));
  const isOther = papers.some(
    ({ letter, customers, reader = 'authority' }) => letter !== undefined || customers || reader !== 'authority',
  );
  const isPeople = regime.recipients.some((one) => one.id === recipient && one.people);
  return rank !== 'contract' && !isPeople && !isOther;
}

/** Name of a text within a sentence: the kind of report, the paper's title, or the law's word for the content. */
function sentName(sheet: Sheet, filing: Filing): string {
  const { papers, contents } = sheet.regime;
  if (isReport(filing)) return reportName(sheet, filing.report ?? reportWith(sheet.regime, 'first'));
  const isAnswer = sheet.state.requests.some(({ id }) => id === filing.obligation);
  const paper = papers.find(({ duties, requests }) => duties.includes(filing.obligation) || (isAnswer && requests));
  const content = contents.find(({ id }) => id === filing.content);
  if (paper) return law(sheet, paper.title);
  const key = `content.${filing.content ?? ''}`;
  return content ? law(sheet, content.name) : isMessageKey(key) ? say(sheet, key) : filedName(sheet, filing);
}

/** Texts sent to authorities so far, e.g. "2026年3月31日13时21分向上海市互联网信息办公室报送首报". */
function filingsText(sheet: Sheet): string {
  const { state, ia } = sheet;
  const sent = state.filings.flatMap((filing) => {
    const duty = ia.obligations.find(({ id }) => id === filing.obligation);
    if (!duty || !isToAuthority(sheet, duty)) return [];
    const at = filedAtText(sheet, filing);
    const to = filedTo(sheet, filing, duty.recipient);
    const report = sentName(sheet, filing);
    return [say(sheet, 'paper.filed', { at, to, report })];
  });
  return sent.length === 0 ? say(sheet, 'paper.filed.none') : [...new Set(sent)].join(say(sheet, 'report.semicolon'));
}

/** Readings of fields by id: those in force and, with `all`, those that do not concern this incident. */
function fieldReadings(
  sheet: Sheet,
  { reader, language }: OwnPaper,
  ids: readonly string[],
  all: boolean,
): readonly FieldReading[] {
  const known = sheet.regime.items.flatMap((item): readonly FieldDefinition[] =>
    all ? item.fields : fieldsInForce(sheet, item),
  );
  return ids
    .flatMap((id) => known.filter((field) => field.id === id))
    .map((field) => (reader ? readFor(sheet, field, reader, language) : readField(sheet, field)));
}

function missingText(sheet: Sheet, { definition, state }: FieldReading, reader?: Reader): string {
  const label = law(sheet, definition.label);
  if (reader) return say(sheet, 'paper.missing.write', { label, hint: say(sheet, `reader.${reader}`) });
  return state === 'unconfirmed' || state === 'clash' ? say(sheet, `paper.missing.${state}`, { label }) : label;
}

/** Figures as the report states them, choices by their names; null where nobody stated the fact. */
function factRuns(sheet: Sheet, fact: string): readonly (readonly Run[])[] | null {
  const isFigure = sheet.regime.factDefinitions.some(({ id, unit }) => id === fact && unit !== undefined);
  const figure = isFigure ? figuresOf(sheet).find((one) => one.fact === fact) : undefined;
  const runs = figure?.runs ?? answerRuns(sheet, fact);
  return runs && [runs];
}

function filesLine(sheet: Sheet, label: string): WrittenLine {
  const { evidence } = sheet.state;
  const table = tableOf(sheet, 'files', evidence, [
    ['report.internal.file', 30, ({ name }) => name],
    ['report.internal.size', 15, ({ size }) => String(size)],
    ['report.internal.sha256', 55, ({ file }) => file],
  ]);
  const blocks = table
    ? [proseOf('files.list', say(sheet, 'paper.files', { n: evidence.length }), label), table]
    : [proseOf('files.none', say(sheet, 'paper.files.none'), label)];
  return { blocks, missing: [] };
}

function headMissing(sheet: Sheet, { recipient }: PaperDefinition, isAnswer: boolean): readonly string[] {
  const isOpen = ({ id, runs }: Line): boolean =>
    id === 'to'
      ? !isAnswer && formalName(sheet, recipient) === null
      : ABOVE.has(id) && runs.some(({ kind }) => kind === 'to_supplement');
  return headLines(sheet)
    .filter(isOpen)
    .map((line) => relabelled(sheet, line).label);
}

/** Last page for the sender: gaps, notes, and the words of the law. */
function beforeSending(
  sheet: Sheet,
  { before, sources, customers, duties }: PaperDefinition,
  missing: readonly string[],
): Section {
  // Customers of another entity are not those of the reporting one.
  const contracts = (sheet.state.organisation?.contracts ?? []).filter(
    ({ entity }) => (entity ?? sheet.entity?.id) === sheet.entity?.id || !sheet.entity,
  );
  const known = customers ? contracts : [];
  const list = tableOf(sheet, 'customers', known, [
    ['paper.customer', 50, ({ customer }) => law(sheet, customer)],
    ['guide.contact', 50, ({ notify: { name, phone, email } }) => [name, phone ?? '', email ?? ''].join(' ').trim()],
  ]);
  const rules = sheet.regime.obligations.filter(({ id }) => duties.includes(id));
  const words = (key: MessageKey): string => say(sheet, key);
  const marks = marksText({ say: words, regime: sheet.regime }, rules);
  return {
    id: 'before',
    number: null,
    heading: say(sheet, 'paper.before'),
    blocks: [
      ...missing.map((text, n) => proseOf(`missing.${n}`, text, say(sheet, 'paper.missing'))),
      ...(marks === '' ? [] : [proseOf('marks', marks, say(sheet, 'paper.marks'))]),
      ...before.map((text, n) => proseOf(`note.${n}`, law(sheet, text))),
      ...(list ? [list] : []),
      // A source without a quotation (a contract) is left out.
      ...sources
        .filter(({ quote }) => quote !== '')
        .map((source, n) => proseOf(`source.${n}`, source.quote, citation(source))),
    ],
  };
}

/** Paper as sent: without the sender's last page and the mark that it is incomplete. */
export function asSent({ paper, missing }: PreparedPaper, sheet: Pick<Sheet, 'language'>): Paper {
  const incomplete = say(sheet, 'paper.mark.incomplete', { n: missing.length });
  return { ...paper, appendix: [], marks: paper.marks.filter((mark) => mark !== incomplete) };
}

/** E-mail to the paper's recipient; missing parts come first, for the sender to delete. The program sends nothing. */
export function paperMail(prepared: PreparedPaper, from: Written): MailDraft {
  const { paper, missing, destination, definition } = prepared;
  const sheet = sheetNow(from, paper.language, 'first');
  const { name, phone } = contactOf(sheet);
  const blank = say(sheet, 'report.blank');
  const params = letterParams(paper, destination, { contact: name ?? blank, phone: phone ?? blank });
  const drill = marksOf(sheet);
  const open = missing.length > 0 ? [say(sheet, 'paper.mail.missing'), ...missing.map((one) => `- ${one}`)] : [];
  const cover = definition.letter ? [] : [say(sheet, 'mail.letter', params), '----'];
  const address = destination.contact.email;
  return {
    to: address === undefined ? [] : [address],
    subject: [...drill, definition.letter ? paper.title : say(sheet, 'mail.subject', params)].join(' '),
    text: `${[...drill, ...open, ...cover, documentLines(asSent(prepared, sheet)).join('\n')].join('\n\n')}\n`,
  };
}
