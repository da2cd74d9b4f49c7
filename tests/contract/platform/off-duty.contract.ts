import { expect, it } from 'vitest';
import type { Who } from './rig.ts';
import type { Stage } from './stage.ts';

/** The lead is next, because the deputy did not answer. */
const CALLED = /no answer from 王磊/u;
const PATIENT = { timeout: 60_000 } as const;

/** The lead is off duty by the roster: their deputy is called, then whoever is next, until somebody answers; each of them can act. */
export function offDutyContract(stage: Stage): void {
  it('the deputy is called, then the next; who says [I am on it] ends the calls', PATIENT, async () => {
    const { rig } = stage;
    const direct = async (who: Who) => (await rig.seen(rig.place('direct', who), who)).map(({ text }) => text);
    for (const who of ['lead', 'colleague', 'stranger'] as const) await stage.say(who, 'help', 'direct');
    const before = { deputy: await direct('stranger'), lead: await direct('lead') };
    const incident = await stage.declare('home', 'colleague');
    // No limit comes near while this goes on: it would ask people anew.
    await rig.bot.change(incident, { type: 'answer', fact: 'operator', value: 'other' }, rig.account('colleague'));
    const news = async () => ({
      deputy: (await direct('stranger')).slice(before.deputy.length).filter((text) => text.includes(incident)),
      lead: (await direct('lead')).slice(before.lead.length).filter((text) => text.includes(incident)),
    });
    await rig.bot.pass(1);
    expect((await news()).deputy.join('\n')).toContain(incident);
    expect((await news()).lead.join('\n')).not.toMatch(CALLED);
    await rig.bot.pass(10);
    // While the clock leaps an answer may be lost and the message sent again, marked as repeated: how often it stands there says nothing.
    expect((await news()).lead.join('\n')).toMatch(CALLED);
    const { answer } = await stage.say('stranger', `${incident} status`, 'direct');
    expect(answer).toContain(incident);
    await (await rig.press('lead', /^I am on it$/, 'direct')).deliver();
    const { charge, people } = await rig.bot.state(incident);
    expect(people[charge?.by ?? '']?.person).toBe('lead');
    const calls = async () =>
      (await rig.bot.state(incident)).reminders.filter(({ step }) => step.kind === 'call').length;
    const made = await calls();
    expect(made).toBeGreaterThan(0);
    await rig.bot.pass(12);
    expect(await calls()).toBe(made);
  });
}
