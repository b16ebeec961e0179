/** The text of another server's answer, or null once it is longer than `bytesMax`. */
export const readBounded = async (answer: Response, bytesMax: number): Promise<string | null> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > bytesMax) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};
