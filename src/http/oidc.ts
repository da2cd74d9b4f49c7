import type { Configuration, CustomFetch } from 'openid-client';
import { z } from 'zod';
import type { OidcConfig } from '../config/oidc-settings.ts';
import { accountKey, accountOfKey } from '../incident/identity.ts';
import type { Organisation, Person } from '../incident/people/profile.ts';
import type { Links } from '../use-cases/directory/links.ts';

/** Claims about a person who signed in, from the ID token and the provider's user info. */
export type Claims = Readonly<Record<string, unknown>>;

/** State of one sign-in, kept in the browser until the callback. */
export const oidcState = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type OidcState = z.infer<typeof oidcState>;

/**
 * Identity provider by authorization code with PKCE, state and nonce (`openid-client`). The first sign-in loads the
 * library and fetches the metadata of the provider.
 */
export class IdentityProvider {
  readonly config: OidcConfig;
  readonly #redirectUri: string;
  readonly #home: string;
  readonly #fetch: CustomFetch | null;
  #discovered: Promise<Configuration> | null = null;

  /** `publicUrl`: address of the console; `fetch`: replaces the default, e.g. for a proxy. */
  constructor(config: OidcConfig, publicUrl: string, fetch: CustomFetch | null = null) {
    this.config = config;
    this.#redirectUri = `${publicUrl}${OIDC_PATH}/callback`;
    this.#home = `${publicUrl}/`;
    this.#fetch = fetch;
  }

  /** Returns the address to send the browser to, and the state to keep until the browser returns. */
  async begin(): Promise<{ readonly url: string; readonly kept: OidcState }> {
    const { client, configuration } = await this.#ready();
    const verifier = client.randomPKCECodeVerifier();
    const kept = { state: client.randomState(), nonce: client.randomNonce(), verifier };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: this.config.scopes,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: kept.state,
      nonce: kept.nonce,
    });
    return { url: url.href, kept };
  }

  /** Returns the claims of the person; rejects if the provider or a check refuses. `search`: query of the callback. */
  async finish(search: string, kept: OidcState): Promise<Claims> {
    const { client, configuration } = await this.#ready();
    const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.#redirectUri}${search}`), {
      pkceCodeVerifier: kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the identity provider sent no ID token');
    const hasInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
    const info = hasInfo ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return { ...info, ...claims };
  }

  /** Returns the address that also ends the provider's session; null if the provider has no such address. */
  async signOutUrl(): Promise<string | null> {
    const { client, configuration } = await this.#ready();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.#home }).href;
  }

  async #ready() {
    return { client: await import('openid-client'), configuration: await this.configuration() };
  }

  /** Returns the provider's metadata; fetches it again after a failure. */
  configuration(): Promise<Configuration> {
    this.#discovered ??= this.#discover().catch((error: unknown) => {
      this.#discovered = null;
      throw error;
    });
    return this.#discovered;
  }

  async #discover(): Promise<Configuration> {
    const client = await import('openid-client');
    const { issuer, clientId, clientSecret } = this.config;
    const options = {
      ...(this.#fetch ? { [client.customFetch]: this.#fetch } : {}),
      execute: [
        // The ID token's signature is checked even over TLS, because a proxy may have decrypted the connection.
        client.enableNonRepudiationChecks,
        // Insecure requests are allowed for an issuer over http, which the settings accept on this machine only.
        ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
      ],
      timeout: 10,
    };
    if (clientSecret === null) return client.discovery(new URL(issuer), clientId, undefined, client.None(), options);
    const found = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, options);
    // Basic authentication is the default of a provider that names no method (OpenID Connect Discovery, section 3).
    const methods = found.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    if (!methods.includes('client_secret_basic')) return found;
    return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), options);
  }
}

export const OIDC_PATH = '/login/oidc';

/**
 * Fills the claims into the account template, e.g. `oidc/login.example.com/8a1e`, and names the unusable claims: a
 * missing one identifies nobody, and one with a slash could identify someone else.
 */
export function accountOfClaims(
  { account, issuer }: Pick<OidcConfig, 'account' | 'issuer'>,
  claims: Claims,
): { readonly filled: string; readonly unusable: readonly string[] } {
  const values: Claims = { issuer: new URL(issuer).host, ...claims };
  const names = [...account.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const isUsable = (value: unknown): boolean => typeof value === 'string' && value !== '' && !value.includes('/');
  return {
    filled: account.replace(/\{([^}]+)\}/g, (_, name: string) => String(values[name])),
    unusable: names.filter((name) => !isUsable(values[name])),
  };
}

/** Finds the person of the profile with these claims: by account or id, else by a verified e-mail address. */
export function personOfClaims(
  { account, issuer }: Pick<OidcConfig, 'account' | 'issuer'>,
  claims: Claims,
  profile: Organisation,
  links: Pick<Links, 'personOf'> | null,
): Person | null {
  const { filled, unusable } = accountOfClaims({ account, issuer }, claims);
  if (unusable.length === 0) {
    const key = accountOfKey(filled);
    const listed = profile.people.find(
      ({ id, accounts }) => id === filled || (key && accounts.some((one) => accountKey(one) === accountKey(key))),
    );
    const linked = key && links?.personOf(key);
    const found = listed ?? profile.people.find(({ id }) => id === linked);
    if (found) return found;
  }
  const { email, email_verified: isVerified } = claims;
  if (typeof email !== 'string' || isVerified !== true) return null;
  const named = profile.people.filter((one) => one.email?.toLowerCase() === email.toLowerCase());
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** Returns the groups in the claims to which the settings give roles. */
export function groupsOfClaims({ groupsClaim, groupRoles }: OidcConfig, claims: Claims): readonly string[] {
  const groups = claims[groupsClaim];
  const all: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
  return all.flatMap((group) => (typeof group === 'string' && groupRoles.has(group) ? [group] : []));
}
