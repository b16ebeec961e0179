import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { cspDirectives } from './src/lib/server/csp.ts';
import { staticIcons } from './src/static-icons.ts';

const api = process.env.API_URL ?? 'http://127.0.0.1:3001';

export default defineConfig({
  plugins: [
    tailwindcss(),
    staticIcons(),
    sveltekit({
      // Their own prefix, so that the operator's PORT and HOST never reach the adapter.
      adapter: adapter({ envPrefix: 'KIT_' }),
      csp: { mode: 'nonce', directives: cspDirectives() },
    }),
  ],
  // It reads files beside its source, so it stays where it is; Vite itself never leaves a TypeScript package out.
  environments: {
    ssr: { build: { rolldownOptions: { external: ['@palier/places-data'] } } },
    // What most pages show comes in one file: thirty of 200 bytes each weigh more and compress worse.
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                {
                  name: 'shell',
                  // But what the feed, which is read most and weighed, has no use for.
                  test: /lib\/(shell|live|ui|device|posts|favours|api)\/(?!(LegalPage|EmergencyNumbers|NotEmergency|EmergencyCalls)\.)|messages\/(nav|common)_/,
                  minShareCount: 3,
                },
              ],
            },
          },
        },
      },
    },
  },
  server: { proxy: { '/api': { target: api, ws: true } } },
});
