import type { FastifyBaseLogger } from 'fastify';
import { openHashing } from '../../accounts/index.ts';
import type { Env } from '../../env.ts';
import { openKeys } from '../../keys.ts';
import { loadDemo } from '../../operator/load-demo.ts';
import { openClosers } from '../closers.ts';
import { migrateStore } from '../database.ts';
import { type FrontDoor, openFrontDoor } from '../front-door.ts';
import { type Running, type Say, withPort } from '../start.ts';
import { openStore, type Store } from '../store.ts';
import { hasWeb } from '../web-mount.ts';
import { openBalancer } from './balancer.ts';
import { type Child, startChild } from './child.ts';

/** So many API processes keep their connections under 80 % of PostgreSQL's hundred. */
export const processesMax = 4;

/** The database at this version, with the demo in it on the first start: once, before any process looks at it. */
const prepareStore = async (env: Env, say: Say): Promise<Store> => {
  const store = await openStore(env, say);
  try {
    const keys = openKeys(env.dataDir, env.secret);
    await migrateStore(store, say);
    if (env.hasDemo)
      await loadDemo({
        appUrl: store.appUrl,
        dataDir: env.dataDir,
        keys,
        hashing: openHashing(),
        now: new Date(),
        say,
      });
    return store;
  } catch (error) {
    await store.stop();
    throw error;
  }
};

const startChildren = (env: Env, store: Store, door: FrontDoor, processes: number, say: Say) => {
  const reached = env.host === '0.0.0.0' || env.host === '::' ? '127.0.0.1' : env.host;
  const shared = {
    DATABASE_URL: store.appUrl,
    MIGRATIONS_DATABASE_URL: store.ownerUrl,
    DATA_DIR: env.dataDir,
    ORIGIN: env.origin.origin,
    TRUST_PROXY: ['127.0.0.1', env.trustProxy].filter(Boolean).join(','),
    API_URL: `http://${reached.includes(':') ? `[${reached}]` : reached}:${door.port}`,
  };
  const start = (name: string, role: Env['role']): Child =>
    startChild({ name, settings: { ...shared, ROLE: role }, say });
  return {
    api: Array.from({ length: processes }, (_, n) => start(`api ${n + 1}`, 'api')),
    web: hasWeb() ? [start('web', 'web')] : [],
    jobs: [start('jobs', 'jobs')],
  };
};

/**
 * Starts a deployment of several processes on this machine behind one origin: the database once, one process for the jobs, one for the pages and `processes` (1 to 4) for the API,
 * each started again when it ends. Rejects with a sentence for the operator, having stopped whatever it had started.
 */
export const startCluster =
  (processes: number) =>
  async (settings: Env, log: FastifyBaseLogger, say: Say): Promise<Running> => {
    const closers = openClosers((error) => log.error({ err: error }, 'closing'));
    const door = await openFrontDoor({ host: settings.host, port: settings.port }, () => ['processes']);
    closers.push(door.drain);
    const env = withPort(settings, door.port);
    try {
      const store = await prepareStore(env, say);
      closers.push(store.stop);
      const { api, web, jobs } = startChildren(env, store, door, processes, say);
      const children = [...api, ...web, ...jobs];
      const { starting } = door;
      const balancer = openBalancer({ api, web, keepsChain: env.trustProxy !== undefined, overloaded: starting });
      door.serverFactory(balancer.handle, {});
      door.server.on('upgrade', balancer.upgrade);
      closers.push(async () => {
        const drained = door.drain();
        await Promise.all(children.map((child) => child.stop()));
        balancer.close();
        await drained;
      });
      await Promise.all([...api, ...jobs].map(({ ready }) => ready));
      door.handOver();
      await Promise.all(web.map(({ ready }) => ready));
      for (const { name, pid } of children) say(`${name}: process ${pid()}`);
      return { origin: env.origin, port: door.port, stop: closers.close };
    } catch (error) {
      await closers.close();
      throw error;
    }
  };
