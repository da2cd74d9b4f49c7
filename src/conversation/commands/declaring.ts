import type { Events, schemas } from '../../incident/commands/declaring.ts';
import { at, ofPart, plain, t } from '../cards/situation.ts';
import { form, oneField, parseAs, reasonField, single, textField } from '../forms/form-kind.ts';
import { TITLE_LENGTH } from '../forms/new-incident-form.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  declare: (situation) => {
    const start = situation.ia.anchors.awareness ?? situation.state.declared.at;
    return t('said.declared', { id: plain(situation.state.id), at: at(situation, start) });
  },
  withdraw_declaration: () => t('said.declaration_withdrawn'),
  rename: (_, { title }) => t('said.renamed', { title: ofPart('title', title) }),
  relate: (_, { incident, how }) => t(`said.relation.${how}`, { id: plain(incident) }),
};

export const tellers: Tellers<keyof Events> = {
  declared: (_, p) => {
    const title = ofPart('title', p.title);
    if (!p.imported) return t(p.drill ? 'event.declared_drill' : 'event.declared', { title });
    const { list, by, reference } = p.imported;
    const where = { title, reference: raw(reference), line: list.line };
    return by === null ? t('event.imported', where) : t('event.imported_by', { ...where, by: plain(by) });
  },
  declaration_withdrawn: (_, p) =>
    p.reason === undefined
      ? t('event.declaration_withdrawn')
      : t('event.declaration_withdrawn_why', { reason: raw(p.reason) }),
  renamed: (_, p) => t('event.renamed', { title: ofPart('title', p.title) }),
  relation_set: (_, p) => t(`event.relation.${p.how}`, { id: plain(p.incident) }),
};

export const forms: Forms = {
  rename: {
    part: 'title',
    build: ({ state }) =>
      form(t('form.rename.title'), [
        textField('title', t('form.rename.name'), { required: true, maxLength: TITLE_LENGTH, value: state.title }),
      ]),
    parse: parseAs('rename'),
  },
  /** Form for a relation; the other incident is entered by id, because a list could show hidden incidents. */
  relate: {
    build: () =>
      form(
        t('form.relate.title'),
        [
          textField('incident', t('form.relate.incident'), {
            required: true,
            maxLength: 40,
            example: { raw: 'INC-2026-0007' },
          }),
          oneField(
            'how',
            t('form.relate.how'),
            (['related', 'duplicate_of', 'none'] as const).map((value) => ({
              value,
              label: t(`form.relate.${value}`),
            })),
            'related',
          ),
          reasonField(false),
        ],
        { intro: [t('form.relate.intro')] },
      ),
    parse: (situation, _, values) =>
      parseAs('relate')(situation, {}, { ...values, incident: single(values, 'incident').toUpperCase() }),
  },
};
