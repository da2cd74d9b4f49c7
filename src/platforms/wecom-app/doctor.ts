import { z } from 'zod';
import type { Organisation } from '../../incident/people/profile.ts';
import { messageOf } from '../../ops/errors.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Finding, KeptValues } from '../../use-cases/ports.ts';
import { type ApiClient, ApiError, type Code } from '../shared/api-client.ts';
import { findingsAbout } from '../shared/findings.ts';
import { advice, createWecomApi } from '../wecom/api/wecom-api.ts';
import { CALLBACK_PATH } from './callback.ts';
import type { WecomAppConfig } from './index.ts';
import { PLATFORM } from './limits.ts';
import { STANDING, troubleOf } from './suspension.ts';

const { ok, warning, wrong } = findingsAbout('wecom');

export interface AppDoctorOptions {
  readonly proxy: OutgoingProxy | null;
  readonly publicUrl: string | null;
  readonly clock: Clock;
  /** Kept values of the app; null while there is no record. */
  readonly kept: Pick<KeptValues, 'list'> | null;
}

/** Response of `agent/get` on the app (document 90227). Department 1 is the whole company. */
const agent = z.looseObject({
  name: z.string(),
  close: z.number().default(0),
  redirect_domain: z.string().default(''),
  allow_partys: z.looseObject({ partyid: z.array(z.number()).default([]) }).default({ partyid: [] }),
});
type Agent = z.infer<typeof agent>;

/** Asks WeCom about everything that can be asked without writing to anybody. Never throws. */
export async function appDoctor(config: WecomAppConfig, options: AppDoctorOptions): Promise<readonly Finding[]> {
  const api = createWecomApi({ ...options, apiUrl: config.apiUrl, app: config });
  try {
    const found = agent.parse(await api.call('agent/get', { query: { agentid: config.agentId } }));
    return [...agentFindings(found, options.publicUrl), ...(await standing(options)), ...callback(options.publicUrl)];
  } catch (error) {
    const say = error instanceof ApiError ? advice(error) : messageOf(error);
    return [wrong('app', say), ...callback(options.publicUrl)];
  } finally {
    await api.http.close();
  }
}

function agentFindings({ name, close, redirect_domain, allow_partys }: Agent, publicUrl: string | null): Finding[] {
  const host = publicUrl === null ? null : new URL(publicUrl).host;
  const wholeCompany = allow_partys.partyid.includes(1);
  const hidden =
    'the app is not visible to the root department (可见范围), so it cannot make groups: people are written to one by one';
  const domain = `the trusted domain (网页授权及JS-SDK, 可信域名) is ${redirect_domain || 'not set'}; it must be ${host}, otherwise nobody can open a form`;
  return [
    close === 1
      ? wrong('app', `${name} is stopped: start it again in the admin page, then run a drill`)
      : ok('app', `${name}; this machine's address is on its list`),
    wholeCompany
      ? ok('groups', 'the whole company sees the app, so each incident gets a group')
      : warning('groups', hidden),
    ...(host === null || redirect_domain === host ? [] : [wrong('web form', domain)]),
  ];
}

async function standing({ kept }: AppDoctorOptions): Promise<readonly Finding[]> {
  const [entry] = (await kept?.list(STANDING, 1)) ?? [];
  const trouble = troubleOf(entry?.key === STANDING ? entry.value : null);
  return trouble === null ? [] : [wrong('standing', trouble)];
}

function callback(publicUrl: string | null): readonly Finding[] {
  if (publicUrl === null) {
    const say = `PUBLIC_URL is not set: WeCom has to reach https://your-address${CALLBACK_PATH}, and forms need it too`;
    return [wrong('callback', say)];
  }
  const isHttps = publicUrl.startsWith('https:');
  const say = `the address under 接收消息 of the app must be ${publicUrl}${CALLBACK_PATH}; saving it there while the bot runs tests it${isHttps ? '' : '. Use https'}`;
  return [(isHttps ? ok : warning)('callback', say)];
}

/** Compares the accounts of the profile with the company: their tenant, and whether WeCom knows each user id. Never throws. */
export async function checkAppProfile(
  config: WecomAppConfig,
  { organisation, proxy, clock }: Pick<AppDoctorOptions, 'proxy' | 'clock'> & { readonly organisation: Organisation },
): Promise<readonly Finding[]> {
  const { corpId } = config;
  const accounts = organisation.people.flatMap((person) =>
    person.accounts.filter(({ platform }) => platform === PLATFORM).map((account) => ({ person, account })),
  );
  const elsewhere = accounts.filter(({ account }) => account.tenant !== corpId);
  if (elsewhere.length > 0) {
    const names = elsewhere.map(({ person }) => person.name).join(', ');
    return [wrong('people', `the tenant of ${names} must be ${corpId} (WECOM_CORP_ID) in the profile`)];
  }
  if (accounts.length === 0) {
    const say = `nobody of the profile has an account {platform: ${PLATFORM}, tenant: ${corpId}, id: user id}, so a new incident gets no group`;
    return [warning('people', say)];
  }
  const api = createWecomApi({ proxy, clock, apiUrl: config.apiUrl, app: config });
  try {
    const lost: string[] = [];
    for (const { person, account } of accounts)
      if (!(await isKnown(api, account.id))) lost.push(`${person.name} (${account.id})`);
    if (lost.length === 0) return [ok('people', `${accounts.length} of the profile can be written to`)];
    return [wrong('people', `WeCom does not know these user ids, or hides them from the app: ${lost.join(', ')}`)];
  } finally {
    await api.http.close();
  }
}

/** Returns false if WeCom has no such member; any other failure is for `appDoctor` to report. */
async function isKnown(api: ApiClient, userid: string): Promise<boolean> {
  try {
    await api.call('user/get', { query: { userid } });
    return true;
  } catch (error) {
    return !(error instanceof ApiError && NO_MEMBER.includes(error.code));
  }
}
/** No such member (60111, 40003), or not in the visible scope of the app (60011). */
const NO_MEMBER: readonly Code[] = [60111, 40003, 60011];
