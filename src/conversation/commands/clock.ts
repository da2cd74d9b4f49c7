import type { Events, schemas } from '../../incident/commands/clock.ts';
import { isoOf } from '../../incident/drill-clock.ts';
import { injectsOf } from '../../incident/scenario.ts';
import { snoozeEnd } from '../../incident/snooze.ts';
import { isOfClock, parseStep, type Step } from '../../incident/steps.ts';
import { definitionOf } from '../../law/pack.ts';
import { thresholdsOf } from '../../law/regime.ts';
import type { Text } from '../cards/card.ts';
import { bareQuantity, figureLabel } from '../cards/fact-text.ts';
import { at, joined, lawText, levelText, ofPart, plain, t } from '../cards/situation.ts';
import { officerLine } from '../drills/call-card.ts';
import { form, oneField, parseAs } from '../forms/form-kind.ts';
import { SPEEDS } from '../forms/new-incident-form.ts';
import { minutesBefore } from '../reminding/ladder.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  snooze: (situation, { minutes }) => {
    const until = snoozeEnd(situation.ia.clocks, Date.parse(situation.ia.now), minutes);
    return until === null ? null : t('said.snoozed', { at: at(situation, isoOf(until)) });
  },
  set_drill_speed: (_, { speed }) => (speed === 0 ? t('said.paused') : t('said.speed', { speed: { amount: speed } })),
  call_officer: (situation) => officerLine(situation),
  tick: () => null,
  record_delivery: () => null,
  record_stamp: () => null,
  note_restored: () => null,
};

export const tellers: Tellers<keyof Events> = {
  snoozed: (situation, p) => t('event.snoozed', { at: at(situation, p.until) }),
  drill_speed_changed: (_, { segment }) =>
    segment.rate === 0 ? t('event.paused') : t('event.speed', { speed: { amount: segment.rate } }),
  inject_given: ({ state }, { inject }) => {
    const news = injectsOf(state).find(({ id }) => id === inject);
    return news ? t('event.inject', { from: lawText(news.from), text: lawText(news.text) }) : t('drill.choose');
  },
  call_practised: ({ state }, { turn, ended }) => {
    const receipt = ended?.receipt;
    if (receipt) return t('event.call_ended', { receipt: plain(receipt) });
    if (ended) return t('call.hung_up');
    if (!turn) return t('event.call', { n: state.calls.length });
    return turn.text === null ? t('event.call_silent') : t('event.call_said', { text: ofPart('drafts', turn.text) });
  },
  threshold_crossed: (situation, p) => {
    const threshold = thresholdsOf(situation.regime, p.fact).find((one) => one.criterion === p.criterion);
    const unit = definitionOf(situation.regime, p.fact)?.unit;
    const crossed = t('event.crossed', {
      label: figureLabel(situation.regime, p.fact),
      threshold: threshold ? bareQuantity(unit, threshold.value) : raw(''),
      at: at(situation, p.at),
      level: levelText(situation.regime, p.level),
    });
    return ofPart('answers', crossed);
  },
  reminder_due: (_, p) => {
    const minutes = Math.floor(p.lateSeconds / 60);
    const what = stepText(parseStep(p.step));
    return minutes > 0 ? t('event.reminder_late', { what, minutes: { minutes } }) : t('event.reminder', { what });
  },
  head_stamped: (situation, p) =>
    t('event.stamped', { version: p.version, at: at(situation, p.at), authority: plain(p.authority) }),
  record_restored: (situation, p) => t('event.restored', { upTo: at(situation, p.upTo) }),
  notice_delivered: (_, p) => {
    const line = t(`event.${p.outcome}`);
    return p.mayHaveArrived ? joined([line, t('event.may_have_arrived')], 'semicolon') : line;
  },
};

export const forms: Forms = {
  drill_speed: {
    gives: 'set_drill_speed',
    build({ state }) {
      if (!state.drill) return null;
      const options = [0, ...SPEEDS].map((speed) => ({
        value: String(speed),
        label: speed === 0 ? t('form.speed.pause') : t('form.speed.times', { n: { amount: speed } }),
      }));
      const now = String(state.segments.at(-1)?.rate ?? 1);
      return form(t('form.speed.title'), [
        oneField('speed', t('form.speed.speed'), options, options.some((o) => o.value === now) ? now : ''),
      ]);
    },
    parse: parseAs('set_drill_speed'),
  },
};

function stepText(step: Step): Text {
  if (!isOfClock(step)) return t(`event.reminder_${step.kind}`);
  const minutes = minutesBefore(step);
  if (minutes === null) return t('event.reminder_share');
  if (minutes === 0) return t('event.reminder_due');
  return minutes > 0
    ? t('event.reminder_step', { left: { minutes } })
    : t('event.reminder_over', { late: { minutes: -minutes } });
}
