CREATE TYPE "public"."cool_place_kind" AS ENUM('library', 'hall', 'park', 'pool', 'shop', 'other');--> statement-breakpoint
CREATE TABLE "cool_places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"commune" text NOT NULL,
	"kind" "cool_place_kind" NOT NULL,
	"name" text NOT NULL,
	"whereabouts" text NOT NULL,
	"hours" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "cool_places_commune" ON "cool_places" USING btree ("commune","name");