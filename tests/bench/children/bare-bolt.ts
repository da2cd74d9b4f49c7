import { App, HTTPReceiver } from '@slack/bolt';
import Sqlite from 'better-sqlite3';

/**
 * The thing to be measured against: a Bolt app over HTTP that acknowledges a command and does nothing else. With a file it
 * writes one row to the disk before: what a durable acknowledgement costs at the least.
 */
const [apiUrl = '', secret = '', file] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret: secret });
const app = new App({
  receiver,
  token: 'xoxb-test',
  tokenVerificationEnabled: false,
  clientOptions: { slackApiUrl: `${apiUrl}/` },
});
const db = file === undefined ? null : new Sqlite(file);
db?.pragma('journal_mode = WAL');
db?.pragma('synchronous = FULL');
db?.exec('CREATE TABLE rows (text TEXT)');
const insert = db?.prepare('INSERT INTO rows VALUES (?)');
app.command('/incident', async ({ ack, command }) => {
  insert?.run(command.text);
  await ack();
});
const server = await receiver.start(0);
const address = server.address();
const port = address !== null && typeof address === 'object' ? address.port : 0;
process.stdout.write(`listening http://127.0.0.1:${port}/slack/events\n`);
