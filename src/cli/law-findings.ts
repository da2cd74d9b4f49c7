import type { Config } from '../config/schema.ts';
import { FRESH_DAYS } from '../conversation/level/duties.ts';
import { contractLimit } from '../incident/people/contracts.ts';
import { draftsNotAccepted, switchedOff } from '../incident/people/law-in-use.ts';
import type { Organisation } from '../incident/people/profile.ts';
import type { Pack } from '../law/pack.ts';
import { messageOf } from '../ops/errors.ts';
import type { Finding } from '../use-cases/ports.ts';
import { checkProfile, type Laws, loadLaws } from '../wiring/laws.ts';

const DAY = 86_400_000;

const line = (what: string, say: string, state: Finding['state'] = 'ok'): Finding => ({ what, state, say });

/** Returns the law findings of `doctor`: loaded packs, entities that use them, suggestions, old or unverified rules. */
export async function lawFindings(
  { regimesDir }: Pick<Config, 'regimesDir'>,
  organisation: Organisation | null,
  now: number,
): Promise<readonly Finding[]> {
  try {
    const laws = await loadLaws(regimesDir, organisation);
    await checkProfile(organisation, laws);
    return [line('regimes', laws.regime.id), ...packFindings(laws, organisation, now)];
  } catch (error) {
    return [line('regimes', messageOf(error), 'wrong')];
  }
}

function packFindings({ regime, packs }: Laws, organisation: Organisation | null, now: number): readonly Finding[] {
  const users = new Map<string, string[]>();
  for (const { id, packs: named = [] } of organisation?.entities ?? [])
    for (const pack of named) users.set(pack, [...(users.get(pack) ?? []), id]);
  const used = [...packs.values()].filter(({ id }) => users.has(id));
  const idle = [...packs.keys()].filter((id) => !users.has(id));
  const fresh = organisation?.freshness ?? FRESH_DAYS;
  return [
    ...oldFindings('regimes', regime.obligations, fresh, now),
    ...used.map((pack) => line(`pack ${pack.id}`, `used by ${(users.get(pack.id) ?? []).join(', ')}`)),
    ...draftFindings(used, organisation),
    ...used.flatMap((pack) => concerns(pack, organisation, fresh, now)),
    ...exclusions([...packs.values()], organisation),
    ...(idle.length > 0 ? [line('packs', `only loaded, used by no entity: ${idle.join(', ')}`)] : []),
    ...(organisation?.contracts ?? []).map((one) =>
      line(`contract ${one.id}`, `${contractLimit(one)} from ${one.from}, ${one.entity ?? 'every entity'}`),
    ),
    ...suggestions([...packs.values()], organisation),
    ...offFindings(organisation),
  ];
}

/** Returns findings on rules in use that a person should check: old, unverified, or with an open figure. */
function concerns(pack: Pack, organisation: Organisation | null, fresh: number, now: number): readonly Finding[] {
  const duties = pack.duties.filter(({ id }) => !offIn(organisation, id));
  const weak = duties.filter(
    ({ source }) => source.verification === 'secondary' || source.verification === 'unverified',
  );
  const blank = duties.filter(({ id, period }) => period.kind === 'blank' && !hoursIn(organisation, id));
  const what = `pack ${pack.id}`;
  const mentioned = JSON.stringify([pack.duties, pack.anchors, pack.papers]);
  const unused = pack.facts.filter(({ id }) => !mentioned.includes(`"${id}"`));
  return [
    ...oldFindings(what, duties, fresh, now),
    ...[...endingCalendars(duties, now)].map(([id, to]) =>
      line(what, `the holiday calendar ${id} ends on ${to}; deadlines after that are not calculated`, 'warning'),
    ),
    ...(unused.length > 0
      ? [line(what, `no duty depends on these facts, so they are never asked: ${idsOf(unused)}`, 'warning')]
      : []),
    ...about(what, weak, 'not verified against the text; check, or switch off under duties'),
    ...about(what, blank, 'no verified figure; fill in the hours under duties'),
  ];
}

function oldFindings(what: string, rules: Pack['duties'], fresh: number, now: number): readonly Finding[] {
  const old = rules.filter(({ source }) => now - Date.parse(source.checked) > fresh * DAY);
  return about(what, old, `compared with the source more than ${fresh} days ago`);
}

function about(what: string, rules: Pack['duties'], say: string): readonly Finding[] {
  return rules.length > 0 ? [line(what, `${say}: ${idsOf(rules)}`, 'warning')] : [];
}

const idsOf = (list: readonly { readonly id: string }[]): string => list.map(({ id }) => id).join(', ');

