import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise, localised } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import { formOf } from '../../src/conversation/forms/form-kinds.ts';
import { saidLine } from '../../src/conversation/record/command-confirmations.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Language } from '../../src/incident/identity.ts';
import { parseStep } from '../../src/incident/steps.ts';
import { company, MAIN_ROOM, read as readAll, regime, Story } from '../conversation/story.ts';
import { everythingShown } from '../platforms/slack/situations.ts';
import { Transcript } from './transcript.ts';

const VIEWS = ['why', 'people', 'answers', 'more', 'script', 'text', 'tasks', 'assessment', 'send'];
const STEPS = ['half', 'm60', 'm30', 'm15', 'due', 'late15'];
const known = (field: string, text: string): Command => ({
  ...{ type: 'fill_field', field, value: { state: 'known', text }, wording: text },
});

/** Lines of a card; of a phone's notification, the second line, only the parts that the card itself does not show. */
function read(card: Parameters<typeof readAll>[0], language: Language): readonly string[] {
  const [title = '', notification = '', ...blocks] = readAll(card, language);
  const shown = [title, ...blocks].join('\n');
  const parts = notification.split(' · ').filter((part) => !shown.includes(part));
  const rest = parts.join(' · ').replace(/^level:/, 'Level:');
  return [title, ...(rest ? [rest] : []), ...blocks];
}

/** One step: minutes after the one before, by whom, and the command. */
const CASE: readonly (readonly [minutes: number, by: string, Command])[] = [
  [2, 'Li Wei', { type: 'answer', fact: 'operator', value: 'other' }],
  [1, 'Li Wei', { type: 'add_awareness', at: '2026-03-31T09:20:00+08:00', source: 'alert', reachedUs: true }],
  [1, 'Li Wei', { type: 'answer', fact: 'circumstances', value: ['incident_type=data.leak', 'suspected_crime=true'] }],
  [1, 'Chen Yu', { type: 'answer', fact: 'affected', value: ['personal_info'] }],
  [1, 'Chen Yu', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 }],
  [3, 'Li Wei', { type: 'decide_level', level: 'major' }],
  [3, 'Chen Yu', { type: 'take_item', item: 'art7.2' }],
  [9, 'Chen Yu', known('art7.2.place', '上海')],
  [30, 'Chen Yu', known('art7.2.impact', '约120万名用户的姓名、手机号泄露')],
  [80, 'Li Wei', { type: 'add_note', text: '09:50 已隔离两台服务器' }],
  [20, 'Chen Yu', known('art7.2.measures', '09:50 已隔离两台服务器并重置口令')],
  [40, 'Li Wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] }],
  [2, 'Li Wei', { type: 'request_approval', draft: 1 }],
  [20, 'Chen Yu', known('art7.2.effect', '外流已停止')],
  [90, 'Li Wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] }],
];

/** The storyboard: one case through the pure core, as people read it in one language, everything looked at after each step. */
export function storyboard(language: Language): string {
  const transcript = new Transcript();
  const story = new Story('2026-03-31T09:42:00+08:00', company);
  story.do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  look(transcript, story, language);
  for (const [minutes, by, command] of CASE) {
    story.wait(minutes).do(command, by);
    transcript.step(`${new Date(story.now).toISOString().slice(11, 16)} ${by}: ${JSON.stringify(command)}`);
    const said = saidLine(story.situation, command);
    if (said) transcript.put('said', localise(said, language));
    look(transcript, story, language);
  }
  return transcript.toString();
}

function look(transcript: Transcript, { situation }: Story, language: Language): void {
  const { state, ia } = situation;
  const put = (name: string, lines: readonly string[]): void => transcript.put(name, lines.join('\n'), name);
  for (const open of [false, true]) {
    for (const { key, card } of surfacesOf({ state, ia, regime }, { ...MAIN_ROOM, open }))
      put(`${key}${open ? ' in an open room' : ''}`, read(card, language));
  }
  for (const view of VIEWS) {
    const card = viewOf({ view, args: { incident: state.id } }, { state, ia, regime });
    if (card) put(`view ${view}`, read(card, language));
  }
  for (const form of Object.keys(FORM_KINDS)) {
    const built = formOf({ form, args: { incident: state.id } }, { state, ia, regime, now: ia.now });
    if (built) transcript.put(`form ${form}`, localised(built, language), `form ${form}`);
  }
  const due = { dueAt: ia.now, obligations: ia.clocks.map(({ id }) => id) };
  for (const step of STEPS)
    put(`reminder ${step}`, read(reminderCard(situation, { ...due, step: parseStep(step) }, state.lead), language));
}

/** Every card and every form at the moments of a whole case, each as what changed since it was looked at before. */
export function everything(language: Language): string {
  const transcript = new Transcript();
  for (const { name, card, form } of everythingShown()) {
    const kind = name.replace(/^[a-z ]*? (?=form |view |reminder |refused )/, '').replace(/ \d+$/, '');
    if (card) transcript.put(name, read(card, language).join('\n'), kind);
    if (form) transcript.put(name, localised(form, language), kind);
  }
  return transcript.toString();
}
