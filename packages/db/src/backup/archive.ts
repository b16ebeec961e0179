import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { type ArchiveEntry, BackupError } from './manifest.ts';

/** A tar.gz being written, one entry after the other. */
export type ArchiveWriter = {
  addFile: (name: string, path: string) => Promise<ArchiveEntry>;
  addText: (name: string, text: string) => Promise<ArchiveEntry>;
  close: () => Promise<void>;
  abort: () => Promise<void>;
};

/** Begins an archive in a new file that only we can read; `close` resolves once it is on the disk. */
export const writeArchive = (file: string): ArchiveWriter => {
  const packer = pack();
  const written = pipeline(packer, createGzip(), createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
  written.catch(() => undefined); // told by whoever awaits next

  const add = async (name: string, size: number, source: Readable): Promise<ArchiveEntry> => {
    const hash = createHash('sha256');
    const { promise: packed, resolve, reject } = Promise.withResolvers<void>();
    const entry = packer.entry({ name, size, mode: 0o600 }, (error) => (error ? reject(error) : resolve()));
    const copy = async (): Promise<void> => {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        hash.update(chunk);
        if (!entry.write(chunk)) await once(entry, 'drain');
      }
      entry.end(null);
      await packed;
    };
    await Promise.race([copy(), written]); // a full disk ends `written` while `copy` would wait for ever
    return { name, bytes: size, sha256: hash.digest('hex') };
  };

  return {
    addFile: async (name, path) => {
      const { size } = await stat(path);
      return add(name, size, size === 0 ? Readable.from([]) : createReadStream(path, { end: size - 1 }));
    },
    addText: (name, text) => add(name, Buffer.byteLength(text), Readable.from([Buffer.from(text)])),
    close: async () => {
      packer.finalize();
      await written;
    },
    abort: async () => {
      packer.destroy();
      await written.catch(() => undefined);
    },
  };
};

/** Unpacks an archive into `folder` and answers each entry's true size and hash; rejects with `backup.corrupted` on anything odd. */
export const unpackArchive = async (file: string, folder: string): Promise<ArchiveEntry[]> => {
  const unpacker = extract();
  const entries: ArchiveEntry[] = [];
  const readAll = async (): Promise<void> => {
    for await (const entry of unpacker) {
      const { name, type } = entry.header;
      if (type !== 'file' || !isInside(name)) throw new Error(`${name} has no place in a backup`);
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      entries.push({ name, ...(await store(entry, path)) });
    }
  };
  try {
    await Promise.all([pipeline(createReadStream(file), createGunzip(), unpacker), readAll()]);
  } catch (cause) {
    throw new BackupError('backup.corrupted', `${file} cannot be read to its end: it is cut or damaged`, { cause });
  }
  return entries;
};

const store = async (source: AsyncIterable<unknown>, path: string): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = async function* () {
    for await (const chunk of source) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('an archive is read as bytes');
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return { bytes, sha256: hash.digest('hex') };
};

const isInside = (name: string): boolean =>
  !/[\\\0]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
