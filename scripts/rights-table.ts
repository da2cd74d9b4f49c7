import { translate } from '../src/i18n/translate.ts';
import { commandSchema } from '../src/incident/commands.ts';
import { API_ACTOR, type Language, ROLES } from '../src/incident/identity.ts';
import { EFFECTS, type EffectKind, type Exception, guardTable } from '../src/incident/people/guard-table.ts';
import { type Action, lacks, rights } from '../src/incident/people/rights.ts';
import type { BilingualText } from '../src/law/types.ts';

/** Every command by its type, and the rights that are their own. */
const ACTIONS: readonly Action[] = [
  ...commandSchema.options.map(({ shape }) => shape.type.value),
  'record_authority',
  'judge',
];

/** Who a column of the matrix is: somebody with one role beside taking part, or a program with a token. */
export const COLUMNS = [...ROLES, 'token'] as const;
const TOKEN: Record<Language, string> = { en: 'token', 'zh-CN': '令牌' };

/** Every command and every role, in Markdown: ● may, – may not. The token is one with the scope of the operation. */
export function rightsMatrix(language: Language): string {
  const heads = COLUMNS.map((one) => (one === 'token' ? TOKEN[language] : translate(language, `role.${one}`)));
  const rows = ACTIONS.filter((action) => rights[action].who !== 'clock').map((action) => {
    const cells = COLUMNS.map((one) => (mayIn(action, one) ? '●' : '–'));
    return `| ${translate(language, `right.${action}`)} \`${action}\` | ${cells.join(' | ')} |`;
  });
  const head = language === 'en' ? 'command' : '命令';
  return [`| ${head} | ${heads.join(' | ')} |`, `|---|${':-:|'.repeat(heads.length)}`, ...rows].join('\n');
}

/** Effects of a change that need a second person, as a person would call them. */
const EFFECT_NAMES: Record<EffectKind, BilingualText> = {
  lost: { en: 'a duty ends, or is only possible now', zh: '义务不再履行，或者不再确定' },
  later: { en: 'a deadline comes later', zh: '时限推迟' },
  recipient_removed: { en: 'a duty goes to another recipient', zh: '改变报告对象' },
  met_after_the_fact: { en: 'a late duty becomes met', zh: '逾期变为按时' },
  silenced: { en: 'nobody who can file is reminded', zh: '可报送的人员均收不到提醒' },
  hidden: { en: 'those who must act no longer see it', zh: '负责处理的人员看不到' },
  below_floor: { en: 'a level below the figures', zh: '定级低于数据' },
  law_replaced: { en: 'another text of a law is put in force', zh: '改用法律的另一文本' },
  secrecy_lifted: { en: 'a state-secret stop ends', zh: '解除涉密停止' },
  judged_by_token: { en: 'a program gives a judgement', zh: '程序作出研判' },
  taken_out: {
    en: 'a lead, approver, legal or the last filer is taken out',
    zh: '移出牵头人、审批人、法务或最后一名报送人',
  },
  erased: { en: 'the record is erased (legal and an administrator together)', zh: '删除事件内容（法务与管理员共同）' },
};
const EXCEPTION_NAMES: Record<Exception, BilingualText> = {
  first_statement: {
    en: "a person's first answer on what was only possible, while a first report stays owed",
    zh: '人员首次答复，仅缩小可能的义务，且仍有首报',
  },
  filing: { en: 'the record of a filing at its true time', zh: '按实际时间登记报送' },
  proof_within_the_hour: {
    en: 'entered within an hour with a receipt, a file or the name of who took it',
    zh: '一小时内登记，并有回执、附件或者接听人姓名',
  },
  called_on: {
    en: 'chat is left by lead, approver or legal: people are still called there, without content',
    zh: '牵头人、审批人或者法务撤出聊天工具：仍在原处提醒有关人员，但不含内容',
  },
};

/** Table of the guard in Markdown: each effect, who may agree to it as the second person, and when one person is enough. */
export function guardMatrix(language: Language): string {
  const of = (text: BilingualText): string => (language === 'en' ? text.en : text.zh);
  const list = (texts: readonly string[]): string => texts.join(language === 'en' ? '; ' : '；') || '–';
  const rows = EFFECTS.map((kind) => {
    const { second, alone, reason } = guardTable[kind];
    const roles = second.map((role) => translate(language, `role.${role}`));
    const others = alone.filter((one) => one !== 'proof_within_the_hour').map((one) => of(EXCEPTION_NAMES[one]));
    const proof = others.length < alone.length ? of(EXCEPTION_NAMES.proof_within_the_hour) : '–';
    const cells = [list(roles), reason ? of(NEEDED) : '–', proof, list(others)];
    return `| ${of(EFFECT_NAMES[kind])} \`${kind}\` | ${cells.join(' | ')} |`;
  });
  const head =
    language === 'en'
      ? '| effect | second person | reason | proof instead of the second person | one person is enough |'
      : '| 后果 | 复核人 | 理由 | 可代替复核的证明 | 一人即可的情形 |';
  return [head, '|---|---|---|---|---|', ...rows].join('\n');
}
const NEEDED: BilingualText = { en: 'needed', zh: '必填' };

function mayIn(action: Action, column: (typeof COLUMNS)[number]): boolean {
  if (column === 'token') return lacks(action, API_ACTOR, [], null) === null;
  return lacks(action, 'somebody', [column], null) === null;
}
