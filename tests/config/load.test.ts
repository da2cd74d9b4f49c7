import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeErrors } from '../../src/cli/config.ts';
import { CORE_GROUPS } from '../../src/config/core-settings.ts';
import { readDotEnv } from '../../src/config/dotenv.ts';
import { loadConfig } from '../../src/config/load.ts';
import { docOf, namesOf } from '../../src/config/settings.ts';
import { PLATFORM_SETTINGS } from '../../src/platforms/registry.ts';
import { slack as slackPlatform } from '../../src/platforms/slack/index.ts';

function problems(env: Record<string, string>): Record<string, string> {
  const loaded = loadConfig(env, PLATFORM_SETTINGS);
  return loaded.ok ? {} : Object.fromEntries(loaded.errors.map((e) => [e.variable, e.problem]));
}
function config(env: Record<string, string>) {
  const loaded = loadConfig(env, PLATFORM_SETTINGS);
  if (!loaded.ok) throw new Error(describeErrors(loaded.errors));
  return loaded.config;
}

describe('the core', () => {
  it('starts with nothing set', () => {
    expect(config({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      dataDir: './data',
      logLevel: 'info',
      apiToken: null,
      consoleSecret: null,
      organisationFile: null,
      regimesDir: null,
      scenariosDir: null,
      proxy: null,
      platformSettings: {},
    });
  });

  it('takes empty and blank values as unset', () => {
    expect(config({ HOST: '', PORT: '  ', API_TOKEN: '', SLACK_BOT_TOKEN: '' })).toEqual(config({}));
  });

  it('reads what is set', () => {
    expect(
      config({
        HOST: '::',
        PORT: '0',
        PUBLIC_URL: 'https://Jishi.example.com:8443/',
        DATA_DIR: '/data',
        LOG_LEVEL: 'WARN',
        API_TOKEN: 'a-token-of-32-characters-or-more-1',
        CONSOLE_SECRET: 'a-secret-of-32-characters-or-more-1',
        ORGANISATION_FILE: 'o.yaml',
        REGIMES_DIR: 'r',
      }),
    ).toMatchObject({
      host: '::',
      port: 0,
      publicUrl: 'https://Jishi.example.com:8443',
      dataDir: '/data',
      logLevel: 'warn',
      apiToken: 'a-token-of-32-characters-or-more-1',
      consoleSecret: 'a-secret-of-32-characters-or-more-1',
      organisationFile: 'o.yaml',
      regimesDir: 'r',
    });
  });

  it.each([
    ['HOST', 'http://127.0.0.1'],
    ['HOST', '127.0.0.1:3000'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'jishi.example.com'],
    ['PUBLIC_URL', 'ftp://jishi.example.com'],
    ['PUBLIC_URL', 'https://jishi.example.com/bot'],
    ['PUBLIC_URL', 'https://me@jishi.example.com'],
    ['LOG_LEVEL', 'verbose'],
    ['API_TOKEN', 'two words'],
    ['API_TOKEN', 'b'],
    ['CONSOLE_SECRET', 'only-thirty-one-characters-long'],
    ['CONSOLE_SECRET', 'abababababababababababababababababab'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['SMTP_URL', 'mail.example.com'],
    ['SLACK_SIGNING_SECRET', 'new,'],
    ['WECOM_WEBHOOK_KEYS', 'no-key'],
    ['WECOM_ENCODING_AES_KEY', 'short'],
  ])('refuses %s=%s and says what it must be', (name, value) => {
    expect(problems({ [name]: value })[name]).toMatch(/^must be|^must consist/);
  });

  it('lists everything that is wrong at once, without showing values', () => {
    const loaded = loadConfig(
      { PORT: 'x', API_TOKEN: 'my secret of more than 32 characters', LOG_LEVEL: 'loud' },
      PLATFORM_SETTINGS,
    );
    if (loaded.ok) throw new Error('accepted');
    const text = describeErrors(loaded.errors);
    expect(text.split('\n')).toEqual([
      'Jishi cannot start: 3 settings are wrong.',
      '  PORT must be a whole number between 0 and 65535.',
      '  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
      '  API_TOKEN must consist of letters, digits and signs without spaces.',
      expect.stringContaining('.env.example'),
    ]);
    expect(text).not.toContain('my secret');
  });
});

describe('platforms', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

  it('are on when what they need is set', () => {
    expect(slackPlatform.read(config(slack).platformSettings)).toEqual([
      {
        tenant: null,
        botToken: 'xoxb-1',
        appToken: 'xapp-1',
        signingSecrets: [],
        apiUrl: null,
        command: '/incident',
        reactions: ['pushpin', 'round_pushpin'],
      },
    ]);
    expect(
      slackPlatform.read(
        config({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'new, old', SLACK_COMMAND: '/ir' }).platformSettings,
      ),
    ).toMatchObject([{ appToken: null, signingSecrets: ['new', 'old'], command: '/ir' }]);
  });

  it('half set name what is missing', () => {
    expect(problems({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual({
      SLACK_APP_TOKEN: 'or SLACK_SIGNING_SECRET is missing, because SLACK_BOT_TOKEN is set',
    });
    expect(problems({ SLACK_COMMAND: '/ir' })).toHaveProperty('SLACK_BOT_TOKEN');
    expect(problems({ WECOM_BOT_SECRET: 's' })).toEqual({
      WECOM_BOT_ID: 'is missing, because WECOM_BOT_SECRET is set',
    });
    expect(Object.keys(problems({ WECOM_CORP_ID: 'c', WECOM_AGENT_ID: '1' }))).toEqual([
      'WECOM_APP_SECRET',
      'WECOM_CALLBACK_TOKEN',
      'WECOM_ENCODING_AES_KEY',
    ]);
    expect(problems({ WECOM_API_URL: 'http://127.0.0.1:1', WECOM_WEBHOOK_KEYS: 'a=b' })).toEqual({});
  });

  it('tokens in the wrong place are recognised', () => {
    expect(problems({ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' })).toEqual({
      SLACK_BOT_TOKEN: 'must be a bot token, which begins with xoxb-',
      SLACK_APP_TOKEN: 'must be an app-level token, which begins with xapp-',
    });
  });
});

it('every variable is described, and secrets are marked', () => {
  for (const group of [...CORE_GROUPS, ...PLATFORM_SETTINGS]) {
    for (const name of namesOf(group)) {
      expect(docOf(group, name).about.join('').length, name).toBeGreaterThan(5);
      if (/SECRET|TOKEN|KEY/.test(name)) expect(docOf(group, name).secret, name).toBe(true);
    }
  }
});

describe('.env', () => {
  const file = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'jishi-env-')), '.env');
    writeFileSync(path, text);
    return path;
  };

  it('adds to the environment, which wins unless it is empty', () => {
    const path = file('\uFEFFPORT=4000\nHOST="0.0.0.0"\n# a comment\nAPI_TOKEN=abc\n');
    expect(readDotEnv({ PORT: '5000', API_TOKEN: ' ' }, path)).toEqual({
      PORT: '5000',
      HOST: '0.0.0.0',
      API_TOKEN: 'abc',
    });
  });

  it('one pair of quotes around a value is none of it: `docker run --env-file` passes them on', () => {
    const given = { PUBLIC_URL: '"https://a.example"', OIDC_NAME: "'Company login'", API_TOKEN: '"', HOST: '"a\'' };
    expect(readDotEnv(given, join(tmpdir(), 'no-such-file'))).toEqual({
      ...{ PUBLIC_URL: 'https://a.example', OIDC_NAME: 'Company login', API_TOKEN: '"', HOST: '"a\'' },
    });
  });

  it('may be missing, but not unreadable', () => {
    expect(readDotEnv({ PORT: '1' }, join(tmpdir(), 'no-such-file'))).toEqual({ PORT: '1' });
    expect(() => readDotEnv({}, tmpdir())).toThrow(/EISDIR/);
  });
});
