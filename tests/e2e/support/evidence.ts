import type { App, Caller } from '../../../src/use-cases/app.ts';

export const CHEN: Caller = {
  account: { platform: 'console', tenant: 'local', id: '陈宇' },
  name: '陈宇',
  language: 'zh-CN',
};
/** What only counsel is to read. */
export const FOR_COUNSEL = '可能构成单位犯罪，谨慎表述';
const FILED_WITH = '受理回执.pdf';

/** An incident with everything a bundle holds: answers, an attachment, two drafts, a filing. Answers its id. */
export async function incidentWithEvidence(app: App): Promise<string> {
  let n = 0;
  const delivery = () => {
    n += 1;
    return { platform: 'test', key: `evidence-${n}`, body: String(n) };
  };
  const declared = await app.declare({
    title: '支付系统疑似用户数据泄露',
    caller: CHEN,
    room: null,
    delivery: delivery(),
  });
  const id = declared.incident ?? '';
  const now = new Date().toISOString();
  const give = async (intent: Parameters<App['submit']>[0]['intent']): Promise<void> => {
    const state = await app.state(id, 'api');
    const done = await app.submit({
      incident: id,
      intent,
      revision: state?.version ?? 0,
      caller: CHEN,
      delivery: delivery(),
    });
    if (done.kind === 'refused') throw new Error(`${intent.type}: ${JSON.stringify(done.refusal)}`);
  };
  await give({ type: 'add_awareness', at: now, source: 'alert', reachedUs: true });
  await give({ type: 'answer', fact: 'operator', value: 'other' });
  await give({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  await give({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await give({ type: 'decide_level', level: 'major' });
  await give({ type: 'add_note', text: '=HYPERLINK("http://evil.example") 记录' });
  for (let n = 0; n < 2; n += 1)
    await app.attach({
      incident: id,
      name: `../${FILED_WITH}`,
      mediaType: 'application/pdf',
      content: new TextEncoder().encode('受理编号 2026-0331-17'.repeat(20_000)),
      caller: CHEN,
      delivery: delivery(),
    });
  await give({ type: 'assess_point', point: 'crime', finding: 'open', note: FOR_COUNSEL });
  await give({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
  // Not `now`: a minute may have ended since, and nothing is filed before its draft.
  const at = new Date().toISOString();
  const filing = { obligation: 'cac.art4.other', channel: 'web_12387', at, receipt: '2026-0331-17', draft: 1 };
  await give({ type: 'record_filing', ...filing });
  await give({
    type: 'fill_field',
    field: 'art7.2.place',
    value: { state: 'known', text: '上海' },
    wording: '上海市浦东新区',
  });
  await give({ type: 'compile_draft', report: 'supplement', cannotDetermine: [] });
  return id;
}
