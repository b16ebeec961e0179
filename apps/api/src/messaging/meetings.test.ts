import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { beforeEach, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { type Side, talksOf } from '../../test/talks.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { remindOfMeetings, tellOfTalk } from './index.ts';

const noon = Date.UTC(2027, 2, 9, 11);
let now = noon;
const hourMs = 3_600_000;
const h = await openHarness({}, { clock: () => new Date(now) }, undefined, true);
const { detail, pair, act, say } = talksOf(h);
beforeEach(() => {
  now = noon;
});

const at = (hours: number) => new Date(now + hours * hourMs).toISOString();
const propose = (as: Side | undefined, talkId: string, body: object, key?: string) =>
  h.call('POST', `/conversations/${talkId}/meeting`, { as, body, ...(key && { headers: { 'idempotency-key': key } }) });
const agree = (as: Side | undefined, talkId: string, meetingId: string) =>
  h.call('POST', `/conversations/${talkId}/meeting/agree`, { as, body: { meetingId } });
const cancel = (as: Side, talkId: string) => h.call('DELETE', `/conversations/${talkId}/meeting`, { as });
const calendar = (as: Side, talkId: string) => h.call('GET', `/conversations/${talkId}/meeting.ics`, { as });
const job = (): Context<null> => ({ ...h.deps, actor: null, now: new Date(now), ip: '', locale: 'fr', tx: null });
const noticesOf = async (who: Side, kind: 'meeting' | 'message') =>
  (
    await h.db
      .select({ readAt: schema.notifications.readAt })
      .from(schema.notifications)
      .where(and(eq(schema.notifications.accountId, who.accountId), eq(schema.notifications.kind, kind)))
  ).length;

test('one proposes, the other agrees: both read it, and take it away as a calendar’s file', async () => {
  const { ana, ben, talkId } = await pair();
  const proposed = await propose(ana, talkId, { at: at(30), place: 'Devant le hall, côté jardin ; porte verte' });
  expect(proposed.status).toBe(201);
  const { meeting } = proposed.body;
  expect(meeting).toMatchObject({ mine: true, agreedAt: null, at: at(30) });
  expect((await calendar(ben, talkId)).status).toBe(404);
  expect((await agree(ana, talkId, meeting.id)).body.code).toBe('meeting.changed');
  expect((await agree(ben, talkId, meeting.id)).body.meeting).toMatchObject({ mine: false, agreedAt: at(0) });
  expect((await detail(ana, talkId)).body.conversation.meeting.agreedAt).toBe(at(0));
  const file = await calendar(ben, talkId);
  expect(file.headers).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-disposition': 'attachment; filename="palier.ics"',
  });
  const component = new ICAL.Component(ICAL.parse(file.text));
  const event = new ICAL.Event(component.getFirstSubcomponent('vevent') ?? undefined);
  expect(event.startDate.toJSDate().toISOString()).toBe(at(30));
  expect([event.location, event.summary]).toEqual([
    'Devant le hall, côté jardin ; porte verte',
    'Porter un carton, avec Ana',
  ]);
  expect(file.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(file.text).not.toContain('rue des Essais');
});

test('another proposal takes the place of what was agreed; what was read before cannot be agreed to', async () => {
  const { ana, ben, talkId } = await pair();
  const first = (await propose(ana, talkId, { at: at(30) })).body.meeting;
  await agree(ben, talkId, first.id);
  const second = (await propose(ben, talkId, { at: at(31) })).body.meeting;
  expect([(await agree(ana, talkId, first.id)).status, (await detail(ana, talkId)).body.conversation.meeting]).toEqual([
    409,
    { ...second, mine: false },
  ]);
  expect((await agree(ana, talkId, second.id)).status).toBe(200);
  expect((await cancel(ben, talkId)).status).toBe(204);
  expect((await detail(ana, talkId)).body.conversation.meeting).toBeNull();
  expect((await cancel(ben, talkId)).status).toBe(204);
});

