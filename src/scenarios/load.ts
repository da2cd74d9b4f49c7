import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import { CONTEXT_FACTS } from '../incident/facts/context-facts.ts';
import { type Scenario, scenarioSchema } from '../incident/scenario.ts';
import { assess } from '../law/assess.ts';
import type { Regime } from '../law/regime.ts';
import type { Facts, FactValue } from '../law/types.ts';

/** Error in scenario files; each line of the message names file, place and reason. */
export class ScenarioError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ScenarioError';
  }
}

const OWN_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Loads scenarios, built in and from the folder `extra` (SCENARIOS_DIR), by id; one of the organisation replaces a
 * built-in one with the same id. Throws ScenarioError.
 */
export function loadScenarios(regime: Regime, extra?: string | null): ReadonlyMap<string, Scenario> {
  const files = [OWN_FOLDER, ...(extra ? [extra] : [])].flatMap(scenarioFilesIn);
  return new Map(files.map((file) => readScenario(file, regime)).map((scenario) => [scenario.id, scenario]));
}

function scenarioFilesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) throw new ScenarioError([`${folder}: this folder does not exist (SCENARIOS_DIR)`]);
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => join(folder, name));
}

function readScenario(path: string, regime: Regime): Scenario {
  const file = basename(path);
  const parsed = scenarioSchema.safeParse(contentOf(readFileSync(path, 'utf8'), file));
  if (!parsed.success) {
    throw new ScenarioError(parsed.error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`));
  }
  const faults = scenarioFaults(parsed.data, regime);
  if (faults.length > 0) throw new ScenarioError(faults.map((fault) => `${file}: ${fault}`));
  return parsed.data;
}

function contentOf(text: string, file: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    throw new ScenarioError([`${file}: ${String(error)}`]);
  }
}

const gradeable = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())]);

/**
 * Returns faults of a scenario under its regime: unknown facts or recipients, and a level that the facts of the answers
 * do not lead to.
 */
export function scenarioFaults({ answers, injects }: Scenario, regime: Regime): readonly string[] {
  const named = [...Object.keys(answers.facts), ...injects.flatMap(({ expect }) => expect?.fact ?? [])];
  const circumstances = new Set([...Object.keys(CONTEXT_FACTS), 'operator', ...regime.flags.map(({ id }) => id)]);
  const known = (fact: string): boolean =>
    circumstances.has(fact) || regime.factDefinitions.some(({ id }) => id === fact);
  const facts: Facts = Object.fromEntries(
    Object.entries(answers.facts).flatMap(([fact, value]): [string, FactValue][] => {
      const figure = gradeable.safeParse(value);
      return circumstances.has(fact) || !figure.success ? [] : [[fact, figure.data]];
    }),
  );
  const { operator } = answers.facts;
  const { floor } = assess(regime, {
    operator: typeof operator === 'string' ? operator : 'unknown',
    facts,
    flags: {},
    anchors: {},
  });
  return [
    ...named.filter((fact) => !known(fact)).map((fact) => `answers: ${fact} is not a fact of ${regime.id}`),
    ...[...answers.recipients, ...injects.flatMap(({ request }) => request?.recipient ?? [])]
      .filter((one) => !regime.recipients.some(({ id }) => id === one))
      .map(
        (one) =>
          `${answers.recipients.includes(one) ? 'answers.recipients' : 'request.recipient'}: ${one} is not a recipient of ${regime.id}`,
      ),
    ...(floor === answers.level ? [] : [`answers.level: the facts give ${floor}, not ${answers.level}`]),
  ];
}
