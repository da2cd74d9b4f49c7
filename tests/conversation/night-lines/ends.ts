import { localise } from '../../../src/conversation/cards/localise.ts';
import type { Situation } from '../../../src/conversation/cards/situation.ts';
import { FORM_KINDS } from '../../../src/conversation/commands.ts';
import { lineMeant, meant } from '../../../src/conversation/meaning/command-meaning.ts';
import type { Meaning, Reader } from '../../../src/conversation/meaning/meaning.ts';
import { levelWords } from '../../../src/conversation/text/commands/command-arguments.ts';
import { opensOf } from '../../../src/conversation/text/commands/command-words.ts';
import { parseCommand } from '../../../src/conversation/text/commands/commands.ts';
import type { Command } from '../../../src/incident/commands.ts';
import type { Language } from '../../../src/incident/identity.ts';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { allItems } from '../../../src/report/items.ts';
import { actorOf, company, regime, Story } from '../story.ts';

/** A company with a shop and a stock system, and the people of a night. */
const organisation = organisationSchema.parse({
  ...company,
  systems: [
    { id: 'shop', name: '网上商城', aliases: ['Web shop'], entity: 'shanghai', cii: false, siteKind: ['enterprise'] },
    { id: 'erp', name: '进销存系统', aliases: ['Stock system'], entity: 'shanghai', cii: false, siteKind: ['none'] },
  ],
  people: [
    ...company.people,
    {
      id: 'wang-lei',
      name: '王磊',
      nameEn: 'Wang Lei',
      roles: ['responder', 'lead'],
      accounts: [{ platform: 'console', tenant: 'local', id: '王磊' }],
    },
  ],
});

const SYSTEM: Command = { type: 'answer', fact: 'system', value: 'shop' };
const TOLD: Command = {
  type: 'add_awareness',
  at: '2026-03-31T09:20:00+08:00',
  source: 'alert',
  reachedUs: true,
};
const CRIME: Command = { type: 'answer', fact: 'suspected_crime', value: false };
const LEAK: Command = { type: 'answer', fact: 'incident_type', value: 'data.leak' };
const PEOPLE: Command = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 };
const GOES_ON: Command = { type: 'answer', fact: 'ongoing', value: { since: '2026-03-31T08:00:00+08:00' } };
const affects = (...value: string[]): Command => ({ type: 'answer', fact: 'affected', value });

/** States of an incident in which something is said, by what is asked then. */
const STATES: Readonly<Record<string, { readonly title: string; readonly done: readonly Command[] }>> = {
  system: { title: '会员系统异常', done: [] },
  awareness: { title: '会员系统异常', done: [SYSTEM] },
  type: { title: '会员系统异常', done: [SYSTEM, TOLD] },
  people: { title: '会员数据泄露', done: [SYSTEM, TOLD, LEAK, CRIME, affects('personal_info')] },
  ongoing: { title: '会员数据泄露', done: [SYSTEM, TOLD, LEAK, CRIME, affects('personal_info'), PEOPLE] },
  outage: { title: '网站打不开', done: [SYSTEM, TOLD, LEAK, CRIME, affects('outage')] },
  judgement: { title: '会员数据泄露', done: [SYSTEM, TOLD, LEAK, CRIME, affects('other'), GOES_ON] },
  verdict: {
    title: '会员数据泄露',
    done: [SYSTEM, TOLD, LEAK, CRIME, affects('personal_info'), PEOPLE, GOES_ON],
  },
};

const fields = allItems({ regime }).flatMap((item) => item.fields.flatMap(({ label }) => [label.zh, label.en]));
export const GRAMMAR = { fields, levels: levelWords(regime) };

/** The situation of a state at 09:52, ten minutes after the declaration. */
export function situationOf(state: string): Situation {
  const of = STATES[state];
  if (!of) throw new Error(`no state ${state}`);
  const story = new Story('2026-03-31T09:42:00+08:00', organisation).do({ type: 'declare', title: of.title });
  for (const command of of.done) story.do(command);
  story.wait(10);
  return story.situation;
}

export const ME = actorOf('Li Wei');

/** The meaning of a line as the use case for lines finds it. */
export function understood(line: string, reader: Reader): Meaning | { readonly kind: 'silent' } | null {
  const command = parseCommand(line, GRAMMAR);
  if (command.type === 'thanks') return { kind: 'silent' };
  if (command.type === 'help') return { kind: 'view', ref: { view: 'help', args: {} } };
  return command.type === 'unknown' ? lineMeant(command.text, reader, line) : meant(command, reader);
}

/** Commands that a line records at once. */
export function recordedBy(line: string, state: string): readonly Command[] {
  const meaning = understood(line, readerOf(state));
  return meaning?.kind === 'commands' ? meaning.commands : [];
}

/** How a line ends, in the words of the table. */
export function endsAs(meaning: ReturnType<typeof understood>, wanted: string, language: Language): boolean {
  return wanted.split(' or ').some((one) => endsAsOne(meaning, one.trim(), language));
}

/** Commands a line recorded that its end does not name: each is something nobody said. */
export function recordedBeside(
  meaning: ReturnType<typeof understood>,
  { wanted, also }: NightLine,
  language: Language,
): readonly Command[] {
  const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
  return recorded.filter(
    (command) =>
      !endsAs({ kind: 'commands', commands: [command] }, wanted, language) &&
      !(command.type === 'answer' && also.includes(command.fact)) &&
      !(command.type === 'add_awareness' && also.includes('awareness')),
  );
}