/** Returns findings on draft packs in use: who accepted a draft, or that nobody did, so that its duties do not run. */
function draftFindings(used: readonly Pack[], organisation: Organisation | null): readonly Finding[] {
  const open = new Set(draftsNotAccepted(organisation, used));
  return used
    .filter(({ status }) => status === 'draft')
    .map((pack) => {
      const what = `pack ${pack.id}`;
      if (open.has(pack)) {
        const say = `draft: not compared with the official text, so its duties DO NOT RUN until the profile accepts it by name and date (accept: ${pack.id})`;
        return line(what, say, 'wrong');
      }
      const [, accepted] = Object.entries(organisation?.accept ?? {}).find(([id]) => id === pack.id) ?? [];
      const changed =
        accepted && accepted.on < pack.checked ? `; it changed since (${pack.checked}), accept it again` : '';
      return line(what, `draft, accepted by ${accepted?.by} on ${accepted?.on}${changed}`, 'warning');
    });
}

/** Returns findings on pairs of packs for one entity that exclude each other by law. */
function exclusions(packs: readonly Pack[], organisation: Organisation | null): readonly Finding[] {
  return (organisation?.entities ?? []).flatMap(({ id, packs: named = [] }) =>
    packs
      .filter((pack) => named.includes(pack.id))
      .flatMap(({ id: one, excludes = [] }) =>
        excludes
          .filter(({ pack }) => named.includes(pack))
          .map(({ pack, why }) => line(`entity ${id}`, `${one} beside ${pack}: ${why.en}`, 'warning')),
      ),
  );
}

const SIX_MONTHS = 183 * DAY;

/** Returns the last day, by id, of each holiday calendar that the duties use and that ends within six months. */
function endingCalendars(duties: Pack['duties'], now: number): ReadonlyMap<string, string> {
  const periods = duties.flatMap(({ period, readings = [], weekend }) => [
    ...[period, ...readings.map((one) => one.period)].flatMap((one) =>
      'of' in one ? one.of.map((p) => p.period) : [one],
    ),
    ...(weekend ? [weekend] : []),
  ]);
  const calendars = periods.flatMap((one) => {
    const holidays = 'businessDays' in one ? one.businessDays.holidays : 'holidays' in one ? one.holidays : undefined;
    return holidays?.calendar ? [holidays.calendar] : [];
  });
  const ending = calendars.filter(({ to }) => Date.parse(to) - now < SIX_MONTHS);
  return new Map(ending.map(({ id, to }) => [id, to]));
}

function settingOf(organisation: Organisation | null, duty: string) {
  return Object.entries(organisation?.duties ?? {}).find(([id]) => id === duty)?.[1] ?? {};
}
const offIn = (organisation: Organisation | null, duty: string): boolean =>
  switchedOff(organisation).some((one) => one.duty === duty && one.isApproved);
const hoursIn = (organisation: Organisation | null, duty: string): boolean => 'hours' in settingOf(organisation, duty);

/** Returns findings on switched-off duties; a duty is still owed unless two people approved switching it off. */
function offFindings(organisation: Organisation | null): readonly Finding[] {
  return switchedOff(organisation).map(({ duty, reason, by, isApproved }) =>
    isApproved
      ? line(`duty ${duty}`, `left out by ${by.join(', ')}: ${reason}`, 'warning')
      : line(
          `duty ${duty}`,
          'off needs approvedBy with two people who are lead, approver or legal; until then it is owed',
          'warning',
        ),
  );
}

function suggestions(packs: readonly Pack[], organisation: Organisation | null): readonly Finding[] {
  return (organisation?.entities ?? []).flatMap(({ id, sector, countries = [], packs: named = [] }) => {
    const inSector = ({ sectors }: Pack['suggests']): boolean =>
      sector !== undefined && sectors.some((one) => sector.toLowerCase().includes(one.toLowerCase()));
    const inCountry = (suggests: Pack['suggests']): boolean =>
      suggests.countries.some((one) => countries.includes(one));
    const suits = ({ suggests }: Pack): boolean =>
      suggests.sectors.length > 0 && suggests.countries.length > 0
        ? inSector(suggests) && inCountry(suggests)
        : inSector(suggests) || inCountry(suggests);
    const fitting = packs.filter(suits);
    // A pack is not suggested if it excludes a pack that the entity names, or that fits the entity too.
    const isDisplaced = ({ excludes = [] }: Pack): boolean =>
      excludes.some(({ pack }) => named.includes(pack) || fitting.some((one) => one.id === pack));
    const missing = fitting.filter((pack) => !named.includes(pack.id) && !isDisplaced(pack)).map((pack) => pack.id);
    return missing.length > 0
      ? [
          line(
            `entity ${id}`,
            `its sector or countries suggest: ${missing.join(', ')}; add them to packs if they apply`,
            'warning',
          ),
        ]
      : [];
  });
}
