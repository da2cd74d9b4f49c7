import '../fakes/platform-messages.ts';
import { consoleDriver } from './console-driver.ts';
import { play } from './play.ts';
import { type Driver, SCRIPTS } from './script.ts';
import { simulated } from './simulated.ts';
import { slackDriver } from './slack-driver.ts';
import { everything, storyboard } from './storyboard.ts';
import { wecomAppDriver } from './wecom-app-driver.ts';
import { wecomBotDriver } from './wecom-bot-driver.ts';
import { reports, workedCases } from './worked-cases.ts';

/** Makes a transcript. */
export type Make = () => string | Promise<string>;
export type Transcripts = Readonly<Record<string, Make>>;

const SEEDS = 50;
const LANGUAGES = { en: 'en', zh: 'zh-CN' } as const;

/** Of the pure core: no store, no sockets. */
export const PURE: Transcripts = {
  'storyboard-en': () => storyboard('en'),
  'storyboard-zh': () => storyboard('zh-CN'),
  'everything-en': () => everything('en'),
  'everything-zh': () => everything('zh-CN'),
  'worked-cases': workedCases,
  reports,
};

/** Of the whole bot on one platform; over sockets where the platform has them. */
function flowsOf(name: string, driver: (language: (typeof LANGUAGES)['en' | 'zh']) => Promise<Driver>): Transcripts {
  return Object.fromEntries(
    (['en', 'zh'] as const).flatMap((short) =>
      (['case', 'late'] as const).map((script): [string, Make] => {
        const language = LANGUAGES[short];
        return [`${name}-${script}-${short}`, async () => play(await driver(language), SCRIPTS[language][script])];
      }),
    ),
  );
}

export const CONSOLE_FLOWS = flowsOf('console', consoleDriver);
export const SOCKET_FLOWS: Transcripts = {
  ...flowsOf('slack', slackDriver),
  ...flowsOf('wecom-bot', wecomBotDriver),
  ...flowsOf('wecom-app', wecomAppDriver),
};
export const SIMULATIONS: Transcripts = Object.fromEntries(
  Array.from({ length: SEEDS }, (_, index): [string, Make] => [
    `seed-${String(index + 1).padStart(2, '0')}`,
    () => simulated(index + 1),
  ]),
);

export const TRANSCRIPTS: Transcripts = { ...PURE, ...CONSOLE_FLOWS, ...SOCKET_FLOWS, ...SIMULATIONS };
