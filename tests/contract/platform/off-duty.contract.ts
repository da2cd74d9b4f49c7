import { expect, it } from 'vitest';
import type { Who } from './rig.ts';
import type { Stage } from './stage.ts';

const PATIENT = { timeout: 60_000, retry: 0 } as const;

/** The lead is off duty by the roster: their deputy is called, then whoever is next, until somebody answers; each of them can act. */
export function offDutyContract(stage: Stage): void {
  it('the deputy is called, then the next; who says [I have it] ends the calls', PATIENT, async () => {
    const { rig } = stage;
    const direct = async (who: Who) => (await rig.seen(rig.place('direct', who), who)).map(({ text }) => text);
    for (const who of ['lead', 'colleague', 'stranger'] as const) await stage.say(who, 'help', 'direct');
    const before = { deputy: await direct('stranger'), lead: await direct('lead') };
    const incident = await stage.declare('home', 'colleague');
    const news = async () => ({
      deputy: (await direct('stranger')).slice(before.deputy.length).filter((text) => text.includes(incident)),
      lead: (await direct('lead')).slice(before.lead.length).filter((text) => text.includes(incident)),
    });
    await rig.bot.pass(1);
    expect(await news()).toMatchObject({ deputy: [expect.stringContaining(incident)], lead: [] });
    await rig.bot.pass(10);
    expect((await news()).lead).toEqual([expect.stringMatching(/王磊/u)]);
    const { answer } = await stage.say('stranger', `${incident} status`, 'direct');
    expect(answer).toContain(incident);
    await (await rig.press('lead', /^I have it$/, 'direct')).deliver();
    const { charge, people } = await rig.bot.state(incident);
    expect(people[charge?.by ?? '']?.person).toBe('lead');
    const told = await news();
    await rig.bot.pass(12);
    expect(await news()).toEqual(told);
  });
}
