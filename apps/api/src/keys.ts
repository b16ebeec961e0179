import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The deployment's own secrets, each 32 bytes in a file of mode 600 in DATA_DIR; `blur` is never rotated and part of every backup. */
const names = ['blur', 'cursor', 'audit', 'mail', 'internal', 'vapid', 'factor'] as const;
export type Keys = Readonly<Record<(typeof names)[number], Buffer>>;

const readOrMake = (file: string, make: () => Buffer): Buffer => {
  if (!existsSync(file)) {
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, make().toString('base64url'), { mode: 0o600 });
    try {
      linkSync(fresh, file); // appears whole, and only once when two processes start together
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length !== 32) throw new Error(`${file} is damaged: restore it from a backup`);
  return key;
};

/** Reads the keys of `dataDir`, making those that are not there yet: at random, or from `secret`, so that several machines make the same ones. */
export const openKeys = (dataDir: string, secret?: string): Keys => {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 }); // as root, PostgreSQL's own user has to pass
  const made = (name: string) => () =>
    secret === undefined ? randomBytes(32) : hmac(Buffer.from(secret), `palier ${name}`);
  return Object.fromEntries(
    names.map((name) => [name, readOrMake(join(dataDir, `${name}.key`), made(name))]),
  ) as Record<(typeof names)[number], Buffer>;
};

const prepared = new WeakMap<Buffer, KeyObject>();
const preparedKey = (key: Buffer): KeyObject => {
  const known = prepared.get(key) ?? createSecretKey(key); // preparing costs six times the hash
  prepared.set(key, known);
  return known;
};

/** HMAC-SHA256 of a text under one of our keys. */
export const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', preparedKey(key)).update(text).digest();
