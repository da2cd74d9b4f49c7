import { translate } from '../../../i18n/translate.ts';
import { webLinks } from '../../shared/web-links.ts';
import { CARD_LIMITS } from '../limits.ts';
import { bytes, cutBytes, oneLine } from '../text/cut.ts';
import { bold, plainInMarkdown } from '../text/markdown.ts';
import type { About } from './compose.ts';
import { tagOf } from './head.ts';

/** The message as text, with its answers numbered. `end`: a last line that is never cut off. */
export function markdownOf(about: About, labels: readonly string[], end = ''): string {
  const { options, message, local, lines, heading } = about;
  const rest = [
    ...lines.map((line) => line.markdown),
    ...labels.map((label, index) => `${index + 1}. ${plainInMarkdown(oneLine(label))}`),
    ...webLinks(local).map(({ label, url }) => `[${plainInMarkdown(label)}](${url})`),
  ].filter((part) => part !== '');
  // A single sentence needs no heading.
  const first = rest.length === 0 ? plainInMarkdown(heading) : bold(heading);
  const tag = heading.includes(message.incident) ? '' : tagOf(message.incident);
  const text = [`${tag}${first}`, ...rest].join('\n');
  const last = end === '' ? '' : `\n${end}`;
  const room = CARD_LIMITS[options.flavour].markdown - bytes(last);
  return `${cutBytes(text || translate(message.language, 'wecom.nothing'), room)}${last}`;
}
