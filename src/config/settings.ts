import { BlockList, isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

/** Description of one variable for `.env.example` and messages. */
export interface VariableDoc {
  /** True for a secret value: never printed, logged or put into a picture. */
  readonly secret: boolean;
  /** Comment lines above the variable in `.env.example`. */
  readonly about: readonly string[];
}

/** Variables that belong together: one feature needs them, and setting only some of them is an error. */
export interface SettingsGroup<Variables extends z.ZodObject = z.ZodObject> {
  /** Heading in `.env.example`. */
  readonly title: string;
  readonly variables: Variables;
  /** Lists of variables required once any variable of the group is set: at least one of each list. */
  readonly needs?: readonly (readonly [string, ...string[]])[];
}

/** Options for schemas that are parsed once, at the start: zod compiles nothing, which takes longer than the parsing. */
export const ONCE = { jitless: true } as const;

/** The description of each variable, kept beside its schema. */
const variableDocs = z.registry<VariableDoc>();

/** Registers the description of a variable. */
export function variable<T extends z.ZodType>(schema: T, ...about: readonly string[]): T {
  variableDocs.add(schema, { secret: false, about });
  return schema;
}

/** Registers a variable whose value is never shown. */
export function secretVariable<T extends z.ZodType>(schema: T, ...about: readonly string[]): T {
  variableDocs.add(schema, { secret: true, about });
  return schema;
}

/** Returns the description of a variable of a group. A test checks that all have one. */
export function docOf(group: SettingsGroup, name: string): VariableDoc {
  const schema: unknown = group.variables.shape[name];
  const doc = schema instanceof z.ZodType ? variableDocs.get(schema) : undefined;
  if (!doc) throw new Error(`${name} has no description`);
  return doc;
}

/** Names of the variables of a group, in the order of `.env.example`. */
export function namesOf(group: SettingsGroup): readonly string[] {
  return Object.keys(group.variables.shape);
}

/** A host name, or an IPv4 or IPv6 address; neither scheme nor port. */
export const host = z
  .string()
  .refine(
    (value) => isIPv6(value) || /^[\w.-]+$/.test(value),
    'must be a host name or address without scheme and port',
  );
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number between 0 and 65535')
  .transform(Number)
  .refine((n) => n <= 65_535, 'must be a whole number between 0 and 65535');
export const token = z.string().regex(/^[\x21-\x7e]+$/, 'must consist of letters, digits and signs without spaces');
/** Secret of ours against which guesses can be tested offline: long, and with eight or more different characters. */
export const ownSecret = token.refine(
  (value) => value.length >= 32 && new Set(value).size >= 8,
  'must be at least 32 random characters; make one: openssl rand -hex 32',
);

/** An address with one of these schemes, without a trailing slash. */
export function url(schemes: readonly string[], example: string): z.ZodType<string, string> {
  return z
    .string()
    .refine((value) => schemes.includes(parsedUrl(value)?.protocol ?? ''), `must be an address such as ${example}`)
    .transform((value) => value.replace(/\/+$/, ''));
}
export const web = (example: string): z.ZodType<string, string> => url(['http:', 'https:'], example);

/** Public address without anything after the host, because the paths are fixed. */
export const origin = web('https://jishi.example.com').refine(
  (value) => parsedUrl(value)?.origin === value.toLowerCase().replace(/:(80|443)$/, ''),
  'must be an address without path, user or query, such as https://jishi.example.com',
);

function parsedUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

export const list = z.string().transform((value): readonly string[] => value.split(',').map((part) => part.trim()));

/** Parses addresses and networks separated by commas, e.g. `127.0.0.1,10.0.0.0/8`. */
export const addresses = list.transform((parts, context) => {
  const all = new BlockList();
  for (const part of parts) {
    const [address = '', length] = part.split('/');
    const version = isIP(address);
    const bits = length === undefined ? (version === 6 ? 128 : 32) : Number(length);
    if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > (version === 6 ? 128 : 32)) {
      context.addIssue({ code: 'custom', message: 'must be addresses or networks such as 127.0.0.1,10.0.0.0/8' });
      return z.NEVER;
    }
    all.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4');
  }
  return all;
});
