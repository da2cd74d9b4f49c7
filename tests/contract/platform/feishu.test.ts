import { variants } from '../../fakes/soak.ts';
import { feishuRig } from './feishu-rig.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';

/** What people do comes in one way or the other; `flow.live.test.ts` has both. */
const WAYS = variants(['long connection', false] as const, ['callbacks', true] as const);

outboundContract('Feishu', feishuRig);
for (const [name, byCallback] of WAYS) inboundContract(`Feishu, ${name}`, (options) => feishuRig(options, byCallback));
