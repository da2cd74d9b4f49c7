import { z } from 'zod';
import { INTEGRATION_GROUP, integrationVariables } from './integration-settings.ts';
import { OIDC_GROUP, oidcVariables } from './oidc-settings.ts';
import { PUSH_GROUP, pushVariables } from './push-settings.ts';
import { READER_GROUP, readerVariables } from './reader-settings.ts';
import {
  addresses,
  host,
  list,
  origin,
  ownSecret,
  port,
  type SettingsGroup,
  secretVariable,
  url,
  variable,
  web,
} from './settings.ts';

const ocrVariables = z.object({
  OCR_PACKAGES: variable(
    z.string().min(1).max(1_000).optional(),
    'Folder with the packages that read pictures on this machine (docs/second-reader.md#pictures). Unset: pictures are kept, not read.',
  ),
});

const OCR_GROUP: SettingsGroup = { title: 'Reading pictures', variables: ocrVariables, needs: [] };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const server = z.object({
  HOST: variable(
    host.default('127.0.0.1'),
    'Address the server listens on. Anything but this machine itself needs CONSOLE_SECRET for people to sign in.',
  ),
  PORT: variable(port.default(3000), 'Port of the server; 0 takes a free one.'),
  PUBLIC_URL: variable(
    origin.optional(),
    'Where people reach the console from other machines, e.g. https://jishi.example.com (use https).',
    'Once it is set, people sign in by a link from `npx jishi login NAME`.',
  ),
  TRUSTED_PROXIES: variable(
    addresses.optional(),
    'Addresses of reverse proxies in front, e.g. 127.0.0.1,10.0.0.0/8: what they say in X-Forwarded-For is the address of',
    'a client in the log.',
  ),
  DATA_DIR: variable(z.string().default('./data'), 'Folder of the database. Back it up; one running bot per folder.'),
  LOG_LEVEL: variable(
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`))
      .default('info'),
    `How much is logged: ${LOG_LEVELS.join(', ')}.`,
  ),
  API_TOKEN: secretVariable(
    ownSecret.optional(),
    'Bearer token of the API. Unset means that no token opens it. Make one: openssl rand -hex 32',
  ),
  METRICS_ACCESS: variable(
    z.enum(['open', 'token'], 'must be open or token').default('open'),
    'token: `/metrics` wants a bearer token with the scope metrics (`npx jishi tokens add prometheus --scopes metrics`).',
  ),
  CONSOLE_SECRET: secretVariable(
    ownSecret.optional(),
    'Signs login links and sessions of the console. Make one: openssl rand -hex 32',
    'Changing it signs everybody out.',
  ),
  ORGANISATION_FILE: variable(
    z.string().optional(),
    'The organisation profile (YAML): entities, systems, people and their roles, rooms.',
    'Start from manifests/organisation.example.yaml. Without it everybody has every role but administrator.',
  ),
  REGIMES_DIR: variable(
    z.string().optional(),
    'Folder with clock packs of your own (docs/regimes.md). Check it with `npx jishi regime check DIR`.',
  ),
  SCENARIOS_DIR: variable(
    z.string().optional(),
    'Folder with drill scenarios of your own beside the built-in ones (docs/drills.md).',
  ),
});

const database = z.object({
  DATABASE_URL: secretVariable(
    url(
      ['postgres:', 'postgresql:'],
      'postgres://user:password@host/database (in a password # is %23, @ is %40)',
    ).optional(),
    'PostgreSQL instead of the file in DATA_DIR, e.g. postgres://user:password@host/database',
    'Several instances may share one database (docs/postgres.md).',
  ),
});

const outside = z.object({
  HTTPS_PROXY: secretVariable(
    web('http://proxy.example.com:3128').optional(),
    'Proxy for everything that goes out, e.g. http://proxy.example.com:3128',
  ),
  NO_PROXY: variable(
    list.optional(),
    'Hosts that are reached without it, e.g. .work.weixin.qq.com,hc.example.com:8443',
  ),
  HEARTBEAT_URL: secretVariable(
    web('https://hc.example.com/ping/…').optional(),
    'Fetched once a minute while all is well. Whoever watches it from outside raises the alarm when it stays away.',
  ),
  HEARTBEAT_PLATFORMS: variable(
    list.pipe(z.array(z.string().regex(/^[a-z-]+$/, 'must be names such as slack,wecom, or all'))).optional(),
    'Chat platforms whose outage of five minutes stops the heartbeat as well: slack,wecom or all.',
  ),
});

/** Variables of the program itself. Each platform adds its own. */
export const coreVariables = z.object({
  ...server.shape,
  ...oidcVariables.shape,
  ...database.shape,
  ...integrationVariables.shape,
  ...outside.shape,
  ...pushVariables.shape,
  ...readerVariables.shape,
  ...ocrVariables.shape,
});

export const CORE_GROUPS: readonly SettingsGroup[] = [
  { title: 'Server, console and data', variables: server },
  OIDC_GROUP,
  { title: 'Database', variables: database },
  INTEGRATION_GROUP,
  { title: 'Proxy and heartbeat', variables: outside },
  PUSH_GROUP,
  READER_GROUP,
  OCR_GROUP,
];
