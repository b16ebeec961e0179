-- Nobody but the person sees the entry of whoever left their residence, or the product, from that moment on.
create function watch_is_there(resident uuid, residence uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from residents r where r.id = resident and r.residence_id = residence and r.left_at is null and r.excluded_at is null) $$;--> statement-breakpoint
create or replace function watch_read() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from watch_readers r join watch_people p on p.id = r.person_id
  where r.account_id = watch_account() and r.refused_at is null and r.ended_at is null and r.effective_at <= watch_now() and r.ends_at > watch_now()
    and p.withdrawn_at is null and p.lapses_at > watch_now() and watch_is_there(p.resident_id, p.residence_id) $$;--> statement-breakpoint
create or replace function watch_recorded() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from watch_people p where p.recorded_by = watch_account() and p.withdrawn_at is null and p.lapses_at > watch_now() and watch_is_there(p.resident_id, p.residence_id)
    and (select count(*) from watch_readers r where r.person_id = p.id and r.refused_at is null and r.ended_at is null and r.ends_at > watch_now() and r.announced_at is not null) < 2 $$;
