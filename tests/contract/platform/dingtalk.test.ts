import { dingtalkRig } from './dingtalk-rig.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';

outboundContract('DingTalk', dingtalkRig);
inboundContract('DingTalk', dingtalkRig);
