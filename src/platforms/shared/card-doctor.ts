import { isMessageKey, type MessageLanguage, translate } from '../../i18n/translate.ts';
import { messageOf } from '../../ops/errors.ts';
import type { Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import { CLICKED } from './card-hearing.ts';
import { type Credentials, connectBy } from './connect.ts';

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

export interface CardDoctor {
  readonly platform: string;
  /** Asks the platform who the bot is; resolves with its name, rejects with the reason for which it does not say it. */
  readonly probe: () => Promise<string>;
  /** Further lines. */
  readonly more?: (note: Noted) => readonly Finding[];
  /** False: events come another way than by a connection of ours. */
  readonly connects?: boolean;
}

/**
 * Checks that every platform of cards has: the app, the connection, whether a press has arrived. Writes to nobody, never
 * throws. Texts: `PLATFORM.doctor.app` (what to check) and `PLATFORM.doctor.no_clicks`.
 */
export async function cardDoctor(
  { platform, probe, more, connects = true }: CardDoctor,
  { running, kept }: Pick<DoctorNeeds, 'running' | 'kept'>,
): Promise<readonly Finding[]> {
  const note = noting(platform);
  const app = probe().then(
    (text) => note('ok', 'app', '', { text }),
    (error: unknown) => note('wrong', 'app', `${platform}.doctor.app`, { problem: messageOf(error) }),
  );
  const connection = running
    ? note(running.ok ? 'ok' : 'wrong', 'events', 'chat.doctor.connection', { detail: running.detail })
    : note('ok', 'events', 'chat.doctor.when_running');
  const clicked = (await kept?.list(CLICKED, 1)) ?? [];
  return [
    await app,
    ...(connects ? [connection] : []),
    ...(more?.(note) ?? []),
    clicked.length > 0
      ? note('ok', 'buttons', 'chat.doctor.clicks')
      : note('warning', 'buttons', `${platform}.doctor.no_clicks`),
  ];
}

/** `jishi connect NAME`: credentials, checked live, into `.env`. Texts: `PLATFORM.connect.create`, `works`, `refused`, `next`. */
export function connectCards(
  needs: ConnectNeeds,
  platform: string,
  asked: Credentials['asked'],
  probe: (values: Params) => Promise<string>,
): Promise<number> {
  const key = (name: string) => {
    const found = `${platform}.connect.${name}`;
    if (!isMessageKey(found)) throw new Error(`there is no message ${found}`);
    return found;
  };
  return connectBy(needs, {
    ...{ platform, asked, create: key('create'), next: key('next') },
    attempt: (values) =>
      probe(values).then(
        (name) => ({ works: true, say: key('works'), params: { name } }),
        (error: unknown) => ({ works: false, say: key('refused'), params: { detail: messageOf(error) } }),
      ),
  });
}
