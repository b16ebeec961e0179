// Makes a clone ready to run: `node packages/tooling/prepare.mjs start` (what `npm start` needs) or `all` (tests and tools too).
// Plain JavaScript without any dependency, for Node 18 and newer: it runs before anything is installed. Done work is
// remembered by hashes under node_modules, so that a second start calls neither npx nor pnpm.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt, PRODUCTS } from './prepare/build.mjs';
import { Refusal } from './prepare/command.mjs';
import { install, isInstalled } from './prepare/install.mjs';
import { alone } from './prepare/lock.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const mode = process.argv[2] === 'all' ? 'all' : 'start';

/** @param {string} line */
const say = (line) => console.log(line);

const isReady = () => isInstalled(root, mode) && PRODUCTS.every((product) => isBuilt(root, product));

try {
  if (!isReady())
    await alone(root, say, async () => {
      if (!isInstalled(root, mode)) await install(root, mode, say);
      for (const product of PRODUCTS) if (!isBuilt(root, product)) await build(root, product, say);
    });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isOurs = error instanceof Refusal;
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  const why =
    code === 'EACCES' || code === 'EROFS' || code === 'EPERM'
      ? `${error.message}: this folder cannot be written to`
      : error.message;
  console.error(`Palier cannot start: ${isOurs || code ? why : (error.stack ?? why)}`);
  process.exitCode = 1;
}
