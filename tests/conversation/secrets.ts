import type { Command } from '../../src/incident/commands.ts';
import { type AbroadPart, type Room, roomId } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { company, Story } from './story.ts';

/** Words that stand for what people write: each names the part it belongs to, so that a test sees what leaked. */
export const SECRET: Readonly<Record<Exclude<AbroadPart, 'overview' | 'drafts'>, string>> = {
  title: 'zqTITLEqz',
  answers: 'zqANSWERqz',
  texts: 'zqTEXTqz',
  files: 'zqFILEqz',
  personal: 'zqPERSONALqz',
  tracing: 'zqTRACINGqz',
};

export const ABROAD: Room = {
  platform: 'chat',
  tenant: 't',
  address: 'berlin',
  location: 'abroad',
  language: 'en',
  open: false,
};

/** The company of the stories with names that must not leave either, and an administrator. */
export const secretive = organisationSchema.parse({
  ...company,
  organisation: `${SECRET.answers} 集团`,
  entities: company.entities.map((entity) => ({
    ...entity,
    name: `${SECRET.answers} 公司`,
    contact24h: { name: SECRET.personal, phone: SECRET.personal },
    recipients: { provincial_cac: { name: SECRET.personal, phone: SECRET.personal } },
  })),
  systems: company.systems.map((system) => ({ ...system, name: `${SECRET.answers} ${system.id}` })),
  people: [
    ...company.people,
    {
      id: 'adm',
      name: 'Adm Min',
      roles: ['legal'],
      accounts: [{ platform: 'console', tenant: 'local', id: 'Adm Min' }],
    },
  ],
  rooms: [{ ...ABROAD }],
});

const T = SECRET.texts;
const HASH = 'a'.repeat(64);

/** Everything with a free text that somebody can want, `hostile` being what they add to it. */
export function commandsWithWords(hostile: string): readonly Command[] {
  const text = `${T} ${hostile}`;
  return [
    { type: 'declare', title: `${SECRET.title} ${hostile}` },
    { type: 'add_room', room: ABROAD },
    { type: 'call_officer', words: text },
    { type: 'rename', title: `${SECRET.title}2 ${hostile}` },
    { type: 'answer', fact: 'system', value: 'shop' },
    { type: 'answer', fact: 'personal_info_people', value: 1_200_000, basis: text },
    {
      type: 'add_awareness',
      at: '2026-03-31T09:30:00+08:00',
      source: 'supplier',
      description: text,
      reachedUs: true,
      link: T,
    },
    { type: 'confirm_awareness', candidate: 'a2', reason: text },
    { type: 'add_person', person: 'zhao-min' },
    { type: 'fill_field', field: 'art7.2.impact', value: { state: 'known', text }, wording: text },
    {
      type: 'fill_field',
      field: 'art7.2.measures',
      value: { state: 'estimate', text, asOf: '2026-03-31T09:30:00+08:00' },
    },
    { type: 'fill_field', field: 'art7.5.attacker', value: { state: 'known', text: `${SECRET.tracing} ${hostile}` } },
    { type: 'confirm_wording', field: 'art7.5.attacker', wording: SECRET.tracing },
    { type: 'add_note', text, happenedAt: '2026-03-31T09:30:00+08:00', link: T, author: T },
    {
      type: 'add_evidence',
      evidence: { file: HASH, name: `${SECRET.files}${hostile}`.slice(0, 200), size: 1, mediaType: 'text/plain' },
    },
    { type: 'decide_level', level: 'general', reason: text },
    { type: 'not_owed', obligation: 'cac.art4.other', reason: text },
    { type: 'take_law', law: 'eu-gdpr', reason: text },
    { type: 'withdraw_decision', about: 'level', reason: text },
    { type: 'lift_stop', reason: text },
    { type: 'settle_question', question: 'enterprise_portal', reading: 'counts', reason: text },
    { type: 'add_request', from: T, recipient: 'provincial_cac', what: text, receivedAt: '2026-03-31T09:31:00+08:00' },
    { type: 'add_task', text: T },
    { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
    { type: 'send_back', draft: 1, comments: [{ text }] },
    {
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'hotline_12387',
      at: '2026-03-31T09:40:00+08:00',
      receipt: T,
      takenBy: T,
      withoutApproval: text,
    },
    { type: 'take_item', item: 'art7.2' },
    { type: 'not_reportable', reason: text, reviewAt: '2026-04-02T09:00:00+08:00' },
    { type: 'end_handling', at: '2026-03-31T09:41:00+08:00', reason: text },
    { type: 'compile_draft', report: 'summary', cannotDetermine: [] },
    { type: 'hold', reason: text },
    { type: 'release_hold', reason: text },
    { type: 'remove_person', person: 'zhao-min', reason: text },
    { type: 'withdraw_declaration', reason: text },
  ];
}

/** An incident full of words. What the rules refuse in this order is passed over; the test checks what must be there. */
export function tellAll(hostile = '', steps = Number.POSITIVE_INFINITY): Story {
  const story = new Story('2026-03-31T09:42:00+08:00', secretive);
  for (const [index, command] of commandsWithWords(hostile).entries()) {
    if (index < Math.max(2, steps)) story.try(command, ...(command.type.includes('hold') ? ['Adm Min'] : []));
  }
  return story.wait(3);
}

/** Releases parts to the room abroad, drafts with all they contain. */
export function released(story: Story, parts: readonly AbroadPart[]): Story {
  if (parts.length === 0) return story;
  const what = [...parts];
  story.do({ type: 'release_abroad', room: roomId(ABROAD), what, reason: 'asked', legalBasis: 'contract' }, 'Adm Min');
  return story;
}
