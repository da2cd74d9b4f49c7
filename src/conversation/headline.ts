import { type Clock, workingStart } from '../incident/assessment.ts';
import { incompleteNow, itemsNow, toFollow } from '../report/items.ts';
import type { Block, Card, Param, Text, Tone } from './card.ts';
import { needsText } from './closing.ts';
import { operatorOpen } from './context-questions.ts';
import {
  at,
  dueAt,
  firstFiling,
  joined,
  levelText,
  minutesUntil,
  openClocks,
  openInitial,
  personText,
  rankOf,
  recipientsText,
  type Scene,
  t,
  titled,
} from './scene.ts';

/**
 * A start later than the earliest that reached the company was confirmed: both deadlines stay in sight until the report
 * is filed. Empty where the earliest counts.
 */
export function twoStarts(scene: Scene): readonly Text[] {
  const { state, ia } = scene;
  const earliest = workingStart(state)?.instant;
  const start = state.awareness?.instant;
  const [clock] = openInitial(scene);
  if (!clock || !earliest || !start || Date.parse(earliest) >= Date.parse(start)) return [];
  const early = new Date(Date.parse(clock.due) - (Date.parse(start) - Date.parse(earliest))).toISOString();
  const late = -minutesUntil(scene, early);
  const params = { first: at(scene, earliest), start: at(scene, start), due: dueAt(scene, clock.due) };
  return [
    Date.parse(early) < Date.parse(ia.now)
      ? t('status.two_starts_late', { ...params, late: { minutes: late } })
      : t('status.two_starts', { ...params, early: dueAt(scene, early) }),
  ];
}

/** Red from 30 minutes before the first deadline on, and when overdue. */
const URGENT_MINUTES = 30;
export function toneOf(scene: Scene): Tone {
  if (scene.state.closed) return 'done';
  const [next] = openClocks(scene);
  if (next) return minutesUntil(scene, next.due) <= URGENT_MINUTES ? 'urgent' : 'running';
  return firstFiling(scene) ? 'done' : 'calm';
}

/** A card about an incident as it stands. */
export function cardOf(scene: Scene, title: Text, summary: Text, blocks: readonly Block[]): Card {
  const { state } = scene;
  return { tone: toneOf(scene), drill: state.drill, title: titled(state, title), summary, blocks };
}

/**
 * Level and next deadline in one line, for cards whose title says something else: a phone's notification shows no more.
 * Nothing in it changes with time alone.
 */
export function standing(scene: Scene): { readonly level: Text; readonly due: Param } | { readonly level: Text } {
  const [next] = openClocks(scene);
  const level = levelText(scene.regime, scene.ia.level);
  return next ? { level, due: dueAt(scene, next.due) } : { level };
}

/** State and deadline in one line. */
export function headline(scene: Scene): Text {
  const { state, ia } = scene;
  if (state.stopped) return t('status.stopped');
  if (state.closed) return t('status.closed', { at: at(scene, state.closed.at) });
  const open = openInitial(scene);
  const filed = firstFiling(scene);
  if (open.length > 0 && !(filed && open.every((c) => c.provisional))) return deadlineLine(scene, open);
  if (state.handlingEnded) return endedLine(scene, state.handlingEnded.instant);
  if (filed) return filedLine(scene, filed.filedAt);
  if (state.notReportable) {
    const { by, reviewAt } = state.notReportable;
    return t('status.not_reportable', { by: personText(state, by), at: at(scene, reviewAt) });
  }
  if (state.levelDecision?.level === 'general') {
    return t('status.general', { by: personText(state, state.levelDecision.by) });
  }
  return ia.anchors.awareness ? t('status.no_clock_level') : t('status.no_clock');
}

function endedLine(scene: Scene, instant: string): Text {
  const summary = scene.ia.obligations.find((o) => o.content === 'summary_report');
  if (summary?.filing) {
    const filedAt = at(scene, summary.filing.filedAt);
    const { owed } = scene.ia;
    if (owed.length === 0) return t('status.summary_filed', { at: filedAt });
    return t('status.summary_filed_open', { at: filedAt, duties: needsText(scene, owed) });
  }
  if (!summary?.due) return t('status.ended', { at: at(scene, instant) });
  return t('status.summary_by', { at: at(scene, instant), due: dueAt(scene, summary.due) });
}

