type Answer = { status: number; headers: Record<string, unknown>; text: string };

/** Every path of keys in a JSON value, sorted, with `[]` for the members of a list. */
export const keysOf = (value: unknown, prefix = ''): string[] => {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keysOf(item, `${prefix}[]`)))].sort();
  if (typeof value !== 'object' || value === null) return prefix ? [prefix] : [];
  return Object.entries(value)
    .flatMap(([key, item]) => keysOf(item, prefix ? `${prefix}.${key}` : key))
    .sort();
};

/** In what two answers differ that a caller could see: status, body, or a header other than the date. */
export const unlike = (one: Answer, other: Answer): string[] => {
  const names = new Set([...Object.keys(one.headers), ...Object.keys(other.headers)]);
  names.delete('date');
  const different = [...names].filter((name) => String(one.headers[name]) !== String(other.headers[name]));
  return [
    ...(one.status === other.status ? [] : ['status']),
    ...(one.text === other.text ? [] : ['body']),
    ...different,
  ];
};
