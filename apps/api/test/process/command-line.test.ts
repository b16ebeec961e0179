import { describe, expect, test } from 'vitest';
import { newDataDir, runCommand, runServer } from './run-server.ts';

describe('the operator’s command line', () => {
  test('beside a running server: from a territory to a neighbour who enters, and to staff who sign in', async () => {
    const DATA_DIR = newDataDir();
    const server = await runServer({ DATA_DIR, DEMO: 'off' });
    await server.ready();
    const run = (...words: string[]) => runCommand({ DATA_DIR, ORIGIN: server.url }, ...words);
    const territory = await run('territory', 'create', 'Les Deux Rives');
    expect(territory).toMatchObject({ code: 0, said: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const place = [
      '--commune',
      '01173',
      '--name',
      'Les Essais',
      '--address',
      '1 rue des Essais',
      '--lat',
      '46.3314',
      '--lon',
      '6.0604',
      '--homes',
      '24',
    ];
    const residence = await run('residence', 'create', '--territory', territory.said, ...place, '--stairs', 'A, B');
    expect(residence).toMatchObject({ code: 0, said: expect.stringMatching(/^[0-9a-f-]{36}$/) });

    const poster = await run('invitation', 'create', residence.said);
    const [code = '', link = ''] = poster.said.split('  ');
    expect(link).toBe(`${server.url}/entrer?code=${code}`);
    const opened = (await (await fetch(`${server.url}/api/invitations/${code}`)).json()) as {
      residence: { id: string; name: string };
      stairs: { name: string }[];
    };
    expect(opened).toMatchObject({
      residence: { id: residence.said, name: 'Les Essais', communeName: 'Gex' },
      stairs: [{ name: 'A' }, { name: 'B' }],
    });
    const entered = await server.post('/residents', {
      code,
      displayName: 'Camille',
      email: 'camille@example.test',
      password: 'une phrase de voisins',
      adult: true,
    });
    expect(entered.status).toBe(201);
    expect(await entered.json()).toMatchObject({ resident: { trust: 'new', residence: { id: residence.said } } });

    expect((await run('invitation', 'revoke', code.slice(0, 4))).code).toBe(0);
    expect((await fetch(`${server.url}/api/invitations/${code}`)).status).toBe(404);
    const listed = await run('invitation', 'list', residence.said);
    expect(listed.said).toContain('revoked');
    expect(listed.said).not.toContain(code);

    const coordinator = await run(
      'account',
      'create',
      '--role',
      'coordinator',
      '--email',
      'Maud@example.test',
      '--name',
      'Maud',
      '--territory',
      territory.said,
    );
    const password = /password: (\S+)/.exec(coordinator.said)?.[1];
    const session = await server.post('/session', { email: 'maud@example.test', password });
    expect(session.status).toBe(204);
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await (await fetch(`${server.url}/api/me`, { headers: { cookie } })).json()).toMatchObject({
      roles: [{ role: 'coordinator', territoryId: territory.said }],
    });
    const again = await run('commune', 'office', '01173', '--email', 'maud@example.test', '--name', 'Maud');
    expect(again.code).toBe(0);
    expect(again.said).not.toContain('password');

    const log = await run('verify-audit');
    expect(log).toMatchObject({ code: 0, said: expect.stringContaining('the log is whole') });
    expect(server.output()).not.toContain(code);
    expect(server.output()).not.toContain(String(password));
    await server.stop();
  });

  test('with no server: starts the database for the command alone, backs it up, and restores it elsewhere', async () => {
    const [from, to] = [newDataDir(), newDataDir()];
    const territory = await runCommand({ DATA_DIR: from }, 'territory', 'create', 'Les Deux Rives');
    expect(territory.code).toBe(0);
    const archive = await runCommand({ DATA_DIR: from }, 'backup', '--keep', '35d');
    expect(archive).toMatchObject({ code: 0, said: expect.stringMatching(/\.tar\.gz$/) });
    const restored = await runCommand({ DATA_DIR: to }, 'restore', archive.said);
    expect(restored).toMatchObject({ code: 0, said: expect.stringMatching(/^restored: \d+ rows/) });
    const listed = await runCommand({ DATA_DIR: to }, 'territory', 'list');
    expect(listed.said).toBe(`${territory.said}  residences: 0  Les Deux Rives`);
    expect(await runCommand({ DATA_DIR: to }, 'verify-audit')).toMatchObject({
      code: 0,
      said: 'the log is whole: 3 links',
    });
    expect((await runCommand({ DATA_DIR: to }, 'restore', archive.said)).told).toContain(
      'restore wants a database just migrated',
    );
  });

  test('what cannot be done is a sentence and a status, and --help works everywhere', async () => {
    const DATA_DIR = newDataDir();
    const help = await runCommand({ DATA_DIR }, '--help');
    expect(help.code).toBe(0);
    for (const command of [
      'territory',
      'commune',
      'residence',
      'account',
      'invitation',
      'backup',
      'restore',
      'verify-audit',
      'demo',
      'migrate',
    ])
      expect(help.said).toContain(`\n  ${command}`);
    expect((await runCommand({ DATA_DIR }, 'invitation', 'create', '--help')).said).toContain('--kind');
    expect((await runCommand({ DATA_DIR }, 'nothing')).code).toBe(1);
    expect(await runCommand({ DATA_DIR }, 'demo', '--towns', 'many')).toMatchObject({
      code: 2,
      told: expect.stringContaining('many is not a whole number'),
    });
  });
});
