/**
 * Named points right before each important commit or call. Off unless JISHI_FAILPOINT names one: the process then kills
 * itself there, so that crash tests can check the restart.
 */
export const FAILPOINTS = [
  'before-commit',
  'after-commit',
  'before-send',
  'after-send',
  'before-settle',
  'before-surface',
  'after-surface',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];
export type Fail = (point: Failpoint) => void;

export const noFailpoints: Fail = () => {};

/** Kills the process at `name`, or at `name:n` when it is reached for the n-th time. */
export function killAt(spec: string | undefined): Fail {
  if (!spec) return noFailpoints;
  const [name, nth = '1'] = spec.split(':');
  let left = Number(nth);
  return (point) => {
    if (point === name && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
