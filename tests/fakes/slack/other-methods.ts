import { wrongInView } from './block-check.ts';
import { array, BOT_ID, BOT_USER, type Method, type Params, SlackRefusal } from './method.ts';
import type { FakeChannel, FakeFile, Workspace } from './workspace.ts';

/** Everything that is no message: who, where, views, files. */
export const OTHER_METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (w) => ({
    url: 'https://fake.slack.com/',
    team: 'Fake',
    team_id: w.team,
    user: 'jishi',
    user_id: BOT_USER,
    bot_id: BOT_ID,
    ...(w.enterprise === null ? {} : { enterprise_id: w.enterprise }),
    ...(w.organisation === null ? {} : { is_enterprise_install: true }),
  }),
  'auth.teams.list': (w) => ({ teams: (w.organisation ?? [w.team]).map((id) => ({ id, name: id })) }),
  'conversations.info': (w, p) => {
    const channel = w.channels.get(p['channel'] ?? '');
    if (!channel || (channel.isPrivate && !channel.members.has(BOT_USER))) throw new SlackRefusal('channel_not_found');
    return { channel: shown(channel) };
  },
  'conversations.open': (w, p) => ({ channel: { id: w.direct(p['users'] ?? '').id } }),
  'conversations.create': (w, p) => {
    const name = p['name'] ?? '';
    if ([...w.channels.values()].some((c) => c.name === name)) throw new SlackRefusal('name_taken');
    if (!/^[a-z0-9_-]{1,80}$/.test(name)) throw new SlackRefusal('invalid_name_specials');
    const channel = w.addChannel(`C00NEW${w.nextId()}`, { name, isPrivate: p['is_private'] === 'true' });
    if (p['team_id'] !== undefined) channel.team = p['team_id'];
    return { channel: shown(channel) };
  },
  'conversations.invite': (w, p) => {
    const channel = w.address(p['channel']);
    for (const user of (p['users'] ?? '').split(',')) {
      if (!w.users.has(user)) throw new SlackRefusal('user_not_found');
      if (channel.members.has(user)) throw new SlackRefusal('already_in_channel');
      channel.members.add(user);
    }
    return { channel: shown(channel) };
  },
  'conversations.setTopic': (w, p) => {
    const topic = p['topic'] ?? '';
    if ([...topic].length > 250) throw new SlackRefusal('too_long');
    w.address(p['channel']).topic = topic;
    return { channel: { topic } };
  },
  'pins.add': (w, p) => {
    const { id: channel } = w.address(p['channel']);
    const ts = p['timestamp'] ?? '';
    if (!w.messages.some((one) => one.channel === channel && one.ts === ts))
      throw new SlackRefusal('message_not_found');
    if (w.pins.some((one) => one.channel === channel && one.ts === ts)) throw new SlackRefusal('already_pinned');
    if (w.pins.filter((one) => one.channel === channel).length >= 100) throw new SlackRefusal('too_many_pins');
    w.pins.push({ channel, ts });
    return {};
  },
  'chat.unfurl': (w, p) => {
    const channel = w.channels.get(p['channel'] ?? '');
    const message = w.messages.find((one) => one.channel === channel?.id && one.ts === p['ts']);
    if (!channel || !message) throw new SlackRefusal('cannot_find_message');
    const unfurls: Record<string, unknown> = JSON.parse(p['unfurls'] ?? '{}');
    for (const url of Object.keys(unfurls))
      if (!message.text.includes(url)) throw new SlackRefusal('cannot_unfurl_url');
    w.unfurls.push({ channel: channel.id, ts: message.ts, unfurls });
    return {};
  },
  'bookmarks.add': (w, p) => {
    w.bookmarks.push({ channel: w.address(p['channel_id']).id, link: p['link'] ?? '' });
    return {};
  },
  'users.conversations': (w, p) => ({
    channels: [...w.channels.values()]
      .filter((c) => !c.id.startsWith('D') && c.members.has(BOT_USER) && c.members.has(p['user'] ?? BOT_USER))
      .filter(({ team }) => team === undefined || team === p['team_id'])
      .map(shown),
  }),
  'users.info': (w, p) => {
    const user = w.users.get(p['user'] ?? '');
    if (!user) throw new SlackRefusal('user_not_found');
    return {
      user: {
        id: user.id,
        team_id: user.team ?? w.team,
        ...(user.enterprise === undefined ? {} : { enterprise_user: { enterprise_id: user.enterprise } }),
        name: user.name.toLowerCase().replaceAll(' ', '.'),
        real_name: user.name,
        locale: user.locale,
        is_restricted: user.isRestricted ?? false,
      },
    };
  },
  'views.open': (w, p) => showView(w, p, 'open'),
  'views.push': (w, p) => showView(w, p, 'push'),
  'views.update': (w, p) => showView(w, p, 'update'),
  'views.publish': (w, p) => showView(w, p, 'publish'),
  'files.getUploadURLExternal': (w, p) => {
    const file: FakeFile = {
      id: `F${w.nextId()}`,
      name: p['filename'] ?? '',
      content: new Uint8Array(),
      shared: false,
    };
    w.files.set(file.id, file);
    return { upload_url: `UPLOAD/${file.id}`, file_id: file.id };
  },
  'files.delete': (w, p) => {
    if (!w.files.delete(String(p['file']))) throw new SlackRefusal('file_not_found');
    for (const message of w.messages.filter(({ files }) => files.some(({ id }) => id === p['file'])))
      w.messages.splice(w.messages.indexOf(message), 1);
    return {};
  },
  'files.completeUploadExternal': (w, p) => {
    const channel = w.address(p['channel_id']);
    for (const one of array(p['files'])) {
      const id = typeof one === 'object' && one !== null && 'id' in one ? String(one.id) : '';
      const file = w.files.get(id);
      if (!file || file.content.byteLength === 0) throw new SlackRefusal('file_not_found');
      file.shared = true;
      const message = w.say(channel.id, BOT_USER, p['initial_comment'] ?? '', p['thread_ts'] ?? null, [
        { id, name: file.name },
      ]);
      message.blocks = array(p['blocks']);
    }
    return { files: [] };
  },
  'files.info': (w, p) => {
    const file = w.files.get(p['file'] ?? '');
    if (!file) throw new SlackRefusal('file_not_found');
    return {
      file: {
        id: file.id,
        name: file.name,
        size: file.content.byteLength,
        mimetype: 'application/octet-stream',
        url_private: `${w.fileAddress}${file.id}`,
      },
    };
  },
};

function showView(w: Workspace, p: Params, how: 'open' | 'push' | 'update' | 'publish'): Record<string, unknown> {
  const trigger = p['trigger_id'] ?? '';
  if (how === 'open' || how === 'push') {
    if (trigger === '' || trigger.startsWith('expired')) throw new SlackRefusal('expired_trigger_id');
    if (w.usedTriggers.has(trigger)) throw new SlackRefusal('exchanged_trigger_id');
    w.usedTriggers.add(trigger);
  }
  const view: Record<string, unknown> = JSON.parse(p['view'] ?? '{}');
  const wrong = wrongInView(view);
  if (wrong.length > 0) throw new SlackRefusal('invalid_arguments', wrong);
  const id = how === 'update' ? (p['view_id'] ?? '') : `V${w.nextId()}`;
  w.views.push({ id, trigger, view, how, user: p['user_id'] ?? '' });
  return { view: { id, hash: `h${w.views.length}` } };
}

function shown(channel: FakeChannel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_private: channel.isPrivate,
    is_member: channel.members.has(BOT_USER),
    is_archived: channel.isArchived,
    is_ext_shared: channel.isShared,
  };
}
