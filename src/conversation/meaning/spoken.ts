import { CRIME } from '../../incident/facts/circumstances.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { leavesOf } from '../../law/condition.ts';
import type { Iso } from '../../law/types.ts';
import { doneTitle } from '../asking/question-card.ts';
import { readPast } from '../asking/value-readings.ts';
import type { Action } from '../cards/card.ts';
import { form, intent, joined, primary, type Situation, t } from '../cards/situation.ts';
import { filingWords, owedNow } from '../filing/filing-fields.ts';
import { formOf, parseForm } from '../forms/form-kinds.ts';
import { nextStep } from '../next-step/next-step.ts';
import { CANCEL } from '../sworn.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { titleOfPasted } from '../text/commands/pasted.ts';
import { timesIn, zonedTimesIn } from '../text/times/times.ts';
import { type FilingWords, proofIn } from './filing-words.ts';
import { commands, type Meaning, noteAction, openForm, type Reader, say } from './meaning.ts';
import { invite, personNamed } from './people.ts';
import { awarenessOf, awarenessText } from './times.ts';
import { handedOver, namedIn } from './topics/topic-offers.ts';

/** Returns the meaning of everyday words for acts and needs: 现在怎么办, 已报警, 算了. */

export function spokenMeant(command: TextCommand, { situation }: Reader): Meaning | null {
  switch (command.type) {
    case 'next':
      return comesNext(situation, null);
    case 'cancel':
      return comesNext(situation, 'text.cancelled');
    case 'police':
      return policeTold(situation);
    case 'phoned':
      return phoned(command.text, situation);
    case 'report_up':
      return reportUp(command.text, situation);
    case 'pasted':
      return pasted(command.text, situation);
    case 'hand_over':
      return handOver(command.who, situation);
    default:
      return null;
  }
}

/** Returns the next step in one sentence with buttons; after a cancelled act also says that nothing was changed. */
function comesNext(situation: Situation, said: 'text.cancelled' | null): Meaning {
  const next = nextStep(situation, null);
  const texts = [...(said ? [t(said)] : []), ...(next ? [next.text] : [])];
  return say(joined(texts.length > 0 ? texts : [doneTitle(situation)], 'sentence'), next?.actions.slice(0, MOST) ?? []);
}
const MOST = 4;

/** Returns the meaning of 上报: in law it means filing, but people also open incidents with it, so the bot asks. */
function reportUp(text: string | undefined, situation: Situation): Meaning {
  const { id } = situation.state;
  return say(t('text.report_up'), [
    form('file', t('act.file'), 'filing', { incident: id }),
    text === undefined
      ? form('new', t('form.new.title'), 'new_incident', {})
      : openedAs(text.slice(0, LONGEST_TITLE), undefined),
  ]);
}
const LONGEST_TITLE = 100;

/** Reads a pasted alert or e-mail, which opens an incident or becomes a note; its time may be the awareness. */
function pasted(text: string, situation: Situation): Meaning {
  const time = timeOfPasted(text, situation.ia.now);
  const known = time === undefined ? [] : [knownSince(time, text, situation)];
  return say(t('text.pasted'), [
    primary(intent('merge', t('text.merge_pasted'), { type: 'add_note', text })),
    ...known,
    openPasted(text, situation.ia.now),
  ]);
}

function timeOfPasted(text: string, now: Iso): { readonly words: string; readonly at: Iso } | undefined {
  return timesIn(text).flatMap((words) => {
    const past = readPast(words, now);
    return past.ok && past.value !== 'unknown' ? [{ words, at: past.value }] : [];
  })[0];
}

function knownSince(
  { words, at }: { readonly words: string; readonly at: string },
  text: string,
  situation: Situation,
): Action {
  return intent('known_since', awarenessText(situation, at, words), awarenessOf(at, text.split('\n')[0] ?? ''));
}

/** Returns the button [Open an incident “…”] for a pasted text, whose time becomes the awareness. */
export function openPasted(text: string, now: Iso): Action {
  return openedAs(titleOfPasted(text), timeOfPasted(text, now)?.at);
}

function openedAs(title: string, awareness: Iso | undefined): Action {
  const label = t('text.open_as', { title: { raw: title } });
  const declare = { type: 'declare', title, ...(awareness === undefined ? {} : { awareness }) } as const;
  return { id: 'open_incident', label, does: { kind: 'intent', intent: declare } };
}

