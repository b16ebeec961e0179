/** Where to return on our own site: the path asked for, or `otherwise` for anything that could lead elsewhere. */
export const safeBack = (path: string, origin: string, otherwise = '/'): string => {
  if (!path.startsWith('/') || !URL.canParse(path, origin)) return otherwise;
  const url = new URL(path, origin);
  // `/.//elsewhere.test` stays on our origin but its path would be read as another host's name.
  return url.origin === origin && !url.pathname.startsWith('//') ? url.pathname + url.search : otherwise;
};
