import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const web = resolve(import.meta.dirname, '../../../web');

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "private": true }',
  'vite.config.ts': `import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
export default { plugins: [sveltekit({ adapter: adapter({ envPrefix: 'KIT_' }) })] };`,
  'src/app.html': '<!doctype html><html lang="fr"><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>',
  'src/routes/bench-empty/+page.svelte': '<p>Rien</p>',
};

/** Builds a SvelteKit application of one empty page, `/bench-empty`, with the pages' own tools: the limit of P9. Answers its handler's file. */
export const buildEmptyPage = (dir: string): string => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  symlinkSync(join(web, 'node_modules'), join(dir, 'node_modules'));
  execFileSync(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(dir, 'build/handler.js');
};
