import { variants } from '../fakes/soak.ts';
import { checkGolden } from './check.ts';
import { CONSOLE_FLOWS, SOCKET_FLOWS } from './transcripts.ts';

// @module-tag grows

/**
 * The whole case in WeCom in Chinese; in a soak, which CI plays, on the other platforms, in the other language, and what is
 * late.
 */
const FIRST = ['wecom-bot-case-zh'];
const flows = Object.entries({ ...CONSOLE_FLOWS, ...SOCKET_FLOWS });
const [first, others] = [true, false].map((isFirst) => flows.filter(([name]) => FIRST.includes(name) === isFirst));
const [played = []] = variants(first, others);

checkGolden(Object.fromEntries(played), 120_000);
