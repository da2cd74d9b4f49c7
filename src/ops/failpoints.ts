/**
 * Named points right before each commit or call that matters. Off unless JISHI_FAILPOINT names one: then the process
 * kills itself there, so that crash tests can prove what a restart makes of it.
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

/** `name` or `name:n` (the n-th time it is passed). */
export function killAt(spec: string | undefined): Fail {
  if (!spec) return noFailpoints;
  const [name, nth = '1'] = spec.split(':');
  let left = Number(nth);
  return (point) => {
    if (point === name && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
