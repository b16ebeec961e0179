import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cspDirectives } from './csp.ts';

test('the one style attribute allowed is the one of SvelteKit’s announcer', () => {
  const kit = dirname(createRequire(import.meta.url).resolve('@sveltejs/kit/package.json'));
  const source = readFileSync(join(kit, 'src/runtime/components/root.svelte'), 'utf8');
  const style = /style="([^"]+)"/.exec(source)?.[1] ?? '';
  const hash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
  expect(cspDirectives()['style-src-attr']).toContain(hash);
});

test('nothing may be framed, rebased, or run inline', () => {
  const policy = cspDirectives();
  expect(policy['frame-ancestors']).toEqual(['none']);
  expect(policy['base-uri']).toEqual(['none']);
  expect(policy['object-src']).toEqual(['none']);
  expect(JSON.stringify(policy)).not.toMatch(/unsafe-(inline|eval)|https?:/);
});
