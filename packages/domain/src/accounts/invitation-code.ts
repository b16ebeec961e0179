/** Crockford's base 32: no I, L, O or U, so that a printed code is read back as it was written (https://www.crockford.com/base32.html). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of the look-up id and of the secret: 12 characters of base 32 are 60 bits (reliability.md A5). */
export const codeShape = { lookup: 4, secret: 12 } as const;

/** An invitation code as a person typed it, split; null when it cannot be one. Case, spaces and dashes do not count; O is 0, I and L are 1. */
export const parseInvitationCode = (typed: string): { lookup: string; secret: string } | null => {
  if (typed.length > 64) return null;
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s\-.]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (plain.length !== codeShape.lookup + codeShape.secret) return null;
  for (const character of plain) if (!alphabet.includes(character)) return null;
  return { lookup: plain.slice(0, codeShape.lookup), secret: plain.slice(codeShape.lookup) };
};

/** A code from 16 random bytes (each gives one character by its low 5 bits), printed in four groups: `4F7K-…`. */
export const formatInvitationCode = (random: Uint8Array): string => {
  const plain = Array.from(random.subarray(0, codeShape.lookup + codeShape.secret), (byte) => alphabet[byte & 31]).join(
    '',
  );
  return plain.match(/.{4}/g)?.join('-') ?? plain;
};
