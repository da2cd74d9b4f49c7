import { posix } from 'node:path';

/** Patterns of imports and exports (declarations, default, lists), as this page and its libraries write them. */
const IMPORT = /^import (?:\{([^}]*)\}|(\w+)) from '([^']+)';$/gm;
const EXPORT = /^export (?=(?:async )?(?:function|const|class) (\w+))|\bexport (default )|\bexport ?\{([^}]*)\};?/gm;

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
      return pairs(list)
        .map(([theirs, ours]) =>
          at < index ? `const ${ours} = m${at}.${theirs};` : `const ${ours} = (...all) => m${at}.${theirs}(...all);`,
        )
        .join(' ');
    })
    .replace(EXPORT, (_, declared: string | undefined, isDefault: string | undefined, list: string | undefined) => {
      if (declared !== undefined) names.push(declared);
      if (isDefault !== undefined) names.push('default: exported');
      names.push(...pairs(list ?? '').map(([ours, theirs]) => `${theirs}: ${ours}`));
      return isDefault === undefined ? '' : 'const exported = ';
    })
    .replaceAll('import.meta.url', `new URL('${name}', import.meta.url)`)
    .replace(/^\/\/# sourceMappingURL.*$/m, '');
  return `const m${index} = (() => {\n${body}\nreturn { ${names.join(', ')} };\n})();`;
}

/** Returns names of a list with the names they get, e.g. `h` and `g` of `h as g, t`. */
function pairs(list: string): readonly (readonly [string, string])[] {
  return [...list.matchAll(/([\w$]+)(?: as ([\w$]+))?/g)].map(([, first = '', second = first]) => [first, second]);
}
