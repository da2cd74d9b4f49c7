import { workspace } from '../../platforms/slack/bot.ts';

/**
 * Slack in a process of its own, so that what it costs is not measured. Says its address, then of each posted message
 * when it came. With the argument `limited` it takes none: all are to come back later.
 */
const { server, apiUrl } = await workspace();
if (process.argv[2] === 'limited') {
  server.fail(
    'chat.postMessage',
    ...Array.from({ length: 100_000 }, () => ({ kind: 'limited', seconds: 60 }) as const),
  );
}
let told = 0;
setInterval(() => {
  const posts = server.callsOf('chat.postMessage');
  for (const { params, at } of posts.slice(told)) process.send?.({ text: params['text'] ?? '', at });
  told = posts.length;
}, 20);
process.stdout.write(`listening ${apiUrl}\n`);
