import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { schema } from '@palier/db';
import { PushPayload } from '@palier/domain/notifications';
import { eq } from 'drizzle-orm';
import { decrypt } from 'http_ece';
import { expect, test } from 'vitest';
import { dayMs, openMatching } from '../../test/matching.ts';
import { mintPost } from '../../test/posts.ts';
import { openPushService } from '../../test/push-service.ts';
import { newId } from '../ids.ts';
import { deliverDuePushes, deliverPush, openPushSender } from './index.ts';
import { isOutside, lookupOutside } from './outside-address.ts';
import { vapidKeysOf } from './vapid.ts';

const m = await openMatching('2026-11-10T11:00:00Z');
const { h } = m;

const service = await openPushService();
const env = { ...h.env, pushHosts: [service.host] };
const context = () => ({ ...h.deps, env, clock: m.now, push: openPushSender(env, h.deps.keys) });

/** A browser that subscribed: its private key never leaves it. */
const subscribe = async (accountId: string) => {
  const pair = createECDH('prime256v1');
  const [p256dh, auth] = [pair.generateKeys('base64url'), randomBytes(16).toString('base64url')];
  const path = `/${newId()}`;
  await h.db.insert(schema.pushSubscriptions).values({
    ...{ id: newId(), accountId, endpoint: `http://${service.host}${path}`, p256dh, auth },
    ...{ createdAt: m.now(), usedAt: m.now() },
  });
  const heard = () => service.received.filter((one) => one.path === path);
  const read = (n = 0) =>
    PushPayload.parse(
      JSON.parse(
        String(
          decrypt(heard()[n]?.body ?? Buffer.alloc(0), { version: 'aes128gcm', privateKey: pair, authSecret: auth }),
        ),
      ),
    );
  return { path, heard, read };
};
const tell = async (
  accountId: string,
  notice: Partial<typeof schema.notifications.$inferInsert> = {},
): Promise<string> => {
  const id = newId();
  await h.db
    .insert(schema.notifications)
    .values({ id, accountId, kind: 'message', conversationId: newId(), createdAt: m.now(), ...notice });
  return id;
};
const scene = async () => {
  const home = await m.mintResidence({ cell: m.spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const [author, reader] = [await m.mint({ ...on, displayName: 'Ana Durand' }), await m.mint(on)];
  return { author, reader, device: await subscribe(reader.accountId) };
};

test('what leaves is encrypted for the device alone, signed by our key, and holds a sentence without a telephone or a surname', async () => {
  const { author, reader, device } = await scene();
  const post = await mintPost(h, author, {
    title: 'Appelez le 06 12 34 56 78',
    expiresAt: new Date(m.now().getTime() + dayMs),
  });
  const id = await tell(reader.accountId, { kind: 'ask', conversationId: null, postId: post.id });
  await deliverPush(context(), id);
  const [sent] = device.heard();
  expect(sent?.body.toString('latin1')).not.toContain('Appelez');
  expect(sent?.headers).toMatchObject({ ttl: '86400', urgency: 'normal', 'content-encoding': 'aes128gcm' });
  const { title, body, href, notificationId, locale } = device.read();
  expect([title, href, notificationId, locale]).toEqual([
    'Un voisin a besoin d’un coup de main',
    `/annonces/${post.id}`,
    id,
    'fr',
  ]);
  expect(body).toContain('Appelez');
  expect(body).not.toMatch(/\d\d/);
  expect(JSON.stringify(device.read())).not.toContain('Durand');

  const [, jwt = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(String(sent?.headers.authorization)) ?? [];
  expect(key).toBe(vapidKeysOf(env, h.deps.keys).publicKey);
  const [head, claims, signature = ''] = jwt.split('.');
  const raw = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: raw.subarray(1, 33).toString('base64url'),
    y: raw.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  expect(
    verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
  ).toBe(true);
  expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()).aud).toBe(`http://${service.host}`);
});

test('twenty at once, it is sent once; and never again', async () => {
  const { reader, device } = await scene();
  const id = await tell(reader.accountId);
  await Promise.all(Array.from({ length: 20 }, () => deliverPush(context(), id)));
  await deliverDuePushes(context());
  expect(device.heard()).toHaveLength(1);
});

test('what was read on screen, chosen away, or is over is not pushed', async () => {
  const { author, reader, device } = await scene();
  await deliverPush(context(), await tell(reader.accountId, { readAt: m.now() }));
  const post = await mintPost(h, author, { state: 'filled', taken: 1, expiresAt: new Date(m.now().getTime() + dayMs) });
  await deliverPush(context(), await tell(reader.accountId, { kind: 'ask', conversationId: null, postId: post.id }));
  await h.call('PATCH', '/me', { as: reader, body: { notices: { rows: { message: { push: false, mail: true } } } } });
  await deliverPush(context(), await tell(reader.accountId));
  expect(device.heard()).toEqual([]);
  await deliverPush(context(), await tell(reader.accountId, { kind: 'account', conversationId: null }));
  expect(device.heard()).toHaveLength(1);
});

test('what comes at night leaves at eight on the commune’s clocks, unless it was read meanwhile', async () => {
  await m.at('2026-11-12T21:30:00Z'); // 22:30 in Paris
  const { reader, device } = await scene();
  const [read, unread] = [await tell(reader.accountId), await tell(reader.accountId)];
  for (const id of [read, unread]) await deliverPush(context(), id);
  await m.at('2026-11-13T06:59:00Z');
  await deliverDuePushes(context());
  expect(device.heard()).toEqual([]);
  await h.call('POST', '/notifications/read', { as: reader, body: { ids: [read] } });
  await m.at('2026-11-13T07:00:00Z');
  await deliverDuePushes(context());
  expect(device.heard()).toHaveLength(1);
  expect(device.read().notificationId).toBe(unread);
});

test('twelve a day and no more, however they come', async () => {
  await m.at('2026-11-14T11:00:00Z');
  const { reader, device } = await scene();
  const ids = await Promise.all(Array.from({ length: 30 }, () => tell(reader.accountId)));
  await Promise.all(ids.map((id) => deliverPush(context(), id)));
  expect(device.heard()).toHaveLength(12);
  await m.at('2026-11-15T11:00:00Z');
  await deliverPush(context(), await tell(reader.accountId));
  expect(device.heard()).toHaveLength(13);
});

test('a device that left is forgotten; a service that is down is tried again; one that redirects is not followed', async () => {
  await m.at('2026-11-16T11:00:00Z');
  const { reader, device } = await scene();
  const other = await subscribe(reader.accountId);
  service.answers.set(device.path, 410);
  await deliverPush(context(), await tell(reader.accountId));
  const left = await h.db
    .select()
    .from(schema.pushSubscriptions)
    .where(eq(schema.pushSubscriptions.accountId, reader.accountId));
  expect(left.map(({ endpoint }) => endpoint.endsWith(other.path))).toEqual([true]);

  service.answers.set(other.path, 503);
  const id = await tell(reader.accountId);
  await deliverPush(context(), id);
  expect(other.heard()).toHaveLength(2);
  service.answers.delete(other.path);
  m.pass(61_000);
  await deliverDuePushes(context());
  expect(other.heard()).toHaveLength(3);
  expect(other.read(2).notificationId).toBe(id);

  service.answers.set(other.path, 307);
  await deliverPush(context(), await tell(reader.accountId));
  expect(service.received.some(({ path }) => path === '/elsewhere')).toBe(false);
});

const pushDevice = (n: number) => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${newId()}-${n}`,
  keys: { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
});

test('a device is kept, at most ten, and forgotten; an address that is no push service’s is refused', async () => {
  const me = await h.mintResident();
  const standing = async () => (await h.call('GET', '/me/push', { as: me })).body;
  expect(await standing()).toEqual({ publicKey: vapidKeysOf(h.env, h.deps.keys).publicKey, devices: 0 });
  const devices = Array.from({ length: 12 }, (_, n) => pushDevice(n));
  for (const body of devices) expect((await h.call('POST', '/me/push', { as: me, body })).status).toBe(204);
  expect((await standing()).devices).toBe(10);
  const last = devices.at(-1);
  await h.call('POST', '/me/push', { as: me, body: last ?? {} });
  expect((await standing()).devices).toBe(10);
  const stranger = await h.mintResident();
  await h.call('DELETE', '/me/push', { as: stranger, body: { endpoint: last?.endpoint } });
  expect((await h.call('DELETE', '/me/push', { as: me, body: { endpoint: last?.endpoint } })).status).toBe(204);
  expect((await standing()).devices).toBe(9);
  for (const endpoint of [
    'http://fcm.googleapis.com/x',
    'https://127.0.0.1/x',
    'https://10.0.0.8/x',
    'https://evil.example/x',
  ])
    expect((await h.call('POST', '/me/push', { as: me, body: { ...pushDevice(0), endpoint } })).body.code).toBe(
      'request.invalid',
    );
});

test('a name that leads inside is refused at the moment of connecting', async () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ])
    expect(isOutside(address, 4), address).toBe(false);
  for (const address of ['::1', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'])
    expect(isOutside(address, 6), address).toBe(false);
  expect([isOutside('142.250.74.10', 4), isOutside('2a00:1450:4007:80c::200a', 6)]).toEqual([true, true]);
  const error = await new Promise((done) => lookupOutside('localhost', { all: true }, (failed) => done(failed)));
  expect(error).toMatchObject({ code: 'EINSIDE' });
  const push = openPushSender(h.env, h.deps.keys);
  const payload = PushPayload.parse({
    version: 1,
    kind: 'message',
    notificationId: newId(),
    title: '',
    body: '',
    href: '/',
    tag: '',
    locale: 'fr',
  });
  expect(
    await push({ id: newId(), endpoint: 'https://localhost/x', ...pushDevice(0).keys }, payload, {
      ttlSeconds: 1,
      urgency: 'low',
      topic: 'x',
    }),
  ).toBe('refused');
});
