import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintStaff } from '../../test/staff.ts';
import { talksOf } from '../../test/talks.ts';
import { newId } from '../ids.ts';
import { sweepPhotos } from '../messaging/index.ts';
import { forgetResident } from './index.ts';

let late = 0;
const clock = () => new Date(Date.now() + late);
const h = await openHarness({}, { clock });
const talks = talksOf(h);
const folder = join(h.dataDir, 'photos');
mkdirSync(folder, { recursive: true });

/** Someone who sent a photo two hours ago. */
const withPhoto = async () => {
  const { ana, post, talkId } = await talks.pair();
  await talks.say(ana, talkId);
  const [talk] = await h.db.select().from(schema.conversations).where(eq(schema.conversations.postId, post.id));
  const id = newId();
  const sent = new Date(clock().getTime() - 7_200_000);
  const file = join(folder, `${id}.webp`);
  writeFileSync(file, 'the picture');
  utimesSync(file, sent, sent);
  await h.db.insert(schema.photos).values({
    id,
    conversationId: talk?.id ?? '',
    authorId: ana.id,
    width: 10,
    height: 10,
    bytes: 11,
    createdAt: sent,
  });
  return { ana, id, file };
};

test('an export holds my photos, each by an address that opens without signing in, for one hour', async () => {
  const { ana, id } = await withPhoto();
  const { photos } = JSON.parse((await h.call('GET', '/me/export', { as: ana })).text);
  expect(photos).toMatchObject([{ id }]);
  const path = String(photos[0].address).replace(`${h.env.origin.origin}/api`, '');
  const open = async (at: string) => (await h.call('GET', at)).status;
  expect((await h.call('GET', path)).text).toBe('the picture');
  expect(await open(path.replace(id.replaceAll('-', ''), newId().replaceAll('-', '')))).toBe(404);
  late = 3_601_000;
  expect(await open(path)).toBe(404);
  late = 0;
});

test('whoever is forgotten leaves no photo on the disk, and is on no list of the referent', async () => {
  const { ana, file } = await withPhoto();
  const referent = await mintStaff(h, { residenceId: ana.residenceId });
  const listed = async () =>
    (await h.call('GET', `/residences/${ana.residenceId}/residents`, { as: referent })).body.items.map(
      (one: { id: string }) => one.id,
    );
  expect(await listed()).toContain(ana.id);
  const ctx = { ...h.deps, actor: null, now: clock(), ip: '', locale: 'fr' as const, tx: null };
  expect(await forgetResident(ctx, { actorId: null, actorRole: 'operator' }, { residentId: ana.id })).toBe(true);
  expect(await listed()).not.toContain(ana.id);
  await sweepPhotos(h.db, h.dataDir, clock());
  expect(existsSync(file)).toBe(false);
});
