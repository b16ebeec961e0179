import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

// The page's scripts and styles carry a nonce; `connect-src` gains the live socket's own address in the hook,
// because some browsers do not count wss: as 'self'.
const directives = {
  'default-src': ['none'],
  'script-src': ['self'],
  'style-src': ['self'],
  'img-src': ['self', 'data:', 'blob:'],
  'font-src': ['self'],
  'connect-src': ['self'],
  'worker-src': ['self', 'blob:'],
  'manifest-src': ['self'],
  'form-action': ['self'],
  'object-src': ['none'],
  'base-uri': ['none'],
  'frame-ancestors': ['none'],
} as const;

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3001';

export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit({
      // Their own prefix, so that the operator's PORT and HOST never reach the adapter.
      adapter: adapter({ envPrefix: 'KIT_' }),
      csp: { mode: 'nonce', directives: Object.fromEntries(Object.entries(directives).map(([k, v]) => [k, [...v]])) },
    }),
  ],
  server: { proxy: { '/api': { target: api, ws: true } } },
});
