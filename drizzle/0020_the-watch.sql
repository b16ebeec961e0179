CREATE TYPE "public"."day_part" AS ENUM('morning', 'midday', 'afternoon', 'evening');--> statement-breakpoint
CREATE TYPE "public"."watch_consent" AS ENUM('screen', 'slip');--> statement-breakpoint
CREATE TYPE "public"."watch_read_as" AS ENUM('reader', 'volunteer', 'slip');--> statement-breakpoint
CREATE TYPE "public"."watch_reading_kind" AS ENUM('list', 'entry', 'check', 'sheet', 'contacts', 'announcement');--> statement-breakpoint
CREATE TABLE "watch_contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"phone" text NOT NULL,
	CONSTRAINT "watch_contacts_places" CHECK ("watch_contacts"."place" between 1 and 2)
);
--> statement-breakpoint
ALTER TABLE "watch_contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"residence_id" uuid NOT NULL,
	"stair_id" uuid,
	"name" text NOT NULL,
	"floor" integer,
	"door" text NOT NULL,
	"top_floor" boolean NOT NULL,
	"phone" text NOT NULL,
	"part" "day_part" NOT NULL,
	"language" text NOT NULL,
	"consent" "watch_consent" NOT NULL,
	"consent_version" text NOT NULL,
	"consented_at" timestamp (3) with time zone NOT NULL,
	"lapses_at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"recorded_by" uuid,
	"signed_on" text,
	"signatory" text,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "watch_people_slip" CHECK (("watch_people"."consent" = 'slip') = ("watch_people"."signatory" is not null))
);
--> statement-breakpoint
ALTER TABLE "watch_people" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_reader_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"territory_id" uuid NOT NULL,
	"named_by" uuid NOT NULL,
	"named_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "watch_readers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"named_by" uuid NOT NULL,
	"named_at" timestamp (3) with time zone NOT NULL,
	"announced_at" timestamp (3) with time zone,
	"effective_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"refused_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "watch_readers_announced" CHECK (("watch_readers"."announced_at" is null) = ("watch_readers"."effective_at" is null))
);
--> statement-breakpoint
ALTER TABLE "watch_readers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_readings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"read_as" "watch_read_as" NOT NULL,
	"what" "watch_reading_kind" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "watch_readings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_volunteers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"territory_id" uuid NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by" uuid,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "watch_volunteers_accepted" CHECK (("watch_volunteers"."accepted_at" is null) = ("watch_volunteers"."accepted_by" is null))
);
--> statement-breakpoint
ALTER TABLE "watch_volunteers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "watch_contacts" ADD CONSTRAINT "watch_contacts_person_id_watch_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."watch_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_people" ADD CONSTRAINT "watch_people_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_people" ADD CONSTRAINT "watch_people_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_people" ADD CONSTRAINT "watch_people_stair_id_stairs_id_fk" FOREIGN KEY ("stair_id") REFERENCES "public"."stairs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_people" ADD CONSTRAINT "watch_people_recorded_by_accounts_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_reader_grants" ADD CONSTRAINT "watch_reader_grants_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_reader_grants" ADD CONSTRAINT "watch_reader_grants_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_reader_grants" ADD CONSTRAINT "watch_reader_grants_named_by_accounts_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_readers" ADD CONSTRAINT "watch_readers_person_id_watch_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."watch_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_readers" ADD CONSTRAINT "watch_readers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_readers" ADD CONSTRAINT "watch_readers_named_by_accounts_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_readings" ADD CONSTRAINT "watch_readings_person_id_watch_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."watch_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_readings" ADD CONSTRAINT "watch_readings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_volunteers" ADD CONSTRAINT "watch_volunteers_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_volunteers" ADD CONSTRAINT "watch_volunteers_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_volunteers" ADD CONSTRAINT "watch_volunteers_accepted_by_accounts_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "watch_contacts_place" ON "watch_contacts" USING btree ("person_id","place");--> statement-breakpoint
CREATE UNIQUE INDEX "watch_people_live" ON "watch_people" USING btree ("resident_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "watch_people_residence" ON "watch_people" USING btree ("residence_id");--> statement-breakpoint
CREATE UNIQUE INDEX "watch_reader_grants_live" ON "watch_reader_grants" USING btree ("account_id","territory_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "watch_readers_live" ON "watch_readers" USING btree ("person_id","account_id") WHERE refused_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "watch_readers_account" ON "watch_readers" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "watch_readings_person" ON "watch_readings" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "watch_readings_account" ON "watch_readings" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "watch_volunteers_live" ON "watch_volunteers" USING btree ("resident_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "watch_volunteers_territory" ON "watch_volunteers" USING btree ("territory_id");--> statement-breakpoint
CREATE VIEW "public"."watch_seats" AS (select "id", "residence_id", "joined_at", "lapses_at", "recorded_by" from "watch_people" where withdrawn_at is null);--> statement-breakpoint
create function watch_house() returns boolean language sql stable set search_path = pg_catalog as $$ select current_setting('palier.watch_house', true) = 'on' $$;--> statement-breakpoint
create function watch_account() returns uuid language sql stable set search_path = pg_catalog as $$ select nullif(current_setting('palier.watch_account', true), '')::uuid $$;--> statement-breakpoint
create function watch_resident() returns uuid language sql stable set search_path = pg_catalog as $$ select nullif(current_setting('palier.watch_resident', true), '')::uuid $$;--> statement-breakpoint
create function watch_now() returns timestamptz language sql stable set search_path = pg_catalog as $$ select coalesce(nullif(current_setting('palier.watch_now', true), '')::timestamptz, now()) $$;--> statement-breakpoint
-- Each of these says ids only, to whoever the transaction says it acts for; they look past the wall, so that no policy asks another.
create function watch_own() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select id from watch_people where resident_id = watch_resident() and withdrawn_at is null $$;--> statement-breakpoint
create function watch_read() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from watch_readers r join watch_people p on p.id = r.person_id
  where r.account_id = watch_account() and r.refused_at is null and r.ended_at is null and r.effective_at <= watch_now() and r.ends_at > watch_now()
    and p.withdrawn_at is null and p.lapses_at > watch_now() $$;--> statement-breakpoint
create function watch_recorded() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from watch_people p where p.recorded_by = watch_account() and p.withdrawn_at is null and p.lapses_at > watch_now()
    and (select count(*) from watch_readers r where r.person_id = p.id and r.refused_at is null and r.ended_at is null and r.ends_at > watch_now() and r.announced_at is not null) < 2 $$;--> statement-breakpoint
create function watch_territories() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select territory_id from role_grants where account_id = watch_account() and role = 'coordinator' and revoked_at is null $$;--> statement-breakpoint
create function watch_led() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from watch_people p join residences e on e.id = p.residence_id where p.withdrawn_at is null and e.territory_id in (select watch_territories()) $$;--> statement-breakpoint
do $$ begin
  if exists (select from pg_roles where rolname = 'palier_app') then
    revoke insert, update, delete on watch_seats from palier_app;
    revoke update on watch_readings from palier_app;
  end if;
end $$;--> statement-breakpoint
CREATE POLICY "house" ON "watch_contacts" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "own" ON "watch_contacts" AS PERMISSIVE FOR ALL TO public USING ("watch_contacts"."person_id" in (select "watch_own"()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_contacts" AS PERMISSIVE FOR SELECT TO public USING ("watch_contacts"."person_id" in (select "watch_read"()));--> statement-breakpoint
CREATE POLICY "house" ON "watch_people" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "own" ON "watch_people" AS PERMISSIVE FOR ALL TO public USING ("watch_people"."resident_id" = (select watch_resident()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_people" AS PERMISSIVE FOR SELECT TO public USING ("watch_people"."id" in (select "watch_read"()));--> statement-breakpoint
CREATE POLICY "recorder" ON "watch_people" AS PERMISSIVE FOR SELECT TO public USING ("watch_people"."id" in (select "watch_recorded"()));--> statement-breakpoint
CREATE POLICY "house" ON "watch_readers" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "own" ON "watch_readers" AS PERMISSIVE FOR ALL TO public USING ("watch_readers"."person_id" in (select "watch_own"()));--> statement-breakpoint
CREATE POLICY "named" ON "watch_readers" AS PERMISSIVE FOR SELECT TO public USING ("watch_readers"."account_id" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_readers" AS PERMISSIVE FOR SELECT TO public USING ("watch_readers"."person_id" in (select "watch_read"()));--> statement-breakpoint
CREATE POLICY "recorder" ON "watch_readers" AS PERMISSIVE FOR ALL TO public USING ("watch_readers"."person_id" in (select "watch_recorded"()));--> statement-breakpoint
CREATE POLICY "coordinator" ON "watch_readers" AS PERMISSIVE FOR ALL TO public USING ("watch_readers"."person_id" in (select "watch_led"()));--> statement-breakpoint
CREATE POLICY "house" ON "watch_readings" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "own" ON "watch_readings" AS PERMISSIVE FOR SELECT TO public USING ("watch_readings"."person_id" in (select "watch_own"()));--> statement-breakpoint
CREATE POLICY "by" ON "watch_readings" AS PERMISSIVE FOR SELECT TO public USING ("watch_readings"."account_id" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "written" ON "watch_readings" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("watch_readings"."account_id" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "house" ON "watch_volunteers" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "own" ON "watch_volunteers" AS PERMISSIVE FOR ALL TO public USING ("watch_volunteers"."resident_id" = (select watch_resident()));--> statement-breakpoint
CREATE POLICY "coordinator" ON "watch_volunteers" AS PERMISSIVE FOR ALL TO public USING ("watch_volunteers"."territory_id" in (select watch_territories()));