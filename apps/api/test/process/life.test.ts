import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { barMs, newDataDir, postmasterPid, runServer, until } from './run-server.ts';

const DATA_DIR = newDataDir();
const signIn = { email: 'resident-001@demo.palier.test', password: 'palier-demo' };

describe('a server over a DATA_DIR of its own', () => {
  test('first start: health at once, ready 503 with what is missing, then everything on one origin', async () => {
    const server = await runServer({ DATA_DIR, DEMO: 'on' });
    await until('health', async () => (await server.status('/api/health')) === 200);
    const early = await fetch(`${server.url}/api/ready`);
    expect([200, 503]).toContain(early.status);
    if (early.status === 503) expect(await early.json()).toMatchObject({ missing: expect.arrayContaining(['start']) });
    await server.ready();

    expect(await (await fetch(`${server.url}/api/ready`)).json()).toEqual({ bus: 'local' });
    expect((await server.post('/session', signIn)).status).toBe(204);
    expect((await fetch(`${server.url}/api/nowhere`)).headers.get('content-type')).toContain(
      'application/problem+json',
    );
    expect((await fetch(`${server.url}/api/health`)).headers.get('cache-control')).toBe('private, no-store');

    const codes = JSON.parse(readFileSync(join(DATA_DIR, 'demo-invitations.json'), 'utf8')) as Record<string, string>;
    expect(Object.keys(codes)).toHaveLength(18);
    const [[residenceId, code] = ['', '']] = Object.entries(codes);
    expect(await (await fetch(`${server.url}/api/invitations/${code}`)).json()).toMatchObject({
      residence: { id: residenceId },
    });
    for (const secret of readdirSync(DATA_DIR).filter((name) => /\.(key|json)$/.test(name)))
      expect(statSync(join(DATA_DIR, secret)).mode & 0o777, secret).toBe(0o600);

    const { code: status, ms } = await server.stop();
    expect(status).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(postmasterPid(DATA_DIR)).toBeNull();
    expect(server.output()).toContain(`Palier is ready: ${server.url}`);
    expect(server.output()).not.toMatch(/ERROR|FATAL/);
  });

  test('later starts are ready within 5 s, with what the first one made', async () => {
    const server = await runServer({ DATA_DIR, DEMO: 'on' });
    expect(await server.ready()).toBeLessThan(barMs(5_000));
    expect(server.output()).not.toContain('Loading the demo');
    expect((await server.post('/session', signIn)).status).toBe(204);
    await server.stop('SIGINT');
  });

  test('a connection that never speaks and a call under way do not hold the end back', async () => {
    const server = await runServer({ DATA_DIR, DEMO: 'on' });
    await server.ready();
    const mute = connect(server.port, '127.0.0.1');
    mute.on('error', () => undefined);
    await once(mute, 'connect');
    const signing = server.post('/session', signIn);
    const stopped = server.stop();
    const answered = await signing.then(
      (answer) => answer.status,
      () => 0,
    );
    expect([204, 503, 0]).toContain(answered); // served, or refused before it began; never left without an answer
    const { code, ms } = await stopped;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    mute.destroy();
  });

  test('kill -9 leaves nothing that prevents the next start; PostgreSQL killed under that one: 503, then everything works again without a restart', async () => {
    const first = await runServer({ DATA_DIR, DEMO: 'on' });
    await first.ready();
    await first.stop('SIGKILL');
    const server = await runServer({ DATA_DIR, DEMO: 'on' });
    await server.ready();
    expect((await server.post('/session', signIn)).status).toBe(204);
    const pid = postmasterPid(DATA_DIR);
    if (pid === null) throw new Error('no postmaster');
    process.kill(pid, 'SIGKILL');
    await until('503', async () => (await server.status('/api/ready')) === 503);
    expect((await server.post('/session', signIn)).status).toBe(503);
    await until('ready again', async () => (await server.status('/api/ready')) === 200);
    expect((await server.post('/session', signIn)).status).toBe(204);
    expect(postmasterPid(DATA_DIR)).not.toBe(pid);
    expect((await server.stop()).code).toBe(0);
  });
});

describe('a start that cannot be', () => {
  test('a busy port is one clear sentence, before anything is touched', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as { port: number };
    const empty = newDataDir();
    const server = await runServer({ DATA_DIR: empty, PORT: String(port) });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.output().trim()).toBe(
      `Palier cannot start: port ${port} is already in use on 127.0.0.1: stop what uses it, or choose another with PORT=…`,
    );
    expect(readdirSync(empty)).toEqual([]);
    busy.close();
  });

  test('settings that mean nothing are named', async () => {
    const server = await runServer({ DATA_DIR: newDataDir(), ORIGIN: 'here' });
    expect((await server.ended).code).toBe(1);
    expect(server.output()).toContain('ORIGIN');
  });

  test('two over one DATA_DIR, which only its owner can enter: the second says which process holds it', async () => {
    const shared = join(newDataDir(0o700), 'data');
    mkdirSync(shared, { mode: 0o700 });
    const first = await runServer({ DATA_DIR: shared, DEMO: 'off' });
    await first.ready();
    const second = await runServer({ DATA_DIR: shared, DEMO: 'off' });
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain(`another Palier (process ${first.child.pid})`);
    expect(await first.status('/api/ready')).toBe(200);
    expect((await first.stop()).code).toBe(0);
  });
});
