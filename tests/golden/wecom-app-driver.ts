import type { Language } from '../../src/incident/identity.ts';
import { click, startAppBot, write } from '../platforms/wecom/app-bot.ts';
import { AFTERWARDS, type Driver, type Sent, type Who } from './script.ts';
import { goldenIds } from './transcript.ts';

const PEOPLE: Readonly<Record<Who, string>> = { lead: 'zhangsan', colleague: 'lisi' };
const READS = new Set(['user/get', 'agent/get', 'appchat/get']);

/** The self-built app, spoken to by two people directly. */
export async function wecomAppDriver(language: Language): Promise<Driver> {
  const bot = await startAppBot({ ids: goldenIds() });
  if (language === 'en') for (const who of Object.values(PEOPLE)) await write(bot, who, 'language en');
  let seen = 0;
  const cards = (who: Who) => bot.wecom.cardsOf(PEOPLE[who]).toReversed();
  return {
    say: (text, who) => write(bot, PEOPLE[who], text),
    tap: async (label, who) => {
      const found = cards(who).find(({ buttons }) => buttons.some(({ text }) => text.includes(label)));
      const button = found?.buttons.find(({ text }) => text.includes(label));
      if (!found || !button) return false;
      await click(bot, PEOPLE[who], { task: found.task, key: button.key });
      return true;
    },
    tick: async (labels, who) => {
      const found = cards(who).find(({ options }) =>
        labels.every((label) => options.some((o) => o.text.includes(label))),
      );
      if (!found) return false;
      const ids = found.options.filter(({ text }) => labels.some((label) => text.includes(label)));
      const chosen = ids.map(({ id }) => `<OptionId><![CDATA[${id}]]></OptionId>`).join('');
      const item = `<SelectedItem><QuestionKey><![CDATA[pick]]></QuestionKey><OptionIds>${chosen}</OptionIds></SelectedItem>`;
      const selected = `<SelectedItems>${item}</SelectedItems>`;
      await click(bot, PEOPLE[who], { task: found.task, key: 'submit', type: 'vote_interaction', selected });
      return true;
    },
    pass: (minutes) => bot.clock.pass(minutes * 60_000, bot.settle),
    received: async () => {
      bot.clock.advance(AFTERWARDS);
      await bot.settle();
      const all = bot.wecom.bodies.slice(seen).filter(({ api }) => !READS.has(api));
      seen = bot.wecom.bodies.length;
      return all.map(({ api, body }): Sent => ({ where: targetOf(body), what: api, body }));
    },
    stop: () => bot.stop(),
  };
}

function targetOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  for (const key of ['touser', 'chatid', 'userids'] as const) {
    const value: unknown = Reflect.get(body, key);
    if (value !== undefined) return String(value);
  }
  return '';
}
