import { posix } from 'node:path';

/** Patterns of imports, exported declarations and export lists, as this page and its libraries write them. */
const IMPORT = /^import (?:\{([^}]*)\}|(\w+)) from '([^']+)';$/gm;
const NAMED = /^export (?:async )?(?:function|const|class) (\w+)/gm;
const LIST = /\bexport ?\{([^}]*)\};?/g;

/**
 * Joins `entry` and the modules it needs into one file, each in its own scope after its dependencies, so that a page
 * loads one file instead of fifty. Modules that import each other may share functions only.
 */
export function joined(files: ReadonlyMap<string, string>, entry: string): string {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const [, , , path = ''] of (files.get(name) ?? '').matchAll(IMPORT)) visit(resolved(name, path));
    order.push(name);
  };
  visit(entry);
  return order.map((name, index) => moduleOf(name, files.get(name) ?? '', order, index)).join('\n');
}

/** Returns the name of an imported file; packages have their own. */
const resolved = (from: string, path: string): string =>
  path.startsWith('.') ? posix.join(posix.dirname(from), path) : path;

function moduleOf(name: string, source: string, order: readonly string[], index: number): string {
  const names: string[] = [];
  const body = source
    .replace(IMPORT, (_, list: string | undefined, only: string | undefined, path: string) => {
      const at = order.indexOf(resolved(name, path));
      if (list === undefined) return `const ${only} = m${at}.default;`;
      return pairs(list, ' as ')
        .map(([theirs, ours]) =>
          at < index ? `const ${ours} = m${at}.${theirs};` : `const ${ours} = (...all) => m${at}.${theirs}(...all);`,
        )
        .join(' ');
    })
    .replace(NAMED, (whole, exported: string) => {
      names.push(exported);
      return whole.slice('export '.length);
    })
    .replace(LIST, (_, list: string) => {
      names.push(...pairs(list, ' as ').map(([ours, theirs]) => (ours === theirs ? ours : `${theirs}: ${ours}`)));
      return '';
    })
    .replace(/\bexport default /, () => {
      names.push('default: exported');
      return 'const exported = ';
    })
    .replaceAll('import.meta.url', `new URL('${name}', import.meta.url)`)
    .replace(/^\/\/# sourceMappingURL.*$/m, '');
  return `const m${index} = (() => {\n${body}\nreturn { ${names.join(', ')} };\n})();`;
}

function pairs(list: string, as: string): readonly (readonly [string, string])[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [first = '', second = first] = one.split(as);
      return [first.trim(), second.trim()] as const;
    });
}
