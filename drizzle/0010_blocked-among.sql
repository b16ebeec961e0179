-- Whether a block stands between any two of these residents, as committed when it is asked and not when the statement around it began:
-- volatile, so that it reads a fresh snapshot once the statement has locked the residents.
create function is_blocked_among(ids uuid[]) returns boolean language plpgsql volatile as $$
begin
  return exists (select from blocks where resident_id = any(ids) and blocked_id = any(ids));
end $$;
