import { isMessageKey } from '../i18n/translate.ts';
import { approvalOf } from '../incident/approvals.ts';
import { statedText } from '../incident/facts/context-facts.ts';
import { provinceOf } from '../incident/facts/law-facts.ts';
import { addresseesOf } from '../incident/facts/owed.ts';
import { isUnconfirmed, standingValue } from '../incident/facts/standing.ts';
import { contractDuty } from '../incident/people/contracts.ts';
import type { Contact, Person } from '../incident/people/profile.ts';
import type { Line, ReportDocument, Run } from '../incident/report-document.ts';
import type { FactEntry, IncidentState } from '../incident/state.ts';
import { entryOf } from '../law/lookup.ts';
import { type FactDefinition, type FactUnit, formOf, isOfProvince } from '../law/regime.ts';
import type { Recipient } from '../law/types.ts';
import { asOfText, dayOf, momentOf } from './format.ts';
import { asOfRun, estimateRun, factRun, phrase, printable, toSupplement } from './runs.ts';
import { law, type Sheet, say } from './sheet.ts';
import {
  type AnyValue,
  asBounds,
  asSpan,
  asSpans,
  lengthText,
  optionsText,
  quantityText,
  spansText,
  totalOf,
  valueText,
} from './values.ts';

/** Lines above the items: recipient, unit, time, signatory, contact. */
export function headLines(sheet: Sheet): readonly Line[] {
  const { name, phone } = contactOf(sheet);
  const line = (id: HeadLine, ...runs: readonly Run[]): Line => ({ id, label: say(sheet, `report.head.${id}`), runs });
  return [
    line('number', factRun(sheet.state.id, 'incident')),
    line('to', ...addresseeRuns(sheet)),
    line('unit', unitRun(sheet), phrase(say(sheet, 'report.head.seal'))),
    line('time', factRun(momentOf(sheet.compiledAt, sheet.language), 'compiledAt')),
    line('signatory', blank(sheet, 'signatory')),
    line('contact', orBlank(sheet, name, 'contact')),
    line('phone', orBlank(sheet, phone, 'phone')),
  ];
}

/** Document with its time left open: a preview is renewed while it is read, and the draft has its own time. */
export function undated(document: ReportDocument): ReportDocument {
  const head = document.head.map((line) =>
    line.id === 'time' ? { ...line, runs: [phrase(say(document, 'report.head.time_open'))] } : line,
  );
  return { ...document, head };
}
type HeadLine = 'number' | 'to' | 'unit' | 'time' | 'signatory' | 'contact' | 'phone';

export function signatureLines(sheet: Sheet): readonly Line[] {
  const line = (id: 'unit' | 'signatory' | 'date', run: Run): Line => ({
    id: `sign.${id}`,
    label: say(sheet, `report.sign.${id}`),
    runs: [run],
  });
  return [
    line('unit', unitRun(sheet)),
    line('signatory', blank(sheet, 'signature')),
    line('date', factRun(dayOf(sheet.compiledAt, sheet.language), 'compiledAt')),
  ];
}

export function recipientsOf({ ia, role }: Pick<Sheet, 'ia' | 'role'>): readonly Recipient[] {
  return addresseesOf(ia.obligations, formOf(role));
}

function addresseeRuns(sheet: Sheet): readonly Run[] {
  const recipients = recipientsOf(sheet);
  if (recipients.length === 0) return [blank(sheet, 'to')];
  return recipients.flatMap((recipient, index) => {
    const run = addresseeRun(sheet, recipient);
    return index === 0 ? [run] : [phrase(say(sheet, 'report.list')), run];
  });
}

/** Formal name of an addressee: of the province's body or as in the profile, otherwise the law's name. */
function addresseeRun(sheet: Sheet, recipient: Recipient): Run {
  const name = formalName(sheet, recipient);
  if (name !== null) return factRun(name, `recipient.${recipient}`);
  if (isOfProvince(sheet.regime, recipient)) return toSupplement(say(sheet, 'report.blank_to'), 'to');
  const known = sheet.regime.recipients.find(({ id }) => id === recipient);
  return known ? factRun(law(sheet, known.name), `recipient.${recipient}`) : blank(sheet, 'to');
}

