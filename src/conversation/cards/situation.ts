import { nearStyle, sameBeijingDay } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { isMessageKey } from '../../i18n/translate.ts';
import { asFiled, officeAsking, provinceOf } from '../../incident/facts/law-facts.ts';
import { recipientKnown } from '../../incident/facts/law-set.ts';
import { type Clock, firstOf, type OwedObligation } from '../../incident/facts/owed.ts';
import type { AbroadPart } from '../../incident/identity.ts';
import { type ActorId, API_ACTOR, CLOCK_ACTOR, IMPORT_ACTOR } from '../../incident/identity.ts';
import { leadOf } from '../../incident/people/rights.ts';
import { proposerOf } from '../../incident/proposals.ts';
import type { Filing, IncidentState, Participant, Stamp } from '../../incident/state.ts';
import { rankOf, reportedFrom } from '../../law/levels.ts';
import { isOfProvince, type ObligationRule, type Regime } from '../../law/regime.ts';
import type { BilingualText } from '../../law/types.ts';
import type { Written } from '../../report/sheet.ts';
import type { Action, Block, Joiner, Pair, Param, Text } from './card.ts';

/** Input of every text of the bot: the record, its legal assessment at one instant, and the regime. */
export interface Situation extends Written {
  readonly reaches?: Reaches | undefined;
  /** True for a reader who may both propose and agree (`mayBeBoth`); absent: true in drills only. */
  readonly byOne?: boolean | undefined;
  /** True for a reader on a platform that edits cards in place, where the verdict has a card of its own. */
  readonly edited?: boolean | undefined;
  /** Entries of an earlier incident by field or fact, which forms offer again. */
  readonly remembered?: Readonly<Record<string, string>> | undefined;
}
/** Returns true if a person can be written to directly now; null if unknown. */
export type Reaches = (person: Participant) => boolean | null;

export function t(key: MessageKey, params?: Readonly<Record<string, Param>>): Text {
  return params ? { key, params } : { key };
}
export function lawText(law: BilingualText): Text {
  return { law };
}
/** Text that every room of the incident may see: ids, names of participants, numbers. */
export function plain(raw: string): Text {
  return { part: 'plain', text: { raw } };
}
/** Marks a text that people wrote or that reveals such text: a room abroad shows it once the part was released. */
export function ofPart(part: AbroadPart, text: Text | string): Text {
  return { part, text: typeof text === 'string' ? { raw: text } : text };
}
export function partText(part: AbroadPart): Text {
  return t(`part.${part}`);
}
/** Words of the law that are not translated. */
function untranslated(text: string): Text {
  return { law: { zh: text, en: text } };
}
export function joined(list: readonly Text[], joiner: Joiner = 'comma'): Text {
  return { list, joiner };
}

/** Numbers of items in a sentence: "1, 2 and 4". */
export function numbers(items: readonly number[]): Text {
  return joined(
    items.map((n) => plain(String(n))),
    'and',
  );
}

/** Instant as a parameter: without the date if it is today. */
export function at({ ia }: Pick<Situation, 'ia'>, instant: string): Param {
  return { instant, style: nearStyle(instant, ia.now) };
}
/** Time of a filing as a parameter; one that no second person confirmed is marked. */
export function filedAt(situation: Pick<Situation, 'ia'>, filing: Pick<Filing, 'filedAt' | 'unconfirmed'>): Param {
  const value = at(situation, filing.filedAt);
  return filing.unconfirmed === undefined ? value : t('value.unconfirmed_new', { value });
}
/** Due time as a parameter; midnight is 24:00 of the day that ends. */
export function dueAt({ ia }: Pick<Situation, 'ia'>, instant: string): Param {
  return { instant, style: sameBeijingDay(instant, ia.now) ? 'time' : 'deadline' };
}
/** Whole minutes from now until an instant, rounded down towards the past; negative once it has passed. */
export function minutesUntil({ ia }: Pick<Situation, 'ia'>, instant: string): number {
  return Math.floor((Date.parse(instant) - Date.parse(ia.now)) / 60_000);
}

export function personText(state: IncidentState, actor: ActorId | null): Text {
  if (actor === null) return t('who.nobody');
  if (actor === CLOCK_ACTOR) return t('who.clock');
  if (actor === API_ACTOR) return t('who.api');
  if (actor === IMPORT_ACTOR) return t('who.import');
  const known = state.people[actor];
  return known ? nameText(known) : t('who.unknown');
}

/** The lead; if there is none, a text that says so and names the declarer. */
export function leadText(state: IncidentState): Text {
  const lead = leadOf(state);
  return lead ? nameText(lead) : t('who.no_lead', { by: personText(state, state.declared.by) });
}

