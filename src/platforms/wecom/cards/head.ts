import type { LocalCard } from '../../../conversation/cards/localise.ts';
import type { CARD_LIMITS } from '../limits.ts';
import { fits, oneLine, widthOf } from '../text.ts';
import type { MainTitle, TemplateCard } from './template.ts';

const COLOURS = { calm: 0, running: 0, urgent: 2, done: 3 } as const;

/** Returns the incident id above a card, red if time is short or over. */
export function sourceOf(incident: string, tone: LocalCard['tone']): Pick<TemplateCard, 'source'> {
  return incident === '' ? {} : { source: { desc: incident, desc_color: COLOURS[tone] } };
}

/** Returns a card's title without the id, which is in the source or tag: `陈宇：INC-2026-0007 · 还有1小时` → `陈宇：还有1小时`. */
export function headingOf(title: string, incident: string): string {
  const heading = oneLine(title);
  if (incident === '') return heading;
  // Sentences may contain the id as a part.
  const behind = new RegExp(`(?: for|:) ${incident}(?![-\\w])`);
  const apart = new RegExp(`(^|[】\\]：:]\\s*)${incident}(?:$| · |：|: | (?=[\u4e00-\u9fff]))`, 'u');
  return heading.replace(behind, '').replace(apart, '$1').trim();
}

/** Sentence divided between the two lines of a title, and the part that does not fit there. */
export interface Head {
  readonly main_title: MainTitle;
  readonly left: string;
}
type Limits = Pick<(typeof CARD_LIMITS)['bot'], 'title' | 'description'>;

/** Divides a heading into title and description, between sentences if possible; `left` is the part without room. */
export function headOf(heading: string, limits: Limits): Head {
  const [title, rest] = divided(heading, limits.title, limits.description);
  const isShort = rest !== '' && fits(rest, limits.description);
  return isShort ? { main_title: { title, desc: rest }, left: '' } : { main_title: { title }, left: rest };
}

/** Characters after which a sentence may continue on the next line. */
const STOPS = /[。；，：！？、)）】”\s]/;

const OPENS = /[（([【“]/;
const CLOSES = /[）)\]】”]/;

/** Returns a test for a position between characters: false inside brackets, as in "较大 (Major,| 2 of 4)". */
function outsideBrackets(all: readonly string[]): (at: number) => boolean {
  let depth = 0;
  const depths = all.map((character) => {
    if (OPENS.test(character)) depth += 1;
    else if (CLOSES.test(character)) depth = Math.max(0, depth - 1);
    return depth;
  });
  return (at) => (depths[at - 1] ?? 0) === 0;
}

const isInWord = (all: readonly string[], at: number): boolean =>
  /^[a-z\d]{2}$/i.test(`${all[at - 1] ?? ''}${all[at] ?? ''}`);

/** Divides a text into a part that fits `max` and the rest, ideally within `next`; drops the separator. */
function divided(text: string, max: number, next: number): readonly [string, string] {
  if (fits(text, max)) return [text, ''];
  const all = [...text];
  let width = 0;
  const widths = all.map((character) => {
    width += widthOf(character);
    return width;
  });
  const upTo = (at: number): number => widths[at - 1] ?? 0;
  const within = widths.flatMap((one, index) => (one <= max ? [index + 1] : []));
  const apart = outsideBrackets(all);
  const places = within.filter((at) => apart(at) && (STOPS.test(all[at - 1] ?? '') || OPENS.test(all[at] ?? '')));
  const enough = places.filter((at) => width - upTo(at) <= next);
  // Very short first lines would look like a label.
  const ends = enough.filter((at) => /[。？！]/.test(all[at - 1] ?? ''));
  const at =
    ends.at(-1) ??
    enough.at(-1) ??
    places.filter((place) => upTo(place) > max / 2).at(-1) ??
    places.at(-1) ??
    within.findLast((one) => !isInWord(all, one)) ??
    within.length;
  const first = all.slice(0, at).join('').trim();
  return [
    first.replace(/(?:\s*[·，；：、。])$/, ''),
    all
      .slice(at)
      .join('')
      .replace(/^[\s·]+/, ''),
  ];
}
