import { z } from 'zod';
import { statedValueSchema } from '../../incident/commands/parts.ts';

/** Request that a tool makes, with its path below `/api/v1`. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

/** Tool of an assistant: one operation of the API, and the part of its answer to return. */
export interface Tool {
  readonly name: string;
  readonly about: string;
  readonly input: z.ZodObject;
  /** True if the tool changes something: it declares a drill or makes a proposal. */
  readonly changes: boolean;
  readonly request: (input: unknown) => ApiRequest;
  /** Properties of the answer to return; all by default. */
  readonly parts?: readonly string[];
}

function tool<I extends z.ZodObject>(
  of: Omit<Tool, 'input' | 'request' | 'changes'> & {
    readonly input: I;
    readonly changes?: true;
    readonly request: (input: z.output<I>) => ApiRequest;
  },
): Tool {
  const { input, request, changes = false, ...rest } = of;
  return { ...rest, input, changes, request: (given) => request(input.parse(given)) };
}

const get = (path: string, query: Readonly<Record<string, string | number | boolean | undefined>> = {}): ApiRequest => {
  const stated = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) stated.set(name, String(value));
  return { method: 'GET', path: stated.size === 0 ? path : `${path}?${stated.toString()}` };
};
const incidentId = z.string().min(1).max(64).describe('Id of the incident, e.g. INC-2026-0007');
const one = z.object({ incident: incidentId });
const incident = (id: string): string => `/incidents/${encodeURIComponent(id)}`;
const limit = z.number().int().min(1).max(200).optional();

/** Fields that identify an incident, for tools that return a part of it. */
const HEAD = ['id', 'title', 'drill', 'revision', 'phase', 'now', 'stopped'];

/** All tools. Each makes one API request with the caller's token, so it has the same rights. */
export const TOOLS: readonly Tool[] = [
  tool({
    name: 'list_incidents',
    about: 'Incidents the token may see, newest first, with level, phase, lead and next deadline.',
    input: z.object({ open: z.boolean().optional(), search: z.string().max(200).optional(), limit }),
    request: (query) => get('/incidents', query),
  }),
  tool({
    name: 'get_incident',
    about: 'The whole state of one incident: level, deadlines, duties, answers, report items, drafts, filings, people.',
    input: one,
    request: ({ incident: id }) => get(incident(id)),
  }),
  tool({
    name: 'what_next',
    about: 'The next step of an incident: what is to be done, by whom, and the open question with its options.',
    input: one,
    request: ({ incident: id }) => get(incident(id)),
    parts: [...HEAD, 'next', 'question', 'open', 'proposals'],
  }),
  tool({
    name: 'what_we_owe',
    about:
      'Every duty of an incident under every law and contract in force for it: recipient, deadline, provision, state.',
    input: one,
    request: ({ incident: id }) => get(incident(id)),
    parts: [...HEAD, 'regimes', 'obligations', 'filings', 'tasks'],
  }),
  tool({
    name: 'clocks',
    about: 'The deadlines of an incident, and the time of awareness they run from.',
    input: one,
    request: ({ incident: id }) => get(incident(id)),
    parts: [...HEAD, 'clocks', 'awareness'],
  }),
  tool({
    name: 'why',
    about: 'Why the level is what it is: bounds of the level, answers, facts that are missing, open legal questions.',
    input: one,
    request: ({ incident: id }) => get(incident(id)),
    parts: [
      ...HEAD,
      ...['level', 'levelDecided', 'floor', 'ceiling', 'ceilingByNumbers', 'facts', 'undetermined', 'warnings'],
    ],
  }),
  tool({
    name: 'timeline',
    about: 'What happened in an incident, one line each, with time and author.',
    input: one,
    request: ({ incident: id }) => get(`${incident(id)}/timeline`),
  }),
  tool({
    name: 'register',
    about: 'The register of incidents with their duties, and figures over them. Days as YYYY-MM-DD.',
    input: z.object({
      from: z.iso.date().optional(),
      until: z.iso.date().optional(),
      open: z.boolean().optional(),
      drills: z.boolean().optional(),
      search: z.string().max(200).optional(),
    }),
    request: (query) => get('/register', query),
  }),
  tool({
    name: 'classify',
    about:
      'Grades a case without an incident: operator, facts, flags and anchors as `npx jishi classify` takes them, e.g. ' +
      '{"regime":"cn-cac-2025","operator":"other","facts":{"personal_info_people":1200000}}. Nothing is recorded.',
    input: z.object({ case: z.record(z.string(), z.unknown()) }),
    request: ({ case: body }) => ({ method: 'POST', path: '/classify', body }),
  }),
  tool({
    name: 'law_article',
    about: 'Provisions the rules rest on, word for word, with instrument and article. All words must occur.',
    input: z.object({ words: z.string().max(200), limit }),
    request: (query) => get('/law', query),
  }),
  tool({
    name: 'start_drill',
    about: 'Starts a drill. Drills are marked everywhere and can never be filed.',
    input: z.object({ title: z.string().min(1).max(200), scenario: z.string().min(1).max(128).optional() }),
    changes: true,
    request: (drill) => ({ method: 'POST', path: '/incidents', body: { ...drill, drill: true } }),
  }),
  tool({
    name: 'propose_answer',
    about:
      'Proposes an answer to a question of an incident. It is not an answer: nothing changes before a lead or legal ' +
      'agrees to it. `revision` is that of the incident as it was read.',
    input: one.extend({ fact: z.string().min(1), value: statedValueSchema, revision: z.number().int().nonnegative() }),
    changes: true,
    request: ({ incident: id, ...body }) => ({ method: 'POST', path: `${incident(id)}/proposals`, body }),
  }),
];