function endsAsOne(meaning: ReturnType<typeof understood>, wanted: string, language: Language): boolean {
  const [kind = '', what = '', ...more] = wanted.split(' ');
  if ((kind === 'view' || kind === 'form') && meaning?.kind === 'say' && isOffered(meaning, wanted)) return true;
  const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
  switch (kind) {
    case 'aware':
      return recorded.some((c) => c.type === 'add_awareness' && beijing(c.at).startsWith(`2026-03-${what}`));
    case 'fact':
      return factEnds(recorded, what);
    case 'range':
      return recorded.some((c) => c.type === 'answer' && c.fact === what && isWithin(c.value, Number(more[0])));
    case 'span':
      return recorded.some((c) => c.type === 'answer' && c.fact === what && spanIs(c.value, more));
    case 'running':
      return recorded.some((c) => c.type === 'answer' && c.fact === what && spanIs(c.value, []));
    case 'cmd':
      return recorded.some((c) => c.type === what);
    case 'note':
      return meaning === null || (meaning.kind === 'say' && recorded.length === 0 && offersNote(meaning));
    case 'silent':
      return meaning?.kind === 'silent';
    case 'left':
      return recorded.length === 0;
    case 'closed':
      return meaning?.kind === 'say' && /未作任何改动|[Nn]othing was changed/.test(localise(meaning.text, language));
    case 'form':
      return meaning?.kind === 'form' && meaning.ref.form === what;
    case 'view':
      return what === 'next' ? isNextStep(meaning) : meaning?.kind === 'view' && meaning.ref.view === what;
    case 'filing':
      return [what, ...more].every((one) => JSON.stringify(meaning).includes(one)) && recorded.length === 0;
    case 'ask': {
      const words = [what, ...more].join(' ');
      return recorded.length === 0 && labelsOf(meaning, language).some((label) => label.includes(words));
    }
    default:
      throw new Error(`no such end: ${wanted}`);
  }
}

/** A button that opens the wanted card or form, beside others. */
function isOffered({ actions = [] }: Extract<Meaning, { kind: 'say' }>, wanted: string): boolean {
  const opened = actions.map(({ does }) => {
    if (does.kind === 'form') return `form ${does.form.form}`;
    if (does.kind === 'view') return `view ${does.view.view}`;
    const command = does.kind === 'line' ? parseCommand(does.text, GRAMMAR).type : '';
    const { view, form = Object.hasOwn(FORM_KINDS, command) ? command : undefined } = opensOf(command);
    return view === undefined && form !== undefined ? `form ${form}` : `view ${view ?? command}`;
  });
  return opened.includes(wanted);
}

/** A sentence with the button of what comes next. */
function isNextStep(meaning: ReturnType<typeof understood>): boolean {
  return meaning?.kind === 'say' && (meaning.actions ?? []).length > 0 && !offersNote(meaning);
}

function factEnds(recorded: readonly Command[], what: string): boolean {
  const [fact, value] = what.split('=');
  return recorded.some(
    (c) => c.type === 'answer' && c.fact === fact && (value === undefined || `${c.value}` === value),
  );
}

const beijing = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString();

function isWithin(value: unknown, figure: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const min = 'min' in value ? Number(value.min) : 0;
  const max = 'max' in value ? Number(value.max) : Number.POSITIVE_INFINITY;
  return min <= figure && figure <= max;
}

function spanIs(value: unknown, [since, until]: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || !('since' in value)) return false;
  const end = 'until' in value ? String(value.until) : undefined;
  if (since !== undefined && !beijing(String(value.since)).includes(`T${since}`)) return false;
  return until === undefined ? end === undefined : end !== undefined && beijing(end).includes(`T${until}`);
}

function offersNote(meaning: Extract<Meaning, { kind: 'say' }>): boolean {
  return (meaning.actions ?? []).some(({ does }) => does.kind === 'intent' && does.intent.type === 'add_note');
}

function labelsOf(meaning: ReturnType<typeof understood>, language: Language): readonly string[] {
  if (meaning?.kind === 'form') return [localise(meaning.label, language)];
  if (meaning?.kind !== 'say') return [];
  // The one fact that is asked about stands in the sentence, its buttons say yes and no.
  return [localise(meaning.text, language), ...(meaning.actions ?? []).map(({ label }) => localise(label, language))];
}

export interface NightLine {
  readonly state: string;
  readonly line: string;
  readonly wanted: string;
  /** What may be recorded beside what is wanted: facts, e.g. `system`, and `awareness`. */
  readonly also: readonly string[];
}

/** Rows of a table of lines. */
export function rowsOf(table: string): readonly NightLine[] {
  return table
    .trim()
    .split('\n')
    .map((row) => row.split(' | ').map((cell) => cell.trim()))
    .map(([state = '', line = '', wanted = '', also = '']) => ({
      state,
      line: line.replaceAll('\\n', '\n'),
      wanted,
      also: also.split(' ').filter((one) => one !== ''),
    }));
}

const readers = new Map<string, Reader>();

/** Reader of a line in a state. Nothing changes a reader, so that each state is told once. */
export function readerOf(state: string): Reader {
  const kept = readers.get(state) ?? { situation: situationOf(state), room: null, me: ME, quoted: null };
  readers.set(state, kept);
  return kept;
}