test('a stranger is told of none, a past or distant moment is refused, and so is a conversation that has ended', async () => {
  const { ana, ben, talkId } = await pair();
  const stranger = await h.mintResident();
  const { meeting } = (await propose(ana, talkId, { at: at(5) })).body;
  expect([
    (await propose(stranger, talkId, { at: at(5) })).status,
    (await agree(stranger, talkId, meeting.id)).status,
    (await cancel(stranger, talkId)).status,
    (await calendar(stranger, talkId)).status,
    (await propose(undefined, talkId, { at: at(5) })).status,
  ]).toEqual([404, 404, 404, 404, 401]);
  for (const hours of [-1, 24 * 120])
    expect((await propose(ana, talkId, { at: at(hours) })).body.code).toBe('meeting.past');
  now += 6 * hourMs;
  expect((await agree(ben, talkId, meeting.id)).body.code).toBe('meeting.past');
  await act(ben, talkId, 'done', {});
  now += 15 * 24 * hourMs;
  expect((await propose(ana, talkId, { at: at(5) })).body.code).toBe('conversation.closed');
});

test('twenty who agree at once agree once; twenty proposals with one key are one', async () => {
  const { ana, ben, talkId } = await pair();
  const key = newId();
  const made = await Promise.all(Array.from({ length: 20 }, () => propose(ana, talkId, { at: at(30) }, key)));
  const ids = new Set(made.filter(({ status }) => status === 201).map(({ body }) => body.meeting.id));
  expect(ids.size).toBe(1);
  const [meetingId = ''] = ids;
  const answers = await Promise.all(Array.from({ length: 20 }, () => agree(ben, talkId, meetingId)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'meeting.changed')).toHaveLength(19);
});

test('both are reminded once, an hour before, however many look at the same time', async () => {
  const { ana, ben, talkId } = await pair();
  const { meeting } = (await propose(ana, talkId, { at: at(5) })).body;
  await agree(ben, talkId, meeting.id);
  expect(await remindOfMeetings(job())).toBe(0);
  now += 4 * hourMs + 60_000;
  const told = await Promise.all([remindOfMeetings(job()), remindOfMeetings(job()), remindOfMeetings(job())]);
  expect(told.sort()).toEqual([0, 0, 2]);
  expect([await noticesOf(ana, 'meeting'), await noticesOf(ben, 'meeting')]).toEqual([1, 1]);
});

test('a meeting of the early morning is reminded of the evening before, never at night; one that moved, at its new hour', async () => {
  const { ana, ben, talkId } = await pair();
  const early = new Date(Date.UTC(2027, 2, 10, 7, 15)).toISOString();
  const { meeting } = (await propose(ana, talkId, { at: early })).body;
  await agree(ben, talkId, meeting.id);
  now = Date.UTC(2027, 2, 9, 18, 59);
  expect(await remindOfMeetings(job())).toBe(0);
  now = Date.UTC(2027, 2, 9, 19, 0);
  expect(await remindOfMeetings(job())).toBe(2);
  const moved = (await propose(ben, talkId, { at: at(20) })).body.meeting;
  await agree(ana, talkId, moved.id);
  now += 19 * hourMs + 60_000;
  expect(await remindOfMeetings(job())).toBe(2);
});

test('whoever is written to is told once until they read, and not what they have read already', async () => {
  const { ana, ben, talkId } = await pair();
  const turn = async (text: string) => {
    now += 1000;
    const { id } = (await say(ana, talkId, { text })).body.message;
    return { conversationId: talkId, by: ana.id, messageId: id as string };
  };
  expect(await tellOfTalk(job(), await turn('Un'))).toBe(1);
  const second = await turn('Deux');
  expect(await tellOfTalk(job(), second)).toBe(0);
  await h.call('POST', `/conversations/${talkId}/read`, { as: ben, body: { messageId: second.messageId } });
  expect(await tellOfTalk(job(), second)).toBe(0);
  const third = await turn('Trois');
  expect([await tellOfTalk(job(), third), await tellOfTalk(job(), third)]).toEqual([1, 0]);
  expect([await noticesOf(ben, 'message'), await noticesOf(ana, 'message')]).toEqual([2, 0]);
  const fourth = await turn('Quatre');
  await h.call('POST', `/conversations/${talkId}/read`, { as: ben, body: { messageId: fourth.messageId } });
  const fifth = await turn('Cinq');
  await h.call('POST', `/blocks/${ana.id}`, { as: ben });
  expect(await tellOfTalk(job(), fifth)).toBe(0);
});
