import { globSync, lstatSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { productionPackages } from './lockfile.ts';

/** Longer files and functions are listed: not forbidden, but worth a look. */
const LONG_FILE = 300;
const LONG_FUNCTION = 60;

interface Measured {
  readonly name: string;
  readonly lines: number;
}
const byLength = (a: Measured, b: Measured): number => b.lines - a.lines;

function sources(folder: string): readonly { file: string; text: string }[] {
  return globSync(`${folder}/**/*.{ts,js,css,html}`)
    .toSorted()
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

function lines(files: readonly { file: string; text: string }[]): readonly Measured[] {
  return files.map(({ file, text }) => ({ name: file, lines: text.trimEnd().split('\n').length }));
}

/** Every function with a body, from its first to its last line. */
function functionsOf(file: string, text: string): readonly Measured[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Measured[] = [];
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const first = lineAt(node.getStart(source));
      const name =
        node.name?.getText(source) ??
        (ts.isVariableDeclaration(node.parent) ? node.parent.name.getText(source) : '(arrow)');
      found.push({ name: `${file}:${first + 1} ${name}`, lines: lineAt(node.getEnd()) - first + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function sum(all: readonly Measured[]): number {
  return all.reduce((total, one) => total + one.lines, 0);
}

/** Bytes below a folder, without what its own node_modules holds: those packages count for themselves. */
function sizeOf(folder: string): number {
  return globSync(`${folder}/**/*`, { exclude: (path) => path.slice(folder.length).includes('node_modules') })
    .map((path) => lstatSync(path))
    .reduce((total, entry) => total + (entry.isFile() ? entry.size : 0), 0);
}

/** Prints size and shape of the project. */
export function printFigures(): void {
  const src = sources('src');
  const files = [...lines(src)].sort(byLength);
  const tests = [...lines(sources('tests'))].sort(byLength);
  const functions = src
    .filter(({ file }) => /\.(ts|js)$/.test(file))
    .flatMap(({ file, text }) => functionsOf(file, text))
    .sort(byLength);
  const packages = productionPackages();
  const megabytes = packages.reduce((total, one) => total + sizeOf(one.path), 0) / 1e6;
  const show = (one: Measured | undefined): string => (one ? `${one.name} (${one.lines})` : 'none');
  console.log(
    `lines of src: ${sum(files)} in ${files.length} files · of tests: ${sum(tests)} in ${tests.length} files`,
  );
  console.log(`largest file: ${show(files[0])} · of the tests: ${show(tests[0])}`);
  console.log(`longest function: ${show(functions[0])}`);
  const direct = packages.filter((one) => one.direct).length;
  console.log(
    `production dependencies: ${direct}, with theirs ${packages.length}, ${megabytes.toFixed(0)} MB installed`,
  );
  const long = [
    ...[...files, ...tests].filter((one) => one.lines > LONG_FILE),
    ...functions.filter((one) => one.lines > LONG_FUNCTION),
  ];
  if (long.length > 0) console.log(`warning: files over ${LONG_FILE} or functions over ${LONG_FUNCTION} lines:`);
  for (const one of long) console.log(`  ${show(one)}`);
}

if (import.meta.main) printFigures();
