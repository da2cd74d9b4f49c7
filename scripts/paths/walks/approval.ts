import '../../../tests/fakes/platform-messages.ts';
import { consoleRig } from '../../../tests/contract/platform/console-rig.ts';
import { finished, walked } from '../walk.ts';

const rig = await consoleRig();
const { bot } = rig;
const lead = rig.account('lead');
await (await rig.write('lead', 'new payment leak', 'home')).deliver();
await bot.settle();
const [row] = await bot.store.incidents({ limit: 1 });
if (!row) throw new Error('no incident');
await (await rig.write('colleague', 'status', 'home', row.id)).deliver();
await bot.settle();
await bot.change(row.id, { type: 'answer', fact: 'operator', value: 'other' }, lead);
await bot.change(row.id, { type: 'answer', fact: 'affected', value: ['personal_info'] }, lead);
await bot.change(row.id, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, lead);
await bot.change(row.id, { type: 'decide_level', level: 'major' }, lead);
await bot.change(row.id, { type: 'compile_draft', report: 'initial', cannotDetermine: [] }, lead);
const draft = (await bot.state(row.id)).drafts.at(-1)?.draft ?? 0;
await bot.change(row.id, { type: 'request_approval', draft }, rig.account('colleague'));
const approve = await rig.press('lead', /^(Approve|批准)/, 'home');
await walked(
  'approval',
  async () => {
    await approve.deliver();
    await bot.settle();
  },
  async () => ((await bot.state(row.id)).approvals.at(-1)?.approved ?? null) !== null,
);
finished();
