import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Room } from '../../incident/identity.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import type { Caller } from '../../use-cases/app.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import type { PlatformNeeds } from '../description.ts';
import type { ApiClient } from '../shared/api-client.ts';
import { ApiError } from '../shared/api-client.ts';
import { roomOf } from '../shared/rooms.ts';
import { advice } from '../wecom/api/wecom-api.ts';
import { PLATFORM } from './limits.ts';

const groupSchema = z.strictObject({
  owner: z.string(),
  members: z.array(z.string()).min(1).readonly(),
  /**
   * State of a group. `wanted`: not made yet. `made`: a group chat of this app. `people`: each person is written to
   * directly, because a group needs two people and an app visible to the whole company.
   */
  state: z.enum(['wanted', 'made', 'people']),
  /** Name of a group that was made, as last set by the app. */
  name: z.string().optional(),
});
export type Group = z.infer<typeof groupSchema>;

const chatAnswer = z.looseObject({ chat_info: z.looseObject({ userlist: z.array(z.string()) }) });
const LOOK_EVERY = 10 * 60_000;
const MOST_MEMBERS = 1_000;
const NAME_CHARACTERS = 50;
/** Roles invited to a group from the start. */
const CALLED = ['lead', 'approver', 'legal', 'filer'] as const;

const cutName = (name: string): string => [...name].slice(0, NAME_CHARACTERS).join('');

export interface GroupsDependencies extends Pick<PlatformNeeds, 'profile' | 'kept' | 'clock' | 'log'> {
  readonly api: ApiClient;
  readonly corpId: string;
}

/**
 * Rooms of the app: one group chat per incident, made for the first message to it. We choose its id, so a declaration
 * need not wait for WeCom. Only members see such a group, and the app cannot read in it.
 */
export class Groups {
  readonly #deps: GroupsDependencies;
  readonly #known: KeptMap<Group>;
  readonly #lookedAt = new Map<string, number>();
  readonly #making = new Map<string, Promise<Group>>();

  constructor(deps: GroupsDependencies) {
    this.#deps = deps;
    this.#known = new KeptMap(deps.kept, 'group:', groupSchema);
  }

  /** Loads the known groups, and follows groups made by other instances. */
  recall(): Promise<void> {
    return this.#known.recall();
  }