/** Names of the people who decided: one person, or the proposer and the second person, each marked as such. */
export function decidersText(state: IncidentState, decision: Stamp): Text {
  const proposer = proposerOf(state, decision);
  const by = personText(state, decision.by);
  return proposer === null ? by : t('who.two', { proposer: personText(state, proposer), by });
}

/** Name of a participant; an account without a known name is described by its platform, never by its id. */
export function nameText({ name, account, unnamed }: Pick<Participant, 'name' | 'account' | 'unnamed'>): Text {
  return unnamed && account ? t('who.unnamed', { platform: platformText(account.platform) }) : plain(name);
}

/** Name of a platform as its folder gives it; without one, the id of the platform. */
export function platformText(platform: string): Text {
  const key = `platform.${platform}`;
  return isMessageKey(key) ? t(key) : plain(platform);
}

/** The words of the law without the number of their item and the full stop. */
export function quoteText(quote: string): Text {
  return untranslated(quote.replace(/^(\d+\.|（[一二三四五六七八九十\d]+）)\s*/, '').replace(/[。；]$/, ''));
}

/** Name of a level, e.g. 较大 (Major, 2 of 4): with the Chinese term and, if there are not just two levels, its rank. */
export function levelText(regime: Regime, level: string): Text {
  const definition = regime.levels.find((l) => l.id === level);
  if (!definition) return t('level.undetermined');
  const { zh, en } = definition.short;
  const name = untranslated(`${en.charAt(0).toUpperCase()}${en.slice(1)}`);
  const all = regime.levels.length;
  // Between two levels, the rank adds no information.
  if (all === 2) return t('level.of_two', { zh: untranslated(zh), en: name });
  return t('level.named', { zh: untranslated(zh), en: name, rank: rankOf(regime, level) + 1, all });
}
/** Name of the lowest level that must be reported. */
export function fromText(regime: Regime): Text {
  return levelText(regime, reportedFrom(regime));
}

/** Statement of the kind of operator asked about, e.g. 涉及关键信息基础设施; empty if the regime asks for none. */
export function askedText({ operators, operatorQuestion }: Regime): Text {
  const asked = operators.find(({ id }) => id === operatorQuestion?.asked);
  return asked ? lawText(asked.name) : plain('');
}

/** Clause for a kind of operator, short or in English spelt out, e.g. CII is involved; null if there is no such kind. */
export function operatorClause(
  { operators, operatorQuestion }: Regime,
  of: string | null | undefined,
  named: 'short' | 'name' = 'short',
): Text | null {
  const kind = operators.find(({ id }) => id === of);
  if (!kind) return null;
  const short = kind.short ?? kind.name;
  // Only the name of the kind asked about is a clause. 涉及关基 needs no spelling out.
  const isNamed = named === 'name' && of === operatorQuestion?.asked;
  return lawText(isNamed ? { zh: short.zh, en: kind.name.en } : short);
}

/** Name of the content that a duty asks for. */
export function contentText({ contents }: Regime, content: string): Text {
  const name = contents.find(({ id }) => id === content)?.name;
  const key = `content.${content}`;
  return name ? lawText(name) : isMessageKey(key) ? t(key) : plain(content);
}

/** Name of a kind of report; in English with the term of the law, e.g. “first report (首报)”. */
export function reportText({ reports }: Regime, report: string): Text {
  const name = reports.find(({ id }) => id === report)?.name;
  if (!name) return plain(report);
  return lawText({ zh: name.zh, en: name.zh === name.en ? name.en : `${name.en} (${name.zh})` });
}

/** Name of a recipient: the body of the province if known, otherwise the kind of body. */
export function recipientText({ state, regime }: Situation, recipient: string): Text {
  const body = isOfProvince(regime, recipient) ? provinceOf(state, regime)?.short : undefined;
  if (body) return { law: body };
  const known = recipientKnown(state, regime, recipient);
  if (known?.proper) return { law: known.name };
  const name = known?.name;
  return name ? { law: { zh: name.zh, en: withinSentence(name.en) } } : { raw: recipient };
}
/**
 * Recipient of a duty: the authority that asked for it, otherwise the body by its name; of a duty that was met, the body
 * that the filing went to, whatever is answered later.
 */