function filedLine(scene: Scene, filedAt: string): Text {
  const items = itemsNow(scene);
  const missing = incompleteNow(items).length + toFollow(items).length;
  if (missing === 0) return t('status.filed_done', { at: at(scene, filedAt) });
  return t('status.filed_more', { at: at(scene, filedAt), n: missing });
}

function deadlineLine(scene: Scene, open: readonly Clock[]): Text {
  const { ia, regime } = scene;
  const [first] = open;
  if (!first) return t('status.no_clock');
  const reached = isReached(scene);
  const level = levelText(regime, shownLevel(scene));
  const passed = Date.parse(ia.now) >= Date.parse(first.due);
  const other = open.find((c) => c.due !== first.due);
  if (operatorOpen(scene) && other) {
    const both = { cii: dueAt(scene, first.due), other: dueAt(scene, other.due) };
    if (Date.parse(ia.now) >= Date.parse(other.due)) return bothPassed(scene, both, other, reached);
    if (passed) return t('status.cii_passed', both);
    return reached ? t('status.by_cii_or_other_reached', { ...both, level }) : t('status.by_cii_or_other', both);
  }
  if (passed) return passedLine(scene, first, reached);
  const same = open.filter((c) => c.due === first.due);
  const params = { due: dueAt(scene, first.due), recipient: recipientsText(scene, same) };
  return reached ? t('status.by', { ...params, level }) : t('status.by_if', params);
}

/** Which of the two was the deadline is still open: neither is left out. */
function bothPassed(scene: Scene, both: Readonly<Record<'cii' | 'other', Param>>, last: Clock, reached: boolean): Text {
  const late = -minutesUntil(scene, last.due);
  if (late < 1) return t(reached ? 'status.other_due' : 'status.other_due_if', both);
  return t(reached ? 'status.both_passed' : 'status.both_passed_if', { ...both, late: { minutes: late } });
}

function shownLevel({ state, ia }: Scene): string {
  return state.levelDecision?.level ?? ia.assessment.floor;
}

/** Whether the level that has to be reported under the Measures is certain, or decided. */
export function isReached(scene: Scene): boolean {
  return rankOf(shownLevel(scene)) >= rankOf('major');
}

/** Overdue is said; while the level is open it is said of which level. */
function passedLine(scene: Scene, clock: Clock, reached: boolean): Text {
  const due = dueAt(scene, clock.due);
  const late = -minutesUntil(scene, clock.due);
  if (late < 1) return t(reached ? 'status.due_now' : 'status.due_now_if', { due });
  return t(reached ? 'status.overdue' : 'status.overdue_if', { due, late: { minutes: late } });
}

/** The deadline with the time left: what a person reads first. */
export function clockBlock(scene: Scene): Block {
  // What is closed runs no more.
  if (scene.state.closed) return { kind: 'text', text: headline(scene), strong: true };
  const open = openInitial(scene);
  const clocks = open.length > 0 ? open : openClocks(scene).filter((c) => c.content === 'summary_report');
  const coming = clocks.filter((c) => Date.parse(c.due) > Date.parse(scene.ia.now));
  // While it is open whether a CII is involved, its passed deadline does not hide the other one.
  const first = operatorOpen(scene) ? (coming[0] ?? clocks.at(-1)) : clocks[0];
  const text = headline(scene);
  if (!first) return { kind: 'text', text, strong: true };
  const left = coming.includes(first) ? leftText(scene, coming) : t('status.as_of', { now: at(scene, scene.ia.now) });
  const segment = scene.state.drill ? scene.state.segments.at(-1) : undefined;
  return {
    kind: 'clock',
    text: left ? joined([text, left], 'dot') : text,
    due: first.due,
    tone: toneOf(scene),
    ...(segment ? { segment } : {}),
  };
}

function leftText(scene: Scene, coming: readonly Clock[]): Text | null {
  const [first, second] = [...new Set(coming.map((c) => c.due))].map((due) => minutesUntil(scene, due));
  if (first === undefined) return null;
  const now = at(scene, scene.ia.now);
  if (second === undefined) return t('status.left', { left: { minutes: first }, now });
  return t('status.left_two', { first: { minutes: first }, second: { minutes: second }, now });
}
