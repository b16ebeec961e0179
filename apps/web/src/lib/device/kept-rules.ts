/** How much of one's own is kept for reading offline, and for how long: pages, and milliseconds. */
export const keptLimits = { pages: 24, ageMs: 7 * 86_400_000, staleMs: 30 * 60_000, talksAhead: 5 } as const;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const talk = new RegExp(`^/messages/${uuid}$`, 'u');
const link = new RegExp(`href="(/messages/${uuid})"`, 'gu');
const dataName = /\/__data\.json$/u;

/** The address under which a page is kept for reading offline; null for every page that is never kept. Takes a page's address or that of its data. */
export const keptAs = (url: URL): string | null => {
  const path = url.pathname.replace(dataName, '');
  const asked = [...url.searchParams].filter(([name]) => !name.startsWith('x-sveltekit-'));
  if (path === '/messages' || talk.test(path)) return asked.length === 0 ? path : null;
  if (path !== '/coups-de-main') return null;
  if (asked.length === 0) return path;
  const [[name, view] = []] = asked;
  return asked.length === 1 && name === 'vue' && /^[a-z-]{1,20}$/u.test(view ?? '') ? `${path}?vue=${view}` : null;
};

/** The conversations that a page leads to, each once, the first ones only. */
export const talksOf = (html: string): string[] =>
  [...new Set([...html.matchAll(link)].map(([, path = '']) => path))].slice(0, keptLimits.talksAhead);

/** Our own built files that a page names, as absolute paths. */
export const builtFilesOf = (html: string): string[] => [
  ...new Set([...html.matchAll(/_app\/immutable\/[\w./-]+/gu)].map(([path]) => `/${path}`)),
];

/** Which kept pages have to go: too old, or one too many, the oldest first. `at` in ms. */
export const outstayed = (kept: readonly { path: string; at: number }[], now: number): string[] => {
  const byAge = [...kept].sort((a, b) => b.at - a.at);
  return byAge
    .filter(({ at }, index) => index >= keptLimits.pages || now - at > keptLimits.ageMs)
    .map(({ path }) => path);
};
