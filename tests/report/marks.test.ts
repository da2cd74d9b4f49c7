import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { dutyRows } from '../../src/conversation/filing/obligations.ts';
import { translate } from '../../src/i18n/translate.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { RuleMark } from '../../src/law/marks.ts';
import { lawSet, type Pack } from '../../src/law/pack.ts';
import type { Verification } from '../../src/law/types.ts';
import { emergencyCard } from '../../src/report/emergency-card.ts';
import { guide } from '../../src/report/guide.ts';
import { documentLines } from '../../src/report/paper.ts';
import { papersOf } from '../../src/report/papers.ts';
import { allPacks } from '../fakes/law.ts';
import { Case, company, regime } from './cases.ts';

/**
 * Marks of a rule: each is shown by each surface, in the same words. The one rule is that of GDPR, read in every way and
 * in a draft or a compared pack.
 */
const gdpr = [...allPacks().values()].find(({ pack }) => pack.id === 'eu-gdpr')?.pack;
const READ: readonly Verification[] = ['primary', 'copy', 'quoted', 'secondary', 'unverified', 'stated'];
const ALL: readonly RuleMark[] = ['draft', 'copy', 'quoted', 'secondary', 'unverified', 'stated'];
const RULE = 'gdpr.art33.authority';

function read(status: 'compared' | 'draft', verification: Verification): Pack {
  if (!gdpr) throw new Error('there is no GDPR');
  const duties = gdpr.duties.map((one) => ({ ...one, source: { ...one.source, verification } }));
  return { ...gdpr, status, duties, version: `${status}${verification}`.padEnd(64, '0') };
}

/** Marks that are owed: of a compared pack a copy is one of two that agree. */
function owed(status: 'compared' | 'draft', verification: Verification): readonly RuleMark[] {
  const isRead = verification === 'primary' || (verification === 'copy' && status === 'compared');
  return [...(status === 'draft' ? (['draft'] as const) : []), ...(isRead ? [] : [verification as RuleMark])];
}

/** Everything a surface says on the rule, by surface. */
function surfaces(pack: Pack, language: 'en' | 'zh'): Readonly<Record<string, string>> {
  const locale = language === 'en' ? 'en' : 'zh-CN';
  const [entity] = company.entities;
  const organisation = organisationSchema.parse({
    ...company,
    entities: [{ ...entity, packs: [pack.id] }],
    accept: { [pack.id]: { by: 'chen-yu', on: '2026-11-29' } },
  });
  const it = new Case(organisation);
  it.packs = [pack];
  it.must('li-wei', { type: 'declare', title: '泄露' });
  it.must('li-wei', { type: 'answer', fact: 'gdpr_personal_data', value: true });
  const ia = it.assess();
  const row = dutyRows({ state: it.current, ia, regime: ia.regime }).find(({ duty }) => duty.id === RULE);
  const law = lawSet(regime, [pack]);
  const paper = papersOf({ state: it.current, ia, regime: law }, language).find(
    ({ definition }) => definition.id === RULE,
  );
  const printed = { regime: law, organisation, language, at: '2026-11-29T12:00:00+08:00' };
  const [unit = null] = organisation.entities;
  const rowsOf = (lines: readonly string[]) => lines.filter((line) => line.includes('33(1)')).join('\n');
  return {
    board: (row?.marks ?? []).map((mark) => localise(mark, locale)).join('\n'),
    card: rowsOf(documentLines(emergencyCard(printed, unit))),
    guide: rowsOf(documentLines(guide(printed))),
    paper: paper ? documentLines(paper.paper).join('\n') : '',
  };
}

describe.each(['en', 'zh'] as const)('marks of a rule, in %s', (language) => {
  const locale = language === 'en' ? 'en' : 'zh-CN';
  const words = (mark: RuleMark): string => translate(locale, `verified.${mark}`);

  it.each(
    (['compared', 'draft'] as const).flatMap((status) => READ.map((verification) => [status, verification] as const)),
  )(
    'a rule of a %s pack that was read as %s has the same marks on board, card, guide and paper',
    (status, verification) => {
      const wanted = owed(status, verification);
      for (const [surface, said] of Object.entries(surfaces(read(status, verification), language))) {
        const shown = ALL.filter((mark) => said.includes(words(mark)));
        expect([surface, shown]).toEqual([surface, wanted]);
      }
    },
  );

  it('has words for every mark that no other mark contains', () => {
    for (const one of ALL) expect(ALL.filter((other) => words(other).includes(words(one)))).toEqual([one]);
  });
});
