import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';
import { wecomBotRig } from './wecom-bot-rig.ts';

outboundContract('WeCom smart bot', wecomBotRig);
inboundContract('WeCom smart bot', wecomBotRig);
