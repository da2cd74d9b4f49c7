import { dingtalkRig } from './dingtalk-rig.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';

// @module-tag soak: platforms/dingtalk plays a case there; Slack and WeCom play this suite in npm test.

outboundContract('DingTalk', dingtalkRig);
inboundContract('DingTalk', dingtalkRig);
