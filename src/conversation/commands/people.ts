import { translate } from '../../i18n/translate.ts';
import type { Events, schemas } from '../../incident/commands/people.ts';
import { mayAnswerCalls } from '../../incident/people/rights.ts';
import { at, lawText, nameText, personText, plain, platformText, t } from '../cards/situation.ts';
import { absentPeople } from '../collecting/item-forms.ts';
import { form, oneField, parseAs } from '../forms/form-kind.ts';
import { peopleText, rightText } from '../rooms/people-card.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  take_lead: ({ state }) => t('said.lead', { by: personText(state, state.lead) }),
  take_charge: (situation) => {
    const { charge, people, organisation } = situation.state;
    const one = charge ? people[charge.by] : undefined;
    if (!charge || !one) return null;
    const ends = mayAnswerCalls(organisation, one);
    const params = { by: personText(situation.state, one.actor), at: at(situation, charge.at) };
    return t(ends ? 'said.charge' : 'said.charge_beside', params);
  },
  hand_over: ({ state }) => {
    const { handover } = state;
    return handover && t('said.handover', { name: personText(state, handover.to) });
  },
  take_over: ({ state }) => t('said.lead', { by: personText(state, state.lead) }),
  ask_to_join: ({ state }) => t('said.join_asked', { lead: personText(state, state.lead) }),
  ask_for: () => t('said.right_asked'),
  add_person: ({ state }, { person }) => {
    const added = Object.values(state.people).find((p) => p.person === person || p.actor === person);
    return added ? t('said.person', { name: plain(added.name) }) : null;
  },
  remove_person: ({ state }, { person }) => {
    const one = state.people[person] ?? Object.values(state.people).find((other) => other.person === person);
    return t('said.person_removed', { name: plain(one?.name ?? person) });
  },
  // The sentence is in the chosen language, whatever the reader's language.
  set_language: (_, { language }) =>
    lawText({ zh: translate(language, 'said.language'), en: translate(language, 'said.language') }),
  name_person: () => null,
};

export const tellers: Tellers<keyof Events> = {
  // A name learned later replaces the missing name of a person who joined without one.
  person_joined: ({ state }, p) =>
    t('event.person_joined', { name: nameText((p.unnamed && state.people[p.actor]) || p) }),
  join_asked: (_, p) => t('event.join_asked', { name: plain(p.name) }),
  right_asked: ({ state }, p) =>
    t('event.right_asked', { what: rightText(p.right), people: peopleText(state, p.people) }),
  person_removed: (_, p) =>
    p.reason === undefined
      ? t('event.person_removed', { name: plain(p.name) })
      : t('event.person_removed_why', { name: plain(p.name), reason: raw(p.reason) }),
  person_named: ({ state }, p) => {
    const account = state.people[p.actor]?.account;
    // An account without a known name was shown by its id, so the line names the platform.
    if (account && account.id.toLowerCase() === p.was.toLowerCase()) {
      return t('event.person_known', { platform: platformText(account.platform), name: plain(p.name) });
    }
    return p.name === p.was
      ? t(p.language === 'en' ? 'event.person_reads' : 'event.person_reads_zh', { name: plain(p.name) })
      : t('event.person_named', { was: plain(p.was), name: plain(p.name) });
  },
  lead_taken: ({ state }, p) => t('event.lead_taken', { lead: personText(state, p.lead) }),
  charge_taken: () => t('event.charge_taken'),
  handover_offered: ({ state }, p) => t('event.handover_offered', { name: personText(state, p.to) }),
  handover_taken: ({ state }, p) => t('event.handover_taken', { name: personText(state, p.from) }),
  language_set: (_, p) => t(p.language === 'en' ? 'event.language' : 'event.language_zh'),
};

export const forms: Forms = {
  people: {
    gives: 'add_person',
    part: 'overview',
    build({ state }) {
      const options = absentPeople(state).map((person) => ({ value: person.id, label: { raw: person.name } }));
      if (options.length === 0) return null;
      return form(t('form.people.title'), [oneField('person', t('form.people.person'), options)]);
    },
    parse: parseAs('add_person'),
  },
};
