import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, openPool, schema } from '@palier/db';
import { freshDatabase, type TestDatabase, watchSecondConnections, workerDatabase } from '@palier/db/testing';
import {
  formatInvitationCode,
  type InvitationKind,
  invitationLifeMs,
  invitationUses,
  parseInvitationCode,
  type Trust,
} from '@palier/domain/accounts';
import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { afterAll, expect } from 'vitest';
import { buildApp } from '../src/app.ts';
import type { Deps } from '../src/context.ts';
import { readEnv } from '../src/env.ts';
import { newId } from '../src/ids.ts';
import { openKeys } from '../src/keys.ts';
import type { Hub } from '../src/live/index.ts';

export const password = 'une phrase de voisins';
/** Gex, and two public cells of it that touch. */
export const gex = { commune: '01173', cell: '891f961802fffff' } as const;

type Settings = Record<string, string>;
type Mint = {
  cell?: string;
  commune?: string;
  trust?: Trust;
  residenceId?: string;
  stairId?: string | null;
  displayName?: string;
  daysAgo?: number;
};

let passwordHash: Promise<string> | undefined;

/**
 * The assembled app over the worker's own database, without a port; a suite mints its own places and people, and never meets another's.
 * `isAlone`: over a database that no other suite wrote in, for what looks at the stream as a whole; or over the one given.
 */
export const openHarness = async (
  settings: Settings = {},
  parts: Partial<Deps> = {},
  openHub?: (deps: Deps) => Hub | Promise<Hub>,
  isAlone: boolean | TestDatabase = false,
) => {
  const fresh = isAlone === true ? freshDatabase('migrated') : isAlone;
  const { appUrl, ownerUrl } = await (fresh || workerDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), 'palier-api-'));
  const env = readEnv({
    ORIGIN: 'http://localhost:3000',
    DATA_DIR: dataDir,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'silent',
    DEMO: 'off',
    GEOCODER_URL: 'http://127.0.0.1:9',
    ...settings,
  });
  const pool = openPool({ url: appUrl, max: 10, applicationName: 'test' });
  const second = watchSecondConnections(pool);
  const db = openDatabase(pool);
  const deps: Deps = {
    db,
    env,
    keys: openKeys(dataDir),
    clock: () => new Date(),
    doorbell: { ring: () => undefined },
    readiness: { missing: () => [], bus: () => 'local', sockets: () => 0, head: () => 0 },
    log: pino({ level: env.logLevel }),
    ...parts,
  };
  const app = await buildApp(deps, openHub ? { hub: await openHub(deps) } : {});
  await app.ready();
  passwordHash ??= app.hashing.hash(password);
  const hash = await passwordHash;
  const close = async () => {
    await app.close();
    if (!pool.ended) await pool.end(); // a test may have taken the database away
    rmSync(dataDir, { recursive: true, force: true });
    expect(second).toEqual([]);
  };
  afterAll(close);

  const mintResidence = async (place: { cell?: string; commune?: string; stairs?: number } = {}) => {
    const [territoryId, id] = [newId(), newId()];
    await db.insert(schema.territories).values({ id: territoryId, name: 'Territoire' });
    await db.insert(schema.residences).values({
      id,
      territoryId,
      commune: place.commune ?? gex.commune,
      name: 'Les Tilleuls',
      homes: 20,
      cell: place.cell ?? gex.cell,
    });
    await db
      .insert(schema.residencePlaces)
      .values({ residenceId: id, lat: 46.333, lon: 6.058, address: '1 rue des Essais' });
    const stairs = Array.from({ length: place.stairs ?? 2 }, (_, n) => ({
      id: newId(),
      residenceId: id,
      name: `Escalier ${n + 1}`,
    }));
    if (stairs.length > 0) await db.insert(schema.stairs).values(stairs);
    return { id, territoryId, commune: place.commune ?? gex.commune, cell: place.cell ?? gex.cell, stairs };
  };

  const mintAccount = async (displayName = 'Camille', daysAgo = 40) => {
    const id = newId();
    const createdAt = new Date(deps.clock().getTime() - daysAgo * 86_400_000);
    await db.insert(schema.accounts).values({
      id,
      email: `${id}@example.test`,
      passwordHash: hash,
      displayName,
      emailConfirmedAt: createdAt,
      createdAt,
    });
    const rawId = await app.sessions.create(id, deps.clock());
    return { id, email: `${id}@example.test`, cookie: `${app.sessions.cookieName}=${rawId}` };
  };

  /** A resident of a residence of their own, unless one is given, with an open session. */
  const mintResident = async (who: Mint = {}) => {
    const residence = who.residenceId
      ? { id: who.residenceId, stairs: [] as { id: string }[] }
      : await mintResidence(who);
    const account = await mintAccount(who.displayName, who.daysAgo);
    const id = newId();
    const stairId = who.stairId === undefined ? (residence.stairs[0]?.id ?? null) : who.stairId;
    const joinedAt = new Date(deps.clock().getTime() - (who.daysAgo ?? 40) * 86_400_000);
    await db.insert(schema.residents).values({
      id,
      accountId: account.id,
      residenceId: residence.id,
      stairId,
      displayName: who.displayName ?? 'Camille',
      trust: who.trust ?? 'known',
      joinedAt,
    });
    return {
      id,
      accountId: account.id,
      email: account.email,
      cookie: account.cookie,
      residenceId: residence.id,
      stairId,
    };
  };

  const mintInvitation = async (residenceId: string, kind: InvitationKind = 'poster') => {
    const code = formatInvitationCode(randomBytes(16));
    const parts = parseInvitationCode(code);
    if (!parts) throw new Error('a code of ours must be readable');
    const id = newId();
    await db.insert(schema.invitations).values({
      id,
      lookup: parts.lookup,
      secretHash: await app.hashing.hash(parts.secret),
      kind,
      residenceId,
      usesLeft: invitationUses[kind],
      expiresAt: new Date(deps.clock().getTime() + invitationLifeMs[kind]),
    });
    return { id, code };
  };

  /** A call as a browser of ours sends it: same origin, JSON, with the cookie given. */
  const call = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    options: {
      as?: { cookie: string } | undefined;
      body?: unknown;
      headers?: Record<string, string>;
      from?: string;
    } = {},
  ) => {
    const request: InjectOptions = {
      method,
      url: `/api${url}`,
      ...(options.from && { remoteAddress: options.from }),
      headers: {
        host: env.origin.host,
        origin: env.origin.origin,
        ...(options.as && { cookie: options.as.cookie }),
        ...options.headers,
      },
      ...(options.body !== undefined && { payload: options.body as object }),
    };
    const answer = await app.inject(request);
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      body: isJson ? answer.json() : undefined,
    };
  };

  return {
    app,
    deps,
    db,
    pool,
    env,
    dataDir,
    ownerUrl,
    appUrl,
    call,
    mintResidence,
    mintAccount,
    mintResident,
    mintInvitation,
  };
};
export type Harness = Awaited<ReturnType<typeof openHarness>>;
