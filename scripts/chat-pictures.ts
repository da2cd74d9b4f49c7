/**
 * Pictures of messages as near as can be had without the chat tools (`npm run chat:pictures`): the blocks the bot sends to
 * Slack, drawn by `slack-blocks-to-jsx`, and cards of WeCom and Feishu. Run it after a card has changed, and look. With
 * `-- FOLDER` it draws a practised call and the score of a drill into a folder, on each platform, wide and as on a phone.
 */
import '../src/platforms/slack/index.ts';
import '../src/platforms/wecom/index.ts';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { KnownBlock } from '@slack/types';
import type { Browser } from 'playwright-core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { Card } from '../src/conversation/cards/card.ts';
import { cardOf } from '../src/conversation/cards/headline.ts';
import { surfacesOf } from '../src/conversation/cards/surfaces.ts';
import { callBlocks, officerLine } from '../src/conversation/drills/call-card.ts';
import { scoreCard } from '../src/conversation/drills/drill-cards.ts';
import { LANGUAGES, type Language } from '../src/incident/identity.ts';
import type { IncidentEvent, RecordedEvent } from '../src/incident/record/events.ts';
import { drawing as feishu } from '../src/platforms/feishu/draw.ts';
import { drawn } from '../src/platforms/shared/card-view.ts';
import { compose } from '../src/platforms/wecom/cards/compose.ts';
import { company, Story } from '../tests/conversation/story.ts';
import { launchBrowser } from '../tests/fakes/browser.ts';
import { messageBody } from '../tests/platforms/slack/drawn.ts';
import { FEISHU_STYLE, feishuMessage } from './feishu-card.ts';
import { OUT, TextsOfPictures } from './picture-texts.ts';
import { WECOM_STYLE, wecomMessage } from './wecom-card.ts';

const ROOT = join(import.meta.dirname, '..');
const STYLE = readFileSync(createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
const WIDTH = { message: 720, wecom: 460, phone: 390 } as const;
const TIME = { en: '9:42 AM', 'zh-CN': '上午9:42' } as const;

interface Picture {
  readonly name: string;
  readonly width: keyof typeof WIDTH;
  readonly html: string;
}

/** One leak: the status once the level is confirmed in Slack, and the verdict in WeCom. */
function pictures(language: Language): readonly Picture[] {
  const zh = language === 'zh-CN';
  const title = zh ? '支付系统疑似用户数据泄露' : 'Suspected leak of user data, payment system';
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title });
  const surface = (key: string, part: 'card' | 'joint' = 'card'): Card => {
    const { state, ia, regime } = story.situation;
    const card = surfacesOf({ state, ia, regime }).find((one) => one.key === key)?.[part];
    if (!card) throw new Error(`there is no ${key}`);
    return card;
  };
  story.wait(6).do({ type: 'answer', fact: 'operator', value: 'other' });
  story.do({ type: 'answer', fact: 'system', value: 'unknown' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info', 'outage'] });
  story.do({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  // WeCom cannot edit a message: verdict and question are one card there.
  const verdict = surface('question', 'joint');
  story.do({ type: 'decide_level', level: 'major' });
  story.do({ type: 'take_item', item: 'art7.2' });
  const place = zh ? '上海市浦东新区' : 'Pudong, Shanghai';
  story.do({ type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: place } });
  return [
    { name: 'slack-status', width: 'message', html: message(blocksOf(surface('status'), language), language) },
    { name: 'wecom', width: 'wecom', html: inWecom(verdict, language) },
  ];
}

/** A story whose entries are kept as a record, to score it. */
class RecordedStory extends Story {
  readonly record: RecordedEvent[] = [];

  override apply(event: IncidentEvent, actor: string): void {
    super.apply(event, actor);
    const { id = '', version = 0 } = this.state ?? {};
    this.record.push({ incident: id, version, at: new Date(this.now).toISOString(), actor, command: 'picture', event });
  }
}

/** A drill with a call to 12387: its beginning, a question of the officer, its end, and the score once the officer called back. */
function drillCards(language: Language): readonly (readonly [string, Card])[] {
  const zh = language === 'zh-CN';
  const title = zh ? '会员数据疑似泄露' : 'Suspected leak of member data';
  const story = new RecordedStory('2026-03-31T09:42:00+08:00', company);
  story.do({ type: 'declare', title, drill: true }).wait(6);
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'decide_level', level: 'major' });
  const call = (says?: 'line'): readonly [string, Card] => {
    story.do({ type: 'call_officer', ...(says ? { says } : {}) });
    const line = officerLine(story.situation);
    const name = story.state?.calls.at(-1)?.ended
      ? 'ended'
      : 'key' in line && line.key === 'call.officer'
        ? 'asked'
        : 'called';
    return [name, cardOf(story.situation, line, line, callBlocks(story.situation))];
  };
  const calls = [call()];
  while (!story.state?.calls.at(-1)?.ended) calls.push(call('line'));
  story.wait(20);
  story.do({ type: 'tick', timer: 'call-back', dueAt: new Date(story.now).toISOString() }, 'clock');
  const first = calls.filter(([name], index) => calls.findIndex(([other]) => other === name) === index);
  return [...first, ['score', scoreCard(story.situation, story.record, [])]];
}

