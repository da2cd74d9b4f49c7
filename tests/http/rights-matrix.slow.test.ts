import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COLUMNS, rightsMatrix } from '../../src/cli/rights.ts';
import { SCOPES } from '../../src/http/token-store.ts';
import { type Command, commandSchema } from '../../src/incident/commands.ts';
import { type Account, ROLES } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { commandExamples as examples } from '../fakes/command-examples.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

/** Cells of `jishi rights` by command: who may. What people read is what is compared. */
const MATRIX = new Map(
  rightsMatrix('en')
    .split('\n')
    .flatMap((line) => {
      const [, command, cells] = /`(\w+)` \| (.*) \|$/.exec(line) ?? [];
      if (command === undefined || cells === undefined) return [];
      const marks = cells.split(' | ');
      return [[command, new Set(COLUMNS.filter((_, index) => marks[index] === '●'))] as const];
    }),
);

const account = (platform: string, id: string): Account => ({
  platform,
  tenant: platform === 'console' ? 'local' : 'T',
  id,
});
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: ROLES.map((role) => ({
    ...{ id: role, name: role, roles: [role] },
    accounts: [account('console', role), account('chat', role)],
  })),
});

const authority = commandSchema.parse({ type: 'decide_level', level: 'general', authority: 'CAC' });
const ALL: readonly (readonly [string, Command])[] = [
  ...examples.map((command) => [command.type, command] as const),
  ['record_authority', authority],
];

let house: RunningHouse;
const clients = new Map<string, Client>();
beforeAll(async () => {
  house = await startHouse({ organisation, apiToken: API_TOKEN });
  for (const role of ROLES) clients.set(role, await signIn(new Client(house), role));
  const operator = clients.get('administrator') ?? new Client(house);
  for (const scope of SCOPES) {
    const made = await json(await operator.post('/api/v1/access/tokens', { name: scope, scopes: [scope] }));
    clients.set(`token ${scope}`, new Client(house, { authorization: `Bearer ${made.token}` }));
  }
  clients.set('API_TOKEN', new Client(house, { authorization: `Bearer ${API_TOKEN}` }));
});
afterAll(() => house.stop());

let keys = 0;
const delivery = () => ({ platform: 'chat', key: `k${keys++}`, body: '' });
const caller = (id: string, more: Partial<Caller> = {}): Caller => ({
  ...{ account: account('chat', id), name: id, language: 'en' },
  ...more,
});

/** A new incident that everybody of the profile takes part in. */
async function declared(): Promise<{ readonly id: string; readonly revision: () => Promise<number> }> {
  const title = `Case ${keys++}`;
  const made = await house.house.app.declare({ title, caller: caller('lead'), room: null, delivery: delivery() });
  if (made.kind !== 'done') throw new Error(made.refusal.code);
  const id = made.incident;
  const revision = async () => (await house.store.incident(id))?.version ?? 0;
  for (const person of ROLES) await byApp(caller('lead'), id, { type: 'add_person', person }, await revision());
  return { id, revision };
}

const codeOf = z.looseObject({ code: z.string().default('') });
async function byHttp(name: string, id: string, intent: Command, revision: number): Promise<string> {
  const response = await clients.get(name)?.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
  return response?.ok ? 'done' : codeOf.parse(await response?.json()).code;
}
async function byApp(who: Caller, incident: string, intent: Command, revision: number): Promise<string> {
  const result = await house.house.app.submit({ incident, intent, revision, caller: who, delivery: delivery() });
  return result.kind === 'refused' ? result.refusal.code : 'done';
}

describe('rights', () => {
  it('every command has a row, or is reserved to the bot', () => {
    const reserved = ['expire', 'name_person', 'tick', 'note_restored', 'record_delivery', 'record_stamp'];
    // A right among the answers, and no command of its own.
    const judging = ['judge'];
    expect([...MATRIX.keys()].toSorted()).toEqual(
      [...ALL.map(([name]) => name), ...judging].filter((name) => !reserved.includes(name)).toSorted(),
    );
  });

  it.each(ALL)('%s', async (name, command) => {
    const may = MATRIX.get(name) ?? new Set();
    let at = await declared();
    const differs: string[] = [];
    const look = async (
      way: string,
      isAllowed: boolean,
      give: (id: string, revision: number) => Promise<string>,
    ): Promise<void> => {
      // Nobody is refused for their role where nothing is left.
      if (isAllowed && name === 'erase') at = await declared();
      const code = await give(at.id, await at.revision());
      if (['forbidden', 'scope'].includes(code) === isAllowed) differs.push(`${way}: ${code}`);
    };
    const byToken = (token: string) => (id: string, revision: number) => byHttp(token, id, command, revision);
    for (const scope of SCOPES.filter((one) => one !== 'answer'))
      await look(`token ${scope}`, false, byToken(`token ${scope}`));
    // Those who may not come first: a command that works can end the incident for all.
    for (const column of COLUMNS.toSorted((a, b) => Number(may.has(a)) - Number(may.has(b)))) {
      if (column === 'token') {
        for (const token of ['token answer', 'API_TOKEN']) await look(token, may.has('token'), byToken(token));
        continue;
      }
      const ways: Readonly<Record<string, (id: string, revision: number) => Promise<string>>> = {
        console: byToken(column),
        chat: (id, revision) => byApp(caller(column), id, command, revision),
        group: (id, revision) => byApp(caller('responder', { roles: [column] }), id, command, revision),
      };
      for (const [way, give] of Object.entries(ways)) await look(`${way} ${column}`, may.has(column), give);
    }
    expect(differs).toEqual([]);
  });

  it('a stranger gets nothing but that there is no such incident', async () => {
    const { id, revision } = await declared();
    for (const [, command] of ALL) {
      const code = await byApp(caller('stranger', { outside: true }), id, command, await revision());
      expect(['unknown_incident', 'forbidden', 'already_declared']).toContain(code);
    }
  });
});
