import type { Config } from '../config/schema.ts';
import { changesBy, type DutyChange } from '../incident/facts/law-offers.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { leavesOf } from '../law/condition.ts';
import { lawSet, type Pack } from '../law/pack.ts';
import type { ObligationRule, Regime } from '../law/regime.ts';
import { guideSheet, periodText, startText } from '../report/guide-input.ts';
import { loadSettings } from './config.ts';
import { onRecord, profileOf, situationsIn } from './stores.ts';
import { say, type Terminal } from './terminal.ts';

/** Maximum number of open incidents examined; no organisation has more. */
const MOST = 10_000;

/**
 * `jishi regime diff OLD NEW` prints duties that differ between two versions of a pack, entities and contracts of the
 * profile that use it, and open incidents whose time limits would change. It changes nothing.
 */
export async function regimeDiff(
  { base, before, after }: { readonly base: Regime; readonly before: Pack; readonly after: Pack },
  terminal: Terminal,
): Promise<void> {
  const lines = dutyLines(base, before, after);
  for (const line of lines) say(terminal, line);
  if (lines.length === 0) say(terminal, 'no duty differs');
  const loaded = loadSettings(terminal);
  if (!loaded.ok) {
    say(terminal, 'profile and incidents: the settings cannot be read (`npx jishi doctor`)');
    return;
  }
  const { config } = loaded;
  for (const line of [...profileLines(await profileOf(config), before, after), ...(await incidentLines(config, after))])
    say(terminal, line);
}

function dutyLines(base: Regime, before: Pack, after: Pack): readonly string[] {
  const describe = (pack: Pack, language: 'en' | 'zh') => {
    const regime = lawSet(base, [pack]);
    const sheet = guideSheet({ regime, organisation: null, language, at: `${pack.checked}T12:00:00Z` });
    return (rule: ObligationRule) => ({
      limit: periodText(sheet, rule),
      start: startText(sheet, rule).replaceAll('\n', ', '),
      recipient: rule.recipient,
      condition: JSON.stringify(rule.when ?? null),
      quotation: `${rule.source.article}: ${rule.source.quote}`,
    });
  };
  const [was, is] = [describe(before, 'en'), describe(after, 'en')];
  // Compared in Chinese: another translation is no difference.
  const [wasLaw, isLaw] = [describe(before, 'zh'), describe(after, 'zh')];
  const ids = [...new Set([...before.duties, ...after.duties].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [old, now] = [before, after].map(({ duties }) => duties.findLast((rule) => rule.id === id));
    if (!old) return [`+ ${id}: ${now ? is(now).limit : ''}`];
    if (!now) return [`- ${id}: ${was(old).limit}`];
    const [from, to] = [was(old), is(now)];
    return (['limit', 'start', 'recipient', 'condition', 'quotation'] as const)
      .filter((key) => wasLaw(old)[key] !== isLaw(now)[key])
      .map((key) => `  ${id}: ${key} ${from[key]} -> ${to[key]}`);
  });
}

/** Returns lines on entities that name the pack, and on contracts with a condition on a fact that it lost. */
function profileLines(organisation: Organisation | null, before: Pack, after: Pack): readonly string[] {
  const gone = before.facts.filter(({ id }) => !after.facts.some((fact) => fact.id === id)).map(({ id }) => id);
  const entities = (organisation?.entities ?? []).filter(({ packs = [] }) => packs.includes(after.id));
  return [
    ...entities.map(({ id }) => `entity ${id}: names ${after.id}`),
    ...(organisation?.contracts ?? []).flatMap(({ id, when }) => {
      const facts = (when ? leavesOf(when) : []).flatMap((leaf) => ('fact' in leaf ? [leaf.fact] : []));
      return facts
        .filter((fact) => gone.includes(fact))
        .map((fact) => `contract ${id}: the fact ${fact} is no longer asked`);
    }),
  ];
}

async function incidentLines(config: Config, after: Pack): Promise<readonly string[]> {
  const found = await onRecord(config, async (store) => {
    const situationOf = await situationsIn(store, config);
    const lines: string[] = [];
    for (const { id } of await store.incidents({ open: true, limit: MOST })) {
      const state = await store.incident(id);
      const one = state?.packs.some((pack) => pack.id === after.id) ? situationOf(state) : null;
      if (!one) continue;
      const changes = changesBy(after, one.state, one.ia).map(changeText).join('; ');
      lines.push(`incident ${id}: ${changes || 'nothing changes'}`);
    }
    return lines.length > 0 ? lines : [`incidents: no open one has ${after.id}`];
  });
  return found ?? ['incidents: there is no record yet'];
}

function changeText({ duty, before, after }: DutyChange): string {
  const limit = (one: DutyChange['before']): string => (one === null ? 'not owed' : (one.due ?? 'no date'));
  return `${duty} ${limit(before)} -> ${limit(after)}`;
}
