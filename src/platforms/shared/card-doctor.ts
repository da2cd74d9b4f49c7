import { z } from 'zod';
import type { Config } from '../../config/schema.ts';
import type { Text } from '../../conversation/cards/card.ts';
import { t } from '../../conversation/cards/situation.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { isMessageKey } from '../../i18n/translate.ts';
import { messageOf } from '../../ops/errors.ts';
import type { Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import { ApiError } from './api-client.ts';
import type { Checks } from './card-checks.ts';
import { CLICKED } from './card-hearing.ts';
import { connectBy } from './connect.ts';
import { findingsAbout } from './findings.ts';

type Params = Readonly<Record<string, string>>;
/** Functions that make a platform's findings and the message texts of its folder. */
export interface Finder extends ReturnType<typeof findingsAbout> {
  readonly text: (key: string, params?: Params) => Text;
}

/** Returns the key of a message in the platform's folder; throws if there is none. */
function known(key: string): MessageKey {
  if (!isMessageKey(key)) throw new Error(`there is no message ${key}`);
  return key;
}

/** Runs the checks that all card platforms share: app, connection, arrival of presses. Sends nothing, never throws. */
export async function cardDoctor<Settings>(
  settings: Settings,
  needs: DoctorNeeds,
  checks: Checks<Settings>,
): Promise<readonly Finding[]> {
  const { platform, more, connects } = checks;
  const { running, kept, clock, config } = needs;
  const text: Finder['text'] = (key, params = {}) => t(known(key), params);
  const find = { ...findingsAbout(platform), text };
  const { ok, wrong, warning } = find;
  const app = checks.probe(settings, { proxy: config.proxy, clock }).then(
    (name) => ok('app', name),
    (error: unknown) => wrong('app', text(`${platform}.doctor.app`, { problem: messageOf(error) })),
  );
  const connection = running
    ? (running.ok ? ok : wrong)('events', t('chat.doctor.connection', { detail: running.detail }))
    : ok('events', t('chat.doctor.when_running'));
  const clicked = (await kept?.list(CLICKED, 1)) ?? [];
  return [
    await app,
    ...(connects?.(settings) === false ? [] : [connection]),
    ...(more?.(find, settings, needs) ?? []),
    clicked.length > 0
      ? ok('buttons', t('chat.doctor.clicks'))
      : warning('buttons', text(`${platform}.doctor.no_clicks`)),
  ];
}

/** Runs `jishi connect NAME`: checks credentials live and writes them to `.env`. */
export function connectCards<Settings>(
  needs: ConnectNeeds,
  checks: Checks<Settings>,
  read: (given: Config['platformSettings']) => Settings | null,
): Promise<number> {
  const { platform, asked } = checks;
  const key = (name: string) => known(`${platform}.connect.${name}`);
  const attempted = async (values: Params): Promise<string> => {
    const given = Object.entries({ ...needs.settings, ...values }).flatMap(([name, value]) => {
      const trimmed = value?.trim();
      return trimmed ? [[name, trimmed] as const] : [];
    });
    const settings = read(Object.fromEntries(given));
    if (settings === null) throw new Error(asked.map(({ name }) => name).join(', '));
    return checks.probe(settings, needs);
  };
  return connectBy(needs, {
    ...{ platform, asked, create: key('create'), next: key('next') },
    attempt: (values) =>
      attempted(values).then(
        (name) => ({ works: true, say: key('works'), params: { name } }),
        (error: unknown) => {
          const isUnreached = !(error instanceof ApiError) && isMessageKey(`${platform}.connect.unreached`);
          const detail = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
          return { works: false, say: key(isUnreached ? 'unreached' : 'refused'), params: { detail } };
        },
      ),
  });
}
