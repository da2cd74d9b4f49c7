import { variants } from '../fakes/soak.ts';
import { checkGolden } from './check.ts';
import { CONSOLE_FLOWS, SOCKET_FLOWS } from './transcripts.ts';

/** The whole case on every platform once, in the language of most of its people; in a soak the other one, and what is late. */
const FIRST = ['slack-case-en', 'wecom-bot-case-zh', 'wecom-app-case-zh', 'console-case-zh'];
const flows = Object.entries({ ...CONSOLE_FLOWS, ...SOCKET_FLOWS });
const [first, others] = [true, false].map((isFirst) => flows.filter(([name]) => FIRST.includes(name) === isFirst));
const [played = []] = variants(first, others);

checkGolden(Object.fromEntries(played), 120_000);
