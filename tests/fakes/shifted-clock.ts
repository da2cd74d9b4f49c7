/**
 * Runs the tests at another hour of the day: `TEST_HOURS_AHEAD=7 npx vitest run`. Whole programs, browsers and databases
 * keep the machine's clock, so leave them out. Without the variable it does nothing.
 */
const aheadMs = Number(process.env['TEST_HOURS_AHEAD'] ?? 0) * 3_600_000;
const machine = Date.now;
// Files that share a process share its clock as well: it is moved once.
if (aheadMs !== 0 && Date.name === 'Date' && !('aheadMs' in Date)) {
  const now = (): number => machine() + aheadMs;
  globalThis.Date = Object.assign(
    new Proxy(Date, {
      construct: (target, given, newTarget) =>
        Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    }),
    { now, aheadMs },
  );
}
