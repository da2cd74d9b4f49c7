import { expect, it } from 'vitest';
import type { Block } from '../../../src/conversation/cards/card.ts';
import type { Stage } from './stage.ts';

const FILL = /^fill it in$/;
const PLACE = { id: 'art7.2.place', label: '地点', english: 'Place' } as const;

/** What the one intake promises on every platform: nobody acts for another, nothing newer is overwritten unseen. */
export function intakeContract(stage: Stage): void {
  it('everybody acts for themselves, whoever pressed the same card before', async () => {
    if (stage.rig.lacks.colleagues) return;
    const incident = await stage.declare('home');
    await stage.say('colleague', 'help', 'home');
    const rows = [1, 2].map(
      (n): Block => ({
        ...{ kind: 'row', mark: 'open', text: { raw: `row-${n}` } },
        actions: [
          {
            id: 'take',
            label: { raw: 'take it' },
            does: { kind: 'intent', intent: { type: 'take_item', item: `art7.${n}` } },
          },
        ],
      }),
    );
    for (const [who, row] of [
      ['lead', 'row-1'],
      ['colleague', 'row-2'],
    ] as const) {
      // Where a card is changed by a press, the second press is on the next one.
      await stage.show(incident, rows);
      await (await stage.rig.press(who, /^take it$/, 'home', row)).deliver();
    }
    const { owners, people } = await stage.rig.bot.state(incident);
    const accountOf = (item: string) => people[owners[item]?.owner ?? '']?.account;
    expect(accountOf('art7.1')).toEqual(stage.rig.account('lead'));
    expect(accountOf('art7.2')).toEqual(stage.rig.account('colleague'));
  });

  it('a bare yes in a direct message, where something else was answered last, is asked about', async () => {
    const incident = await stage.declare('home');
    await stage.say('lead', `${incident} note at the desk`, 'direct');
    const { answer } = await stage.say('lead', 'yes', 'direct');
    expect((await stage.rig.bot.state(incident)).facts['operator']).toBeUndefined();
    expect(answer).toMatch(/CII involved/);
  });

  it('a press of somebody of another organisation is answered, and shows nothing', async () => {
    if (stage.rig.lacks.foreigners) return;
    const title = stage.nextTitle();
    const incident = await stage.declare('home', 'lead', title);
    const does = { kind: 'view', view: { view: 'timeline', args: { incident } } } as const;
    await stage.show(incident, [{ kind: 'actions', actions: [{ id: 'past', label: { raw: 'show it' }, does }] }]);
    const { answer } = await (await stage.rig.press('foreigner', /^show it$/, 'home')).deliver();
    expect(answer).not.toContain(title);
    expect(answer).not.toBe('');
  });

  it('a form that was opened before somebody else stated the same does not overwrite it, and that is said', async () => {
    if (stage.rig.lacks.colleagues) return;
    const incident = await stage.declare('home');
    await stage.say('colleague', 'note at the desk', 'home', incident);
    await stage.offer(incident, 'item', { item: 'art7.2' });
    const form = await stage.rig.fill('lead', FILL, [{ ...PLACE, value: '上海机房' }], 'home');
    const value = { state: 'known', text: '北京机房' } as const;
    const by = stage.rig.account('colleague');
    await stage.rig.bot.change(incident, { type: 'fill_field', field: PLACE.id, value }, by);
    const { acknowledged, answer } = await form.deliver();
    expect(acknowledged).toBe(true);
    expect(answer).not.toBe('');
    const { versions = [], current = null } = (await stage.rig.bot.state(incident)).fields[PLACE.id] ?? {};
    expect(versions.map(({ text }) => text)).toContain('北京机房');
    expect(current?.text).not.toBe('上海机房');
  });

  it('a form that cannot be filled in any more is said to be so, and nothing is recorded', async () => {
    const title = stage.nextTitle();
    const incident = await stage.declare('home', 'lead', title);
    await stage.offer(incident, 'item', { item: 'art7.2' });
    const form = await stage.rig.fill('lead', FILL, [{ ...PLACE, value: '上海机房' }], 'home');
    await stage.rig.bot.change(incident, { type: 'stop_state_secret' }, stage.rig.account('lead'));
    const { acknowledged, answer } = await form.deliver();
    expect(acknowledged).toBe(true);
    expect(answer).not.toBe('');
    expect(answer).not.toContain(title);
    expect((await stage.rig.bot.state(incident)).fields[PLACE.id]?.current ?? null).toBeNull();
  });
}
