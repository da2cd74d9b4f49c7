import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '../../../src/platforms/slack/i18n/en.json' with { type: 'json' };
import { LIMITS } from '../../../src/platforms/slack/limits.ts';
import { EVENT_HANDLERS } from '../../../src/platforms/slack/receive/receive.ts';
import {
  createAppLink,
  EVENTS,
  type Manifest,
  manifest,
  SCOPES,
  SHORTCUTS,
} from '../../../src/platforms/slack/setup/manifest.ts';

const socket = (language: 'en' | 'zh-CN' = 'en') => manifest({ command: '/incident', language, publicUrl: null });

describe.each(['en', 'zh-CN'] as const)('the manifest in %s', (language) => {
  const app = socket(language);

  it('is within what Slack accepts', () => {
    const about = app.display_information;
    expect(about.description?.length).toBeLessThanOrEqual(140);
    expect(about.long_description?.length).toBeGreaterThanOrEqual(175);
    expect(about.long_description?.length).toBeLessThanOrEqual(4_000);
    for (const shortcut of app.features?.shortcuts ?? []) {
      expect(shortcut.name.length, shortcut.name).toBeLessThanOrEqual(LIMITS.shortcut.name);
      expect(shortcut.description.length, shortcut.description).toBeLessThanOrEqual(LIMITS.shortcut.description);
    }
    const [command] = app.features?.slash_commands ?? [];
    expect(command?.description.length).toBeLessThanOrEqual(LIMITS.command.description);
    expect(command?.usage_hint?.length).toBeLessThanOrEqual(LIMITS.command.hint);
  });

  it('fits into a link that browsers and proxies take', () => {
    const link = createAppLink(app);
    expect(link.length).toBeLessThan(8_000);
    expect(JSON.parse(new URL(link).searchParams.get('manifest_json') ?? '')).toEqual(app);
  });
});

it('lists the shortcuts the intake knows, and no others', () => {
  const ids = socket().features?.shortcuts?.map((shortcut) => shortcut.callback_id);
  expect(ids?.toSorted()).toEqual(Object.values(SHORTCUTS).toSorted());
});

it('subscribes to the events the intake reads, and to no others', () => {
  // Messages are subscribed to by kind of channel.
  const subscribed = new Set(EVENTS.map((event) => event.replace(/^message\..*/, 'message')));
  expect([...subscribed].toSorted()).toEqual(Object.keys(EVENT_HANDLERS).toSorted());
});

it('asks for no scope twice, and says what every optional one is for', () => {
  const all = [...SCOPES.required, ...SCOPES.optional];
  expect(new Set(all).size).toBe(all.length);
  const lost = Object.keys(en).flatMap((key) => key.match(/^slack\.connect\.lost\.(.*)/)?.[1] ?? []);
  expect(lost.toSorted()).toEqual([...SCOPES.optional].toSorted());
  const scopes = socket().oauth_config?.scopes;
  expect(scopes?.bot).toEqual(all);
  expect(scopes?.user).toBeUndefined();
});

/** Scopes by which Slack lets an app have an event (docs.slack.dev/reference/events). */
const NEEDED: Readonly<Record<(typeof EVENTS)[number], readonly (typeof SCOPES)['required' | 'optional'][number][]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unarchive: ['channels:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  group_archive: ['groups:read'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  link_shared: ['links:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
  tokens_revoked: [],
};
it('has the scope of every event, and but for addresses among those it cannot do without', () => {
  for (const [event, scopes] of Object.entries(NEEDED)) {
    const held = event === 'link_shared' ? SCOPES.optional : SCOPES.required;
    for (const scope of scopes) expect(held, event).toContain(scope);
  }
});

it('needs no address in Socket Mode, and the one path everywhere in HTTP mode', () => {
  const url = 'https://jishi.example.com/slack/events';
  const http = manifest({ command: '/cn-incident', language: 'en', publicUrl: 'https://jishi.example.com' });
  expect(addresses(socket())).toEqual([undefined, undefined, undefined]);
  expect(addresses(http)).toEqual([url, url, url]);
  expect(socket().settings?.socket_mode_enabled).toBe(true);
  expect(http.settings?.socket_mode_enabled).toBe(false);
  expect(http.features?.slash_commands?.[0]?.command).toBe('/cn-incident');
  expect([socket(), http].map(({ features }) => features?.unfurl_domains)).toEqual([undefined, ['jishi.example.com']]);
});

function addresses(app: Manifest): readonly (string | undefined)[] {
  return [
    app.features?.slash_commands?.[0]?.url,
    app.settings?.event_subscriptions?.request_url,
    app.settings?.interactivity?.request_url,
  ];
}

it('the files beside it are what it makes', () => {
  const read = (mode: string): unknown => JSON.parse(readFileSync(`manifests/slack.${mode}.json`, 'utf8'));
  expect(read('socket')).toEqual(socket());
  expect(read('http')).toEqual(
    manifest({ command: '/incident', language: 'en', publicUrl: 'https://jishi.example.com' }),
  );
});
