import { createServer } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';

export interface FakePerson {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}
export interface RunningProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** A real OpenID Connect provider (`oidc-provider`) on 127.0.0.1, with one client and these people. */
export async function startProvider(options: {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly publicUrl: string;
  readonly people: readonly FakePerson[];
  /** Private keys that sign, e.g. after a rotation; those of the library by default. */
  readonly keys?: NonNullable<Configuration['jwks']>['keys'];
  readonly port?: number;
}): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const configuration: Configuration = {
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: [`${options.publicUrl}/login/oidc/callback`],
        post_logout_redirect_uris: [`${options.publicUrl}/`],
      },
    ],
    claims: { email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'groups'] },
    findAccount: (_context, sub) => {
      const person = options.people.find((one) => one.sub === sub);
      return person && { accountId: sub, claims: async () => ({ ...person.claims, sub }) };
    },
    pkce: { required: () => true },
    ...(options.keys ? { jwks: { keys: options.keys } } : {}),
    cookies: { keys: ['only-for-tests'] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  };
  const provider = new Provider(issuer, configuration);
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Signs in at the provider as a browser would; returns the address it leads back to. */
export async function signInAt(start: string, sub: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  const { origin } = url;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 20; step += 1) {
    const response: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    form = null;
    const location = response.headers.get('location');
    if (location === null) {
      const page = await response.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (prompt === undefined) throw new Error(`the provider says: ${response.status} ${page.slice(0, 500)}`);
      form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: sub, password: 'x' } : {}) });
      continue;
    }
    url = new URL(location, url);
    if (url.origin !== origin) return url;
  }
  throw new Error('the provider leads nowhere');
}
