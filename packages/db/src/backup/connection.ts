import pg from 'pg';

/** Runs `work` in one transaction of the owner's, begun by `begin`, that may last: committed when it resolves, rolled back when it rejects. */
export const inOwnerTransaction = async <Result>(
  ownerUrl: string,
  begin: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'palier backup' });
  client.on('error', () => undefined); // the query under way rejects; unheard, the loss would end the process
  await client.connect();
  try {
    await client.query(begin);
    // Same bytes whatever the server's settings; no row may be hidden in silence.
    await client.query(`
      set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '10s';
      set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local extra_float_digits = 1;
      set local bytea_output = 'hex'; set local timezone = 'UTC'; set local row_security = off`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end(); // an open transaction ends with its connection
  }
};
