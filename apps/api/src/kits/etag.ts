/** Whether `If-None-Match` names this tag, weakly compared (RFC 9110, 13.1.2). */
export const namesTag = (header: string | undefined, etag: string): boolean => {
  if (header === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return (
    header.trim() === '*' ||
    header
      .slice(0, 2_000)
      .split(',')
      .some((tag) => opaque(tag) === opaque(etag))
  );
};
