-- French full-text search without accents, and trigrams for typing errors: both extensions are trusted, the owner makes them.
create extension if not exists unaccent;
--> statement-breakpoint
create extension if not exists pg_trgm;
--> statement-breakpoint
create text search configuration public.palier_fr (copy = pg_catalog.french);
--> statement-breakpoint
alter text search configuration public.palier_fr alter mapping for hword, hword_part, word with unaccent, french_stem;
--> statement-breakpoint
CREATE TYPE "public"."audience" AS ENUM('stair', 'residence', 'neighbourhood', 'commune');--> statement-breakpoint
CREATE TYPE "public"."category" AS ENUM('errands', 'heat-check', 'repair', 'heavy-lifting', 'transport', 'digital', 'paperwork', 'company', 'childcare', 'schoolwork', 'pets', 'garden', 'lending', 'cooking', 'sewing', 'other');--> statement-breakpoint
CREATE TYPE "public"."favour_state" AS ENUM('standby', 'accepted', 'done', 'withdrawn', 'declined', 'no-show', 'released');--> statement-breakpoint
CREATE TYPE "public"."invitation_kind" AS ENUM('poster', 'slip', 'letter');--> statement-breakpoint
CREATE TYPE "public"."locale" AS ENUM('fr', 'en');--> statement-breakpoint
CREATE TYPE "public"."outbox_kind" AS ENUM('post', 'favour', 'block', 'rights', 'residence', 'audit');--> statement-breakpoint
CREATE TYPE "public"."post_kind" AS ENUM('request', 'offer');--> statement-breakpoint
CREATE TYPE "public"."post_state" AS ENUM('held', 'open', 'filled', 'done', 'withdrawn', 'expired', 'removed');--> statement-breakpoint
CREATE TYPE "public"."repeat_every" AS ENUM('week', 'two-weeks', 'month');--> statement-breakpoint
CREATE TYPE "public"."staff_role" AS ENUM('referent', 'coordinator', 'officer');--> statement-breakpoint
CREATE TYPE "public"."trust" AS ENUM('new', 'known', 'trusted');--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"email_confirmed_at" timestamp (3) with time zone,
	"password_hash" text NOT NULL,
	"display_name" text NOT NULL,
	"locale" "locale" DEFAULT 'fr' NOT NULL,
	"large_text" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "attempts_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "blocks" (
	"resident_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blocks_resident_id_blocked_id_pk" PRIMARY KEY("resident_id","blocked_id"),
	CONSTRAINT "blocks_other" CHECK ("blocks"."resident_id" <> "blocks"."blocked_id")
);
--> statement-breakpoint
CREATE TABLE "email_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"email" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lookup" text NOT NULL,
	"secret_hash" text NOT NULL,
	"kind" "invitation_kind" NOT NULL,
	"residence_id" uuid NOT NULL,
	"uses_left" integer,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitations_uses" CHECK ("invitations"."uses_left" >= 0)
);
--> statement-breakpoint
CREATE TABLE "residents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid,
	"residence_id" uuid NOT NULL,
	"stair_id" uuid,
	"floor" integer,
	"display_name" text NOT NULL,
	"trust" "trust" NOT NULL,
	"skills" text[] DEFAULT '{}' NOT NULL,
	"availability" text[] DEFAULT '{}' NOT NULL,
	"radius_m" integer DEFAULT 2000 NOT NULL,
	"open_favours" integer DEFAULT 0 NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"joined_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "residents_open_favours" CHECK ("residents"."open_favours" >= 0)
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"role" "staff_role" NOT NULL,
	"residence_id" uuid,
	"territory_id" uuid,
	"commune" text,
	"granted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "role_grants_place" CHECK (("role_grants"."role" = 'referent') = ("role_grants"."residence_id" is not null) and ("role_grants"."role" = 'coordinator') = ("role_grants"."territory_id" is not null) and ("role_grants"."role" = 'officer') = ("role_grants"."commune" is not null))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid,
	"residence_id" uuid,
	"commune" text,
	"reason" text,
	"text_hash" text
);
--> statement-breakpoint
CREATE TABLE "audit_chain" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"audit_id" uuid NOT NULL,
	"row_hash" text NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "favours" (
	"id" uuid PRIMARY KEY NOT NULL,
	"post_id" uuid NOT NULL,
	"commune" text NOT NULL,
	"author_id" uuid NOT NULL,
	"accepted_by" uuid NOT NULL,
	"helper_id" uuid NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"state" "favour_state" NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"reason" text,
	"minutes" integer,
	"thanks" text,
	"thanked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "answers_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"seq" bigint,
	"kind" "outbox_kind" NOT NULL,
	"change" text NOT NULL,
	"post_id" uuid,
	"favour_id" uuid,
	"cell" text,
	"residence_id" uuid,
	"commune" text,
	"side_a" uuid,
	"side_b" uuid,
	"audit_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stream_head" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"seq" bigint NOT NULL,
	"fence" bigint NOT NULL,
	"holder_pid" integer,
	"lease_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "residence_places" (
	"residence_id" uuid PRIMARY KEY NOT NULL,
	"lat" double precision NOT NULL,
	"lon" double precision NOT NULL,
	"address" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"territory_id" uuid NOT NULL,
	"commune" text NOT NULL,
	"name" text NOT NULL,
	"homes" integer NOT NULL,
	"cell" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "residences_homes" CHECK ("residences"."homes" between 1 and 5000),
	CONSTRAINT "residences_commune_code" CHECK (length("residences"."commune") = 5)
);
--> statement-breakpoint
CREATE TABLE "stairs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"residence_id" uuid NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "territories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_beneficiaries" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"consent" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"author_id" uuid NOT NULL,
	"residence_id" uuid NOT NULL,
	"stair_id" uuid,
	"commune" text NOT NULL,
	"cell" text NOT NULL,
	"kind" "post_kind" NOT NULL,
	"category" "category" NOT NULL,
	"title" text NOT NULL,
	"details" text DEFAULT '' NOT NULL,
	"audience" "audience" NOT NULL,
	"helpers_needed" integer DEFAULT 1 NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"urgent_until" timestamp (3) with time zone,
	"window_from" timestamp (3) with time zone,
	"window_to" timestamp (3) with time zone,
	"state" "post_state" NOT NULL,
	"end_reason" text,
	"hall" boolean DEFAULT false NOT NULL,
	"on_behalf" boolean DEFAULT false NOT NULL,
	"series_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('public.palier_fr'::regconfig, title || ' ' || details)) STORED,
	CONSTRAINT "posts_taken" CHECK ("posts"."taken" between 0 and "posts"."helpers_needed"),
	CONSTRAINT "posts_filled" CHECK ("posts"."state" <> 'open' or "posts"."taken" < "posts"."helpers_needed"),
	CONSTRAINT "posts_window" CHECK (("posts"."window_from" is null) = ("posts"."window_to" is null) and "posts"."window_from" < "posts"."window_to")
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" uuid PRIMARY KEY NOT NULL,
	"author_id" uuid NOT NULL,
	"every" "repeat_every" NOT NULL,
	"first_from" timestamp (3) with time zone NOT NULL,
	"first_to" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"made_until" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_blocked_id_residents_id_fk" FOREIGN KEY ("blocked_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_tokens" ADD CONSTRAINT "email_tokens_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_stair_id_stairs_id_fk" FOREIGN KEY ("stair_id") REFERENCES "public"."stairs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favours" ADD CONSTRAINT "favours_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favours" ADD CONSTRAINT "favours_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favours" ADD CONSTRAINT "favours_accepted_by_residents_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favours" ADD CONSTRAINT "favours_helper_id_residents_id_fk" FOREIGN KEY ("helper_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favours" ADD CONSTRAINT "favours_beneficiary_id_residents_id_fk" FOREIGN KEY ("beneficiary_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_places" ADD CONSTRAINT "residence_places_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residences" ADD CONSTRAINT "residences_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stairs" ADD CONSTRAINT "stairs_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_beneficiaries" ADD CONSTRAINT "post_beneficiaries_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_stair_id_stairs_id_fk" FOREIGN KEY ("stair_id") REFERENCES "public"."stairs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email" ON "accounts" USING btree ("email");--> statement-breakpoint
