/**
 * Pictures of messages as Slack shows them, as near as can be had without Slack (`npm run slack:pictures`): the blocks the
 * bot sends, drawn by `slack-blocks-to-jsx`, into `docs/pictures/slack-*.png`. Run it after a card has changed, and look.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { KnownBlock } from '@slack/types';
import type { Browser } from 'playwright-core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { Card } from '../src/conversation/cards/card.ts';
import { viewOf } from '../src/conversation/cards/card-views.ts';
import { localiseForm } from '../src/conversation/cards/localise.ts';
import { surfacesOf } from '../src/conversation/cards/surfaces.ts';
import { formOf } from '../src/conversation/forms/form-kinds.ts';
import { reminderCard } from '../src/conversation/reminding/reminders.ts';
import type { Language } from '../src/incident/identity.ts';
import { messageBody } from '../src/platforms/slack/render/body.ts';
import { formView } from '../src/platforms/slack/render/form.ts';
import { company, Story } from '../tests/conversation/story.ts';
import { launchBrowser } from '../tests/fakes/browser.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/pictures');
const STYLE = readFileSync(createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
const WIDTH = { message: 720, phone: 390, form: 520 } as const;
const TIME = { en: '9:42 AM', 'zh-CN': '上午9:42' } as const;

interface Picture {
  readonly name: string;
  readonly width: keyof typeof WIDTH;
  readonly html: string;
}

/** One leak, from its declaration to a passed deadline. */
function pictures(language: Language): readonly Picture[] {
  const zh = language === 'zh-CN';
  const title = zh ? '支付系统疑似用户数据泄露' : 'Suspected leak of user data, payment system';
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title });
  const shown: Picture[] = [];
  const show = (name: string, card: Card | undefined, width: Picture['width'] = 'message'): void => {
    if (!card) throw new Error(`there is no ${name}`);
    shown.push({ name, width, html: message(blocksOf(card, language), language) });
  };
  const surface = (key: string): Card | undefined => {
    const { state, ia, regime } = story.situation;
    return surfacesOf(state, ia, regime).find((one) => one.key === key)?.card;
  };
  show('declared', surface('status'));
  show('question', surface('question'));
  story.wait(6).do({ type: 'answer', fact: 'operator', value: 'other' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info', 'outage'] });
  story.do({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'decide_level', level: 'major' });
  story.do({ type: 'take_item', item: 'art7.2' });
  const place = zh ? '上海市浦东新区' : 'Pudong, Shanghai';
  story.do({ type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: place } });
  show('status', surface('status'));
  show('status-phone', surface('status'), 'phone');
  show('checklist', surface('checklist'));
  shown.push({ name: 'form', width: 'form', html: form(story, language) });
  const { state, ia, regime } = story.wait(204).situation;
  show('why', viewOf({ view: 'why', args: { incident: state.id } }, state, ia, regime) ?? undefined);
  const due = {
    step: { kind: 'before' as const, minutes: 30 },
    obligations: ia.clocks.map(({ id }) => id),
    dueAt: ia.now,
    lateSeconds: 0,
    collapsed: [],
  };
  show('reminder', reminderCard(story.situation, due, state.lead));
  story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  show('draft', surface('draft'));
  return shown;
}

function blocksOf(card: Card, language: Language): readonly KnownBlock[] {
  return messageBody({ incident: 'INC-2026-0007', card, language, revision: 41, surface: null, ring: false }, null)
    .blocks;
}

/** The drawer's types of blocks are its own; the shape is Slack's, and what it does not know it leaves out. */
function isDrawable(block: unknown): block is Block {
  return typeof block === 'object' && block !== null && 'type' in block;
}
function drawn(blocks: readonly object[], language: Language): string {
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
  const name = language === 'zh-CN' ? '计时' : 'Jishi';
  return `<div class="message"><div class="face">计</div><div class="body">
    <p class="who"><b>${name}</b> <span>APP</span> <time>${TIME[language]}</time></p>${drawn(blocks, language)}</div></div>`;
}

function form({ situation: { state, ia, regime } }: Story, language: Language): string {
  const ref = { form: 'item', args: { incident: state.id, item: 'art7.6', field: '' } };
  const built = formOf(ref, state, ia, regime, ia.now);
  if (!built) throw new Error('there is no form');
  const view = formView(localiseForm(built, language), '{}', language);
  return `<div class="modal"><h1>${view.title.text}</h1><div class="fields">${drawn(view.blocks, language)}</div>
    <footer><button>${view.close?.text ?? ''}</button><button class="submit">${view.submit?.text ?? ''}</button></footer></div>`;
}

const OWN_STYLE = `
@font-face { font-family: Noto; unicode-range: U+2E80-9FFF, U+FF00-FFEF; src: url(/NotoSansSC-Regular.ttf); }
@font-face { font-family: Noto; font-weight: 700; unicode-range: U+2E80-9FFF, U+FF00-FFEF; src: url(/NotoSansSC-Bold.ttf); }
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
.modal { border: 1px solid #ccc; border-radius: 8px; } .modal h1 { font-size: 18px; margin: 0; padding: 16px 20px; border-bottom: 1px solid #eee; }
.modal .fields { padding: 4px 20px 16px; } .modal footer { padding: 12px 20px; border-top: 1px solid #eee; text-align: right; }
.modal button { font-size: 15px; padding: 6px 14px; border-radius: 4px; border: 1px solid #bbb; background: #fff; margin-left: 8px; }
.modal .submit { background: #007a5a; color: #fff; border-color: #007a5a; }`;

async function take(browser: Browser, language: Language): Promise<void> {
  const lang = language === 'zh-CN' ? 'zh' : 'en';
  for (const { name, width, html } of pictures(language)) {
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
    await page.locator('main').screenshot({ path: join(OUT, `slack-${name}-${lang}.png`) });
    await page.close();
  }
}

mkdirSync(OUT, { recursive: true });
const browser = await launchBrowser();
try {
  await take(browser, 'en');
  await take(browser, 'zh-CN');
} finally {
  await browser.close();
}
