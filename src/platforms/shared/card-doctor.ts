import type { Config } from '../../config/schema.ts';
import { isMessageKey, type MessageLanguage, translate } from '../../i18n/translate.ts';
import { messageOf } from '../../ops/errors.ts';
import type { Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import type { ApiOptions } from './api-client.ts';
import type { Checks } from './card-checks.ts';
import { CLICKED } from './card-hearing.ts';
import { connectBy } from './connect.ts';

type Params = Readonly<Record<string, string>>;
/** A line of `doctor` whose sentence is a message, in both languages. */
export type Noted = (state: Finding['state'], what: string, key: string, params?: Params) => Finding;

function noting(platform: string): Noted {
  const say = (language: MessageLanguage, key: string, params: Params): string =>
    isMessageKey(key) ? translate(language, key, params) : (params['text'] ?? key);
  return (state, what, key, params = {}) => ({
    ...{ what: `${platform} ${what}`, state },
    ...{ say: say('en', key, params), chinese: say('zh-CN', key, params) },
  });
}

/** Name of the bot, asked by a client of its own. */
async function probed<Settings>(
  { api: make, probe }: Checks<Settings>,
  settings: Settings,
  deps: Pick<ApiOptions, 'proxy' | 'clock'>,
): Promise<string> {
  const api = make(settings, deps);
  try {
    return await probe(api, settings);
  } finally {
    await api.http.close();
  }
}

/** Checks that every platform of cards has: the app, the connection, whether a press has arrived. Writes to nobody, never throws. */
export async function cardDoctor<Settings>(
  settings: Settings,
  needs: DoctorNeeds,
  checks: Checks<Settings>,
): Promise<readonly Finding[]> {
  const { platform, more, connects } = checks;
  const { running, kept, clock, config } = needs;
  const note = noting(platform);
  const app = probed(checks, settings, { proxy: config.proxy, clock }).then(
    (text) => note('ok', 'app', '', { text }),
    (error: unknown) => note('wrong', 'app', `${platform}.doctor.app`, { problem: messageOf(error) }),
  );
  const connection = running
    ? note(running.ok ? 'ok' : 'wrong', 'events', 'chat.doctor.connection', { detail: running.detail })
    : note('ok', 'events', 'chat.doctor.when_running');
  const clicked = (await kept?.list(CLICKED, 1)) ?? [];
  return [
    await app,
    ...(connects?.(settings) === false ? [] : [connection]),
    ...(more?.(note, settings, needs) ?? []),
    clicked.length > 0
      ? note('ok', 'buttons', 'chat.doctor.clicks')
      : note('warning', 'buttons', `${platform}.doctor.no_clicks`),
  ];
}

/** `jishi connect NAME`: credentials, checked live, into `.env`. */
export function connectCards<Settings>(
  needs: ConnectNeeds,
  checks: Checks<Settings>,
  read: (given: Config['platformSettings']) => Settings | null,
): Promise<number> {
  const { platform, asked } = checks;
  const key = (name: string) => {
    const found = `${platform}.connect.${name}`;
    if (!isMessageKey(found)) throw new Error(`there is no message ${found}`);
    return found;
  };
  const attempted = async (values: Params): Promise<string> => {
    const given = Object.entries({ ...needs.settings, ...values }).flatMap(([name, value]) => {
      const trimmed = value?.trim();
      return trimmed ? [[name, trimmed] as const] : [];
    });
    const settings = read(Object.fromEntries(given));
    if (settings === null) throw new Error(asked.map(({ name }) => name).join(', '));
    return probed(checks, settings, needs);
  };
  return connectBy(needs, {
    ...{ platform, asked, create: key('create'), next: key('next') },
    attempt: (values) =>
      attempted(values).then(
        (name) => ({ works: true, say: key('works'), params: { name } }),
        (error: unknown) => ({ works: false, say: key('refused'), params: { detail: messageOf(error) } }),
      ),
  });
}
