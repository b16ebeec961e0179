ALTER TYPE "public"."outbox_kind" ADD VALUE 'insights';--> statement-breakpoint
CREATE TABLE "town_settings" (
	"commune" text PRIMARY KEY NOT NULL,
	"public_since" timestamp (3) with time zone,
	"hourly_cents" integer,
	"hourly_source" text,
	"hourly_set_at" timestamp (3) with time zone
);
