import pg from 'pg';
import { atMost, mustBeNone } from '../finding.ts';
import { checkHistory } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting } from '../rig/wait.ts';
import type { Fault } from '../scenario.ts';

const perSecond = 5;

/** F3: five of the application's database connections ended every second, whichever; each may cost the call it served, and nothing else. */
export const killBackends: Fault = async ({ store, dataDir, readers, authors, helpersOf }, { scale, isSmall }) => {
  const node = await startNode(dataDir, store);
  const pid = node.pid();
  const history = new History();
  const clients = await openClients(readers, () => ({ url: node.origin, origin: node.origin }));
  const admin = new pg.Client({ connectionString: store.adminUrl, application_name: 'nightly' });
  await admin.connect();
  try {
    let isOver = false;
    const writing = writeSteadily(history, {
      origins: [node.origin],
      authors,
      perSecond: isSmall ? 40 : 150 * scale,
      isOver: () => isOver,
      helpers: helpersOf,
    });
    const seconds = isSmall ? 4 : 60;
    let ended = 0;
    for (let n = 0; n < seconds * perSecond; n += 1) {
      await lasting(1_000 / perSecond);
      const { rowCount } = await admin.query(
        `select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename = 'palier_app' and application_name like 'palier %' order by random() limit 1) as any_one`,
      );
      ended += rowCount ?? 0;
    }
    isOver = true;
    await writing;
    const { findings } = await checkHistory('F3', store.appUrl, history, clients);
    const errors = history.statuses.filter((status) => status === null || status >= 500).length;
    return [
      ...findings,
      mustBeNone('F3', 'processes that ended', node.isAlive() && node.pid() === pid ? 0 : 1),
      atMost(
        'F3',
        `calls answered 5xx, of ${history.statuses.length}, while ${ended} connections were ended`,
        errors,
        '',
        ended,
      ),
    ];
  } finally {
    await admin.end();
    for (const client of clients) client.close();
    await node.stop();
  }
};