CREATE INDEX "attempts_window" ON "attempts" USING btree ("window_start");--> statement-breakpoint
CREATE INDEX "blocks_blocked" ON "blocks" USING btree ("blocked_id");--> statement-breakpoint
CREATE INDEX "email_tokens_account" ON "email_tokens" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_lookup" ON "invitations" USING btree ("lookup");--> statement-breakpoint
CREATE INDEX "invitations_residence" ON "invitations" USING btree ("residence_id");--> statement-breakpoint
CREATE UNIQUE INDEX "residents_account" ON "residents" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "residents_residence" ON "residents" USING btree ("residence_id");--> statement-breakpoint
CREATE INDEX "role_grants_account" ON "role_grants" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "role_grants_residence" ON "role_grants" USING btree ("residence_id");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_residence" ON "audit" USING btree ("residence_id","at");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_audit" ON "audit_chain" USING btree ("audit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "favours_once" ON "favours" USING btree ("post_id","accepted_by") WHERE state in ('standby', 'accepted', 'done', 'declined', 'no-show');--> statement-breakpoint
CREATE UNIQUE INDEX "favours_standby" ON "favours" USING btree ("post_id") WHERE state = 'standby';--> statement-breakpoint
CREATE INDEX "favours_helper" ON "favours" USING btree ("helper_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "favours_beneficiary" ON "favours" USING btree ("beneficiary_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "favours_commune" ON "favours" USING btree ("commune","updated_at");--> statement-breakpoint
CREATE INDEX "answers_created" ON "answers" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_seq" ON "outbox" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE seq is null;--> statement-breakpoint
CREATE INDEX "residences_cell" ON "residences" USING btree ("cell");--> statement-breakpoint
CREATE INDEX "residences_commune" ON "residences" USING btree ("commune");--> statement-breakpoint
CREATE UNIQUE INDEX "stairs_name" ON "stairs" USING btree ("residence_id","name");--> statement-breakpoint
CREATE INDEX "posts_cell" ON "posts" USING btree ("cell","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE state = 'open' and audience in ('neighbourhood', 'commune');--> statement-breakpoint
CREATE INDEX "posts_cell_category" ON "posts" USING btree ("cell","category","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE state = 'open' and audience in ('neighbourhood', 'commune');--> statement-breakpoint
CREATE INDEX "posts_residence" ON "posts" USING btree ("residence_id","created_at" DESC NULLS FIRST) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "posts_expires" ON "posts" USING btree ("expires_at") WHERE state in ('held', 'open', 'filled');--> statement-breakpoint
insert into stream_head (id, seq, fence) values (1, 0, 0);
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'append-only' using errcode = 'insufficient_privilege'; end $$;
--> statement-breakpoint
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();
--> statement-breakpoint
create trigger audit_chain_append_only before update or delete or truncate on audit_chain for each statement execute function refuse_change();
--> statement-breakpoint
do $$ begin
  if exists (select from pg_roles where rolname = 'palier_app') then
    revoke update, delete, truncate on audit, audit_chain from palier_app;
    revoke insert, delete, truncate on stream_head from palier_app;
    grant usage on schema drizzle to palier_app;
    revoke insert, update, delete, truncate on drizzle.__drizzle_migrations from palier_app;
    grant select on drizzle.__drizzle_migrations to palier_app;
  end if;
end $$;
