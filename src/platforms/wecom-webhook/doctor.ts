import type { Organisation } from '../../incident/people/profile.ts';
import type { Finding } from '../../use-cases/ports.ts';

/** Findings on rooms and robots that do not match each other. A key can only be tested by sending a message. */
export function robotDoctor(
  robots: readonly { readonly name: string }[],
  organisation: Organisation | null,
): readonly Finding[] {
  const names = new Set(robots.map(({ name }) => name));
  const rooms = organisation?.rooms.filter((room) => room.webhook !== undefined) ?? [];
  const missing = rooms.filter((room) => !names.has(room.webhook ?? ''));
  const unused = [...names].filter((name) => !rooms.some((room) => room.webhook === name));
  const what = 'wecom group robots';
  if (robots.length === 0 && rooms.length === 0) return [];
  return [
    ...missing.map(
      (room): Finding => ({
        what,
        state: 'wrong',
        say: `the room ${room.address} names the robot ${room.webhook}, which is not in WECOM_WEBHOOK_KEYS`,
      }),
    ),
    ...unused.map(
      (name): Finding => ({ what, state: 'warning', say: `no room of the profile names ${name}: it never rings` }),
    ),
    ...(missing.length + unused.length === 0
      ? [{ what, state: 'ok' as const, say: `${robots.length}; whether a key is good shows when one rings` }]
      : []),
  ];
}
