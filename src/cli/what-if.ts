import { existsSync, statSync } from 'node:fs';
import { localise } from '../conversation/cards/localise.ts';
import type { Situation } from '../conversation/cards/situation.ts';
import { refusalText } from '../conversation/record/refusals.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import type { Supposition } from '../incident/facts/what-if.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import { parseJson } from '../ops/json.ts';
import { RegimeError } from '../regimes/faults.ts';
import { loadRegime, loadRegimes } from '../regimes/load.ts';
import { packsFor } from '../regimes/load-packs.ts';
import type { DrillResult } from '../report/drills/score.ts';
import { resultOf } from '../report/drills/score.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import { COMPARED_DRILLS } from '../use-cases/drills.ts';
import { nowIn } from '../use-cases/use-case-context.ts';
import { choicesOf, type WhatIfBasis, whatIfAnswer } from '../use-cases/what-if.ts';
import type { WhatIfAnswer, WhatIfInput } from '../use-cases/what-if-answer.ts';
import { lawNamed } from '../use-cases/what-if-input.ts';
import { openForReading, regimesOf } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { CommandError, parsedArgs, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/**
 * `jishi what-if ID` prints verdict, time limits and margins of an incident, both actual and under other facts,
 * readings or law, and the minutes between steps. Read-only. Exit 2 with the name of the field on bad input.
 */
export async function whatIfCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { id, input, list, json } = parsed(args);
  const language = languageOf(terminal.env);
  const config = readConfig(terminal);
  const store = await openForReading(config);
  if (!store) throw new CommandError(`jishi what-if: there is no record in ${config.dataDir} yet`, 1);
  try {
    const events = await store.events(id);
    const state = await store.incident(id);
    const regimeOf = await regimesOf(store, config);
    const regime = regimeOf(state);
    if (!state || !regime) throw new CommandError(`jishi what-if: there is no incident ${id}`, 1);
    const packs = [...packsFor(await loadRegimes(config.regimesDir), config.regimesDir).values()];
    const at = Date.now();
    const ia = assessIncident(state, regime, nowIn(state, at));
    const situation = { state, ia, regime: ia.regime };
    if (list) {
      terminal.out(JSON.stringify(choicesOf(situation, packs, language), null, 2));
      return 0;
    }
    const drills = await drillsOf(store, regime, id);
    const basis: WhatIfBasis = { events, regime, packs, drills, at };
    const answer = whatIfAnswer(basis, input, language, await lawGiven(basis, input.law, config.regimesDir));
    if ('code' in answer) {
      const sentence = localise(refusalText(answer, situation), language);
      throw new CommandError(`jishi what-if: ${answer.field ?? ''}: ${sentence}`);
    }
    terminal.out(json ? JSON.stringify(answer, null, 2) : linesOf(answer, language));
    return 0;
  } finally {
    await store.close();
  }
}

function parsed(args: readonly string[]) {
  const options = {
    awareness: { type: 'string' },
    fact: { type: 'string', multiple: true },
    reading: { type: 'string', multiple: true },
    law: { type: 'string' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'what-if');
  const { awareness, law, list, json } = values;
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new UsageError('what-if');
  const facts = pairsOf(values.fact ?? [], 'fact').map(([fact, words]) => [fact, valueIn(words)] as const);
  const readings = Object.fromEntries(pairsOf(values.reading ?? [], 'reading'));
  const input: WhatIfInput = { awareness, law, readings, facts: Object.fromEntries(facts) };
  return { id: id.toUpperCase(), input, list, json };
}

function pairsOf(given: readonly string[], option: string): readonly (readonly [string, string])[] {
  return given.map((text) => {
    const cut = text.indexOf('=');
    if (cut < 1) throw new CommandError(`jishi what-if: --${option}: write NAME=VALUE, not ${text}`);
    return [text.slice(0, cut), text.slice(cut + 1)];
  });
}

/** Lists, ranges and durations are JSON; everything else is plain text. */
const valueIn = (words: string): unknown => (/^[[{]/.test(words) ? parseJson(words) : words);

/** Loads a law: a folder with a regime, a pack file, or a known name. Null if unknown. */
async function lawGiven(basis: WhatIfBasis, name: string | undefined, regimesDir: string | null): Promise<Law> {
  if (name === undefined || !existsSync(name)) return lawNamed(basis, name);
  try {
    if (!statSync(name).isDirectory()) {
      const { loadPackFile } = await import('../regimes/check-pack.ts');
      return { pack: loadPackFile(basis.regime, name, regimesDir).pack };
    }
    const { checkRegime } = await import('../regimes/check.ts');
    const { regime } = loadRegime(name, checkRegime);
    return regime.id === basis.regime.id ? { regime } : null;
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    throw new CommandError(`jishi what-if: law: ${error.message}`);
  }
}
type Law = Supposition['law'] | null;

async function drillsOf(store: ReadOnlyStore, base: Regime, except: string): Promise<readonly DrillResult[]> {
  const rows = await store.incidents({ search: 'DRILL-', open: false, limit: COMPARED_DRILLS + 1 });
  const ended = rows.filter(({ id, drill }) => drill && id !== except).slice(0, COMPARED_DRILLS);
  const all = await Promise.all(
    ended.map(async ({ id }) => {
      const state = await store.incident(id);
      return state ? [resultOf(situationOf(state, base), await store.events(id))] : [];
    }),
  );
  return all.flat();
}

function situationOf(state: IncidentState, base: Regime): Situation {
  const ia = assessIncident(state, base, nowIn(state, state.latestAt));
  return { state, ia, regime: ia.regime };
}

/** Returns the answer's tables as lines: the actual value, then the supposed one if it differs. */
function linesOf({ tables }: WhatIfAnswer, language: MessageLanguage): string {
  const colon = language === 'zh-CN' ? '：' : ': ';
  const lines = tables.flatMap(({ title, columns, rows }) => [
    title,
    ...rows.map(({ cells: [name, ...cells], under, changed }) => {
      const about = [name, under].filter(Boolean).join(' · ');
      // Of a step without a time nothing else is known.
      const named = cells.flatMap((cell, n) =>
        n === 0 ? cell : cell === '–' ? [] : `${columns[n + 1]}${colon}${cell}`,
      );
      const said = cells.length === 2 ? [...new Set(cells)].join(' → ') : named.join(' · ');
      return `${changed ? '*' : ' '} ${about}${colon}${said}`;
    }),
    '',
  ]);
  return [...lines, translate(language, 'what_if.changed')].join('\n');
}
