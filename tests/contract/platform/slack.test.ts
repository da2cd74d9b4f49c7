import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';
import { slackRig } from './slack-rig.ts';

outboundContract('Slack', (options) => slackRig('socket', options));
inboundContract('Slack, Socket Mode', (options) => slackRig('socket', options));
inboundContract('Slack, HTTP', (options) => slackRig('http', options));
