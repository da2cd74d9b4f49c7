import type { Fault } from '../simulation/faults.ts';

/** A mistake that the tests beside its module have to find; the most likely file first. */
export interface TestedFault extends Fault {
  readonly tests: readonly string[];
}

export const TESTED_FAULTS: readonly TestedFault[] = [
  {
    name: 'at least k of n: exactly enough open parts decide it to no',
    file: 'src/law/condition.ts',
    find: 'met.length + open.length >= k',
    replace: 'met.length + open.length > k',
    tests: ['tests/law/condition.test.ts'],
  },
  {
    name: 'a wording is confirmed although the text changed meanwhile',
    file: 'src/incident/decide/decide.ts',
    find: '=> fields[field]?.current ?? null,',
    replace: '=> null,',
    tests: ['tests/incident/stale.test.ts'],
  },
  {
    name: 'a figure above its maximum is taken',
    file: 'src/conversation/asking/read-answer.ts',
    find: 'fact?.max !== undefined && exceeds(reading.value, fact.max)',
    replace: 'fact?.max !== undefined && exceeds(reading.value, Number.POSITIVE_INFINITY)',
    tests: ['tests/conversation/read-answer.test.ts'],
  },
  {
    name: 'a new deadline is no news',
    file: 'src/conversation/cards/visible-changes.ts',
    find: 'return JSON.stringify([bare(card.title), duesOf(card)]);',
    replace: 'return JSON.stringify([bare(card.title), duesOf(card).length]);',
    tests: ['tests/conversation/visible-changes.test.ts'],
  },
  {
    name: '"not known yet" counts as missing',
    file: 'src/report/items.ts',
    find: "definition.required === 'now' && runs === null && state !== 'unknown'",
    replace: "definition.required === 'now' && runs === null",
    tests: ['tests/report/items.test.ts'],
  },
  {
    name: 'a drill stands above a real incident in the list',
    file: 'src/use-cases/list.ts',
    find: 'Number(a.drill) - Number(b.drill) || due(a) - due(b)',
    replace: 'due(a) - due(b)',
    tests: ['tests/use-cases/list.test.ts'],
  },
  {
    name: 'a drill with the same title holds up a real declaration',
    file: 'src/use-cases/change-incident.ts',
    find: '      row.drill === drill &&\n',
    replace: '',
    tests: ['tests/use-cases/declared-again.test.ts'],
  },
  {
    name: "somebody's only incident is assumed in a room that shows none",
    file: 'src/talk/focus.ts',
    find: "(here.length > 0 || place.kind !== 'room')",
    replace: '(here.length > 0 || rows.length > 0)',
    tests: ['tests/talk/focus.test.ts'],
  },
  {
    name: 'a renewal is not noted before the card is changed',
    file: 'src/talk/renewals.ts',
    find: 'if (before !== content) await',
    replace: 'if (before === mark) await',
    tests: ['tests/talk/renewals.test.ts'],
  },
  {
    name: 'drills may use all edits',
    file: 'src/delivery/budgets.ts',
    find: 'if (isDrillId(edit.incident)) {',
    replace: 'if (isDrillId(edit.incident) && edit.room === "") {',
    tests: ['tests/delivery/budget.test.ts'],
  },
  {
    name: 'a Slack channel shared with another company is treated as a room',
    file: 'src/platforms/slack/hear/spots.ts',
    find: 'directory.isShared(channel) || directory.isForeign(id, tenant)',
    replace: 'directory.isForeign(id, tenant)',
    tests: ['tests/platforms/slack/rooms.slow.test.ts'],
  },
  {
    name: 'whoever wrote once in a group without known members reads it for years',
    file: 'src/platforms/shared/chats.ts',
    find: 'const ACTED_FOR = 30 * DAY;',
    replace: 'const ACTED_FOR = 3_000 * DAY;',
    tests: ['tests/platforms/wecom/bot/conversations.test.ts'],
  },
  {
    name: 'who left a chat still reads it',
    file: 'src/platforms/shared/chats.ts',
    find: 'if (!chat || chat.members.includes(user) === isThere) return;',
    replace: 'if (!chat || !isThere || chat.members.includes(user)) return;',
    tests: ['tests/platforms/shared/chats.test.ts'],
  },
  {
    name: 'the list puts drills above real incidents',
    file: 'src/use-cases/list.ts',
    find: 'Number(a.drill) - Number(b.drill) || ',
    replace: '',
    tests: ['tests/use-cases/list.test.ts'],
  },
  {
    name: 'an earlier reminder that was not sent counts as said',
    file: 'src/delivery/late.ts',
    find: "    if (one?.state === 'sent') break;\n",
    replace: '    if (one) break;\n',
    tests: ['tests/delivery/late.test.ts'],
  },
  {
    name: 'timers that fail starve the others',
    file: 'src/scheduling/scheduler.ts',
    find: 'AT_ONCE + tried.size',
    replace: 'AT_ONCE',
    tests: ['tests/scheduling/scheduler.test.ts'],
  },
  {
    name: 'answers stay when an incident is erased',
    file: 'src/storage/erasure.ts',
    find: "'surfaces', 'inbox', 'room_messages'",
    replace: "'surfaces', 'room_messages'",
    tests: ['tests/storage/sqlite-erasure.test.ts'],
  },
  {
    name: 'a timer moved by most of an hour counts as right',
    file: 'src/use-cases/timer-check.ts',
    find: 'timer.dueAt > dueAt :',
    replace: 'timer.dueAt > dueAt + 3_600_000 :',
    tests: ['tests/scheduling/timer-check.test.ts'],
  },
  {
    name: "a person's one other account is dropped",
    file: 'src/use-cases/notices/recipients.ts',
    find: 'others.length > 0 ? { others } : {}',
    replace: 'others.length > 1 ? { others } : {}',
    tests: ['tests/use-cases/recipients.test.ts'],
  },
  {
    name: 'after a stop the settled card is shown instead of the withheld one',
    file: 'src/delivery/taking-back.ts',
    find: 'const left = isStopped ? withheldCard(state, shown)',
    replace: "const left = isStopped && of.ref === '' ? withheldCard(state, shown)",
    tests: ['tests/delivery/taking-back.test.ts'],
  },
];
