import { productionPackages } from './lockfile.ts';

/** Licences that may be shipped with a program under MIT. Another one needs somebody to read it first. */
export const ACCEPTED = [
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Its terms are for changed files of the package itself, which is passed on as it is.
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
];

/** The text of `THIRD_PARTY_LICENSES.md`. */
export function thirdPartyLicences(): string {
  const rows = new Set(productionPackages().map((p) => `| ${p.name} | ${p.version} | ${p.licence ?? 'not stated'} |`));
  return `# Licences of what is shipped with Jishi

Jishi itself is under the MIT licence (LICENSE). \`npm ci --omit=dev\` installs the packages below, of those for one
operating system only the matching ones. Each brings the full text of its licence in its own folder,
\`node_modules/NAME/LICENSE\` or similar; keep them when you pass the program on.

| package | version | licence |
|---|---|---|
${[...rows].join('\n')}

Made from package-lock.json by \`npm run generate\`; do not edit.
`;
}
