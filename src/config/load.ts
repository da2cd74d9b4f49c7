import { CORE_GROUPS, coreVariables } from './core-settings.ts';
import { cutShortIn, FILE_ENDING, secretsOf, unknownIn, withDotEnv, withSecretFiles } from './dotenv.ts';
import { assemble, type Config } from './schema.ts';
import { namesOf, ONCE, type SettingsGroup } from './settings.ts';

export interface ConfigError {
  readonly variable: string;
  /** Predicate without a subject, e.g. "must be a whole number". Never contains the value, which may be secret. */
  readonly problem: string;
}
export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: Config;
      /** Names and lines of `.env` that no setting reads. */
      readonly ignored: readonly ConfigError[];
    }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the whole configuration, or returns all problems in it. `platforms`: settings groups of the platforms;
 * `dotEnv`: text of `.env`, which adds to the environment.
 */
export function loadConfig(
  env: Environment,
  platforms: readonly SettingsGroup[],
  dotEnv: string | null = null,
): LoadedConfig {
  const groups = [...CORE_GROUPS, ...platforms];
  const names = [...new Set(groups.flatMap(namesOf))];
  const secrets = secretsOf(groups);
  const filled = withSecretFiles(withDotEnv(env, dotEnv), secrets);
  const given = givenOf(filled.env, names);
  const errors = [
    ...cutShortIn(dotEnv ?? '', names),
    ...filled.errors,
    ...groups.flatMap((group) => [...halfSet(group, given, groups), ...wrongValues(group, given)]),
  ];
  const core = coreVariables.safeParse(given, ONCE);
  if (core.success && errors.length === 0) {
    const own = new Set(Object.keys(coreVariables.shape));
    const settings = Object.fromEntries(Object.entries(given).filter(([name]) => !own.has(name)));
    const known = [...names, ...secrets.map((name) => name + FILE_ENDING)];
    return { ok: true, config: assemble(core.data, settings), ignored: unknownIn(dotEnv ?? '', known) };
  }
  const place = (error: ConfigError): number => names.indexOf(error.variable);
  // The same variable may belong to several groups, so its error is kept once.
  const once = new Map(errors.map((error) => [`${error.variable} ${error.problem}`, error]));
  return { ok: false, errors: [...once.values()].toSorted((a, b) => place(a) - place(b)) };
}

type Given = Readonly<Record<string, string>>;

/** Returns the set variables among `names`, with trimmed values; an empty variable is not set. */
function givenOf(env: Environment, names: readonly string[]): Given {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

function wrongValues({ variables }: SettingsGroup, given: Given): ConfigError[] {
  const parsed = variables.safeParse(given, ONCE);
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({ variable: String(path[0]), problem: message }));
}

/** Returns errors for a group with only some required settings; a variable in use by another group is not counted. */
function halfSet(group: SettingsGroup, given: Given, groups: readonly SettingsGroup[]): ConfigError[] {
  const isOwn = (name: string): boolean => groups.every((other) => other === group || !(name in other.variables.shape));
  const set = namesOf(group).filter((name) => given[name] !== undefined);
  const users = (name: string) => groups.filter((other) => other !== group && name in other.variables.shape);
  const isUsedElsewhere = (name: string): boolean =>
    users(name).some((other) => namesOf(other).some((one) => one !== name && given[one] !== undefined));
  const first = set.find((name) => isOwn(name) || !isUsedElsewhere(name));
  if (first === undefined) return [];
  return (group.needs ?? [])
    .filter((names) => names.every((name) => given[name] === undefined))
    .map(([name, ...others]) => ({
      variable: name,
      problem: [...others.map((other) => `or ${other}`), `is missing, because ${first} is set`].join(' '),
    }));
}
