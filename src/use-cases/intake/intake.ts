import { z } from 'zod';
import { localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { t } from '../../conversation/cards/situation.ts';
import { decidedText } from '../../conversation/intake-cards.ts';
import type { Command } from '../../incident/commands.ts';
import { parseJson } from '../../ops/json.ts';
import type { App, Caller, Submitted } from '../app.ts';
import { catalogueOf } from '../classify/catalogue.ts';
import { isMember } from '../directory/access.ts';
import { personBehind } from '../directory/links.ts';
import { inTurn } from '../one-at-a-time.ts';
import type { KeptValues, Refusal } from '../ports.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import { type GivenReport, identityOf, keptReport, REF_STARTS, type Report, refsOf, reportSchema } from './report.ts';
import { noticesOfReport, replacing } from './report-notices.ts';

export const INTAKE = 'intake:';
const REPORT = 'report:';
const GROUP = 'group:';
/** Maximum number of rows of one list request; `inParts` makes one request per beginning of a key. */
const MOST = 10_000;
/** Limit of posted reports per source within ten minutes; further ones are only listed. */
const TOLD = { most: 20, within: 10 * 60_000 };
/** Retention of a report in days, from its decision or receipt. */
const KEEP = 90;

/**
 * Reports from outside: stored and announced at once, decided by a person. A report starts no clock and opens nothing
 * by itself; when a person opens an incident with it or adds it to one, its time becomes a candidate for awareness.
 */
export function createIntake(
  context: UseCaseContext,
): Pick<App, 'receive' | 'reports' | 'decideReport' | 'dropReports'> {
  const { kept } = context;
  // One at a time, because alerts of one group arrive together and the second must find the first.
  const turn = inTurn();
  const told = new Map<string, readonly number[]>();
  return {
    receive: (given) =>
      kept ? turn(() => receive(context, kept, given, told)) : Promise.reject(new Error('no intake')),
    reports: async (caller, page) => (kept ? shownTo(context, all(kept), caller, page) : { reports: [], next: null }),
    decideReport: (input) => turn(() => decide(context, input)),
    dropReports: async () => {
      if (kept) await dropOld(context, kept);
    },
  };
}

async function find(kept: KeptValues, ref: string): Promise<Report | null> {
  return readReport(await kept.get(`${REPORT}${ref}`));
}

function readReport(text: string | null): Report | null {
  return reportSchema.safeParse(parseJson(text)).data ?? null;
}

/**
 * Changes a stored report, again from its newest state if another instance wrote it meanwhile. False if `made` answers null:
 * then it stays as it is.
 */
async function changeReport(
  kept: KeptValues,
  ref: string,
  made: (report: Report | null) => Report | null,
): Promise<boolean> {
  for (;;) {
    const before = await kept.get(`${REPORT}${ref}`);
    const after = made(readReport(before));
    if (after === null) return false;
    if (await kept.swap(`${REPORT}${ref}`, before, JSON.stringify(after))) return true;
  }
}

/** Lists kept rows part by part: one list would end at `MOST` rows, and suppliers' notices come after all alerts. */
async function* inParts(kept: KeptValues, prefix: string, starts: Iterable<string>) {
  for (const start of starts) yield* await kept.list(prefix + start, MOST);
}

async function* all(kept: KeptValues): AsyncGenerator<Report> {
  for await (const { value } of inParts(kept, REPORT, REF_STARTS)) {
    const { data } = reportSchema.safeParse(parseJson(value));
    if (data) yield data;
  }
}

async function receive(
  context: UseCaseContext,
  kept: KeptValues,
  given: GivenReport,
  told: Map<string, readonly number[]>,
): ReturnType<App['receive']> {
  const { engine } = context;
  const { store, clock } = engine.deps;
  const { ref, before } = await placeOf(kept, given);
  const group = given.group === undefined ? null : (`${GROUP}${identityOf({ ...given, key: given.group })}` as const);
  const member = group && (`${group}:${ref}` as const);
  if (!before && member !== null && (await kept.get(member)) !== null) return { ref, state: 'repeated' };
  if (before && (await kept.get(`told:${ref}`)) !== null) return { ref, state: 'repeated' };
  if (given.ended) return { ref, state: 'ended' };
  const opened = group && (await kept.get(group));
  const first = opened === null ? null : await find(kept, opened);
  if (first && member !== null && first.ref !== ref && (await stands(context, first))) {
    await kept.put(member, first.ref);
    if (before) await kept.remove(`${REPORT}${ref}`);
    await changeReport(kept, first.ref, (report) => report && { ...report, more: report.more + 1 });
    return { ref: first.ref, state: 'added' };
  }
  const report = before ?? keptReport(ref, given, await filesOf(context, given), new Date(clock.now()).toISOString());
  if (!before) await kept.swap(`${REPORT}${ref}`, null, JSON.stringify(report));
  if (group !== null && !(await kept.swap(group, opened, ref))) {
    // Another instance got an alert of the same group meanwhile: this one joins it, or is the same.
    return receive(context, kept, given, told);
  }
  const recent = (told.get(given.source) ?? []).filter((at) => clock.now() - at < TOLD.within);
  told.set(given.source, [...recent, clock.now()]);
  if (recent.length < TOLD.most || given.kind === 'supplier') {
    const isLast = given.kind === 'alert' && recent.length === TOLD.most - 1;
    const notices = await noticesOfReport(context, report, given.contact, isLast);
    // A decision finds them by these keys, even if the profile names other rooms and people by then.
    await kept.put(`notices:${ref}`, JSON.stringify(notices.map(({ key }) => key)));
    await store.outbox.add(notices);
    engine.deps.wake();
  }
  await kept.put(`told:${ref}`, identityOf(given));
  return { ref, state: 'new' };
}

/** Reference of a report, with its stored data; null for a new one. */
async function placeOf(
  kept: KeptValues,
  given: GivenReport,
): Promise<{ readonly ref: string; readonly before: Report | null }> {
  const identity = identityOf(given);
  for (const ref of refsOf(given)) {
    const before = await find(kept, ref);
    // Empty for a report posted by a version that stored no identity.
    const toldAs = (await kept.get(`told:${ref}`)) ?? '';
    if (!before || toldAs === '' || toldAs === identity) return { ref, before };
  }
  throw new Error('another report has the whole hash of this one');
}

async function filesOf({ engine }: UseCaseContext, { attached = [] }: GivenReport): Promise<Report['files']> {
  const { blobs } = engine.deps.store;
  return Promise.all(
    attached.map(async ({ name, mediaType, content }) => {
      const { sha256, size } = await blobs.put(content);
      return { file: sha256, name, mediaType, size };
    }),
  );
}

/** Returns true while further alerts of the group join this report: it is undecided, or its incident is open. */
async function stands({ engine }: UseCaseContext, { decided }: Report): Promise<boolean> {
  if (decided === null) return true;
  const state = decided.incident === null ? null : await engine.deps.store.incident(decided.incident);
  return state !== null && state.closed === null;
}

/** Reports visible to a person: without those of incidents that are not fully visible. */
async function shownTo(
  context: UseCaseContext,
  reports: AsyncIterable<Report>,
  caller: Caller,
  { limit, before }: NonNullable<Parameters<App['reports']>[1]> = { limit: Number.POSITIVE_INFINITY },
): ReturnType<App['reports']> {
  if (caller.outside || !isMember({ profile: context.engine.deps.profile, ...context }, caller))
    return { reports: [], next: null };
  const older: Report[] = [];
  for await (const report of reports) if (before === undefined || cursorOf(report) < before) older.push(report);
  const page = older.toSorted((a, b) => (cursorOf(a) < cursorOf(b) ? 1 : -1)).slice(0, limit);
  const isAbroad = readsAbroad(context, caller);
  const shown = page.map(async (report) => {
    const id = report.decided?.incident ?? null;
    const state = id === null ? null : await context.engine.deps.store.incident(id);
    const isKept = isAbroad || (state !== null && context.visibility(state, caller).show !== 'all');
    return isKept ? { ...report, title: null, text: '', link: null, files: [] } : report;
  });
  const last = page.length < older.length ? page.at(-1) : undefined;
  return { reports: await Promise.all(shown), next: last ? cursorOf(last) : null };
}

/** Position of a report in the list by time of receipt; sorts as text, e.g. `2026-03-31T01:30:00.000Z A-7K2QX9M`. */
function cursorOf({ receivedAt, ref }: Report): string {
  return `${new Date(receivedAt).toISOString()} ${ref}`;
}

/** Returns true for a person or place abroad, where reports are hidden because nobody released them. */
function readsAbroad({ engine, links }: UseCaseContext, { account, room }: Caller): boolean {
  const person = personBehind({ profile: engine.deps.profile, ...(links ? { links } : {}) }, account);
  return room?.location === 'abroad' || person?.location === 'abroad';
}

type Decision = Parameters<App['decideReport']>[0];

async function decide(context: UseCaseContext, input: Decision): ReturnType<App['decideReport']> {
  const { kept, engine } = context;
  const report = kept ? await find(kept, input.ref) : null;
  const isMine = !input.caller.outside && isMember({ profile: engine.deps.profile, ...context }, input.caller);
  if (!kept || !report || !isMine) return refused({ code: 'unknown_report', params: { ref: input.ref } });
  if (readsAbroad(context, input.caller)) return refused({ code: 'report_from_abroad', params: { ref: input.ref } });
  const { decided } = report;
  if (decided) {
    const { by, incident } = decided;
    return refused({ code: 'report_decided', params: { ref: report.ref, by, id: incident ?? 'none' } });
  }
  const result = input.choice === 'none' ? null : await taken(context, report, input);
  if (result?.kind === 'refused') return result;
  const decision = {
    choice: result === null ? 'dismissed' : input.choice === 'new' ? 'opened' : 'joined',
    incident: result?.incident ?? null,
    by: input.caller.name,
    at: new Date(engine.deps.clock.now()).toISOString(),
    reason: input.reason ?? null,
  } as const;
  // The files first: a repetition after a crash adds them, and a decided report is not decided again.
  if (result) await attach(context, report, result, input.caller);
  const isFirst = await changeReport(kept, report.ref, (now) =>
    now && (now.decided === null || (result !== null && now.decided.incident === null))
      ? { ...now, decided: decision }
      : null,
  );
  // Another instance decided meanwhile.
  if (!isFirst) return result ?? decide(context, input);
  const told = await noticesTold(kept, report.ref);
  await engine.deps.store.outbox.add(await replacing(context, report, decision, told));
  engine.deps.wake();
  return result ?? { kind: 'said', card: sentenceCard(decidedText(report.ref, decision)) };
}

/** Keys of the notices of a report; null if a version posted it that did not keep them. */
async function noticesTold(kept: KeptValues, ref: string): Promise<readonly string[] | null> {
  return z.array(z.string()).safeParse(parseJson(await kept.get(`notices:${ref}`))).data ?? null;
}

/** Opens an incident with a report, or adds the report to one; idempotent. */
async function taken(context: UseCaseContext, report: Report, { choice, caller, room }: Decision): Promise<Submitted> {
  const delivery = { platform: 'intake', key: report.ref, body: choice };
  const more = commandsOf(report, catalogueOf(context.engine.deps.regime).inForceFrom);
  const request = { who: caller, revision: null, delivery, room };
  if (choice === 'new') {
    const language = room?.language ?? caller.language;
    const title = localise(t('intake.suspected', { title: { raw: report.title } }), language);
    const commands: readonly Command[] = [{ type: 'declare', title }, ...more];
    return context.finish({ ...request, target: { series: 'INC' }, commands }, null);
  }
  const state = await context.visible(choice, caller);
  if (!state) return refused({ code: 'unknown_incident', params: { id: choice } });
  if (state.drill) return refused({ code: 'report_in_drill', params: { id: choice } });
  return context.finish({ ...request, target: { incident: choice }, commands: more }, state);
}

/**
 * Commands for the candidates of awareness and the text. An alert counts from its stated start (if not before `from`),
 * all else from its receipt. A supplier's own start is a second candidate that did not reach us and starts no clock.
 */
function commandsOf(report: Report, from: string): readonly Command[] {
  const { kind, ref, source, title, text, link, startedAt, receivedAt } = report;
  const description = `${ref} · ${source} · ${title}`;
  const isOld = startedAt !== null && Date.parse(startedAt) < Date.parse(from);
  const reached = kind === 'supplier' || startedAt === null || isOld ? receivedAt : startedAt;
  const candidate = { type: 'add_awareness', source: kind, description, ...(link ? { link } : {}) } as const;
  return [
    { ...candidate, at: reached, reachedUs: true },
    ...(kind === 'supplier' && startedAt !== null && !isOld ? [{ ...candidate, at: startedAt, reachedUs: false }] : []),
    ...(text === '' ? [] : [{ type: 'add_note' as const, text, author: source, happenedAt: receivedAt }]),
  ];
}

async function attach(
  context: UseCaseContext,
  { ref, files }: Report,
  result: Submitted,
  caller: Caller,
): Promise<void> {
  if (result.kind !== 'done') return;
  for (const evidence of files) {
    const delivery = { platform: 'intake', key: `${ref}:${evidence.file}`, body: evidence.file };
    const intent = { type: 'add_evidence', evidence } as const;
    await context.submit(
      { incident: result.incident, intent, revision: result.state.version, caller, delivery },
      evidence.file,
    );
  }
}

function refused(refusal: Refusal): Extract<Submitted, { kind: 'refused' }> {
  return { kind: 'refused', incident: null, state: null, refusal };
}

/** Removes reports past their retention or of erased incidents, with files that nothing else names. */
async function dropOld({ engine }: UseCaseContext, kept: KeptValues): Promise<void> {
  const { store, clock } = engine.deps;
  for await (const { ref, receivedAt, decided, files } of all(kept)) {
    const age = clock.now() - Date.parse(decided?.at ?? receivedAt);
    const isErased = decided?.incident && (await store.incident(decided.incident))?.erased;
    if (age < KEEP * 86_400_000 && !isErased) continue;
    await kept.remove(`${REPORT}${ref}`);
    await kept.remove(`told:${ref}`);
    await kept.remove(`notices:${ref}`);
    await store.erasure.dropFiles(files.map(({ file }) => file));
  }
  // Identities of groups are hexadecimal.
  for await (const { key, value } of inParts(kept, GROUP, '0123456789abcdef'))
    if (!(await find(kept, value))) await kept.remove(key);
}
