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
import type { Card } from '../src/conversation/card.ts';
import { formOf } from '../src/conversation/forms.ts';
import { localiseForm } from '../src/conversation/localise.ts';
import { reminderCard } from '../src/conversation/reminders.ts';
import { surfacesOf } from '../src/conversation/surfaces.ts';
import { viewOf } from '../src/conversation/views.ts';
import type { Language } from '../src/incident/identity.ts';
import { messageBody } from '../src/platforms/slack/body.ts';
import { formView } from '../src/platforms/slack/form.ts';
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
    const { state, ia, regime } = story.scene;
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
  const { state, ia, regime } = story.wait(175).scene;
  show('why', viewOf({ view: 'why', args: { incident: state.id } }, state, ia, regime) ?? undefined);
  const due = { step: '30', obligations: ia.clocks.map(({ id }) => id), dueAt: ia.now, lateSeconds: 0, collapsed: [] };
  show('reminder', reminderCard(story.scene, due, state.lead));
  story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  show('draft', surface('draft'));
  return shown;
}

function blocksOf(card: Card, language: Language): readonly KnownBlock[] {
  return messageBody({ incident: 'INC-2026-0007', card, language, revision: 41, surface: null, ring: false }, null)
    .blocks;
}

/** The drawer's types of blocks are its own; the shape is Slack's, and what it does not know it leaves out. */
function isDrawable(block: object): block is Block {
  return 'type' in block;
}
function drawn(blocks: readonly object[]): string {
  const props = {
    blocks: blocks.filter(isDrawable),
    logo: '',
    name: '',
    theme: 'light',
    withoutWrapper: true,
  } as const;
  return renderToStaticMarkup(createElement(Message, props));
}

function message(blocks: readonly KnownBlock[], language: Language): string {
  const name = language === 'zh-CN' ? '计时' : 'Jishi';
  return `<div class="message"><div class="face">计</div><div class="body">
    <p class="who"><b>${name}</b> <span>APP</span> <time>${TIME[language]}</time></p>${drawn(blocks)}</div></div>`;
}

function form({ scene: { state, ia, regime } }: Story, language: Language): string {
  const ref = { form: 'item', args: { incident: state.id, item: 'art7.2', field: '' } };
  const built = formOf(ref, state, ia, regime, ia.now);
  if (!built) throw new Error('there is no form');
  const view = formView(localiseForm(built, language), '{}', language);
  return `<div class="modal"><h1>${view.title.text}</h1><div class="fields">${drawn(view.blocks)}</div>
    <footer><button>${view.close?.text ?? ''}</button><button class="submit">${view.submit?.text ?? ''}</button></footer></div>`;
}

const OWN_STYLE = `
@font-face { font-family: Noto; src: url(/NotoSansSC-Regular.ttf); }
@font-face { font-family: Noto; font-weight: 700; src: url(/NotoSansSC-Bold.ttf); }
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.47 Noto, sans-serif; }
body * { font-family: Noto, sans-serif; }
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
    await page.evaluate('document.fonts.ready');
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
