// @ts-check
/**
 * Imports point inwards. Each part names the parts it may import beside itself; everything else is refused.
 * `docs/architecture.md` says the same in words.
 */
const core = ['law', 'incident', 'conversation', 'report'];
const leaves = ['config', 'i18n', 'ops'];
const inner = [...core, 'use-cases', ...leaves];

/** @type {Record<string, readonly string[]>} */
const mayImport = {
  law: [],
  incident: ['law'],
  conversation: ['incident', 'law', 'report', 'i18n'],
  report: ['incident', 'law', 'i18n'],
  'use-cases': [...core, ...leaves],
  talk: inner,
  scheduling: inner,
  delivery: inner,
  storage: inner,
  documents: inner,
  http: [...inner, 'talk'],
  platforms: [...inner, 'talk', 'http'],
  regimes: ['law', 'incident', 'ops'],
  scenarios: ['law', 'incident'],
  i18n: [],
  ops: [],
};

const packagesOfTheCore = ['luxon', 'zod', 'chrono-node'];
const pure = `^src/(${core.join('|')})/`;

/** @param {readonly string[]} names */
const folders = (names) => `^src/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const inwards = Object.entries(mayImport).map(([part, others]) => ({
  name: `${part}-imports`,
  comment: `src/${part} may import ${others.length > 0 ? others.join(', ') : 'no other part'}.`,
  severity: 'error',
  from: { path: folders([part]) },
  to: { path: '^src/', pathNot: folders([part, ...others]) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...inwards,
    {
      name: 'config-imports',
      comment: 'config checks the organisation profile, whose shape belongs to incident; it knows nothing else but YAML.',
      severity: 'error',
      from: { path: folders(['config']) },
      to: { path: '^src/', pathNot: ['^src/config/', '^src/incident/(people/profile|identity)\\.ts$', '^src/ops/yaml\\.ts$'] },
    },
    {
      name: 'pure-packages',
      comment: `The pure core imports only ${packagesOfTheCore.join(', ')} and node:crypto: no input or output.`,
      severity: 'error',
      from: { path: pure },
      to: { pathNot: ['^src/', `node_modules/(${packagesOfTheCore.join('|')})/`, '^(node:)?crypto$'] },
    },
    {
      name: 'platforms-apart',
      comment: 'Platforms import neither each other nor storage.',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/', pathNot: '^src/platforms/wecom-(app|webhook)/' },
      to: { path: ['^src/platforms/[^/]+/', '^src/storage/'], pathNot: ['^src/platforms/$1/', '^src/platforms/shared/'] },
    },
    {
      name: 'wecom-parts',
      comment: 'The app and the robots of WeCom share its cards, pages and HTTP client, which stand in the folder of the bot.',
      severity: 'error',
      from: { path: '^src/platforms/wecom-(app|webhook)/' },
      to: { path: ['^src/platforms/[^/]+/', '^src/storage/'], pathNot: '^src/platforms/(wecom|wecom-$1|shared)/' },
    },
    {
      name: 'stores-apart',
      severity: 'error',
      from: { path: '^src/storage/(sqlite|postgres)/' },
      to: { path: '^src/storage/(sqlite|postgres)/', pathNot: '^src/storage/$1/' },
    },
    {
      name: 'wiring-on-top',
      comment: 'Only the entry points know how the parts are put together.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(main|wiring|cli|start)\\.(ts|js)$', '^src/(cli|wiring)/'] },
      to: { path: ['^src/(main|wiring|cli|start)\\.(ts|js)$', '^src/(cli|wiring)/'] },
    },
    {
      name: 'no-tests-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      // An optional peer is installed by who needs it, and loaded only then.
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/platforms/console/web/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
