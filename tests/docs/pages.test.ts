import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { keptTexts, messagesIn } from '../../scripts/picture-texts.ts';

const PAGES = globSync(['*.md', 'docs/*.md'], { exclude: ['THIRD_PARTY_LICENSES.md'] });

/** Anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function deadLinks(page: string): readonly string[] {
  const links = [
    ...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)|src="(?!https?:)([^"]+)"/g),
  ];
  return links.flatMap(([, link, picture]) => {
    const [path = '', anchor] = (link ?? picture ?? '').split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(target)) return [`${page}: ${path}`];
    return anchor && target.endsWith('.md') && !anchorsOf(target).includes(anchor) ? [`${page}: #${anchor}`] : [];
  });
}

it('every link and picture of the pages leads somewhere', () => {
  expect(PAGES.length).toBeGreaterThan(30);
  expect(PAGES.flatMap(deadLinks)).toEqual([]);
});

it('a page for readers in China has a twin, and links to twins where there are some', () => {
  const names = readdirSync('docs');
  const single = ['architecture.md', 'dependencies.md', 'reliability.md', 'walks.md'];
  const missing = names.filter(
    (name) => /^[\w-]+\.md$/.test(name) && !names.includes(name.replace('.md', '.zh-CN.md')),
  );
  expect(missing).toEqual(single);
  const abroad = names
    .filter((name) => name.endsWith('.zh-CN.md'))
    .flatMap((name) =>
      [...readFileSync(join('docs', name), 'utf8').matchAll(/\]\(([\w-]+)\.md(?:#[^)]*)?\)/g)].flatMap(([, to = '']) =>
        names.includes(`${to}.zh-CN.md`) && `${to}.zh-CN.md` !== name ? [`${name}: ${to}.md`] : [],
      ),
    );
  expect(abroad).toEqual([]);
});

it('every picture is shown on a page', () => {
  const pages = PAGES.map((page) => readFileSync(page, 'utf8')).join('\n');
  const pictures = readdirSync('docs/pictures').filter((name) => name !== 'texts.json');
  expect(pictures.length).toBeGreaterThan(20);
  expect(pictures.filter((name) => !pages.includes(`pictures/${name}`))).toEqual([]);
});

/** `npm run pictures`, `pictures:animated` or `chat:pictures` makes them anew; then look at them. */
it('pictures show the words of today', () => {
  const old = Object.entries(keptTexts()).flatMap(([picture, { language, texts }]) => {
    const now = messagesIn(language);
    return Object.entries(texts).flatMap(([key, text]) =>
      now[key] === text ? [] : [`${picture}: “${text}” is now “${now[key] ?? 'gone'}”`],
    );
  });
  expect(Object.keys(keptTexts()).length).toBeGreaterThan(10);
  expect(old).toEqual([]);
});

/** Prose of a page: no code, no targets of links. */
const proseOf = (page: string): string =>
  readFileSync(page, 'utf8')
    .replace(/```[\s\S]*?```/g, '')
    .replace(/\]\([^)]*\)/g, ']');

it('sentences of English pages begin with their subject, not with “what” or “who”', () => {
  const pages = PAGES.filter((page) => page.startsWith('docs/') && !page.includes('zh-CN'));
  const found = pages.flatMap((page) =>
    proseOf(page)
      .split(/\n(?=[-|#>]|\n|\d)|\|/)
      .flatMap((part) => part.replace(/\s+/g, ' ').split(/(?<=[.!?]) (?=[A-Z])/))
      .filter(
        (sentence) => /^[-\d. ]*(?:What|Who|Whoever|Whether|That which)\b/.test(sentence) && !sentence.includes('?'),
      )
      .map((sentence) => `${page}: ${sentence}`),
  );
  expect(pages.length).toBeGreaterThan(25);
  expect(found).toEqual([]);
});

/** The pages stay short: a fact has one home, and tables that the program can print are printed by it. */
it('pages do not grow back', () => {
  const texts = (isChinese: boolean) =>
    globSync(['README*.md', 'docs/*.md'])
      .filter((page) => page.includes('zh-CN') === isChinese)
      .map((page) => readFileSync(page, 'utf8'))
      .join('\n');
  expect(texts(false).split(/\s+/).length).toBeLessThan(34_000);
  expect(texts(true).match(/\p{Script=Han}/gu)?.length).toBeLessThan(39_000);
});
