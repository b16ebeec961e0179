import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messagingLimits } from '@palier/domain/messaging';
import sharp from 'sharp';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';

// Two at a time, one thread each: a picture costs its pixels, and the calls come first.
sharp.concurrency(1);
sharp.cache(false);
const atOnce = 2;
const secondsMax = 8;

let running = 0;
const waiting: (() => void)[] = [];
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
};

const isJpeg = (bytes: Buffer): boolean => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
const isPng = (bytes: Buffer): boolean =>
  bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
const isWebp = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP';

const qualities = [80, 65, 50, 35] as const;

/** A picture ready to be kept: WebP, at most 1600 px a side and 2 MB. */
export type MadePhoto = { bytes: Buffer; width: number; height: number };

const encode = async (bytes: Buffer): Promise<MadePhoto> => {
  const { photoPixelsMax, photoSideMax, photoOutBytesMax } = messagingLimits;
  const open = () => sharp(bytes, { limitInputPixels: photoPixelsMax, failOn: 'error', pages: 1 });
  const seen = await open().metadata();
  if ((seen.pages ?? 1) > 1) throw new AppError('photo.animated');
  if (seen.width * seen.height > photoPixelsMax) throw new AppError('photo.huge');
  const upright = open()
    .autoOrient()
    .resize({ width: photoSideMax, height: photoSideMax, fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: secondsMax });
  for (const quality of qualities) {
    const { data, info } = await upright.clone().webp({ quality, effort: 3 }).toBuffer({ resolveWithObject: true });
    if (data.length <= photoOutBytesMax) return { bytes: data, width: info.width, height: info.height };
  }
  throw new AppError('photo.huge');
};

const isAnimated = (bytes: Buffer): boolean =>
  (isPng(bytes) && bytes.subarray(0, 4096).includes('acTL')) ||
  (isWebp(bytes) && bytes.subarray(0, 64).includes('ANIM'));

/**
 * Makes of a JPEG, PNG or WebP file, known by its first bytes, a picture without metadata: decoded, turned upright and encoded anew, so that nothing of the file itself is kept, its place
 * and its camera least of all. Codes: `media.unsupported`, `photo.animated`, `photo.huge`, `photo.unreadable`.
 */
export const makePhoto = async (bytes: Buffer): Promise<MadePhoto> => {
  if (!isJpeg(bytes) && !isPng(bytes) && !isWebp(bytes)) throw new AppError('photo.unreadable');
  if (isAnimated(bytes)) throw new AppError('photo.animated');
  try {
    return await inTurn(() => encode(bytes));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isTooBig = error instanceof Error && /pixel limit|timeout/i.test(error.message);
    throw new AppError(isTooBig ? 'photo.huge' : 'photo.unreadable');
  }
};

const fileOf = (dataDir: string, photoId: string): string => join(dataDir, 'photos', `${photoId}.webp`);

/** Writes a picture whole or not at all, readable by this process alone. */
export const keepPhotoFile = async (dataDir: string, photoId: string, bytes: Buffer): Promise<void> => {
  await mkdir(join(dataDir, 'photos'), { recursive: true, mode: 0o700 });
  const unfinished = `${fileOf(dataDir, photoId)}.${newId()}`;
  await writeFile(unfinished, bytes, { mode: 0o600 });
  await rename(unfinished, fileOf(dataDir, photoId));
};

/** The bytes of a kept picture; null when its file is gone. */
export const readPhotoFile = (dataDir: string, photoId: string): Promise<Buffer | null> =>
  readFile(fileOf(dataDir, photoId)).catch(() => null);

/** Takes a picture's file away, if it is there. */
export const removePhotoFile = (dataDir: string, photoId: string): Promise<void> =>
  rm(fileOf(dataDir, photoId), { force: true });
