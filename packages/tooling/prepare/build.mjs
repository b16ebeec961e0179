import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, runCommand, toolEnvironment } from './command.mjs';
import { hashOf, stamp } from './stamp.mjs';

/** @typedef {{ name: string, title: string, cwd: string, args: string[], inputs: string[], outputs: string[] }} Product */

/** @type {Product[]} in the order in which they are built */
export const PRODUCTS = [
  {
    name: 'messages',
    title: 'Compiling the messages',
    cwd: '.',
    args: ['packages/messages/compile.mjs'],
    inputs: ['packages/messages', 'pnpm-lock.yaml'],
    outputs: ['packages/messages/compiled/messages.js', 'packages/messages/compiled/runtime.js'],
  },
  {
    name: 'pages',
    title: 'Building the pages',
    cwd: 'apps/web',
    args: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
    inputs: [
      'apps/web',
      'packages/domain',
      'packages/messages',
      'packages/places-data',
      'tsconfig.base.json',
      'pnpm-lock.yaml',
    ],
    outputs: ['apps/web/build/handler.js'],
  },
];

/**
 * @param {string} root
 * @param {Product} product
 */
export const isBuilt = (root, product) =>
  product.outputs.every((output) => existsSync(join(root, output))) &&
  stamp(root, product.name).read()?.key === hashOf(root, product.inputs);

/**
 * @param {string} root
 * @param {Product} product
 * @param {(line: string) => void} say
 */
export const build = async (root, product, say) => {
  const mark = stamp(root, product.name);
  const key = hashOf(root, product.inputs); // taken first: a file saved while it is built calls for another build
  mark.clear();
  say(product.title);
  const env = toolEnvironment(root);
  const outcome = await runCommand(join(root, 'node_modules/.bin/node'), product.args, {
    cwd: join(root, product.cwd),
    env,
    onLine: () => {},
  });
  const missing = product.outputs.find((output) => !existsSync(join(root, output)));
  if (outcome.code !== 0 || missing)
    throw new Refusal(
      `${product.title.toLowerCase()} failed${missing ? ` (no ${missing})` : ''}:\n${outcome.tail.join('\n')}`,
    );
  mark.write({ key });
};
