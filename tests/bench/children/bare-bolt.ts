import { App, HTTPReceiver } from '@slack/bolt';

/** The thing to be measured against: a Bolt app over HTTP that acknowledges a command and does nothing else. */
const [apiUrl = '', secret = ''] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret: secret });
const app = new App({
  receiver,
  token: 'xoxb-test',
  tokenVerificationEnabled: false,
  clientOptions: { slackApiUrl: `${apiUrl}/` },
});
app.command('/incident', async ({ ack }) => {
  await ack();
});
const server = await receiver.start(0);
const address = server.address();
const port = address !== null && typeof address === 'object' ? address.port : 0;
process.stdout.write(`listening http://127.0.0.1:${port}/slack/events\n`);
