import { feishuRig } from './feishu-rig.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';

// @module-tag soak: platforms/feishu/flow plays a case there; Slack and WeCom play this suite in npm test.

/** What people do comes in one way or the other; `flow.live.test.ts` has both. */
const WAYS = [['long connection', false] as const, ['callbacks', true] as const];

outboundContract('Feishu', feishuRig);
for (const [name, byCallback] of WAYS) inboundContract(`Feishu, ${name}`, (options) => feishuRig(options, byCallback));
