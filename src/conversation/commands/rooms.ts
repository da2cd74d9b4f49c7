import type { Events, schemas } from '../../incident/commands/rooms.ts';
import { ABROAD_PARTS, type Room, roomId } from '../../incident/identity.ts';
import { hasLeft, isReleased, roomOfProfile } from '../../incident/rooms.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { FormField, Text } from '../cards/card.ts';
import { joined, lawText, partText, type Situation, t } from '../cards/situation.ts';
import { form, manyField, oneField, parseAs, parsed, reasonField, single, textField } from '../forms/form-kind.ts';
import { roomAddedText, roomText } from '../rooms/room-name.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  add_room: ({ state }, { room }) => roomAddedText(state, roomId(room)),
  remove_room: ({ state }) => t(Object.keys(state.rooms).length > 0 ? 'said.room_removed' : 'said.room_removed_last'),
  confirm_room: ({ state }, { room }) => t('said.room_confirmed', { room: roomText(state, room) }),
  leave_chat: ({ state }, { quiet }) => {
    if (quiet) return t('said.chat_quieted');
    const others = (state.chatLeft?.added ?? []).map((room) => roomText(state, roomId(room)));
    return others.length > 0 ? t('said.chat_left', { rooms: joined(others) }) : t('said.chat_left_nowhere');
  },
  return_to_chat: () => t('said.chat_returned'),
  release_abroad: ({ state }, { room, what }) =>
    t('said.released', { room: roomText(state, room), parts: joined(what.map(partText)) }),
  withdraw_release: ({ state }, { room }) => t('said.release_withdrawn', { room: roomText(state, room) }),
};

export const tellers: Tellers<keyof Events> = {
  room_added: ({ state }, p) => t('event.room_added', { room: roomText(state, roomId(p.room)) }),
  room_removed: ({ state }, p) =>
    t(p.why ? `event.room_${p.why}` : 'event.room_removed', { room: roomText(state, p.room) }),
  room_confirmed: ({ state }, p) => t('event.room_confirmed', { room: roomText(state, p.room) }),
  chat_left: (_, p) =>
    p.played
      ? t('event.chat_down')
      : p.quiet && p.left.length === 0
        ? t('event.chat_quieted')
        : p.reason
          ? t('event.chat_left', { reason: raw(p.reason) })
          : t('event.chat_left_plain'),
  chat_returned: (_, p) => t('event.chat_returned', { reason: raw(p.reason) }),
  released_abroad: ({ state }, p) =>
    t('event.released', {
      room: roomText(state, p.room),
      parts: joined(p.what.map(partText)),
      reason: raw(p.reason),
      basis: raw(p.legalBasis),
    }),
  release_withdrawn: ({ state }, p) =>
    t('event.release_withdrawn', {
      room: roomText(state, p.room),
      parts: joined(p.what.map(partText)),
      reason: raw(p.reason),
    }),
};

export const forms: Forms = {
  rooms: {
    gives: 'remove_room',
    build({ state }) {
      const options = [
        ...roomsToAdd(state).map((room) => ({
          value: ADD + roomId(room),
          label: t('form.rooms.add', { room: nameOf(state, room) }),
        })),
        ...Object.values(state.rooms).map((room) => ({
          value: TAKE_OFF + roomId(room),
          label: t('form.rooms.take_off', { room: nameOf(state, room) }),
        })),
      ];
      if (options.length === 0) return null;
      const intro = Object.keys(state.rooms).length === 1 ? [t('form.rooms.only')] : [];
      return form(t('form.rooms.title'), [oneField('change', t('form.rooms.change'), options)], { intro });
    },
    parse({ state }, __, values) {
      const change = single(values, 'change');
      if (change.startsWith(TAKE_OFF)) {
        return parsed({ type: 'remove_room', room: change.slice(TAKE_OFF.length) });
      }
      const room = roomsToAdd(state).find((one) => ADD + roomId(one) === change);
      return room ? parsed({ type: 'add_room', room }) : { errors: { change: t('form.choose') } };
    },
  },
  return_to_chat: {
    build: ({ state }) => (state.chatLeft ? form(t('form.return_chat.title'), [reasonField()]) : null),
    parse: parseAs('return_to_chat'),
  },
  release_abroad: {
    part: 'overview',
    build(situation, args) {
      const rooms = Object.values(situation.state.rooms).filter((room) => room.location === 'abroad');
      const field = abroadField(situation.state, rooms, args['room']);
      if (!field) return null;
      const options = ABROAD_PARTS.map((part) => ({ value: part, label: partText(part) }));
      return form(
        t('form.release.title'),
        [
          field,
          manyField('what', t('form.release.what'), options, [], { required: true }),
          reasonField(),
          textField('basis', t('form.release.basis'), {
            required: true,
            multiline: true,
            example: t('form.release.basis_example'),
          }),
        ],
        { intro: [t('form.release.intro'), ...lawOfLeaving(situation)] },
      );
    },
    parse: (situation, args, values) =>
      parseAs('release_abroad')(situation, args, { ...values, legalBasis: single(values, 'basis') }),
  },
  withdraw_release: {
    part: 'overview',
    build({ state }, args) {
      const rooms = Object.values(state.rooms).filter((room) => isReleased(state, room));
      const field = abroadField(state, rooms, args['room']);
      return field && form(t('form.withdraw.title'), [field, reasonField()], { intro: [t('form.withdraw.intro')] });
    },
    parse: parseAs('withdraw_release'),
  },
};

/** Rooms of the profile in which the incident is not shown yet. */
export function roomsToAdd(state: IncidentState): readonly Room[] {
  const { organisation } = state;
  if (!organisation) return [];
  return organisation.rooms
    .filter((room) => !state.rooms[roomId(room)] && !hasLeft(state, room.platform))
    .map((room) => roomOfProfile(organisation, room));
}

function nameOf(state: IncidentState, room: Room): Text {
  const name = roomText(state, roomId(room));
  return room.location === 'abroad' ? t('form.rooms.room_abroad', { room: name }) : name;
}

const ADD = 'add:';

const TAKE_OFF = 'off:';

/** Field to choose a room abroad; null if there is none. */
function abroadField(state: IncidentState, rooms: readonly Room[], chosen: string | undefined): FormField | null {
  const options = rooms.map((room) => ({ value: roomId(room), label: nameOf(state, room) }));
  const [first] = options;
  return first ? oneField('room', t('form.release.room'), options, chosen ?? first.value) : null;
}

/** Provisions on data leaving the country: quoted in Chinese, explained in English. */
function lawOfLeaving({ regime }: Situation): readonly Text[] {
  return regime.notes
    .filter((note) => note.topic === 'cross_border')
    .map(({ source, text }) => {
      const article = `${source.instrument} ${source.article}`;
      return t('form.release.law', {
        quote: lawText({ zh: source.quote, en: text.en }),
        article: lawText({ zh: article, en: article }),
      });
    });
}
