import { peopleCalled } from '../../incident/people/find.ts';
import { isPerson, peopleNow, waitingToJoin } from '../../incident/people/people.ts';
import { intent, joined as listed, plain, type Situation, t } from '../cards/situation.ts';
import { absentPeople } from '../collecting/item-forms.ts';
import { roleText } from '../record/refusals.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { commands, type Meaning, openForm, say, withItem } from './meaning.ts';

interface Named {
  readonly name: string;
  /** Actor id of a participant; entry id in the profile of a person who has not joined. */
  readonly id: string;
  readonly joined: boolean;
}

/** Returns the person of the incident or profile with exactly this name; null if there is none or several. */
export function personNamed(who: string, { state }: Situation): Named | null {
  const name = bareName(who).toLowerCase();
  const [joined, other] = Object.values(state.people)
    .filter(isPerson)
    .filter((p) => [p.name.toLowerCase(), p.person].includes(name));
  if (joined) return other ? null : { name: joined.name, id: joined.actor, joined: true };
  const known = absentPeople(state).filter((p) => [p.name.toLowerCase(), p.nameEn?.toLowerCase(), p.id].includes(name));
  const [absent] = known;
  return absent && known.length === 1 ? { name: absent.name, id: absent.id, joined: false } : null;
}

/** Returns the name without the sign of a mention: @王磊 → 王磊. */
const bareName = (who: string): string => who.replace(/^[@＠]\s*/, '').trim();

/** Returns the meaning of "指派 3 @王磊". A person of the profile who does not take part yet is added first. */
export function assign({ n, who }: Extract<TextCommand, { type: 'assign' }>, situation: Situation): Meaning {
  const person = personNamed(who, situation);
  // 交给赵敏接手吧，我要进机房 hands over the lead, with further words behind the name.
  if (!person && n === undefined && /^\S{2,12}(?:接|来)/.test(who)) return openForm(situation, 'people');
  if (!person) return say(t('text.which_person', { name: plain(bareName(who)) }));
  const { id, joined } = person;
  return withItem(n, situation, (item) => {
    const give = { type: 'assign_item', item, person: id } as const;
    return joined ? commands(give) : commands({ type: 'add_person', person: id }, give);
  });
}

export function invite(who: string | undefined, situation: Situation): Meaning {
  const { organisation } = situation.state;
  if (who === undefined) {
    const open = openForm(situation, 'people');
    return open.kind === 'form' ? open : say(t('text.lacks.person', { word: t('text.word.invite') }));
  }
  const name = bareName(who).toLowerCase();
  const [asked, another] = waitingToJoin(situation.state).filter((one) => one.name.toLowerCase() === name);
  if (asked && !another) return commands({ type: 'add_person', person: asked.actor });
  const person = personNamed(who, situation);
  if (!person)
    return say(organisation ? t('text.not_in_profile', { name: plain(bareName(who)) }) : t('text.no_profile'));
  return person.joined
    ? say(t('text.takes_part', { name: plain(person.name) }))
    : commands({ type: 'add_person', person: person.id });
}

/** Reads "移出 王磊", "remove Li Wei". If several people have the name, the bot asks and shows how they differ. */
export function takeOut(who: string | undefined, { state }: Situation): Meaning {
  if (who === undefined) return say(t('text.lacks.person', { word: t('text.word.remove_person') }));
  const name = bareName(who).replace(/^<@|>$/g, '');
  const wanted = name.toLowerCase();
  const here = Object.values(state.people).filter(
    (one) => isPerson(one) && [one.name.toLowerCase(), one.person, one.account?.id.toLowerCase()].includes(wanted),
  );
  const profile = peopleNow(state);
  const known = (profile ? peopleCalled(profile, name) : []).filter(
    ({ id }) => !Object.values(state.people).some(({ person }) => person === id),
  );
  const all = [
    ...new Map(here.map((one) => [one.person ?? one.actor, { id: one.actor, ...one }])).values(),
    ...known.map((one) => ({ ...one, account: one.accounts[0] ?? null })),
  ];
  const [only] = all;
  if (!only) return say(t('text.nobody_to_remove', { name: plain(name) }));
  if (all.length === 1) return commands({ type: 'remove_person', person: only.id });
  const choices = all.map((one, index) => {
    const what = listed([...one.roles.map(roleText), ...(one.account ? [plain(one.account.id)] : [])]);
    const label = t('text.remove_which_one', { name: plain(one.name), what });
    return intent(`remove_${index}`, label, { type: 'remove_person', person: one.id });
  });
  return say(t('text.remove_which', { name: plain(name) }), choices);
}
