import { assemble, type Config, PLATFORM_NEEDS } from './schema.ts';
import { AVAILABLE, docOf, GROUPS, type Group, type VariableName, variableNames, variables } from './variables.ts';

export interface ConfigError {
  readonly variable: VariableName;
  /** A sentence without its subject, e.g. "must be a whole number". Never holds the value: it may be a secret. */
  readonly problem: string;
}
export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the whole configuration, or says everything that is wrong with it. `available` is a parameter for tests. */
export function loadConfig(env: Environment, available: readonly Group[] = AVAILABLE): LoadedConfig {
  const given = setVariables(env);
  const refused = variableNames.filter((name) => given[name] !== undefined && !available.includes(docOf(name).group));
  const errors: ConfigError[] = refused
    .filter((name) => !docOf(name).ambient)
    .map((variable) => ({ variable, problem: 'is not available in this version; leave it unset' }));
  for (const name of refused) delete given[name];
  for (const group of GROUPS) errors.push(...halfSet(group, given));
  const parsed = variables.safeParse(given);
  if (parsed.success && errors.length === 0) return { ok: true, config: assemble(parsed.data) };
  for (const issue of parsed.error?.issues ?? []) {
    const variable = variableNames.find((name) => name === issue.path[0]);
    if (variable) errors.push({ variable, problem: issue.message });
  }
  const place = (error: ConfigError): number => variableNames.indexOf(error.variable);
  return { ok: false, errors: errors.toSorted((a, b) => place(a) - place(b)) };
}

/** One readable list of everything that is wrong. */
export function describeErrors(errors: readonly ConfigError[]): string {
  const head = errors.length === 1 ? 'one setting is wrong' : `${errors.length} settings are wrong`;
  const lines = errors.map((error) => `  ${error.variable} ${error.problem}.`);
  return [
    `Jishi cannot start: ${head}.`,
    ...lines,
    'Settings come from the environment and from .env; .env.example explains each.',
  ].join('\n');
}

/** Our variables that are set, trimmed; empty means unset. */
function setVariables(env: Environment): Partial<Record<VariableName, string>> {
  const given: Partial<Record<VariableName, string>> = {};
  for (const name of variableNames) {
    const value = env[name]?.trim();
    if (value) given[name] = value;
  }
  return given;
}

/** A platform of which something is set but not all it needs. */
function halfSet(group: Group, given: Partial<Record<VariableName, string>>): ConfigError[] {
  const first = variableNames.find((name) => docOf(name).group === group && given[name] !== undefined);
  // The address of WeCom's API also serves the group robots, so on its own it switches nothing on.
  if (first === undefined || (first === 'WECOM_API_URL' && given.WECOM_WEBHOOK_KEYS !== undefined)) return [];
  return (PLATFORM_NEEDS[group] ?? [])
    .filter((names) => names.every((name) => given[name] === undefined))
    .map(([variable, ...others]) => ({
      variable,
      problem: [...others.map((name) => `or ${name}`), `is missing, because ${first} is set`].join(' '),
    }));
}