/** Cards of a drill on each platform, wide and as on a phone. */
function drillPictures(language: Language): readonly Picture[] {
  return drillCards(language).flatMap(([name, card]): readonly Picture[] => {
    const about = { incident: 'DRILL-2026-0003', card, language, revision: 41, surface: null, ring: false } as const;
    const slack = message(messageBody(about, null).blocks, language);
    const inFeishu = withMarks(feishuMessage(drawn(about, 'feishu', feishu, null), nameOf(language)));
    return [
      { name: `drill-${name}-slack`, width: 'message', html: slack },
      { name: `drill-${name}-slack-phone`, width: 'phone', html: slack },
      { name: `drill-${name}-feishu`, width: 'message', html: inFeishu },
      { name: `drill-${name}-feishu-phone`, width: 'phone', html: inFeishu },
      {
        name: `drill-${name}-wecom`,
        width: 'wecom',
        html: withMarks(wecomMessage(compose(about, { flavour: 'bot' }), nameOf(language))),
      },
    ];
  });
}

function inWecom(card: Card, language: Language): string {
  const about = { incident: 'INC-2026-0007', card, language, revision: 41, surface: 'question' } as const;
  return withMarks(wecomMessage(compose(about, { flavour: 'bot' }), nameOf(language)));
}

const nameOf = (language: Language): string => (language === 'zh-CN' ? '计时' : 'Jishi');

function blocksOf(card: Card, language: Language): readonly KnownBlock[] {
  return messageBody({ incident: 'INC-2026-0007', card, language, revision: 41, surface: null, ring: false }, null)
    .blocks;
}

/** The drawer's types of blocks are its own; the shape is Slack's, and what it does not know it leaves out. */
function isDrawable(block: unknown): block is Block {
  return typeof block === 'object' && block !== null && 'type' in block;
}
function drawnBlocks(blocks: readonly object[], language: Language): string {
  const text = JSON.stringify(blocks, (_, value: unknown) => dated(value, language));
  const own: unknown = JSON.parse(text.replace(/(\d):(?=\d)/g, `$1${COLON}`));
  const known = Array.isArray(own) ? own.filter(isDrawable) : [];
  const props = { blocks: known, logo: '', name: '', theme: 'light', withoutWrapper: true } as const;
  return withMarks(renderToStaticMarkup(createElement(Message, props)));
}

/** The drawer takes what stands between two times for the name of an emoji. */
const COLON = '\uE000';

/** The drawer knows one language and one zone; Slack uses the reader's. */
function dated(value: unknown, language: Language): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'date') return value;
  if (!('timestamp' in value) || typeof value.timestamp !== 'number') return value;
  const form = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  });
  return { type: 'text', text: form.format(value.timestamp * 1_000) };
}