export function dutyRecipient(situation: Situation, { id, recipient, filing }: OwedObligation): Text {
  const state = asFiled(situation.state, filing);
  return askedBy(situation, id) ?? recipientText({ ...situation, state }, recipient);
}
export function askedBy({ state, regime }: Situation, duty: string): Text | null {
  const office = officeAsking(state, regime, duty);
  return office === null ? null : ofPart('texts', office);
}
/** Title of a duty; it names the body of the province, if known, as other lines do, e.g. “Report to Shanghai CAC”. */
export function titleOfDuty({ state, regime }: Situation, { title, recipient }: ObligationRule): Text {
  const body = isOfProvince(regime, recipient) ? provinceOf(state, regime)?.short : undefined;
  const kind = regime.recipients.find(({ id }) => id === recipient)?.name;
  if (!body || !kind) return lawText(title);
  return lawText({ zh: title.zh.replace(kind.zh, body.zh), en: title.en.replace(withinSentence(kind.en), body.en) });
}
/** Name of a body within an English sentence; proper names keep their capitals: the SEC, the PIPC. */
function withinSentence(name: string): string {
  const isName = !name.startsWith('The ') && (/^\S?[A-Z]/.test(name.slice(1)) || / [A-Z]/.test(name));
  if (isName) return `the ${name}`;
  const lower = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return /^(the|affected) /.test(lower) ? lower : `the ${lower}`;
}
export function recipientsText(situation: Situation, obligations: readonly OwedObligation[]): Text {
  const { state, regime } = situation;
  const byBody = new Map(obligations.map((one) => [officeAsking(state, regime, one.id) ?? one.recipient, one]));
  return joined(
    [...byBody.values()].map((one) => dutyRecipient(situation, one)),
    'and',
  );
}

/** Clocks that somebody still has to meet, earliest first. */
export function openClocks({ ia }: Pick<Situation, 'ia'>): readonly Clock[] {
  return ia.clocks
    .filter((c) => !c.filing && c.status !== 'void')
    .toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
}
export function openInitial(situation: Pick<Situation, 'ia'>): readonly Clock[] {
  return openClocks(situation).filter((c) => c.form === 'first');
}
export function firstFiling({ ia }: Pick<Situation, 'ia'>): OwedObligation['filing'] {
  return firstOf(firstFilings(ia.obligations));
}
/** Filings of the first report that count, one for each duty. */
export function firstFilings(obligations: Situation['ia']['obligations']): readonly Filing[] {
  return obligations.flatMap(({ form, filing }) => (form === 'first' && filing ? [filing] : []));
}

export function pair(key: MessageKey, value: Text): Pair {
  return { label: t(key), value };
}

/**
 * Title of the incident within a list; where titles are not shown it is omitted together with its separator. After a
 * state-secret stop the id stands for it.
 */
export function titleText({ state }: Pick<Situation, 'state'>): Text {
  if (state.stopped) return plain(state.id);
  return { part: 'title', text: { raw: state.title }, leftOut: true };
}

/** Title of the incident for a message that is read among others; omitted after a stop and where titles are hidden. */
export function aboutBlocks({ state }: Pick<Situation, 'state'>): readonly Block[] {
  if (state.stopped) return [];
  const title = titleText({ state });
  const split = { pairs: [{ ...pair('row.incident', title), isName: true as const }] };
  return [{ kind: 'note', text: t('card.about', { title }), split, part: 'title' }];
}

/** Title of a card, marked for a drill or an incident recorded afterwards. */
export function titled(state: IncidentState, title: Text): Text {
  if (state.imported) return t('card.imported', { title });
  return state.drill ? t('card.drill', { title }) : title;
}

export function intent(
  id: string,
  label: Text,
  command: Extract<Action['does'], { kind: 'intent' }>['intent'],
): Action {
  return { id, label, does: { kind: 'intent', intent: command } };
}
export function form(id: string, label: Text, name: string, args: Readonly<Record<string, string>>): Action {
  return { id, label, does: { kind: 'form', form: { form: name, args } } };
}
export function view(id: string, label: Text, name: string, args: Readonly<Record<string, string>>): Action {
  return { id, label, does: { kind: 'view', view: { view: name, args } } };
}
type Args = Readonly<Record<string, string>>;
/** Suffix of the message key of a button, e.g. `close` for `act.close`. */
type Act = MessageKey extends infer Key ? (Key extends `act.${infer Name}` ? Name : never) : never;
/** Button that opens the incident's form of this name; its label has the same name. */
export function fill({ state }: Pick<Situation, 'state'>, name: Act, args: Args = {}, id: string = name): Action {
  return form(id, t(`act.${name}`), name, { incident: state.id, ...args });
}
/** Button that shows the incident's view of this name; its label has the same name. */
export function show({ state }: Pick<Situation, 'state'>, name: Act, args: Args = {}): Action {
  return view(name, t(`act.${name}`), name, { incident: state.id, ...args });
}
export function primary(action: Action): Action {
  return { ...action, style: 'primary' };
}
