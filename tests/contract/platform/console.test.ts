import { consoleRig } from './console-rig.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';

outboundContract('console', consoleRig);
inboundContract('console', consoleRig);
