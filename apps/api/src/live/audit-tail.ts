import { timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hmac } from '../keys.ts';

/** The end of the audit chain: how many links it has, and the hash of the last. */
export type AuditTail = { seq: number; hash: string };

const SignedTail = z.strictObject({ seq: z.int(), hash: z.string(), at: z.string(), signature: z.string() });
const fileOf = (dataDir: string): string => join(dataDir, 'audit-tail.json');
const sign = (key: Buffer, { seq, hash }: AuditTail, at: string): Buffer =>
  hmac(key, `audit-tail ${seq} ${hash} ${at}`);

/** What writes the chain's tail into `DATA_DIR`, signed with the deployment's own key: a chain cut or rewritten in the database no longer fits it. */
export const tailSigner =
  ({ dataDir, key, clock }: { dataDir: string; key: Buffer; clock: () => Date }) =>
  (tail: AuditTail): void => {
    const at = clock().toISOString();
    const beside = `${fileOf(dataDir)}.${process.pid}`;
    writeFileSync(
      beside,
      `${JSON.stringify({ ...tail, at, signature: sign(key, tail, at).toString('base64url') })}\n`,
      { mode: 0o600 },
    );
    renameSync(beside, fileOf(dataDir)); // appears whole
  };

/** The signed tail of `DATA_DIR`; `absent` when there is none, `forged` when it is not what this key signed. */
export const readTail = (dataDir: string, key: Buffer): AuditTail | 'absent' | 'forged' => {
  if (!existsSync(fileOf(dataDir))) return 'absent';
  try {
    const { seq, hash, at, signature } = SignedTail.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
    const wanted = sign(key, { seq, hash }, at);
    const given = Buffer.from(signature, 'base64url');
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? { seq, hash } : 'forged';
  } catch {
    return 'forged';
  }
};
