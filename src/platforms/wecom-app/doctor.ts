import { z } from 'zod';
import { t } from '../../conversation/cards/situation.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import { messageOf } from '../../ops/errors.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Finding, KeptValues } from '../../use-cases/ports.ts';
import { type ApiClient, ApiError, asking, type Code } from '../shared/api-client.ts';
import { findingsAbout } from '../shared/findings.ts';
import { profileFindings } from '../shared/profile-check.ts';
import { createWecomApi, remedy } from '../wecom/api/wecom-api.ts';
import { CALLBACK_PATH } from './callback.ts';
import type { WecomAppConfig } from './index.ts';
import { PLATFORM } from './limits.ts';
import { STANDING, troubleOf } from './suspension.ts';

const { ok, warning, wrong } = findingsAbout('wecom');

export interface AppDoctorOptions {
  readonly proxy: OutgoingProxy | null;
  readonly publicUrl: string | null;
  readonly clock: Clock;
  /** Kept values of the app; null if there is no record yet. */
  readonly kept: Pick<KeptValues, 'list'> | null;
}

/** Answer of `agent/get` about the app (document 90227). Department 1 is the whole company. */
const agent = z.looseObject({
  name: z.string(),
  close: z.number().default(0),
  redirect_domain: z.string().default(''),
  allow_partys: z.looseObject({ partyid: z.array(z.number()).default([]) }).default({ partyid: [] }),
});
type Agent = z.infer<typeof agent>;

/** Checks everything WeCom can answer without a message to people. Never throws. */
export async function appDoctor(config: WecomAppConfig, options: AppDoctorOptions): Promise<readonly Finding[]> {
  const { publicUrl } = options;
  const api = createWecomApi({ ...options, apiUrl: config.apiUrl, app: config });
  const found = await asking(api, async () => {
    const answer = agent.parse(await api.call('agent/get', { query: { agentid: config.agentId } }));
    return [...agentFindings(answer, publicUrl), ...(await standing(options))];
  }).catch((error: unknown) => [wrong('app', error instanceof ApiError ? remedy(error) : messageOf(error))]);
  return [...found, ...callback(publicUrl)];
}

function agentFindings({ name, close, redirect_domain, allow_partys }: Agent, publicUrl: string | null): Finding[] {
  const host = publicUrl === null ? null : new URL(publicUrl).host;
  const wholeCompany = allow_partys.partyid.includes(1);
  const of = { host: host ?? '', domain: redirect_domain };
  const domain = redirect_domain === '' ? t('wecom_app.doctor.no_domain', of) : t('wecom_app.doctor.domain', of);
  return [
    close === 1
      ? wrong('app', t('wecom_app.doctor.stopped', { app: name }))
      : ok('app', t('wecom_app.doctor.app', { app: name })),
    wholeCompany ? ok('groups', t('wecom_app.doctor.visible')) : warning('groups', t('wecom_app.doctor.hidden')),
    ...(host === null || redirect_domain === host ? [] : [wrong('web form', domain)]),
  ];
}

async function standing({ kept }: AppDoctorOptions): Promise<readonly Finding[]> {
  const [entry] = (await kept?.list(STANDING, 1)) ?? [];
  const trouble = troubleOf(entry?.key === STANDING ? entry.value : null);
  return trouble === null ? [] : [wrong('standing', trouble)];
}

function callback(publicUrl: string | null): readonly Finding[] {
  const url = `${publicUrl ?? 'https://your-address'}${CALLBACK_PATH}`;
  if (publicUrl === null) return [wrong('callback', t('wecom_app.doctor.no_address', { url }))];
  const isHttps = publicUrl.startsWith('https:');
  return [
    isHttps
      ? ok('callback', t('wecom_app.doctor.callback', { url }))
      : warning('callback', t('wecom_app.doctor.callback_http', { url })),
  ];
}

/** Compares the profile's accounts with the company: their tenant, and each user id. Never throws. */
export async function checkAppProfile(
  config: WecomAppConfig,
  { organisation, proxy, clock }: Pick<AppDoctorOptions, 'proxy' | 'clock'> & { readonly organisation: Organisation },
): Promise<readonly Finding[]> {
  const { corpId: tenant } = config;
  const n = organisation.people.filter(({ accounts }) => accounts.some(({ platform }) => platform === PLATFORM)).length;
  if (n === 0) return [warning('people', t('wecom_app.doctor.no_accounts', { platform: PLATFORM, tenant }))];
  const found = await asking(createWecomApi({ proxy, clock, apiUrl: config.apiUrl, app: config }), (api) => {
    const account = async (id: string) => ((await isKnown(api, id)) ? null : 'unknown');
    const check = { platform: PLATFORM, about: 'wecom', tenant, variable: 'WECOM_CORP_ID', account } as const;
    return profileFindings(organisation, check);
  });
  return found.length > 0 ? found : [ok('people', t('wecom_app.doctor.people', { n }))];
}

/** Returns false if WeCom has no such member; `appDoctor` reports any other failure. */
async function isKnown(api: ApiClient, userid: string): Promise<boolean> {
  try {
    await api.call('user/get', { query: { userid } });
    return true;
  } catch (error) {
    return !(error instanceof ApiError && NO_MEMBER.includes(error.code));
  }
}
/** Error codes of an unknown member (60111, 40003), or one outside the app's visible scope (60011). */
const NO_MEMBER: readonly Code[] = [60111, 40003, 60011];
