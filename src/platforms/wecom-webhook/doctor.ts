import type { Organisation } from '../../incident/people/profile.ts';
import type { Finding } from '../../use-cases/ports.ts';
import { findingsAbout } from '../shared/findings.ts';

/** Findings on rooms and robots that do not match each other. A key can only be tested by sending a message. */
export function robotDoctor(
  robots: readonly { readonly name: string }[],
  organisation: Organisation | null,
): readonly Finding[] {
  const names = new Set(robots.map(({ name }) => name));
  const rooms = organisation?.rooms.filter((room) => room.webhook !== undefined) ?? [];
  const missing = rooms.filter((room) => !names.has(room.webhook ?? ''));
  const unused = [...names].filter((name) => !rooms.some((room) => room.webhook === name));
  if (robots.length === 0 && rooms.length === 0) return [];
  const { ok, warning, wrong } = findingsAbout('wecom');
  const what = 'group robots';
  return [
    ...missing.map(({ address, webhook }) =>
      wrong(what, `the room ${address} names the robot ${webhook}, which is not in WECOM_WEBHOOK_KEYS`),
    ),
    ...unused.map((name) => warning(what, `no room of the profile names ${name}: it never rings`)),
    ...(missing.length + unused.length === 0
      ? [ok(what, `${robots.length}; whether a key is good shows when one rings`)]
      : []),
  ];
}
