import { variants } from '../../fakes/soak.ts';
import { inboundContract } from './inbound.contract.ts';
import { outboundContract } from './outbound.contract.ts';
import { slackRig } from './slack-rig.ts';

// @module-tag grows

/** What people do comes in one way or the other; what differs between them `transport.slow.test.ts` has. */
const WAYS = variants(['Socket Mode', 'socket'] as const, ['HTTP', 'http'] as const);

outboundContract('Slack', (options) => slackRig('socket', options));
for (const [name, mode] of WAYS) inboundContract(`Slack, ${name}`, (options) => slackRig(mode, options));