/** The browser has no emoji, so the few that are used are drawn. */
const SHAPES: Readonly<Record<string, string>> = {
  '⚪': '<circle cx="8" cy="8" r="7" fill="#e8e8e8" stroke="#b5b5b5"/>',
  '○': '<circle cx="8" cy="8" r="6" fill="none" stroke="#616061" stroke-width="1.5"/>',
  '🟡': '<circle cx="8" cy="8" r="7.5" fill="#f4c430"/>',
  '🔴': '<circle cx="8" cy="8" r="7.5" fill="#dd2e44"/>',
  '⬜': '<rect x="1" y="1" width="14" height="14" rx="2" fill="#f2f2f2" stroke="#b5b5b5"/>',
  '✅': '<rect width="16" height="16" rx="3" fill="#77b255"/><path d="M4 8.5l3 3 5-7" fill="none" stroke="#fff" stroke-width="2"/>',
};
function withMarks(html: string): string {
  return html
    .replaceAll(COLON, ':')
    .replace(/[⚪○🟡🔴⬜✅]/gu, (mark) => `<svg class="mark" viewBox="0 0 16 16">${SHAPES[mark] ?? ''}</svg>`);
}

function message(blocks: readonly KnownBlock[], language: Language): string {
  return `<div class="message"><div class="face">计</div><div class="body">
    <p class="who"><b>${nameOf(language)}</b> <span>APP</span> <time>${TIME[language]}</time></p>${drawnBlocks(blocks, language)}</div></div>`;
}

const OWN_STYLE = `
@font-face { font-family: Noto; unicode-range: U+2190-2199, U+25C6, U+2E80-9FFF, U+FF00-FFEF; src: url(/NotoSansSC-Regular.ttf); }
@font-face { font-family: Noto; font-weight: 700; unicode-range: U+2190-2199, U+25C6, U+2E80-9FFF, U+FF00-FFEF; src: url(/NotoSansSC-Bold.ttf); }
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.47 Noto, 'Open Sans', sans-serif; }
body * { font-family: Noto, 'Open Sans', sans-serif; }
.mark { display: inline-block !important; width: .95em; height: .95em; vertical-align: -.12em; }
/* A remark of the drawer, not of Slack. */
.text-small.flex > p { display: none; }
main { padding: 16px 20px; box-sizing: border-box; }
.message { display: flex; gap: 10px; }
.face { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #1f3a5f; color: #fff; display: grid; place-items: center; }
.body { min-width: 0; flex: 1; }
.who { margin: 0 0 4px; } .who span { font-size: 10px; background: #ddd; padding: 1px 3px; border-radius: 2px; }
.who time { font-size: 12px; color: #616061; }
${WECOM_STYLE}${FEISHU_STYLE}`;

async function take(
  browser: Browser,
  language: Language,
  all: readonly Picture[],
  texts: TextsOfPictures | null,
  out: string,
): Promise<void> {
  const lang = language === 'zh-CN' ? 'zh' : 'en';
  for (const { name, width, html } of all) {
    const page = await browser.newPage({
      viewport: { width: WIDTH[width], height: 400 },
      deviceScaleFactor: 2,
      locale: language,
      timezoneId: 'Asia/Shanghai',
    });
    // Nothing is fetched from anywhere: page and fonts are answered here.
    await page.route('**/*', (route) => {
      const font = /NotoSansSC-(?:Regular|Bold)\.ttf$/.exec(route.request().url())?.[0];
      if (font) return route.fulfill({ path: join(ROOT, 'src/documents/fonts', font) });
      if (!route.request().isNavigationRequest()) return route.abort();
      const body = `<!doctype html><html lang="${language}"><style>${STYLE}${OWN_STYLE}</style><main>${html}</main></html>`;
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    });
    await page.goto('http://pictures.invalid/');
    await page.evaluate(
      `Promise.all(['', 'bold '].map((weight) => document.fonts.load(weight + '15px Noto', '计'))).then(() => document.fonts.ready)`,
    );
    await texts?.seen(`${name}-${lang}.png`, page, language);
    await page.locator('main').screenshot({ path: join(out, `${name}-${lang}.png`) });
    await page.close();
  }
}

const [folder] = process.argv.slice(2);
const browser = await launchBrowser();
try {
  const texts = folder === undefined ? new TextsOfPictures() : null;
  for (const language of LANGUAGES)
    await take(
      browser,
      language,
      folder === undefined ? pictures(language) : drillPictures(language),
      texts,
      folder ?? OUT,
    );
  texts?.keep();
} finally {
  await browser.close();
}
