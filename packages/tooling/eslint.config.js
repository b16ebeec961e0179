import drizzle from 'eslint-plugin-drizzle';
import n from 'eslint-plugin-n';
import noUnsanitized from 'eslint-plugin-no-unsanitized';
import promise from 'eslint-plugin-promise';
import { configs as regexp } from 'eslint-plugin-regexp';
import security from 'eslint-plugin-security';
import sonarjs from 'eslint-plugin-sonarjs';
import svelte from 'eslint-plugin-svelte';
import svelteParser from 'svelte-eslint-parser';
import tseslint from 'typescript-eslint';

const CODE = ['**/*.{ts,js,mjs,svelte}'];
const TESTS = ['**/*.test.{ts,mjs}', '**/testing/**', 'apps/api/test/**', 'apps/e2e/**', 'apps/bench/**'];

const noRawSql = {
  selector: "MemberExpression[object.name='sql'][property.name='raw']",
  message: 'sql.raw skips parameters: write the statement with sql`…`.',
};
const noEnvironment = {
  // handing it whole to readEnv, and `Object.assign(process.env, …)`, which sets what a library will read, are let through
  selector:
    "MemberExpression[object.name='process'][property.name='env']:not(CallExpression[callee.property.name='assign'] > MemberExpression):not(CallExpression[callee.name='readEnv'] > MemberExpression)",
  message: 'process.env is read in env.ts, parsed by zod, and passed down.',
};
const noFocus = {
  selector:
    'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo|skipIf|runIf|fails)$/]',
  message: 'No test is skipped, focused or put off.',
};
const noHtml = { selector: 'SvelteMustacheTag[kind="raw"]', message: '{@html} is never used.' };
const noClock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: '`now` is an argument of the rule.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: '`now` is an argument of the rule.' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Random values are arguments.',
  },
  { selector: "MemberExpression[object.name='crypto']", message: 'Random values are arguments.' },
  { selector: "MemberExpression[object.name='performance']", message: '`now` is an argument of the rule.' },
];
const restricted = (...selectors) => ['error', noRawSql, noFocus, noHtml, ...selectors];

export default [
  {
    ignores: [
      '**/compiled/**',
      '**/build/**',
      '**/.svelte-kit/**',
      '**/generated/**',
      '**/node_modules/**',
      'var/**',
      'coverage/**',
    ],
  },
  {
    files: CODE,
    languageOptions: { parser: tseslint.parser, ecmaVersion: 'latest', sourceType: 'module' },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    plugins: { drizzle, n, 'no-unsanitized': noUnsanitized, promise, security, sonarjs, ts: tseslint.plugin },
  },
  { files: CODE, ...regexp['flat/recommended'] },
  {
    files: CODE,
    rules: {
      'no-control-regex': 'off', // the text gate names control characters on purpose
      'regexp/control-character-escape': 'off',
      'regexp/no-unused-capturing-group': 'off',
      'regexp/no-super-linear-backtracking': 'error',
    },
  },
  ...svelte.configs.base,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parser: svelteParser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-at-debug-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-dom-manipulating': 'error',
      'svelte/no-reactive-reassign': 'error',
      'svelte/no-store-async': 'error',
      'svelte/valid-compile': 'off',
    },
  },
  {
    files: CODE,
    rules: {
      'no-restricted-syntax': restricted(noEnvironment),
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-async-promise-executor': 'error',
      'no-promise-executor-return': 'off',
      'no-template-curly-in-string': 'error',
      'no-unsafe-finally': 'error',
      'no-self-compare': 'error',
      'no-constant-binary-expression': 'error',
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env'], message: 'process.env is read in env.ts.' }] },
      ],
      'drizzle/enforce-delete-with-where': ['error', { drizzleObjectName: ['db', 'tx', 'database', 'transaction'] }],
      'drizzle/enforce-update-with-where': ['error', { drizzleObjectName: ['db', 'tx', 'database', 'transaction'] }],
      'n/no-deprecated-api': 'error',
      'n/no-path-concat': 'error',
      'n/no-new-require': 'error',
      'n/no-exports-assign': 'error',
      'n/prefer-promises/dns': 'error',
      'n/prefer-node-protocol': 'error',
      'promise/no-new-statics': 'error',
      'promise/no-return-in-finally': 'error',
      'promise/valid-params': 'error',
      'promise/no-multiple-resolved': 'error',
      'promise/no-promise-in-callback': 'error',
      'security/detect-bidi-characters': 'error',
      'security/detect-buffer-noassert': 'error',
      'security/detect-child-process': 'off', // every call is reviewed; no shell is ever asked for (sonarjs/os-command)
      'security/detect-disable-mustache-escape': 'error',
      'security/detect-eval-with-expression': 'error',
      'security/detect-new-buffer': 'error',
      'security/detect-no-csrf-before-method-override': 'error',
      'security/detect-pseudoRandomBytes': 'error',
      'sonarjs/no-all-duplicated-branches': 'error',
      'sonarjs/no-collection-size-mischeck': 'error',
      'sonarjs/no-duplicated-branches': 'error',
      'sonarjs/no-element-overwrite': 'error',
      'sonarjs/no-empty-collection': 'error',
      'sonarjs/no-extra-arguments': 'error',
      'sonarjs/no-gratuitous-expressions': 'error',
      'sonarjs/no-identical-conditions': 'error',
      'sonarjs/no-identical-expressions': 'error',
      'sonarjs/no-identical-functions': ['error', 5],
      'sonarjs/no-ignored-return': 'error',
      'sonarjs/no-redundant-boolean': 'error',
      'sonarjs/no-unused-collection': 'error',
      'sonarjs/no-use-of-empty-return-value': 'error',
      'sonarjs/non-existent-operator': 'error',
      'sonarjs/hashing': 'error',
      'sonarjs/os-command': 'error',
      'sonarjs/sql-queries': 'error',
      'ts/ban-ts-comment': 'error',
      'ts/no-explicit-any': 'error',
      'ts/consistent-type-imports': 'error',
      'ts/no-non-null-asserted-optional-chain': 'error',
    },
  },
  {
    files: ['apps/web/**'],
    rules: {
      'sonarjs/no-use-of-empty-return-value': 'off', // takes {@render} of a snippet for the use of its value
      'no-unsanitized/method': ['error', {}, { import: { properties: [] } }],
      'no-unsanitized/property': 'error',
    },
  },
  {
    files: ['packages/domain/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/phrases/**', '**/fixtures/**'],
    rules: { 'no-restricted-syntax': restricted(noEnvironment, ...noClock) },
  },
  {
    // the launcher hands the PATH of its parent to PostgreSQL
    files: [
      '**/env.ts',
      'packages/db/src/embedded/**',
      '**/*.config.{ts,js}',
      'packages/tooling/**',
      'packages/messages/*.mjs',
      ...TESTS,
    ],
    rules: { 'no-restricted-syntax': restricted(), 'no-restricted-imports': 'off' },
  },
  // grants take no parameters: the name of a role goes in by pg.escapeIdentifier
  { files: ['apps/api/src/{jobs,process}/**', 'packages/db/**', ...TESTS], rules: { 'sonarjs/sql-queries': 'off' } },
  { files: TESTS, rules: { 'sonarjs/no-identical-functions': 'off' } },
];
