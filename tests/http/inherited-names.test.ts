import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import { commandSchema } from '../../src/incident/commands.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { soaked } from '../fakes/soak.ts';

// @module-tag grows

/** Names that every object inherits: looked up in a table they find a function where an entry is expected. */
const INHERITED = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];
const NAMES = [...new Set(['__proto__', 'constructor', ...INHERITED])].slice(0, soaked(1, INHERITED.length));
const VIEWS = [
  'status',
  'verdict',
  'proposals',
  'question',
  'checklist',
  'draft',
  'text',
  'tasks',
  'why',
  'people',
  'answers',
  'more',
  'script',
];
const ARGS =
  'author channel draft drill fact field files filing format item level link obligation point question request room speed task text title'.split(
    ' ',
  );
/** BackgroundWork an incident takes little else. */
const LAST = ['leave_chat', 'return_to_chat', 'close', 'reopen', 'hold', 'release_hold', 'erase', 'stop_state_secret'];

type Schema = z.core.JSONSchema.BaseSchema;
const commands = z.toJSONSchema(commandSchema, { io: 'input' }).oneOf ?? [];
const typeOf = (command: Schema): string => String(propertiesOf(command)['type']?.const);

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  const known: Record<string, Schema> = {};
  for (const [name, one] of Object.entries(schema.properties ?? {})) if (typeof one === 'object') known[name] = one;
  return known;
}

/** An id, or the address of a room: as long as those may be. */
const isId = ({ maxLength, anyOf }: Schema): boolean =>
  maxLength === 128 || maxLength === 420 || (anyOf ?? []).some((one) => typeof one === 'object' && isId(one));

/** A value a schema takes, in which every text that may be anything is the name. */
function sample(schema: Schema, name: string, optional: boolean): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = (schema.anyOf ?? schema.oneOf ?? []).filter((one) => typeof one === 'object');
  if (first) return sample(first, name, optional);
  if (schema.type === 'object') {
    const wanted = Object.entries(propertiesOf(schema)).filter(
      ([key]) => optional || (schema.required ?? []).includes(key),
    );
    return Object.fromEntries(wanted.map(([key, one]) => [key, sample(one, name, optional)]));
  }
  if (schema.type === 'array')
    return typeof schema.items === 'object' ? [sample(Object(schema.items), name, optional)] : [];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(1, Number(schema.minimum ?? 1));
  if (schema.format === 'date-time') return '2026-03-31T09:42:00+08:00';
  return schema.pattern?.includes('{64}') ? 'f'.repeat(64) : name;
}

let house: RunningHouse;
let wei: Client;
beforeAll(async () => {
  house = await startHouse();
  wei = await signIn(new Client(house), 'Li Wei');
});
afterAll(() => house.stop());

async function declared(): Promise<string> {
  return (await json(await wei.post('/api/v1/incidents', { title: 'Leak', anyway: true }))).id;
}

describe.each(NAMES)('%s as the name of something', (name) => {
  test('no command finds it, breaks over it or puts it on the record', async () => {
    const id = await declared();
    const ordered = commands.toSorted((a, b) => LAST.indexOf(typeOf(a)) - LAST.indexOf(typeOf(b)));
    const found: unknown[] = [];
    for (const command of ordered)
      for (const optional of [false, true]) {
        const { revision } = await json(await wei.get(`/api/v1/incidents/${id}`));
        const intent = sample(command, name, optional);
        const response = await wei.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
        const namesIt = Object.entries(propertiesOf(command)).some(
          ([key, one]) => isId(one) && command.required?.includes(key),
        );
        if (response.status >= 500 || (namesIt && response.status === 200)) found.push([response.status, intent]);
      }
    expect(found).toEqual([]);
  });

  test('no form and no view is called so, and none breaks over it', async () => {
    const incident = await declared();
    const args = { ...Object.fromEntries(ARGS.map((arg) => [arg, name])), incident };
    const found: unknown[] = [];
    const post = async (path: string, body: object, isNamed: boolean): Promise<void> => {
      const { status } = await wei.post(`/api/v1/${path}`, body);
      if (status >= 500 || (isNamed && status === 200)) found.push([status, path, body]);
    };
    for (const form of [name, ...Object.keys(FORM_KINDS), 'new_incident']) {
      await post('forms/open', { form, args }, form === name);
      await post('forms/submit', { ref: { form, args }, revision: 1, values: { [name]: name } }, form === name);
    }
    for (const view of [name, ...VIEWS]) await post('views', { view, args }, view === name);
    expect(found).toEqual([]);
  });

  test('no incident, file or room is called so', async () => {
    const paths = ['', '/record', '/timeline', '/cards', '/files', '/report?format=md', `/files/${name}`];
    for (const path of paths) expect((await wei.get(`/api/v1/incidents/${name}${path}`)).status, path).toBe(404);
    expect((await wei.get(`/api/v1/rooms/${name}/messages`)).status).toBe(404);
    expect((await wei.get(`/api/v1/interpret?kind=${name}&text=${name}&now=2026-03-31T09:42:00%2B08:00`)).status).toBe(
      422,
    );
    for (const kind of ['time', 'number'])
      expect(
        (await wei.get(`/api/v1/interpret?kind=${kind}&text=${name}&now=2026-03-31T09:42:00%2B08:00`)).status,
      ).toBeLessThan(500);
  });
});
