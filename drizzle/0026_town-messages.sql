CREATE TYPE "public"."town_purpose" AS ENUM('heat', 'cold', 'risk', 'cut', 'works', 'health', 'service', 'gathering', 'volunteers');--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'town';--> statement-breakpoint
CREATE TABLE "town_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"commune" text NOT NULL,
	"quarter" text,
	"quarter_number" integer,
	"purpose" "town_purpose" NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "useful_numbers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"commune" text NOT NULL,
	"label" text NOT NULL,
	"number" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cool_places" ADD COLUMN "lat" double precision;--> statement-breakpoint
ALTER TABLE "cool_places" ADD COLUMN "lon" double precision;--> statement-breakpoint
CREATE INDEX "town_messages_commune" ON "town_messages" USING btree ("commune","written_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "useful_numbers_commune" ON "useful_numbers" USING btree ("commune","label");