/**
 * Returns the meaning of "police informed": the filing form of the duty to the police or, if that duty does not exist
 * yet, first a button that records the suspected crime.
 */
function policeTold(situation: Situation): Meaning {
  const rules = situation.regime.obligations.filter(
    ({ when }) => when && leavesOf(when).some((leaf) => 'flag' in leaf && leaf.flag === CRIME),
  );
  const duty = situation.ia.obligations.find(({ id, filing }) => !filing && rules.some((rule) => rule.id === id));
  const record = duty
    ? form('police', t('text.record_police'), 'filing', { incident: situation.state.id, obligation: duty.id })
    : intent('police', t('text.suspect_crime'), { type: 'answer', fact: CRIME, value: true });
  return say(t('text.police_told'), [primary(record), noteAction('已报警')]);
}

/** Returns the read-back of a report by phone from the writer's words; the form asks for the missing parts. */
function phoned(line: string, situation: Situation): Meaning {
  const proof = proofIn(line, situation);
  const late = lateReceipt(proof, situation);
  if (late) return late;
  const args = { ...reachedByPhone(situation), ...proof };
  const ref = { form: 'phone_report', args: { incident: situation.state.id, ...args } };
  const context = { ...situation, now: situation.ia.now };
  const built = formOf(ref, context);
  if (!built) return openForm(situation, 'filing', args);
  const values = Object.fromEntries(built.fields.map(({ id, ...field }) => [id, 'value' in field ? field.value : '']));
  const parsed = args.taken_by === undefined ? null : parseForm(ref, values, context);
  const filing =
    parsed && 'commands' in parsed ? parsed.commands.find((one) => one.type === 'record_filing') : undefined;
  if (filing?.type !== 'record_filing') return openForm(situation, 'phone_report', args);
  // A time of another zone is named beside its conversion.
  const past = args.at === undefined ? null : readPast(args.at, situation.ia.now);
  const isConverted = past?.ok === true && zonedTimesIn(args.at ?? '').length > 0;
  const words = filingWords(situation, filing);
  return say(isConverted ? joined([past.text, words], 'semicolon') : words, [
    primary(intent('record_filing', t('act.confirm_filing'), filing)),
    form('change', t('text.change'), 'phone_report', ref.args),
    CANCEL,
  ]);
}

/** Returns the read-back of a receipt that came after its filing; null if the words say more or no filing lacks one. */
function lateReceipt({ receipt, taken_by, at }: FilingWords, situation: Situation): Meaning | null {
  const filing = situation.state.filings.findLast((one) => one.receipt === undefined);
  if (!filing || receipt === undefined || taken_by !== undefined || at !== undefined) return null;
  const { obligation, channel, filedAt, draft, version } = filing;
  const sent = { obligation, channel, at: filedAt, receipt, ...(draft === undefined ? {} : { draft }) };
  return say(filingWords(situation, { type: 'record_filing', ...sent }), [
    primary(intent('receipt', t('act.confirm'), { type: 'correct_filing', filing: version, receipt })),
    CANCEL,
  ]);
}

/** Returns the regime's only hotline and the first report that can be made there; empty if the form has to ask. */
function reachedByPhone(situation: Situation): { readonly channel?: string; readonly obligation?: string } {
  const [hotline, another] = situation.regime.channels.filter(({ kind }) => kind === 'phone');
  if (!hotline || another) return {};
  const isReached = ({ form: kind, filing, recipient }: OwedObligation): boolean =>
    kind === 'first' && !filing && hotline.recipients.includes(recipient);
  const duty = owedNow(situation).find(isReached);
  return duty ? { channel: hotline.id, obligation: duty.id } : {};
}

/** Returns the meaning of "hand over to 王磊": adds the person if needed; the lead changes once the person accepts. */
/** Pattern of the time behind a name: "Chen Jie at 10". */
const WHEN = / (?:at|from|by|around|in|after|now|until|for)(?![a-z]).*$/i;

function handOver(name: string | undefined, situation: Situation): Meaning {
  if (name === undefined) return openForm(situation, 'people');
  const who = name.replace(WHEN, '');
  const person = personNamed(who, situation);
  // 移交给王磊填 names a person among other words.
  if (!person && namedIn(who, situation) !== undefined) return handedOver(who, situation);
  if (!person) return invite(who, situation);
  const offer = { type: 'hand_over', person: person.id } as const;
  return person.joined ? commands(offer) : commands({ type: 'add_person', person: person.id }, offer);
}
