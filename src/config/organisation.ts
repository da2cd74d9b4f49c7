import { readFile } from 'node:fs/promises';
import { IANAZone } from 'luxon';
import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { accountKey, roomId } from '../incident/identity.ts';
import { type Organisation, organisationSchema } from '../incident/people/profile.ts';
import { yamlWithLines } from '../ops/yaml.ts';
import { fileError } from './file-error.ts';

type Path = readonly PropertyKey[];
/** Problem at one place of the file. */
interface Problem {
  readonly path: Path;
  readonly reason: string;
}

/** Error with all problems of an organisation profile; each line names file, line, path and reason. */
export class OrganisationError extends Error {
  override readonly name = 'OrganisationError';
}

/** Reads and checks the profile. Throws `OrganisationError` with all problems at once. */
export async function loadOrganisation(file: string): Promise<Organisation> {
  return parseOrganisation(await organisationText(file), file);
}

/** Returns the unchecked text of a profile. Throws `OrganisationError` if it cannot be read. */
export async function organisationText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const reason = fileError(error).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new OrganisationError(`${file}: this file ${reason} (ORGANISATION_FILE)`);
  }
  return decoded(bytes, file);
}

/** Decodes UTF-8 and refuses other encodings: they would silently lose characters of names that reports print. */
function decoded(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OrganisationError(`${file}: this file is not UTF-8 text; save it as UTF-8 (editors: not ANSI, not GBK)`);
  }
}

/** Parses and checks the text of a profile; `file` is only named in errors. */
export function parseOrganisation(text: string, file: string): Organisation {
  refuseExcess(text, file);
  const { LineCounter, parseDocument } = yamlWithLines();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const broken = document.errors.map((e) => `${file}:${lines.linePos(e.pos[0]).line}: ${e.message}`);
    throw new OrganisationError(broken.join('\n'));
  }
  const parsed = organisationSchema.safeParse(contentOf(document, file), { error: inPlainWords });
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.flatMap(problemsOf);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new OrganisationError(
    problems
      .map(({ path, reason }) => `${file}:${lineOf(document, path, lines)}: ${pathText(path)}${reason}`)
      .join('\n'),
  );
}

/** Returns the content of a profile. Throws for an alias without an anchor, which the parser does not report. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new OrganisationError(`${file}: ${String(error)}`);
  }
}

/** Maximum numbers of characters and of anchors (`&name`) in a profile: tens of thousands of anchors take minutes. */
const MOST = { characters: 2_000_000, anchors: 500 };

function refuseExcess(text: string, file: string): void {
  if (text.length > MOST.characters)
    throw new OrganisationError(`${file}: longer than ${MOST.characters.toLocaleString('en')} characters`);
  let anchors = 0;
  for (const token of new (yamlWithLines().Lexer)().lex(text)) {
    if (token.startsWith('&')) anchors += 1;
    if (anchors > MOST.anchors) throw new OrganisationError(`${file}: has more than ${MOST.anchors} anchors (&name)`);
  }
}

/** Returns a reason in plain words. Patterns have their own messages in the schema. */
function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' ? 'needs at least one entry' : `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `is longer than ${String(issue.maximum)} characters`
        : `must be at most ${String(issue.maximum)}`;
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a time with offset, e.g. 2026-03-31T09:00:00+08:00' : undefined;
    default:
      return undefined;
  }
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'text (put numbers between quotation marks)',
    array: 'a list',
    object: 'a group of settings',
    record: 'a group of settings',
    boolean: 'true or false',
    int: 'a whole number',
    number: 'a number',
  };
  return words[type] ?? type;
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], reason: 'is not a known setting' }));
  }
  if (issue.code === 'invalid_union') {
    return [
      {
        path: issue.path,
        reason: issue.errors
          .flat()
          .map((one) => one.message)
          .join(', or '),
      },
    ];
  }
  return [{ path: issue.path, reason: issue.message }];
}

/** Finds problems no schema can: names used twice, references to missing entries, duties that end before they begin. */
function contradictions(o: Organisation): Problem[] {
  const entities = o.entities.map((e) => e.id);
  const people = o.people.map((p) => p.id);
  return [
    ...repeated(['entities'], 'id', entities),
    ...repeated(
      ['systems'],
      'id',
      o.systems.map((s) => s.id),
    ),
    ...repeated(['people'], 'id', people),
    ...sharedAccounts(o),
    ...repeated(['rooms'], 'address', o.rooms.map(roomId)),
    ...o.systems.flatMap((s, i) => [
      ...absent(['systems', i, 'entity'], 'entity', s.entity, entities),
      ...absent(['systems', i, 'owner'], 'person', s.owner, people),
    ]),
    ...o.people.flatMap((p, i) => [
      ...absent(['people', i, 'deputy'], 'person', p.deputy, people),
      ...when(p.deputy === p.id, ['people', i, 'deputy'], 'is the same person'),
    ]),
    ...repeated(['suppliers'], 'id', o.suppliers?.map((s) => s.id) ?? []),
    ...(o.suppliers ?? []).flatMap((s, i) => absent(['suppliers', i, 'contact'], 'person', s.contact, people)),
    ...o.roster.flatMap((d, i) => [
      ...absent(['roster', i, 'person'], 'person', d.person, people),
      ...when(Date.parse(d.until) <= Date.parse(d.from), ['roster', i, 'until'], 'is not after "from"'),
    ]),
    ...o.rooms.flatMap((r, i) => [
      ...r.entities.flatMap((entity, n) => absent(['rooms', i, 'entities', n], 'entity', entity, entities)),
      ...when(
        r.zone !== undefined && !IANAZone.isValidZone(r.zone),
        ['rooms', i, 'zone'],
        'is not a time zone such as Asia/Shanghai',
      ),
    ]),
  ];
}

function when(wrong: boolean, path: Path, reason: string): Problem[] {
  return wrong ? [{ path, reason }] : [];
}

function absent(path: Path, kind: string, id: string | undefined, known: readonly string[]): Problem[] {
  return when(id !== undefined && !known.includes(id), path, `names the ${kind} "${id}", which is not in this file`);
}

function repeated(list: Path, key: string, ids: readonly string[]): Problem[] {
  return ids.flatMap((id, i) => when(ids.indexOf(id) < i, [...list, i, key], `"${id}" is used twice`));
}

/** Finds accounts that two people list: the account determines who acts. */
function sharedAccounts(o: Organisation): Problem[] {
  const owners = new Map<string, string>();
  return o.people.flatMap((person, i) =>
    person.accounts.flatMap((account, n) => {
      const key = accountKey(account);
      const owner = owners.get(key);
      owners.set(key, person.id);
      return when(owner !== undefined, ['people', i, 'accounts', n], `is already an account of "${owner}"`);
    }),
  );
}

/** Returns the line of the value, or of the nearest enclosing value present in the file. */
function lineOf(document: Document, path: Path, lines: LineCounter): number {
  const { isNode } = yamlWithLines();
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Returns a path such as `people[2].deputy `, or `the profile ` for the whole file. */
function pathText(path: Path): string {
  if (path.length === 0) return 'the profile ';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${text.replace(/^\./, '')} `;
}
