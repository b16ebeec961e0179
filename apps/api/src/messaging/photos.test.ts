import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { messagingLimits } from '@palier/domain/messaging';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { type Side, talksOf } from '../../test/talks.ts';
import { newId } from '../ids.ts';
import { sweepPhotos } from './index.ts';

const h = await openHarness();
const { detail, pair, read } = talksOf(h);

const send = (as: Side | undefined, talkId: string, bytes: Buffer, type = 'image/jpeg', key?: string) =>
  h.call('POST', `/conversations/${talkId}/photos`, {
    as,
    body: bytes,
    headers: { 'content-type': type, ...(key && { 'idempotency-key': key }) },
  });
const fetchPhoto = async (as: { cookie: string } | undefined, id: string) => {
  const answer = await h.app.inject({
    url: `/api/photos/${id}`,
    headers: { host: h.env.origin.host, ...(as && { cookie: as.cookie }) },
  });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
};
const picture = (width = 640, height = 480) =>
  sharp({ create: { width, height, channels: 3, background: { r: 180, g: 70, b: 45 } } });
const located = () =>
  picture()
    .withExif({
      IFD0: { Make: 'Canari-Appareil', Copyright: 'Canari-Auteur' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '46/1 20/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '6/1 3/1 0/1' },
    })
    .jpeg()
    .toBuffer();

test('is made anew: upright, small, without the place, the camera or the name it came with', async () => {
  const { ana, ben, talkId } = await pair();
  const original = await located();
  expect([(await sharp(original).metadata()).exif !== undefined, original.includes('Canari-Appareil')]).toEqual([
    true,
    true,
  ]);
  const sent = await send(ana, talkId, original);
  expect(sent.status).toBe(201);
  const { photo } = sent.body.message;
  expect(photo).toMatchObject({ width: 640, height: 480 });
  const shown = await fetchPhoto(ben, photo.id);
  expect(shown.headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
  const made = await sharp(shown.bytes).metadata();
  expect([made.format, made.exif, made.xmp, made.iptc]).toEqual(['webp', undefined, undefined, undefined]);
  for (const token of ['Canari-Appareil', 'Canari-Auteur', 'GPS', 'Exif'])
    expect(shown.bytes.includes(token)).toBe(false);
  const turned = await picture(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect((await send(ana, talkId, turned)).body.message.photo).toMatchObject({ width: 100, height: 300 });
  const [last] = await read(ben, talkId);
  expect(last).toMatchObject({ text: '', photo: { width: 100 } });
});

test('of any of the three kinds comes out within two megabytes and 1600 pixels a side', async () => {
  const { ana, ben, talkId } = await pair();
  const noise = (width: number, height: number) =>
    sharp({
      create: { width, height, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
    });
  for (const [type, bytes] of [
    ['image/png', await picture(2000, 1000).png().toBuffer()],
    ['image/webp', await picture(200, 100).webp().toBuffer()],
    ['image/jpeg', await noise(2400, 2000).jpeg({ quality: 80 }).toBuffer()],
  ] as const) {
    const sent = await send(ana, talkId, bytes, type);
    expect([type, sent.status]).toEqual([type, 201]);
    const { id, width, height } = sent.body.message.photo;
    expect(Math.max(width, height)).toBeLessThanOrEqual(messagingLimits.photoSideMax);
    expect((await fetchPhoto(ben, id)).bytes.length).toBeLessThanOrEqual(messagingLimits.photoOutBytesMax);
  }
});

test('what is no photo is refused kindly: by its bytes, never by its name', async () => {
  const { ana, talkId } = await pair();
  const png = await picture(10, 10).png().toBuffer();
  const frames = await sharp(
    Buffer.from(Array.from({ length: 20 * 40 * 3 }, (_, n) => (n * 37 + (n > 1200 ? 90 : 0)) % 256)),
    {
      raw: { width: 20, height: 40, channels: 3, pageHeight: 20 },
    },
  )
    .webp()
    .toBuffer();
  const bomb = await sharp({
    create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png()
    .toBuffer();
  const animatedPng = Buffer.concat([
    png.subarray(0, 33),
    Buffer.from('\0\0\0\x08acTL'),
    Buffer.alloc(12),
    png.subarray(33),
  ]);
  for (const [bytes, type, status, code] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png', 422, 'photo.unreadable'],
    [Buffer.from('GIF89a'), 'image/jpeg', 422, 'photo.unreadable'],
    [png.subarray(0, 40), 'image/png', 422, 'photo.unreadable'],
    [frames, 'image/webp', 422, 'photo.animated'],
    [animatedPng, 'image/png', 422, 'photo.animated'],
    [bomb, 'image/png', 422, 'photo.huge'],
    [png, 'image/gif', 415, 'media.unsupported'],
    [png, 'application/json', 415, 'media.unsupported'],
    [Buffer.alloc(messagingLimits.photoInBytesMax + 1), 'image/jpeg', 413, 'body.too-large'],
  ] as const) {
    const refused = await send(ana, talkId, Buffer.from(bytes), type);
    expect([code, refused.status, refused.body.code]).toEqual([code, status, code]);
  }
  expect(await read(ana, talkId)).toEqual([]);
}, 30_000);

test('is seen by the two sides alone, and by neither once a block is set', async () => {
  const { ana, ben, talkId } = await pair();
  const stranger = await h.mintResident();
  const bytes = await located();
  expect([(await send(stranger, talkId, bytes)).status, (await send(undefined, talkId, bytes)).status]).toEqual([
    404, 401,
  ]);
  const { id } = (await send(ana, talkId, bytes)).body.message.photo;
  expect((await fetchPhoto(stranger, id)).bytes).toEqual((await fetchPhoto(stranger, newId())).bytes);
  expect([
    (await fetchPhoto(ben, id)).status,
    (await fetchPhoto(stranger, id)).status,
    (await fetchPhoto(undefined, id)).status,
  ]).toEqual([200, 404, 401]);
  await h.call('POST', `/blocks/${ana.id}`, { as: ben });
  expect([(await fetchPhoto(ben, id)).status, (await fetchPhoto(ana, id)).status]).toEqual([404, 404]);
});

test('twenty at once with one key are one photo and one file; files that no message holds are swept', async () => {
  const { ana, ben, talkId } = await pair();
  const bytes = await located();
  const key = newId();
  const before = readdirSync(join(h.dataDir, 'photos')).length;
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(ana, talkId, bytes, 'image/jpeg', key)));
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect((await read(ben, talkId)).length).toBe(1);
  expect((await send(ana, talkId, await picture(11, 11).jpeg().toBuffer(), 'image/jpeg', key)).status).toBe(422);
  const folder = join(h.dataDir, 'photos');
  expect(readdirSync(folder).length).toBe(before + 1);
  await h.pool.query('delete from messages where conversation_id = $1', [talkId]);
  await h.pool.query('delete from photos where conversation_id = $1', [talkId]);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), new Date(0), new Date(0));
  expect(await sweepPhotos(h.db, h.dataDir, new Date())).toBe(1);
  expect(readdirSync(folder).length).toBe(before);
  expect((await detail(ben, talkId)).status).toBe(200);
});
