import { feishuRig } from './feishu-rig.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';

outboundContract('Feishu', feishuRig);
inboundContract('Feishu, long connection', feishuRig);
inboundContract('Feishu, callbacks', (options) => feishuRig(options, true));
