import type { Events, schemas } from '../../incident/commands/ending.ts';
import { shownBy } from '../cards/sentence.ts';
import { at, dueAt, openClocks, plain, t } from '../cards/situation.ts';
import { form, parseAs, reasonField, reasonForm, textField, timeField } from '../forms/form-kind.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  end_handling: (situation, command) => {
    const summary = openClocks(situation).find((clock) => clock.form === 'final');
    const ended = at(situation, command.at);
    return summary
      ? shownBy('status', t('said.ended', { at: ended, due: dueAt(situation, summary.due) }))
      : t('said.ended_nothing', { at: ended });
  },
  close: () => t('said.closed'),
  reopen: () => t('said.reopened'),
  hold: () => t('said.held'),
  release_hold: () => t('said.hold_released'),
  erase: ({ state }) => (state.erased ? t('said.erased') : null),
  expire: () => null,
};

export const tellers: Tellers<keyof Events> = {
  handling_ended: (situation, p) => t('event.ended', { at: at(situation, p.at), reason: raw(p.reason) }),
  closed: (_, p) => t('event.closed', { reason: raw(p.reason) }),
  reopened: (_, p) => t('event.reopened', { reason: raw(p.reason) }),
  held: (_, p) => t('event.held', { reason: raw(p.reason) }),
  hold_released: (_, p) => t('event.hold_released', { reason: raw(p.reason) }),
  erased: (_, p) => (p.reason === null ? t('event.expired') : t('event.erased', { reason: raw(p.reason) })),
};

export const forms: Forms = {
  end_handling: {
    build: () =>
      form(
        t('form.end.title'),
        [
          timeField('at', t('form.end.at'), { required: true }),
          textField('reason', t('form.reason'), {
            required: true,
            multiline: true,
            example: t('form.end.reason_example'),
          }),
        ],
        { intro: [t('form.end.intro')] },
      ),
    parse: parseAs('end_handling', { at: { is: 'past' } }),
  },
  close: { part: 'overview', ...reasonForm(t('form.close.title'), 'close') },
  reopen: { part: 'overview', ...reasonForm(t('form.reopen.title'), 'reopen') },
  hold: reasonForm(t('form.hold.title'), 'hold', { intro: [t('form.hold.intro')] }),
  release_hold: reasonForm(t('form.release_hold.title'), 'release_hold'),
  erase: {
    build: ({ state }) =>
      form(t('form.erase.title', { id: plain(state.id) }), [reasonField()], { intro: [t('form.erase.intro')] }),
    parse: parseAs('erase'),
  },
};