/** Formal name where known, otherwise the law's name of the recipient. */
export function recipientName(sheet: Sheet, recipient: Recipient): string {
  const general = sheet.regime.recipients.find(({ id }) => id === recipient);
  return formalName(sheet, recipient) ?? (general ? law(sheet, general.name) : recipient);
}

/** Formal name of a recipient; null if only the law's general word is known. */
export function formalName(sheet: Sheet, recipient: Recipient): string | null {
  // The profile names a contact person of the body; the report is addressed to the body by its formal name.
  const province = provinceOf(sheet.state, sheet.regime);
  if (province && isOfProvince(sheet.regime, recipient)) return law(sheet, province.body);
  return contactWith(sheet, recipient).name ?? null;
}

/** Contact of a recipient in the profile: of an authority, of a pack's recipient, or of a contract. */
export function contactWith({ entity, state }: Pick<Sheet, 'entity' | 'state'>, recipient: Recipient): Contact {
  const known: Readonly<Record<string, Contact | undefined>> = { ...entity?.contacts, ...entity?.recipients };
  const contract = state.organisation?.contracts?.find(({ id }) => contractDuty(id) === recipient);
  if (!contract) return entryOf(known, recipient) ?? {};
  const { name, email, phone } = contract.notify;
  return { name, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
}

/** Registered name of the profile's entity; in English followed by the Chinese name, which is the registered one. */
export function unitName({ entity, language }: Pick<Sheet, 'entity' | 'language'>): string | undefined {
  return language === 'en' && entity?.nameEn ? `${entity.nameEn} (${entity.name})` : entity?.name;
}

/** Full registered name: from the profile, otherwise as confirmed by a person for the report. */
export function unitRun(sheet: Sheet): Run {
  const { state, regime } = sheet;
  const name = unitName(sheet);
  if (name !== undefined) return factRun(name, 'profile.unit');
  const field = regime.items.flatMap(({ fields }) => fields).find(({ from }) => from === 'entity');
  const wording = field ? state.fields[field.id]?.wording?.text : undefined;
  return field && wording
    ? { kind: 'words', text: printable(wording).trim(), of: field.id, language: 'zh' }
    : blank(sheet, 'unit');
}

/**
 * Document with its signatory line. 签发 is an act: only an approved text shows the signatory's name, as stated,
 * otherwise the approver's; a text sent without approval is marked so, and any other has a blank for a signature.
 */
export function asPrinted(document: ReportDocument, state: IncidentState): ReportDocument {
  const runs = signatoryRuns(document, state);
  return { ...document, head: document.head.map((line) => (line.id === 'signatory' ? { ...line, runs } : line)) };
}

function signatoryRuns(document: ReportDocument, state: IncidentState): readonly Run[] {
  const { draft, language } = document;
  const isCompiled = state.drafts.some((one) => one.draft === draft && one.report === document.kind);
  const { status, approval } = approvalOf(state, draft);
  const sent = isCompiled ? state.filings.filter((filing) => filing.draft === draft) : [];
  const isApproved = isCompiled && (sent.length > 0 ? sent.some(({ approved }) => approved) : status === 'approved');
  if (isApproved && approval?.approved) {
    const name = statedText(state, 'signatory') ?? state.people[approval.approved.by]?.name;
    if (name !== undefined) return [factRun(name, 'signatory')];
  }
  const open = toSupplement(say({ language }, 'report.blank'), 'signatory');
  return sent.length === 0 ? [open] : [open, phrase(say({ language }, 'report.head.unsigned'))];
}

export function contactOf({ state, entity }: Pick<Sheet, 'state' | 'entity'>): {
  readonly name: string | null;
  readonly phone: string | null;
} {
  const stated = statedText(state, 'contact_phone');
  if (entity?.contact24h) return { ...entity.contact24h, phone: stated ?? entity.contact24h.phone };
  const lead = state.people[state.lead];
  const person: Person | undefined = state.organisation?.people.find(({ id }) => id === lead?.person);
  return {
    name: person?.name ?? (lead?.account && !lead.unnamed ? lead.name : null),
    phone: stated ?? person?.phone ?? null,
  };
}

function orBlank(sheet: Sheet, text: string | null, of: string): Run {
  return text === null ? blank(sheet, of) : factRun(text, of);
}
function blank(sheet: Sheet, of: string): Run {
  return toSupplement(say(sheet, 'report.blank'), of);
}

/** Facts that the report states elsewhere: the kind of site with the level, the class of data with its compromise. */
const OF_THE_LEVEL = new Set(['site_kind', 'data_class']);
const DATA = 'data_compromise';

/** Stated figure of the impact, as the runs of one clause. */
export interface Figure {
  readonly fact: string;
  /** True for a figure that is still changing, which a fixed wording cannot state. */
  readonly running: boolean;
  /** True if the figure has a stated start. */
  readonly since: boolean;
  /** Unit of the figure; null for spans and options. */
  readonly unit: FactUnit | null;
  readonly runs: readonly Run[];
}

/** Stated figures of the impact, in the order of the regime. Zero, "none" and "don't know" state no impact. */
export function figuresOf(sheet: Sheet): readonly Figure[] {
  return sheet.regime.factDefinitions.flatMap((definition): readonly Figure[] => {
    if (definition.id === DATA) return dataFigure(sheet, definition);
    if (definition.kind === 'judgement' || OF_THE_LEVEL.has(definition.id)) return [];
    const entry = entryInForce(sheet, definition.id, (one) => clause(sheet, definition, one) !== null);
    if (!entry) return [];
    const span = asSpan(entry.value);
    const runs = clause(sheet, definition, entry);
    if (!runs) return [];
    const spans = asSpans(entry.value)?.spans ?? [span ?? 0];
    const running = spans.some((one) => typeof one !== 'number' && one.until === undefined);
    const marked = definition.kind === 'number' ? runs : [...runs, ...unconfirmedMark(sheet, definition.id)];
    return [{ fact: definition.id, running, since: span !== null, unit: definition.unit ?? null, runs: marked }];
  });
}

/** Answer that a report prints: an unconfirmed one that states no impact does not remove the earlier one. */
function entryInForce({ state }: Sheet, fact: string, statesImpact: (entry: FactEntry) => boolean): FactEntry | null {
  const entry = state.facts[fact] ?? null;
  const before = standingValue(state, fact);
  return before === null || (entry && statesImpact(entry)) ? entry : before;
}

/** Answer in words, as a paper prints it outside the figures; null while nobody stated it. */
export function answerRuns(sheet: Sheet, fact: string): readonly Run[] | null {
  const definition = sheet.regime.factDefinitions.find(({ id }) => id === fact);
  const value = entryInForce(sheet, fact, (one) => !definition || clause(sheet, definition, one) !== null)?.value;
  if (value === undefined || value === 'unknown') return null;
  return [factRun(valueText(sheet, fact, value), fact), ...unconfirmedMark(sheet, fact)];
}

/** Mark of an answer that waits for a second person; agreeing to it is no change of the report. */
export function unconfirmedMark(sheet: Sheet, fact: string): readonly Run[] {
  return isUnconfirmed(sheet.state, fact) ? [estimateRun(say(sheet, 'report.unconfirmed'), fact, '')] : [];
}

/**
 * Clause on the effect on core or important data, with the stated class: core data lead to another level. Null if
 * nobody raised the class; an unknown class is printed as under verification.
 */
function dataFigure(sheet: Sheet, definition: FactDefinition): readonly Figure[] {
  const of = sheet.regime.factDefinitions.find(({ id }) => id === 'data_class');
  const inForce = (one: FactDefinition) =>
    entryInForce(sheet, one.id, ({ value }) => optionsText(sheet, one, value) !== null)?.value;
  const stated = of && inForce(of);
  const befell = inForce(definition);
  const name = of && stated !== undefined ? optionsText(sheet, of, stated) : null;
  const what = befell === undefined ? null : optionsText(sheet, definition, befell);
  const isNone = stated === 'none' || (Array.isArray(stated) && stated.includes('none'));
  // "Don't know" is printed only if somebody said that data are affected.
  const affected = sheet.state.facts['affected']?.value;
  const isOpen = stated === 'unknown' && Array.isArray(affected) && affected.includes('data');
  if (name === null && what === null && !isOpen) return [];
  const text =
    name === null
      ? [
          ...(what === null ? [] : [say(sheet, 'report.data.some', { what })]),
          ...(isNone ? [] : [say(sheet, 'report.data.class_open')]),
        ].join(say(sheet, 'report.comma'))
      : say(sheet, what === null ? 'report.data.open' : 'report.data.of_class', { class: name, what: what ?? '' });
  const marks = [...unconfirmedMark(sheet, DATA), ...unconfirmedMark(sheet, 'data_class')].slice(0, 1);
  return [{ fact: DATA, running: false, since: false, unit: null, runs: [factRun(text, DATA), ...marks] }];
}

function clause(sheet: Sheet, definition: FactDefinition, { value, at }: FactEntry): readonly Run[] | null {
  const { id } = definition;
  switch (definition.kind) {
    case 'duration':
      return durationClause(sheet, definition, value);
    case 'boolean':
      return value === true ? [factRun(law(sheet, definition.label), id)] : null;
    case 'number': {
      const n = quantityText(sheet, definition, value);
      if (n === null) return null;
      const text = `${say(sheet, 'report.estimate.clause')}${lead(sheet, definition, n)}`;
      const mark = isUnconfirmed(sheet.state, id) ? say(sheet, 'report.unconfirmed') : '';
      return [estimateRun(`${text}${mark}`, id, text), asOfRun(sheet, at, id)];
    }
    default: {
      const chosen = optionsText(sheet, definition, value);
      return chosen === null ? null : [factRun(lead(sheet, definition, chosen), id)];
    }
  }
}

/** Introduction of a figure: a sentence of its own, or "label: value" for a fact without one. */
function lead(sheet: Sheet, definition: FactDefinition, n: string): string {
  const key = `report.figure.${definition.id}`;
  if (isMessageKey(key)) return say(sheet, key, { n });
  return say(sheet, 'report.figure_other', { label: law(sheet, definition.label), n });
}

function durationClause(sheet: Sheet, definition: FactDefinition, value: AnyValue): readonly Run[] | null {
  const { language, compiledAt } = sheet;
  const { id } = definition;
  const what = law(sheet, definition.running ?? definition.label);
  const several = asSpans(value);
  if (several) {
    const params = { what, n: String(several.spans.length), each: spansText(sheet, several) };
    const total = lengthText(sheet, totalOf(several, compiledAt));
    const stable = say(sheet, 'report.outages', params);
    return [estimateRun(say(sheet, 'report.outages_total', { outages: stable, total }), id, stable)];
  }
  const span = asSpan(value);
  if (!span) {
    // A range from zero states no outage.
    if ((asBounds(value)?.min ?? (typeof value === 'number' ? value : 0)) === 0) return null;
    const duration = quantityText(sheet, definition, value);
    return duration === null ? null : [estimateRun(say(sheet, 'report.outage_length', { what, duration }), id)];
  }
  const since = momentOf(span.since, language);
  const duration = lengthText(sheet, (Date.parse(span.until ?? compiledAt) - Date.parse(span.since)) / 60_000);
  if (span.until !== undefined) {
    const until = momentOf(span.until, language);
    return [factRun(say(sheet, 'report.outage_ended', { since, what, until, duration }), id)];
  }
  const now = asOfText(compiledAt, compiledAt, language);
  const stable = say(sheet, 'report.outage_running_stable', { since, what });
  return [estimateRun(say(sheet, 'report.outage_running', { since, what, now, duration }), id, stable)];
}
