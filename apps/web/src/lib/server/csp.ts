/** The style attribute that SvelteKit writes on its own announcer of page changes; csp.test.ts follows it through upgrades. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/**
 * What a page may load: itself, its own files, nothing of others'. SvelteKit adds a nonce to the scripts and styles that it
 * writes; the hook adds the live socket to `connect-src`, because some browsers do not count wss: as 'self'.
 */
export const cspDirectives = () => ({
  'default-src': ['none' as const],
  'script-src': ['self' as const],
  'style-src': ['self' as const],
  'style-src-attr': ['unsafe-hashes' as const, announcerStyle as `sha256-${string}`],
  'img-src': ['self' as const, 'data:' as const, 'blob:' as const],
  'font-src': ['self' as const],
  'connect-src': ['self' as const],
  'worker-src': ['self' as const, 'blob:' as const],
  'manifest-src': ['self' as const],
  'form-action': ['self' as const],
  'object-src': ['none' as const],
  'base-uri': ['none' as const],
  'frame-ancestors': ['none' as const],
});
