import type { Database, Transaction } from '@palier/db';
import { sql } from 'drizzle-orm';

type Wanted = { sides: readonly string[]; by: string | null; messageId: string | null };

/** The accounts of those sides of a conversation who are to hear of it: not whoever did it, nobody behind a block with them, and not who has read that message already. */
export const listToTell = async (
  db: Database | Transaction,
  conversationId: string,
  { sides, by, messageId }: Wanted,
): Promise<string[]> => {
  const { rows } = await db.execute<{ accountId: string }>(sql`
    select r.account_id as "accountId" from residents r
    where r.id = any(${`{${sides.join(',')}}`}::uuid[]) and r.account_id is not null and (${by}::uuid is null or r.id <> ${by}::uuid)
      and not exists (select from blocks b where (b.resident_id, b.blocked_id) in ((r.id, ${by}::uuid), (${by}::uuid, r.id)))
      and not exists (select from conversation_reads d join messages m on m.id = ${messageId}::uuid
        where d.conversation_id = ${conversationId} and d.resident_id = r.id and d.up_to >= m.created_at)`);
  return rows.map(({ accountId }) => accountId);
};
