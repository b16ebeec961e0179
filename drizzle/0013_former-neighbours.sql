-- Whoever left was kept under a name in French; each reader now reads it in their own language.
update residents set display_name = U&'\E000' where account_id is null and display_name = 'Un ancien voisin' and joined_at = 'epoch';
--> statement-breakpoint
update accounts set display_name = U&'\E000' where email = id::text and display_name = 'Un ancien voisin';
