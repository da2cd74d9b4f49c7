import type { CustomFetch } from 'openid-client';
import type { Config } from '../config/schema.ts';
import { IdentityProvider } from '../http/oidc.ts';
import type { OutgoingProxy } from '../ops/proxy.ts';

/** Returns the identity provider of the settings, reached through the proxy if one is set; null without one. */
export async function identityProviderOf({ oidc, publicUrl, proxy }: Config): Promise<IdentityProvider | null> {
  if (oidc === null || publicUrl === null) return null;
  return new IdentityProvider(oidc, publicUrl, proxy === null ? null : await through(proxy));
}

async function through(proxy: OutgoingProxy): Promise<CustomFetch> {
  const [{ fetch: proxied }, { dispatcherBy }] = await Promise.all([import('undici'), import('../ops/proxy.ts')]);
  const dispatcher = dispatcherBy(proxy);
  return async (url, { body, ...options }) => {
    const sent = body === undefined ? {} : { body: body instanceof ArrayBuffer ? new Uint8Array(body) : body };
    const answer = await proxied(url, { ...options, ...sent, dispatcher });
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: [...answer.headers] });
  };
}
