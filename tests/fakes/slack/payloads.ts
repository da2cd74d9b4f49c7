import { TEAM } from './workspace.ts';

/** Payloads in the shape of the recorded ones (tests/fixtures/slack), for people and places of the fake. */
let counter = 0;
const next = (): number => {
  counter += 1;
  return counter;
};

export interface FakeButton {
  readonly action_id: string;
  readonly value: string;
}

export function slash(text: string, user: string, channel: string, more: object = {}) {
  return {
    token: 'x',
    team_id: TEAM,
    team_domain: 'fake',
    channel_id: channel,
    channel_name: 'ops-china',
    user_id: user,
    user_name: user.toLowerCase(),
    command: '/incident',
    text,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:1/none',
    trigger_id: `trigger.${next()}.slash`,
    ...more,
  };
}

export function press(
  button: FakeButton,
  user: string,
  at: {
    channel?: string;
    ts?: string;
    thread?: string | null;
    responseUrl?: string;
    view?: object;
    state?: object;
    trigger?: string;
    isEphemeral?: boolean;
  },
) {
  const inMessage = at.channel === undefined ? {} : { channel: { id: at.channel, name: 'ops-china' } };
  return {
    type: 'block_actions',
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: TEAM },
    api_app_id: 'A1',
    token: 'x',
    container: {
      type: at.view ? 'view' : 'message',
      message_ts: at.ts,
      channel_id: at.channel,
      is_ephemeral: at.isEphemeral ?? false,
    },
    trigger_id: at.trigger ?? `trigger.${next()}.press`,
    team: { id: TEAM, domain: 'fake' },
    enterprise: null,
    is_enterprise_install: false,
    ...inMessage,
    ...(at.ts === undefined
      ? {}
      : { message: { type: 'message', ts: at.ts, ...(at.thread ? { thread_ts: at.thread } : {}) } }),
    ...(at.view ? { view: at.view } : {}),
    ...(at.state ? { state: at.state } : {}),
    ...(at.responseUrl ? { response_url: at.responseUrl } : {}),
    actions: [
      { type: 'button', block_id: 'b', text: { type: 'plain_text', text: 'x' }, action_ts: `${next()}.0`, ...button },
    ],
  };
}

/** A modal as the user submits it: entered values by field. */
export function submit(
  view: Readonly<Record<string, unknown>>,
  id: string,
  user: string,
  values: Readonly<Record<string, object>>,
) {
  return {
    type: 'view_submission',
    team: { id: TEAM, domain: 'fake' },
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: TEAM },
    api_app_id: 'A1',
    token: 'x',
    trigger_id: `trigger.${next()}.submit`,
    view: {
      id,
      hash: `hash${next()}`,
      type: 'modal',
      callback_id: view['callback_id'],
      private_metadata: view['private_metadata'],
      blocks: view['blocks'],
      state: { values: Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { v: value }])) },
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
}

export function event(inner: Readonly<Record<string, unknown>>, id = `Ev${next()}`) {
  return {
    token: 'x',
    team_id: TEAM,
    api_app_id: 'A1',
    event: inner,
    type: 'event_callback',
    event_id: id,
    event_time: 1_774_921_320,
    authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: 'U00BOT00001', is_bot: true }],
  };
}

interface SaidMessage {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly ts: string;
  readonly thread: string | null;
  readonly files?: readonly { readonly id: string; readonly name: string }[];
  readonly more?: Readonly<Record<string, unknown>>;
}

export function said(message: SaidMessage, type = 'message') {
  return event({
    type,
    user: message.user,
    ts: message.ts,
    text: message.text,
    channel: message.channel,
    channel_type: 'group',
    event_ts: message.ts,
    ...(message.thread === null ? {} : { thread_ts: message.thread }),
    ...(message.files?.length ? { subtype: 'file_share', files: message.files } : {}),
    ...(message.channel.startsWith('D') ? { channel_type: 'im' } : {}),
  });
}

/** A shortcut on a message. */
export function messageShortcut(callback: string, message: SaidMessage, user: string) {
  return {
    type: 'message_action',
    callback_id: callback,
    trigger_id: `trigger.${next()}.shortcut`,
    response_url: 'http://127.0.0.1:1/none',
    user: { id: user, team_id: TEAM, name: user.toLowerCase() },
    team: { id: TEAM, domain: 'fake' },
    channel: { id: message.channel, name: 'ops-china' },
    message: {
      type: 'message',
      ts: message.ts,
      user: message.user,
      text: message.text,
      ...(message.thread === null ? {} : { thread_ts: message.thread }),
      ...(message.files?.length ? { files: message.files } : {}),
      ...message.more,
    },
  };
}

/** Every button of some blocks, with its label. */
export function buttonsIn(blocks: readonly unknown[]): readonly (FakeButton & { label: string })[] {
  const found: (FakeButton & { label: string })[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && value.type === 'button' && 'value' in value && 'action_id' in value) {
        const text =
          'text' in value && typeof value.text === 'object' && value.text !== null && 'text' in value.text
            ? String(value.text.text)
            : '';
        found.push({ action_id: String(value.action_id), value: String(value.value), label: text });
      }
      for (const one of Object.values(value)) walk(one);
    }
  };
  walk(blocks);
  return found;
}

export function button(blocks: readonly unknown[], label: string | RegExp): FakeButton & { label: string } {
  const found = buttonsIn(blocks).find((b) => (typeof label === 'string' ? b.label === label : label.test(b.label)));
  if (!found)
    throw new Error(
      `no button ${String(label)} among ${buttonsIn(blocks)
        .map((b) => b.label)
        .join(' | ')}`,
    );
  return found;
}
