import type { ReportOrder } from '../../src/incident/decide/context.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { ReportDocument, ReportLanguage, ReportVersion } from '../../src/incident/report-document.ts';
import type { RecordView } from '../../src/report/appendix.ts';
import { compileReport } from '../../src/report/compile.ts';
import { timelineOf } from '../../src/use-cases/timeline.ts';
import { Case, minutes, regime } from '../incident/bench-incident.ts';

export { Case, minutes, regime };

/** A trading company in Shanghai with a shop and a CII system; every name in it can be looked for in a report. */
export const company: Organisation = organisationSchema.parse({
  organisation: '某某（上海）贸易有限公司',
  entities: [
    {
      id: 'shanghai',
      name: '某某（上海）贸易有限公司',
      nameEn: 'Moumou (Shanghai) Trading Co., Ltd.',
      province: '31',
      operator: 'other',
      creditCode: '91310000MA1FL0XX0P',
      contact24h: { name: '李伟', phone: '021-5555 0100' },
      recipients: { protection_department: { name: '某行业保护工作部门' } },
    },
  ],
  systems: [
    {
      id: 'shop',
      name: '会员商城系统',
      entity: 'shanghai',
      cii: false,
      siteKind: ['enterprise'],
      mlpsLevel: 3,
      mlpsFiling: '31011543210-26001',
      deployment: '上海市浦东新区某数据中心',
      expectedUsers: 3_000_000,
    },
    { id: 'grid', name: '供电调度系统', entity: 'shanghai', cii: true, siteKind: ['none'] },
  ],
  people: [
    { id: 'li-wei', name: '李伟', roles: ['responder', 'lead'], accounts: [account('li-wei')] },
    { id: 'chen-yu', name: '陈宇', roles: ['responder', 'legal'], accounts: [account('chen-yu')] },
    { id: 'zhao-min', name: '赵敏', roles: ['responder', 'approver', 'filer'], accounts: [account('zhao-min')] },
  ],
});
function account(id: string) {
  return { platform: 'console', tenant: 'local', id };
}

const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

/** The case of the storyboard: a leak of 1.2 million people's data, told by an alert at 09:20, drafted at 13:05. */
export function leakCase(organisation: Organisation | null = company): Case {
  const it = new Case(organisation);
  const system = organisation ? { system: 'shop' } : {};
  it.must('li-wei', { type: 'declare', title: '支付系统疑似用户数据泄露', ...system });
  it.must('li-wei', { type: 'add_awareness', at: at('09:20'), source: 'alert', reachedUs: true });
  it.must('li-wei', { type: 'answer', fact: 'system', value: 'shop' });
  it.must('li-wei', { type: 'answer', fact: 'incident_type', value: 'data.leak' });
  it.now += minutes(5);
  it.must('chen-yu', { type: 'answer', fact: 'affected', value: ['personal_info', 'outage'] });
  it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 1_200_000, basis: 'counted rows by hand' });
  it.must('chen-yu', { type: 'answer', fact: 'site_outage_minutes', value: { since: at('09:30') } });
  it.must('chen-yu', { type: 'add_note', text: '怀疑是内鬼张三干的，先别外传' });
  fill(it, 'art7.2.place', '浦东机房', '上海市浦东新区某数据中心');
  fill(it, 'art7.2.measures', 'isolated two servers', '09时50分隔离两台服务器并重置口令');
  it.must('chen-yu', {
    type: 'fill_field',
    field: 'art7.2.effect',
    value: { state: 'known', text: 'looks quiet now' },
  });
  it.now = Date.parse(at('13:05'));
  return it;
}

export function fill(it: Case, field: string, text: string, wording?: string): void {
  const value = { state: 'known' as const, text };
  it.must('chen-yu', { type: 'fill_field', field, value, ...(wording === undefined ? {} : { wording }) });
}

interface Wanted {
  readonly kind: string;
  readonly version: ReportVersion;
  readonly language: ReportLanguage;
  readonly cannotDetermine: ReportOrder['cannotDetermine'];
  readonly statement: string;
  readonly basedOnVersion: number;
  readonly record: Partial<RecordView>;
}

/** Compiles the case as it stands. */
export function reportOf(it: Case, wanted: Partial<Wanted> = {}): ReportDocument {
  const { kind = 'initial', language = 'zh', cannotDetermine = ['cause', 'trend'], statement, basedOnVersion } = wanted;
  const written = { state: it.current, ia: it.assess(), regime };
  const timeline = () => timelineOf(written, it.events, language === 'zh' ? 'zh-CN' : 'en', { show: 'all' });
  const record = wanted.version === 'internal' ? { headHash: 'x', timeline: timeline(), ...wanted.record } : undefined;
  const order = { report: kind, cannotDetermine, ...(statement === undefined ? {} : { statement }) };
  return compileReport(written, order, language, { basedOnVersion, record });
}
