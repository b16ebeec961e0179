import { randomUUID } from 'node:crypto';
import type pg from 'pg';

type Author = { id: string; residenceId: string; cell: string; commune: string };

/** `seq`: below zero, so that no sequencer wakes for it, or null for one to be told. */
type Bare = { seq: number | null; postId?: string; category?: string; audience?: string };

/** What publishing a post cannot do without: its row, its outbox row and its audit row in one transaction. */
export const insertBare = async (
  pool: pg.Pool,
  author: Author,
  { seq, postId = randomUUID(), category = 'errands', audience = 'neighbourhood' }: Bare,
): Promise<string> => {
  const auditId = randomUUID();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({
      name: 'bare_post',
      text: `insert into posts (id, author_id, residence_id, commune, cell, kind, category, title, details, audience, state, created_at, updated_at, expires_at)
        values ($1, $2, $3, $4, $5, 'request', $6, 'Un pain et du lait', 'Je rembourse les courses.', $7, 'open', now(), now(), now() + interval '30 days')`,
      values: [postId, author.id, author.residenceId, author.commune, author.cell, category, audience],
    });
    await client.query({
      name: 'bare_audit',
      text: `insert into audit (id, at, actor_id, actor_role, action, subject, subject_id, residence_id, commune) values ($1, now(), $2, 'resident', 'post.create', 'post', $3, $4, $5)`,
      values: [auditId, author.id, postId, author.residenceId, author.commune],
    });
    await client.query({
      name: 'bare_outbox',
      text: `insert into outbox (seq, kind, change, post_id, cell, residence_id, commune, side_a, audit_id) values ($1, 'post', 'opened', $2, $3, $4, $5, $6, $7)`,
      values: [seq, postId, author.cell, author.residenceId, author.commune, author.id, auditId],
    });
    await client.query('commit');
    return postId;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    client.release();
  }
};