  /** Returns the room for a declared incident; `key` is that of the delivery, so a redelivery finds the same room. */
  async roomFor({ account, language }: Pick<Caller, 'account' | 'language'>, key: string): Promise<Room> {
    const chatid = `js${createHash('sha256').update(`${account.id}\n${key}`).digest('hex').slice(0, 30)}`;
    // Another instance may have made it just now.
    if (!(this.#known.get(chatid) ?? (await this.#known.look(chatid)))) {
      const members = [...new Set([account.id, ...this.#called()])].slice(0, MOST_MEMBERS);
      await this.#keep(chatid, { owner: account.id, members, state: members.length < 2 ? 'people' : 'wanted' });
    }
    return {
      platform: PLATFORM,
      tenant: this.#deps.corpId,
      address: chatid,
      location: 'home',
      // A person alone in a room gets their own language.
      language: this.isAlone(account.id, chatid) ? language : (this.#deps.profile()?.languages.rooms ?? 'zh-CN'),
      open: false,
      made: true,
    };
  }

  reads(user: string, chatid: string): boolean {
    return this.#find(chatid)?.members.includes(user) === true;
  }

  /** Returns true if a room is a conversation with this person alone. */
  isAlone(user: string, chatid: string): boolean {
    const group = this.#find(chatid);
    return group?.state === 'people' && group.members.every((member) => member === user);
  }

  /** Returns true if this person gets the questions of a room as cards. */
  asks(user: string, chatid: string): boolean {
    const group = this.#find(chatid);
    return group?.state === 'people' ? group.members.includes(user) : group?.owner === user;
  }

  /** Returns true if messages to the room go to each of its people directly. */
  writesToPeople(chatid: string): boolean {
    return this.#find(chatid)?.state === 'people';
  }

  /**
   * Returns the group of an address, made if needed; null if it has no people. Rejects if WeCom does not answer.
   * `head`: name by the incident's current head, which an existing group takes on too, as a stop removes the title.
   */
  async ready(chatid: string, name: string, head = false): Promise<Group | null> {
    if (this.#known.get(chatid)?.state !== 'made') await this.#known.look(chatid);
    const group = this.#find(chatid);
    if (group?.state === 'made') {
      const current = await this.#current(chatid, group);
      return head ? this.#renamed(chatid, current, cutName(name)) : current;
    }
    if (group?.state !== 'wanted') return group;
    const under =
      this.#making.get(chatid) ?? this.#make(chatid, group, name).finally(() => this.#making.delete(chatid));
    this.#making.set(chatid, under);
    return under;
  }

  /** Notes that the group no longer exists: from now on its people get direct messages. */
  async lost(chatid: string): Promise<void> {
    const group = this.#find(chatid);
    if (group) await this.#keep(chatid, { ...group, state: 'people' });
  }

  async #make(chatid: string, group: Group, name: string): Promise<Group> {
    const { api, log } = this.#deps;
    const body = { name: cutName(name), owner: group.owner, userlist: group.members, chatid };
    try {
      await api.send('appchat/create', body);
      return await this.#keep(chatid, { ...group, state: 'made', name: body.name });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // After a crash the group may exist already, under this id, which we chose.
      if (await this.#exists(chatid)) return this.#keep(chatid, { ...group, state: 'made' });
      log.warn({ advice: advice(error) }, 'no group could be made; its people are written to directly');
      return this.#keep(chatid, { ...group, state: 'people' });
    }
  }

  /** Renames a group; a failure is tried again with the next card that has the incident's head. */
  async #renamed(chatid: string, group: Group, name: string): Promise<Group> {
    if (group.name === name) return group;
    try {
      await this.#deps.api.send('appchat/update', { chatid, name });
      return await this.#keep(chatid, { ...group, name });
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'a group could not be renamed');
      return group;
    }
  }

  /** Updates the members, whom people change in WeCom itself: all members of a group may see its incident. */
  async #current(chatid: string, group: Group): Promise<Group> {
    const now = this.#deps.clock.now();
    if ((this.#lookedAt.get(chatid) ?? 0) > now - LOOK_EVERY) return group;
    this.#lookedAt.set(chatid, now);
    try {
      const { chat_info } = chatAnswer.parse(await this.#deps.api.call('appchat/get', { query: { chatid } }));
      const members = chat_info.userlist.slice(0, MOST_MEMBERS);
      if (members.join() === group.members.join() || members.length === 0) return group;
      return await this.#keep(chatid, { ...group, members });
    } catch (error) {
      this.#deps.log.info({ err: error }, 'the members of a group could not be asked for');
      return group;
    }
  }

  async #exists(chatid: string): Promise<boolean> {
    try {
      await this.#deps.api.call('appchat/get', { query: { chatid } });
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** Returns a known group, or that of a profile room, to which all people with an account of this app belong. */
  #find(chatid: string): Group | null {
    const known = this.#known.get(chatid);
    if (known) return known;
    const { profile, corpId } = this.#deps;
    const listed = roomOf(profile(), { platform: PLATFORM, tenant: corpId, address: chatid });
    const members = listed ? this.#accounts(() => true) : [];
    const [owner] = [...this.#called(), ...members];
    return owner === undefined || !listed ? null : { owner, members, state: members.length < 2 ? 'people' : 'wanted' };
  }

  /** Returns people to invite: those who decide, and those on duty now. */
  #called(): readonly string[] {
    const now = this.#deps.clock.now();
    const duty = this.#deps
      .profile()
      ?.roster.filter((one) => Date.parse(one.from) <= now && now < Date.parse(one.until));
    return this.#accounts(
      (person) =>
        CALLED.some((role) => person.roles.includes(role)) || duty?.some((one) => one.person === person.id) === true,
    );
  }

  #accounts(wanted: (person: Organisation['people'][number]) => boolean): readonly string[] {
    const { profile, corpId } = this.#deps;
    return (profile()?.people ?? [])
      .filter(wanted)
      .flatMap((person) =>
        person.accounts.flatMap(({ platform, tenant, id }) => (platform === PLATFORM && tenant === corpId ? [id] : [])),
      );
  }

  async #keep(chatid: string, group: Group): Promise<Group> {
    await this.#known.put(chatid, group);
    return group;
  }
}
