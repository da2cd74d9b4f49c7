/**
 * Another clock for tests that read the machine's: `TEST_CLOCK=2026-12-31T23:58:30+08:00` lets it begin then in each process,
 * `TEST_MINUTE_MS=2000` ends a minute every 2 s by a jump, `TEST_HOURS_AHEAD=7` moves it by hours. Programs, browsers and
 * databases keep the machine's. Without a variable it does nothing.
 */
const { TEST_CLOCK, TEST_MINUTE_MS, TEST_HOURS_AHEAD } = process.env;
const machine = Date.now;
const begun = machine();
const aheadMs =
  (TEST_CLOCK === undefined ? 0 : Date.parse(TEST_CLOCK) - begun) + Number(TEST_HOURS_AHEAD ?? 0) * 3_600_000;
const everyMs = Number(TEST_MINUTE_MS ?? 0);
// Files that share a process share its clock as well: it is moved once.
if ((aheadMs !== 0 || everyMs > 0) && Date.name === 'Date' && !('aheadMs' in Date)) {
  const jumped = (at: number): number => (everyMs > 0 ? Math.floor((at - begun) / everyMs) * (60_000 - everyMs) : 0);
  const now = (): number => {
    const at = machine();
    return at + aheadMs + jumped(at);
  };
  globalThis.Date = Object.assign(
    new Proxy(Date, {
      construct: (target, given, newTarget) =>
        Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    }),
    { now, aheadMs },
  );
}
