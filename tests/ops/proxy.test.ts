import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';
import { proxyTowards } from '../../src/ops/proxy.ts';
import { describePlatform } from '../../src/platforms/description.ts';
import { PLATFORM_SETTINGS } from '../../src/platforms/registry.ts';

const ADDRESS = 'http://proxy.example.com:3128';

describe('a proxy', () => {
  it.each<[string, readonly string[], boolean]>([
    ['https://slack.com/api', [], true],
    ['https://slack.com/api', ['.work.weixin.qq.com'], true],
    ['wss://openws.work.weixin.qq.com', ['.work.weixin.qq.com'], false],
    ['wss://openws.work.weixin.qq.com', ['*.weixin.qq.com'], false],
    ['wss://openws.work.weixin.qq.com', ['qq.com:8443'], true],
    ['wss://openws.work.weixin.qq.com', ['qq.com:443'], false],
    ['https://notqq.com', ['qq.com'], true],
    ['http://10.0.0.1:8080', ['10.0.0.1:8080'], false],
    ['https://slack.com', ['*'], false],
  ])('%s except %j', (url, except, isUsed) => {
    expect(proxyTowards(url, { address: ADDRESS, except })).toBe(isUsed ? ADDRESS : null);
  });

  it('comes with its exceptions from the settings', () => {
    const config = configOf({ HTTPS_PROXY: ADDRESS, NO_PROXY: '.qq.com, 10.0.0.1' });
    expect(config.proxy).toEqual({ address: ADDRESS, except: ['.qq.com', '10.0.0.1'] });
  });
});

function configOf(env: Readonly<Record<string, string>>): Config {
  const loaded = loadConfig(env, PLATFORM_SETTINGS);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
}

describe('a platform', () => {
  const seen: (Config['proxy'] | undefined)[] = [];
  const platform = describePlatform({
    name: 'some-chat',
    title: { en: 'Some Chat', zh: 'Some Chat' },
    settings: { title: 'Some Chat', variables: z.object({}) },
    read: () => ({}),
    make: () => Promise.reject(new Error('not used')),
    doctor: async (_, { config }) => {
      seen.push(config.proxy);
      return [];
    },
  });
  const asked = async (own: string | undefined): Promise<Config['proxy'] | undefined> => {
    const platformSettings = own === undefined ? {} : { SOME_CHAT_PROXY: own };
    const config = { ...configOf({ HTTPS_PROXY: ADDRESS }), platformSettings };
    const clock = { now: () => 0, at: () => () => {} };
    await platform.doctor({ config, clock, mayConnect: true, organisation: null, running: null, kept: null });
    return seen.at(-1);
  };

  it('takes its own proxy, none, or that of all', async () => {
    expect(await asked(undefined)).toEqual({ address: ADDRESS, except: [] });
    expect(await asked('http://border:8080')).toEqual({ address: 'http://border:8080', except: [] });
    expect(await asked('none')).toBeNull();
  });

  it('refuses what is no address', () => {
    expect(loadConfig({ SOME_CHAT_PROXY: 'border:8080' }, [platform.settings])).toMatchObject({
      ok: false,
      errors: [{ variable: 'SOME_CHAT_PROXY', problem: expect.stringContaining('must be none') }],
    });
    expect(loadConfig({ SOME_CHAT_PROXY: 'none' }, [platform.settings]).ok).toBe(true);
  });
});
