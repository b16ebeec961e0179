import type pg from 'pg';
import type { Keys } from '../keys.ts';
import { type AuditRow, hashAuditRow, hashLink, readTail } from '../live/index.ts';

/** What is wrong with the log, and where: the place in the chain, and the audit row, as far as they are known. */
export type AuditFault = {
  fault:
    | 'row-changed' // a byte of an audit row is not what was chained
    | 'row-removed' // a chained row is no longer there
    | 'row-unchained' // an old row that the chain does not hold
    | 'link-changed' // a link does not follow from the one before
    | 'link-removed' // a place of the chain is missing
    | 'tail-cut' // the chain ends before what was signed
    | 'tail-changed' // the signed link is not the one that was signed
    | 'tail-forged' // the signature is not ours
    | 'tail-absent'; // nothing was ever signed, or the file is gone
  seq: number | null;
  auditId: string | null;
};
export type AuditVerdict = { links: number; faults: AuditFault[] };

type ChainRow = { seq: string; chained_id: string; row_hash: string; prev_hash: string; hash: string } & (
  | AuditColumns
  | { id: null }
);
type AuditColumns = Omit<
  AuditRow,
  'actorId' | 'actorRole' | 'subjectId' | 'residenceId' | 'textHash' | 'onBehalfOf'
> & {
  actor_id: string | null;
  actor_role: string;
  subject_id: string | null;
  residence_id: string | null;
  text_hash: string | null;
  on_behalf_of: string | null;
};

const pageMax = 2_000;
const faultsMax = 100;
/** A row may wait this long for its link before it is missed: the sequencer was down, not the log rewritten. */
const chainedWithin = '5 minutes';

const rowOf = (row: AuditColumns): AuditRow => ({
  id: row.id,
  at: row.at,
  actorId: row.actor_id,
  actorRole: row.actor_role,
  action: row.action,
  subject: row.subject,
  subjectId: row.subject_id,
  residenceId: row.residence_id,
  commune: row.commune,
  reason: row.reason,
  textHash: row.text_hash,
  onBehalfOf: row.on_behalf_of,
});

const listLinks = async (pool: pg.Pool, after: number): Promise<ChainRow[]> =>
  (
    await pool.query<ChainRow>(
      `select c.seq, c.audit_id as chained_id, c.row_hash, c.prev_hash, c.hash,
        a.id, a.at, a.actor_id, a.actor_role, a.action, a.subject, a.subject_id, a.residence_id, a.commune, a.reason, a.text_hash, a.on_behalf_of
       from audit_chain c left join audit a on a.id = c.audit_id where c.seq > $1 order by c.seq limit $2`,
      [after, pageMax],
    )
  ).rows;

/**
 * Reads the whole log again and says whether it is what was written: every link from the first, every row it holds, the tail signed in `dataDir`, and rows that no link holds.
 * `faults` is empty when it is whole; at most 100 are listed, each with its place.
 */
export const verifyAudit = async ({
  pool,
  dataDir,
  keys,
}: {
  pool: pg.Pool;
  dataDir: string;
  keys: Pick<Keys, 'audit'>;
}): Promise<AuditVerdict> => {
  const faults: AuditFault[] = [];
  const blame = (fault: AuditFault['fault'], seq: number | null, auditId: string | null): void => {
    if (faults.length < faultsMax) faults.push({ fault, seq, auditId });
  };
  const tail = readTail(dataDir, keys.audit);
  let at = 0;
  let hash = '';
  let links = 0;
  let signedHash: string | null = null;
  for (let page = await listLinks(pool, 0); page.length > 0; page = await listLinks(pool, at))
    for (const link of page) {
      const seq = Number(link.seq);
      if (seq !== at + 1) blame('link-removed', at + 1, null);
      else if (link.prev_hash !== hash) blame('link-changed', seq, link.chained_id);
      if (link.hash !== hashLink(link.prev_hash, link.row_hash)) blame('link-changed', seq, link.chained_id);
      if (link.id === null) blame('row-removed', seq, link.chained_id);
      else if (hashAuditRow(rowOf(link)) !== link.row_hash) blame('row-changed', seq, link.id);
      if (typeof tail === 'object' && tail.seq === seq) signedHash = link.hash;
      [at, hash, links] = [seq, link.hash, links + 1];
    }
  if (tail === 'forged') blame('tail-forged', null, null);
  else if (tail === 'absent') {
    if (links > 0) blame('tail-absent', null, null);
  } else if (at < tail.seq) blame('tail-cut', tail.seq, null);
  else if (signedHash !== tail.hash) blame('tail-changed', tail.seq, null);
  const { rows } = await pool.query<{ id: string }>(
    `select a.id from audit a left join audit_chain c on c.audit_id = a.id where c.seq is null and a.at < now() - $1::interval order by a.at limit $2`,
    [chainedWithin, faultsMax],
  );
  for (const { id } of rows) blame('row-unchained', null, id);
  return { links, faults };
};
