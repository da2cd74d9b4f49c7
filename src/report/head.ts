import { approvalOf } from '../incident/approvals.ts';
import { workingStart } from '../incident/facts/assessment.ts';
import { statedText } from '../incident/facts/context-facts.ts';
import { asFiled, entityOf, officeAsking, provinceOf } from '../incident/facts/law-facts.ts';
import { recipientKnown, ruleKnown } from '../incident/facts/law-set.ts';
import { addresseesOf, type OwedObligation } from '../incident/facts/owed.ts';
import { contractDuty } from '../incident/people/contracts.ts';
import { listedNow } from '../incident/people/people.ts';
import type { Contact } from '../incident/people/profile.ts';
import type { Line, ReportDocument, Run } from '../incident/report-document.ts';
import type { Filing, IncidentState } from '../incident/state.ts';
import { entryOf } from '../law/lookup.ts';
import { formOf, isOfProvince } from '../law/regime.ts';
import type { Recipient } from '../law/types.ts';
import { dayOf, dueStampOf, momentOf } from './format.ts';
import { colon } from './paper.ts';
import { factRun, phrase, printable, toSupplement } from './runs.ts';
import { law, type Sheet, say } from './sheet.ts';

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
  const general = recipientKnown(sheet.state, sheet.regime, recipient);
  return formalName(sheet, recipient) ?? (general ? law(sheet, general.name) : recipient);
}

/** Title of a duty; of an authority's request its words. */
export function dutyTitle(sheet: Sheet, { id, recipient }: OwedObligation): string {
  const rule = ruleKnown(sheet.state, sheet.regime, id);
  const request = sheet.state.requests.find((one) => one.id === id);
  if (rule) return law(sheet, rule.title);
  return request ? `${request.from}${colon(request.from)}${request.what}` : recipientName(sheet, recipient);
}

/**
 * Text of the deadline; where a later start was chosen, also the deadline from the earliest known time. A latest possible
 * limit is named so.
 */
export function dueText(sheet: Sheet, { due, dueMinutes, anchor, isLatest }: OwedObligation): string {
  if (due === null) return say(sheet, 'leniency.no_figure');
  if (isLatest) return `${dueStampOf(due)}\n${say(sheet, 'leniency.due_latest')}`;
  const earliest = workingStart(sheet.state)?.instant;
  const chosen = sheet.ia.anchors.awareness;
  const isLater = earliest !== undefined && chosen !== undefined && Date.parse(earliest) < Date.parse(chosen);
  if (anchor !== 'awareness' || dueMinutes === null || !isLater) return dueStampOf(due);
  const first = new Date(Date.parse(earliest) + dueMinutes * 60_000).toISOString();
  return `${dueStampOf(due)}\n${say(sheet, 'leniency.due_earliest', { due: dueStampOf(first) })}`;
}

/** Office that a filing went to: as stated, or that asked for it; otherwise the recipient by its name at that time. */
export function filedTo(sheet: Sheet, filing: Filing, recipient: Recipient = filing.recipient ?? ''): string {
  const state = asFiled(sheet.state, filing);
  const asking = officeAsking(state, sheet.regime, filing.obligation);
  return filing.to ?? asking ?? recipientName({ ...sheet, state, entity: entityOf(state) }, recipient);
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
  const person = listedNow(state, lead?.person ?? null);
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
