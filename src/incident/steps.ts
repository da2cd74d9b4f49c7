/**
 * Step of a reminder: on the ladder of a clock (at a share of its time, minutes or days before its end, at its end,
 * minutes after it), or independent of clocks.
 */
export type Step = ClockStep | StepBeside;
type ClockStep =
  | { readonly kind: 'share'; readonly share: string }
  | { readonly kind: 'before'; readonly minutes: number }
  | { readonly kind: 'days_before'; readonly days: number }
  | { readonly kind: 'due' }
  | { readonly kind: 'late'; readonly minutes: number };
export type StepBeside =
  | { readonly kind: 'review' }
  | { readonly kind: 'crossing'; readonly fact: string; readonly level: string }
  /** `round`: 0 is the request for approval itself, later ones are its reminders. */
  | { readonly kind: 'approval'; readonly round: number }
  /**
   * Call to the next person, because nobody who was asked before has answered. `to`: id in the profile, as the order moves
   * when people leave or join; null in the last call, which is to the room; absent in older records.
   */
  | { readonly kind: 'call'; readonly round: number; readonly to?: string | null }
  | { readonly kind: 'follow'; readonly days: number }
  | { readonly kind: 'task'; readonly task: string };

/** Text of a step as the record keeps it, e.g. `m60`, `late15`, `crossing:FACT:LEVEL`. */
export function formatStep(step: Step): string {
  switch (step.kind) {
    case 'share':
      return step.share;
    case 'before':
      return `m${step.minutes}`;
    case 'days_before':
      return `d${step.days}`;
    case 'late':
      return `late${step.minutes}`;
    case 'crossing':
      return `crossing:${step.fact}:${step.level}`;
    case 'approval':
      return `approval:${step.round}`;
    case 'call':
      return ['call', step.round, ...(step.to === undefined ? [] : [step.to ?? ROOM])].join(':');
    case 'follow':
      return `follow:${step.days}`;
    case 'task':
      return `task:${step.task}`;
    default:
      return step.kind;
  }
}

/** Step named by a text of the record; a name outside the list is a share of the time. */
export function parseStep(text: string): Step {
  const [name = '', first = '', second = ''] = text.split(':');
  const [, unit, number = 0] = /^(m|d|late)(\d+)$/.exec(text) ?? [];
  if (unit === 'm') return { kind: 'before', minutes: Number(number) };
  if (unit === 'd') return { kind: 'days_before', days: Number(number) };
  if (unit === 'late') return { kind: 'late', minutes: Number(number) };
  if (name === 'due' || name === 'review') return { kind: name };
  if (name === 'crossing') return { kind: name, fact: first, level: second };
  if (name === 'approval') return { kind: name, round: Number(first) };
  if (name === 'call') return { kind: name, round: Number(first), ...calledTo(second) };
  if (name === 'follow') return { kind: name, days: Number(first) };
  if (name === 'task') return { kind: name, task: first };
  return { kind: 'share', share: text };
}

/** Sign of a call to the room, which is no id of a person. */
const ROOM = '*';
function calledTo(words: string): { readonly to?: string | null } {
  return words === '' ? {} : { to: words === ROOM ? null : words };
}

export function isSameStep(a: Step, b: Step): boolean {
  return formatStep(a) === formatStep(b);
}

/** Series of a step: a later step of a series supersedes earlier ones. All clocks are one series. */
export function seriesOf(step: Step): string {
  if (step.kind === 'approval' || step.kind === 'follow' || step.kind === 'call') return step.kind;
  return isOfClock(step) ? 'clock' : formatStep(step);
}

export function isOfClock(step: Step): step is ClockStep {
  return ['share', 'before', 'days_before', 'due', 'late'].includes(step.kind);
}
