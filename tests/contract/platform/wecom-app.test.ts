import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';
import { wecomAppRig } from './wecom-app-rig.ts';

outboundContract('WeCom self-built app', wecomAppRig);
inboundContract('WeCom self-built app', wecomAppRig);
