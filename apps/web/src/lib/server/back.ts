/** Where to return on our own site: the path asked for, or `/` for anything that could lead elsewhere. */
export const safeBack = (path: string, origin: string): string => {
  if (!path.startsWith('/') || !URL.canParse(path, origin)) return '/';
  const url = new URL(path, origin);
  return url.origin === origin ? url.pathname + url.search : '/';
};
