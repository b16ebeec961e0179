ALTER TYPE "public"."notification_kind" ADD VALUE 'series' BEFORE 'still-needed';--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"resident_id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series_skips" (
	"series_id" uuid NOT NULL,
	"date" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "series_skips_series_id_date_pk" PRIMARY KEY("series_id","date")
);
--> statement-breakpoint
CREATE TABLE "series_standings" (
	"series_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	"theirs_at" timestamp (3) with time zone,
	"authors_at" timestamp (3) with time zone,
	CONSTRAINT "series_standings_series_id_resident_id_pk" PRIMARY KEY("series_id","resident_id")
);
--> statement-breakpoint
DROP INDEX "favours_once";--> statement-breakpoint
ALTER TABLE "favours" ADD COLUMN "excuse" text;--> statement-breakpoint
ALTER TABLE "favours" ADD COLUMN "excused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "favours" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "series" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "series" ADD COLUMN "details" text;--> statement-breakpoint
ALTER TABLE "series" ADD COLUMN "helpers_needed" integer;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_skips" ADD CONSTRAINT "series_skips_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_standings" ADD CONSTRAINT "series_standings_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_standings" ADD CONSTRAINT "series_standings_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_token" ON "calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "series_standings_one" ON "series_standings" USING btree ("series_id") WHERE theirs_at is not null and authors_at is not null;--> statement-breakpoint
CREATE INDEX "series_standings_resident" ON "series_standings" USING btree ("resident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "favours_once" ON "favours" USING btree ("post_id","accepted_by") WHERE state in ('standby', 'accepted', 'done', 'declined') or (state = 'no-show' and excused_at is null);