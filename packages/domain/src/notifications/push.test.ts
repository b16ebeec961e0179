import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wallClockOf } from '../places/index.ts';
import {
  defaultChoices,
  isPushEndpoint,
  NotificationKind,
  type Pushable,
  pushesPerDay,
  pushVerdict,
  withChoices,
} from './index.ts';

test('only an address of a known push service is taken', () => {
  for (const good of [
    'https://fcm.googleapis.com/fcm/send/abc:def_-1',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAA',
    'https://wns2-par02p.notify.windows.com/w/?token=AbC%2b',
    'https://web.push.apple.com/QGuQyavXutnMH',
  ])
    expect(isPushEndpoint(good), good).toBe(true);
  for (const bad of [
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com',
    'https://fcm.googleapis.com@10.0.0.1/x',
    'https://user:pass@fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evilfcm.googleapis.com/x',
    'https://notify.windows.com/x',
    'https://.notify.windows.com.evil.example/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://2130706433/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://fcm.googleapis.com/x y',
    'https://fcm.googleapis.com/x\r\nHost: a',
    'https://fcm.googleapis.com\\@evil.example/x',
    'file:///etc/passwd',
    `https://fcm.googleapis.com/${'a'.repeat(1000)}`,
  ])
    expect(isPushEndpoint(bad), bad).toBe(false);
  expect(isPushEndpoint('http://localhost:4001/x', ['localhost:4001'])).toBe(true);
  expect(isPushEndpoint('http://localhost:4002/x', ['localhost:4001'])).toBe(false);
});

test('whatever is typed, what is taken is of a known host over https', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()), (text) => {
      if (isPushEndpoint(text)) expect(text).toMatch(/^https:\/\/[\w.-]+\.(com)\//);
    }),
  );
});

const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe'];
const some = fc.record({
  kind: fc.constantFrom(...NotificationKind.options),
  isUrgent: fc.boolean(),
  isRead: fc.boolean(),
  isWaiting: fc.boolean(),
  ageMs: fc.integer({ min: 0, max: 100_000_000 }),
  at: fc.date({ min: new Date('2026-03-20T00:00:00Z'), max: new Date('2026-11-05T00:00:00Z'), noInvalidDate: true }),
  timeZone: fc.constantFrom(...zones),
  wantsUrgentAtNight: fc.boolean(),
  pushedToday: fc.integer({ min: 0, max: 14 }),
});

test('no push leaves at night but an urgent ask to whoever opted in, none for what was read or is over, none beyond the cap', () => {
  fc.assert(
    fc.property(some, ({ at, ageMs, timeZone, wantsUrgentAtNight, pushedToday, ...rest }) => {
      const notice: Pushable = { ...rest, createdAt: new Date(at.getTime() - ageMs) };
      const reader = { choices: defaultChoices, timeZone, wantsUrgentAtNight, pushedToday };
      const verdict = pushVerdict(notice, reader, at);
      const { hour } = wallClockOf(at, timeZone);
      const isNight = hour >= 22 || hour < 8;
      const isUrgentAsk = (notice.kind === 'ask' || notice.kind === 'interest') && notice.isUrgent;
      if (verdict.send) {
        expect(notice.isRead || !notice.isWaiting).toBe(false);
        if (isNight) expect(isUrgentAsk && wantsUrgentAtNight).toBe(true);
        if (verdict.isCounted) expect(pushedToday).toBeLessThan(pushesPerDay);
        expect(verdict.ttlSeconds).toBeGreaterThan(0);
        expect(verdict.ttlSeconds).toBeLessThanOrEqual(isUrgentAsk ? 7_200 : 86_400);
      } else if (verdict.laterAt) {
        expect(isNight).toBe(true);
        expect(wallClockOf(verdict.laterAt, timeZone).hour).toBe(8);
        expect(verdict.laterAt.getTime()).toBeGreaterThan(at.getTime());
      }
    }),
  );
});

test('an urgent post that one’s own interest fits wakes whoever opted in, as an ask would; nobody else, and no post that is calm', () => {
  const night = new Date('2026-07-08T01:00:00Z');
  const notice = { kind: 'interest', isUrgent: true, createdAt: night, isRead: false, isWaiting: true } as const;
  const reader = { choices: defaultChoices, timeZone: 'Europe/Paris', wantsUrgentAtNight: true, pushedToday: 0 };
  const keeping = (rows: Parameters<typeof withChoices>[1]['rows']) => ({
    ...reader,
    choices: withChoices(defaultChoices, { rows }),
  });
  const off = { push: false, mail: false };
  expect(pushVerdict(notice, reader, night)).toMatchObject({ send: true, urgency: 'high', ttlSeconds: 7_200 });
  expect(pushVerdict(notice, keeping({ ask: off }), night).send).toBe(true);
  const morning = new Date('2026-07-08T06:00:00Z');
  const later = { send: false, laterAt: morning };
  expect(pushVerdict(notice, { ...reader, wantsUrgentAtNight: false }, night)).toEqual(later);
  expect(pushVerdict({ ...notice, isUrgent: false }, reader, night)).toEqual(later);
  expect(pushVerdict(notice, keeping({ 'urgent-ask': off }), night)).toEqual(later);
  expect(pushVerdict({ ...notice, isUrgent: false }, reader, morning).send).toBe(true);
});

test('an alarm of the watch rings at night, whatever was chosen, and not once it was read', () => {
  const night = new Date('2026-07-08T01:00:00Z');
  const choices = withChoices(defaultChoices, { rows: { watch: { push: false, mail: false } } });
  const reader = { choices, timeZone: 'Europe/Paris', wantsUrgentAtNight: false, pushedToday: pushesPerDay };
  const alarm = {
    kind: 'watch',
    isUrgent: false,
    isAlarm: true,
    createdAt: night,
    isRead: false,
    isWaiting: true,
  } as const;
  expect(pushVerdict(alarm, reader, night)).toMatchObject({ send: true, urgency: 'high', isCounted: false });
  expect(pushVerdict({ ...alarm, isAlarm: false }, reader, night).send).toBe(false);
  expect(pushVerdict({ ...alarm, isRead: true }, reader, night).send).toBe(false);
});

test('a row that was chosen away is not pushed, the others are', () => {
  const now = new Date('2026-11-10T11:00:00Z');
  const choices = withChoices(defaultChoices, { rows: { message: { push: false, mail: true } } });
  const reader = { choices, timeZone: 'Europe/Paris', wantsUrgentAtNight: false, pushedToday: 0 };
  const of = (kind: NotificationKind) =>
    pushVerdict({ kind, isUrgent: false, createdAt: now, isRead: false, isWaiting: true }, reader, now).send;
  expect([of('message'), of('meeting'), of('answered'), of('account')]).toEqual([false, false, true, true]);
});
