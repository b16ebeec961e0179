import type { Transaction } from '@palier/db';
import { openFavoursMax } from '@palier/domain/favours';
import { sql } from 'drizzle-orm';
import { orAbsent } from '../errors.ts';
import { favourEvent, postEvent } from '../posts/index.ts';
import type { OutboxEvent } from '../record.ts';
import { lockPostOfFavour } from './favours.queries.ts';

type Restored = { helperId: string; beneficiaryId: string; state: 'accepted' | 'standby'; isFull: boolean };

/**
 * Takes back the release of a favour, where that is still possible: its post is open, or full and waiting for a back-up that this one was; nobody blocked the other, both still live
 * here, whoever answered has not answered again, nor promised as much as one may meanwhile. The post is locked.
 */
const claimBack = async (tx: Transaction, favourId: string, now: Date): Promise<Restored | undefined> => {
  const at = now.toISOString();
  const { rows } = await tx.execute<Restored>(sql`
    with released as (
      select f.*, p.kind, (case when p.state = 'open' then 'accepted' else 'standby' end)::favour_state as goal, p.taken + 1 >= p.helpers_needed as fills
      from favours f join posts p on p.id = f.post_id
      where f.id = ${favourId} and f.state = 'released' and p.expires_at > ${at}
        and (p.state = 'open' or (p.state = 'filled' and f.ended_at is null and not exists (select from favours s where s.post_id = p.id and s.state = 'standby')))
        and not exists (select from favours again where again.post_id = f.post_id and again.accepted_by = f.accepted_by and again.id <> f.id and again.created_at > f.created_at)),
    pair as materialized (
      select r.id, r.open_favours from released join residents r on r.id in (released.helper_id, released.beneficiary_id)
      where r.left_at is null and r.excluded_at is null order by r.id for no key update of r),
    checked as materialized (
      select count(*) = 2 and not is_blocked_among(array_agg(id)) and coalesce(bool_and(open_favours < ${openFavoursMax}) filter (where id = (select accepted_by from released where kind = 'request')), true) as may from pair),
    favour as (
      update favours f set state = released.goal, reason = null, ended_at = null, updated_at = ${at} from released, checked where f.id = released.id and checked.may
      returning f.post_id, f.accepted_by, f.helper_id, f.beneficiary_id, f.state),
    helper as (update residents r set open_favours = r.open_favours + 1 from favour, released where r.id = favour.accepted_by and released.kind = 'request'),
    place as (
      update posts p set taken = p.taken + 1, updated_at = ${at}, state = (case when released.fills then 'filled' else 'open' end)::post_state
      from favour, released where p.id = favour.post_id and favour.state = 'accepted')
    select favour.helper_id as "helperId", favour.beneficiary_id as "beneficiaryId", favour.state, released.fills as "isFull" from favour, released`);
  return rows[0];
};

/** Restores a favour that a decision released, once the decision is taken back; answers what the stream is told, or null when its place is gone. */
export const restoreFavour = async (
  tx: Transaction,
  { id, postId }: { id: string; postId: string },
  now: Date,
): Promise<OutboxEvent[] | null> => {
  const post = orAbsent(await lockPostOfFavour(tx, postId));
  const restored = await claimBack(tx, id, now);
  if (!restored) return null;
  const told = favourEvent({ id, ...restored }, postId, restored.state);
  return restored.state === 'standby' ? [told] : [postEvent(post, restored.isFull ? 'filled' : 'changed'), told];
};
