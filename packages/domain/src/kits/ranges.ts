/** Bytes `from` to `to`, both within. */
export type ByteRange = { from: number; to: number };

/**
 * What a `Range` header asks of a document of `size` bytes: one range of bytes, `none` when the header is absent or is to be ignored
 * (another unit, several ranges, nonsense), `beyond` when it lies outside (RFC 9110, 14.1 and 14.2).
 */
export const byteRangeOf = (header: string | undefined, size: number): ByteRange | 'none' | 'beyond' => {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return 'none';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'beyond' : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return 'none';
  return from >= size ? 'beyond' : { from, to };
};
