import { schema } from '@palier/db';
import { factorLife, recoveryCodesGiven } from '@palier/domain/accounts';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../../test/harness.ts';
import { newId } from '../../ids.ts';
import { resetFactor } from './remove-factor.ts';

let late = 0;
const clock = () => new Date(Date.now() + late);
const h = await openHarness({ STAFF_TOTP: 'required' }, { clock });
const optional = await openHarness({ STAFF_TOTP: 'optional' });

const referentIn = async (harness: typeof h) => {
  const someone = await harness.mintResident();
  await harness.db.insert(schema.roleGrants).values({
    id: newId(),
    accountId: someone.accountId,
    role: 'referent',
    residenceId: someone.residenceId,
    grantedAt: new Date(),
  });
  return someone;
};
type Someone = { cookie: string; accountId: string };
const desk = async (who: Someone, harness = h) => {
  const { status, body } = await harness.call('GET', '/residences', { as: who });
  return status === 200 ? 'open' : body.code;
};
const codeOf = (key: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: clock().getTime() + steps * 30_000 });
const post = (who: Someone, path: string, body: object, harness = h) =>
  harness.call('POST', `/me/second-factor${path}`, { as: who, body });
const give = (who: Someone, code: string) => post(who, '/check', { code });
/** A referent with a telephone, whose desk is open. */
const enrolled = async (harness = h) => {
  const who = await referentIn(harness);
  const { key } = (await post(who, '', { password }, harness)).body;
  const { recoveryCodes } = (await post(who, '/confirm', { code: codeOf(key, -1) }, harness)).body;
  return { ...who, key: key as string, recoveryCodes: recoveryCodes as string[] };
};

test('where it is required the desk is closed until a telephone is set up, and the resident’s life goes on', async () => {
  const who = await referentIn(h);
  expect(await desk(who)).toBe('factor.missing');
  expect((await h.call('GET', '/posts?limit=1', { as: who })).status).toBe(200);
  expect((await post(who, '', { password: 'pas le bon' })).body.code).toBe('password.wrong');
  const begun = (await post(who, '', { password })).body;
  expect(begun.uri).toContain(`secret=${begun.key}`);
  expect(await desk(who)).toBe('factor.missing');
  expect((await post(who, '/confirm', { code: '000000' })).body.code).toBe('factor.wrong');
  const confirmed = await post(who, '/confirm', { code: codeOf(begun.key) });
  expect(new Set(confirmed.body.recoveryCodes).size).toBe(recoveryCodesGiven);
  expect(await desk(who)).toBe('open');
  expect((await post(who, '', { password })).body.code).toBe('factor.set');
  const [kept] = await h.db
    .select()
    .from(schema.secondFactors)
    .where(eq(schema.secondFactors.accountId, who.accountId));
  expect(JSON.stringify(kept)).not.toContain(begun.key);
  const codes = await h.db.select().from(schema.recoveryCodes).where(eq(schema.recoveryCodes.accountId, who.accountId));
  for (const code of confirmed.body.recoveryCodes)
    expect(JSON.stringify(codes)).not.toContain(code.replaceAll('-', '').slice(4));
});

test('a code serves once, also four times at once, and none before it serves after', async () => {
  const who = await enrolled();
  const code = codeOf(who.key);
  const tries = await Promise.all(Array.from({ length: 4 }, () => give(who, code)));
  expect(tries.map(({ status }) => status).toSorted()).toEqual([204, 403, 403, 403]);
  expect((await give(who, codeOf(who.key, -1))).body.code).toBe('factor.wrong');
});

test('a recovery code opens once, written as anyone writes it', async () => {
  const who = await enrolled();
  const [code = ''] = who.recoveryCodes;
  expect((await give(who, code.toLowerCase().replaceAll('-', ' '))).status).toBe(204);
  expect((await give(who, code)).body.code).toBe('factor.wrong');
  expect((await h.call('GET', '/me/second-factor', { as: who })).body).toMatchObject({
    recoveryCodesLeft: recoveryCodesGiven - 1,
    isDeskOpen: true,
  });
});

test('the desk asks again after 30 minutes without use and after 12 hours, and the session stays', async () => {
  const who = await enrolled();
  try {
    for (let at = 0; at < factorLife.absoluteMs; at += factorLife.idleMs - 60_000) {
      late = at;
      expect([at, await desk(who)]).toEqual([at, 'open']);
    }
    late = factorLife.absoluteMs + 1_000;
    expect(await desk(who)).toBe('factor.required');
    expect((await give(who, codeOf(who.key))).status).toBe(204);
    expect(await desk(who)).toBe('open');
    late += factorLife.idleMs + 1_000;
    expect(await desk(who)).toBe('factor.required');
    expect((await h.call('GET', '/me', { as: who })).status).toBe(200);
  } finally {
    late = 0;
  }
});

test('another session of the same account gives its own code', async () => {
  const who = await enrolled();
  const other = {
    ...who,
    cookie: `${h.app.sessions.cookieName}=${await h.app.sessions.create(who.accountId, new Date())}`,
  };
  expect([await desk(who), await desk(other)]).toEqual(['open', 'factor.required']);
});

test('five wrong codes in half an hour close it to good ones too', async () => {
  const limited = await openHarness({ RATE_LIMITS: 'on', STAFF_TOTP: 'required' });
  const who = await enrolled(limited);
  for (let n = 0; n < 5; n++)
    expect((await post(who, '/check', { code: '000000' }, limited)).body.code).toBe('factor.wrong');
  expect((await post(who, '/check', { code: codeOf(who.key) }, limited)).body.code).toBe('rate.limited');
});

test('where it is optional the desk is open without, and whoever has one is asked', async () => {
  const [without, having] = [await referentIn(optional), await enrolled(optional)];
  expect(await desk(without, optional)).toBe('open');
  const again = {
    ...having,
    cookie: `${optional.app.sessions.cookieName}=${await optional.app.sessions.create(having.accountId, new Date())}`,
  };
  expect(await desk(again, optional)).toBe('factor.required');
});

test('residents have nothing to set up', async () => {
  const resident = await h.mintResident();
  expect((await post(resident, '', { password })).body.code).toBe('role.required');
  expect((await h.call('GET', '/me/second-factor', { as: resident })).body).toMatchObject({
    isStaff: false,
    isRequired: false,
  });
});

test('another telephone: with the password while the desk is open, or by the operator, in the log and by mail', async () => {
  const [who, lost] = [await enrolled(), await enrolled()];
  const remove = (typed: string) => h.call('DELETE', '/me/second-factor', { as: who, body: { password: typed } });
  expect((await remove('pas le bon')).body.code).toBe('password.wrong');
  expect((await remove(password)).status).toBe(204);
  expect(await desk(who)).toBe('factor.missing');
  const ctx = { ...h.deps, actor: null, now: clock(), ip: '', locale: 'fr' as const, tx: null };
  const reset = () => resetFactor(ctx, { actorId: null, actorRole: 'operator' }, lost.accountId);
  expect([await reset(), await reset()]).toEqual([true, false]);
  expect(await desk(lost)).toBe('factor.missing');
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, lost.accountId));
  expect(events).toContainEqual(expect.objectContaining({ change: 'mail.factor' }));
  const log = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, lost.accountId));
  expect(log).toContainEqual(expect.objectContaining({ action: 'factor.remove', actorRole: 'operator' }));
});
