import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Messenger, SendOutcome } from '../../src/use-cases/ports.ts';
import { Driven, HOUR, MINUTE } from './harness.ts';

/** A platform that only takes notices, or refuses them; it keeps what it took. */
function taker(
  platform: string,
  answer: () => SendOutcome,
): { messenger: Messenger; took: { to: string; text: string }[] } {
  const took: { to: string; text: string }[] = [];
  const messenger: Messenger = {
    platform,
    render: ({ card, language }) => JSON.stringify(localiseCard(card, language)),
    post: async (place, body) => {
      const outcome = answer();
      if (outcome.kind === 'sent') took.push({ to: place.address, text: body });
      return outcome;
    },
    canMessagePeople: { direct: async ({ tenant, id }) => ({ tenant, address: id, thread: null }) },
  };
  return { messenger, took };
}
const sent: SendOutcome = { kind: 'sent', ref: 'r' };
const down: SendOutcome = { kind: 'refused', reason: 'unreachable', detail: 'no answer' };

const organisation = organisationSchema.parse({
  organisation: '某某（上海）贸易有限公司',
  entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31' }],
  people: [
    {
      id: 'li-wei',
      name: '李伟',
      email: 'li.wei@example.com',
      language: 'en',
      accounts: [
        { platform: 'chat', tenant: 't', id: 'li' },
        { platform: 'second', tenant: 's', id: 'liwei' },
      ],
    },
  ],
  rooms: [{ platform: 'chat', tenant: 't', address: 'ops', webhook: 'bell' }],
});

/** The chat goes silent before the reminder at half time; the others answer as told. */
async function silentChat(answers: { second: SendOutcome; robot: SendOutcome; mail: SendOutcome }) {
  const second = taker('second', () => answers.second);
  const robot = taker('chat-webhook', () => answers.robot);
  const mail = taker('mail', () => answers.mail);
  const driven = await Driven.start({
    organisation,
    others: [second.messenger, robot.messenger, mail.messenger],
  });
  await driven.fourHours();
  await driven.follow(HOUR);
  driven.chat.answer = () => down;
  await driven.stride(HOUR + 30 * MINUTE);
  return { driven, second: second.took, robot: robot.took, mail: mail.took };
}

describe('when a place does not take a notice within two minutes', () => {
  it('goes to the person on another platform and says what failed', async () => {
    const { second, robot, mail } = await silentChat({ second: sent, robot: sent, mail: sent });
    expect(second.map(({ to }) => to)).toEqual(['liwei']);
    expect(second[0]?.text).toMatch(/You are getting this here because chat has not accepted it since 11:4\d/);
    expect(second[0]?.text).toMatch(/1 h 5\d min left/);
    expect([robot, mail]).toEqual([[], []]);
  });

  it('goes on to the group robot, to mail, and in the end to whoever watches the machine; all of it on the record', async () => {
    const toRobot = await silentChat({ second: down, robot: sent, mail: sent });
    expect(toRobot.robot.map(({ to }) => to)).toEqual(['bell']);
    expect(toRobot.mail).toEqual([]);

    const toMail = await silentChat({ second: down, robot: down, mail: sent });
    expect(toMail.mail.map(({ to }) => to)).toEqual(['li.wei@example.com']);
    expect(toMail.mail[0]?.text).toMatch(/chat has not accepted it since .*; second has not accepted it since/);

    const { driven } = await silentChat({ second: down, robot: down, mail: down });
    const state = await driven.state();
    const platforms = state.undeliverable.map(({ room, outcome }) => `${room.split('/')[0]} ${outcome}`);
    expect(platforms).toEqual(['chat delayed', 'second delayed', 'chat-webhook delayed', 'mail delayed']);
    const alarm = (await driven.store.outbox.get(alarmKey(state.undeliverable[0]?.notice ?? ''))) ?? null;
    expect(alarm?.state).toBe('sent');
  });

  it('what comes back is delivered late and said to be late', async () => {
    const { driven } = await silentChat({ second: sent, robot: sent, mail: sent });
    driven.chat.answer = () => null;
    await driven.pass(10 * MINUTE);
    const heard = await driven.heard();
    expect(heard.filter(({ step }) => step === 'half').map(({ lateSeconds }) => lateSeconds > 60)).toEqual([true]);
  });
});

const alarmKey = (notice: string): string => `${notice}~5:alarm/alarm/alarm`;
