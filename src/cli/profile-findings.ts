import { nearestName } from '../config/nearest-name.ts';
import { ROLES, type Role, roomId } from '../incident/identity.ts';
import type { Organisation, Person } from '../incident/people/profile.ts';
import { whoMaySecond } from '../incident/people/rights.ts';
import { isThere, standInFor } from '../incident/people/stand-ins.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { Finding } from '../use-cases/ports.ts';
import { ok, warning, wrong } from './findings.ts';

/** Platforms that rooms may name: the console and those of the registry. Accounts may also name `oidc`. */
const ROOM_PLATFORMS: readonly string[] = ['console', ...PLATFORMS.map(({ name }) => name)];
const ACCOUNT_PLATFORMS: readonly string[] = [...ROOM_PLATFORMS, 'oidc'];

/** Returns findings on entries that would lose people or rooms, or print a wrong report. `now`: ISO 8601. */
export function profileFindings(profile: Organisation, now: string): readonly Finding[] {
  const lost = profile.people.filter((p) => p.accounts.length === 0 && p.email === undefined).map((p) => p.name);
  return [
    ok('organisation', `entities: ${profile.entities.length}, people: ${profile.people.length}`),
    ...(lost.length > 0
      ? [warning('organisation', `nobody can reach ${lost.join(', ')}: no account and no address is listed or linked`)]
      : []),
    ...examples(profile),
    ...addresses(profile),
    ...platforms(profile),
    ...locations(profile),
    ...roles(profile),
    ...roster(profile, now),
  ];
}

/** Patterns of invented values in `manifests/organisation.example.yaml`. */
const INVENTED = /EXAMPLE\d|EXAMP\d|0{6,}example|\b0{4}-0{3,}\d|-0000-0\d{3}$/;

function examples(profile: Organisation): readonly Finding[] {
  const found = invented(profile, '');
  if (found.length === 0) return [];
  return [warning('organisation', `values of the example are still there: ${found.join(', ')}`)];
}

/** Returns paths of values copied from the example file, e.g. `people[0].phone`. */
function invented(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') return INVENTED.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((one, index) => invented(one, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => invented(one, path === '' ? key : `${path}.${key}`));
}

function addresses({ people }: Organisation): readonly Finding[] {
  const broken = people.filter(({ email }) => email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email));
  if (broken.length === 0) return [];
  return [
    wrong('organisation', `not an e-mail address: ${broken.map(({ name, email }) => `${name} ${email}`).join(', ')}`),
  ];
}

function platforms({ people, rooms }: Organisation): readonly Finding[] {
  const unknown = new Set([
    ...rooms.map(({ platform }) => platform).filter((name) => !ROOM_PLATFORMS.includes(name)),
    ...people.flatMap(({ accounts }) =>
      accounts.map(({ platform }) => platform).filter((name) => !ACCOUNT_PLATFORMS.includes(name)),
    ),
  ]);
  return [...unknown].map((name) => {
    const near = nearestName(name, ACCOUNT_PLATFORMS) ?? ACCOUNT_PLATFORMS.join(', ');
    return wrong('organisation', `no platform is called ${name}; did you mean ${near}?`);
  });
}

/** Returns findings on rooms without a location: they count as domestic and get full content, even if read abroad. */
function locations({ rooms }: Organisation): readonly Finding[] {
  const open = rooms.filter(({ location, platform }) => location === undefined && platform !== 'console').map(roomId);
  if (open.length === 0) return [];
  return [
    warning(
      'organisation',
      `rooms without a location count as home and get full content: ${open.join(', ')}; write home or abroad`,
    ),
  ];
}

const NO_SECOND =
  'fewer than two people are lead, approver or legal: nobody can agree to a decision that ends a legal clock; give a second person one of these roles; outside counsel may be one';

function roles(profile: Organisation): readonly Finding[] {
  const nobody = ROLES.filter(
    (role) => role !== 'responder' && !profile.people.some((person) => person.roles.includes(role)),
  );
  return [
    ...(nobody.length > 0
      ? [warning('organisation', `nobody has the role ${nobody.join(', ')}, so nobody can do what needs it`)]
      : []),
    ...(whoMaySecond(profile).length < 2 ? [warning('second person', NO_SECOND)] : []),
  ];
}

function roster({ roster: duties }: Organisation, now: string): readonly Finding[] {
  if (duties.length === 0) return [];
  const at = Date.parse(now);
  if (duties.some(({ from, until }) => Date.parse(from) <= at && at < Date.parse(until))) return [];
  const inOrder = (times: readonly string[]) => times.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const last = inOrder(duties.map(({ until }) => until)).at(-1) ?? '';
  const next = inOrder(duties.map(({ from }) => from)).find((from) => Date.parse(from) > at);
  return [
    warning(
      'roster',
      next === undefined
        ? `it ended on ${last}: nobody is on duty, and people in the roster count as away`
        : `nobody is on duty until ${next}, and people in the roster count as away`,
    ),
  ];
}

/** Returns lines on who acts and is notified now, by role, person, room. `now`: ISO; `set`: configured platforms. */
export function dutyFindings(profile: Organisation, now: string, set: readonly string[]): readonly Finding[] {
  return [
    ...ROLES.filter((role) => role !== 'responder').flatMap((role) => whoHas(profile, role, now)),
    ...profile.people.map((person) => reachOf(profile, person, now, set)),
    ...profile.rooms.map((room) => {
      const what = room.location === 'abroad' ? 'status, clocks, level, checklist, and what is released' : 'everything';
      const whose = room.entities.length > 0 ? `incidents of ${room.entities.join(', ')}` : 'incidents declared there';
      const subject = `room ${roomId(room)}`;
      return set.includes(room.platform)
        ? ok(subject, `${what}; ${whose}`)
        : warning(subject, `not set up here: ${room.platform}; ${what}; ${whose}`);
    }),
  ];
}

function whoHas(profile: Organisation, role: Role, now: string): readonly Finding[] {
  const people = standInFor(profile, role, now).map(({ person, as, insteadOf }) => {
    if (as === 'holder') return person.name;
    return `${person.name} (${as === 'deputy' ? `deputy of ${insteadOf}` : 'on duty'})`;
  });
  return people.length === 0 ? [] : [ok(`role ${role}`, people.join('; '))];
}

/** Returns a person's channels in order, and the deputy copied near a deadline; a warning if there is no channel. */
function reachOf(profile: Organisation, person: Person, now: string, set: readonly string[]): Finding {
  const { accounts, email, deputy } = person;
  const all = new Set([...accounts.map(({ platform }) => platform), ...(email === undefined ? [] : ['mail'])]);
  const ways = [...all].filter((way) => set.includes(way));
  const missing = [...all].filter((way) => !set.includes(way));
  const name = profile.people.find(({ id }) => id === deputy)?.name;
  const say = [
    ways.length > 0 ? `notified by ${ways.join(', ')}` : 'cannot be notified: no account and no address that is set up',
    ...(missing.length > 0 ? [`not set up here: ${missing.join(', ')}`] : []),
    ...(isThere(profile, person, now) ? [] : ['away by the roster']),
    ...(name === undefined ? [] : [`near a deadline ${name} is notified too`]),
  ].join('; ');
  return (ways.length > 0 ? ok : warning)(`person ${person.id}`, say);
}
