CREATE TYPE "public"."kit_paper" AS ENUM('kit', 'poster', 'slips', 'turns', 'checklist');--> statement-breakpoint
CREATE TYPE "public"."kit_slug" AS ENUM('heatwave', 'great-cold', 'epidemic', 'transport-strike', 'power-cut', 'flood', 'summer-of-neighbours', 'digital-neighbours', 'neighbours-day');--> statement-breakpoint
CREATE TABLE "kit_counters" (
	"process_id" uuid PRIMARY KEY NOT NULL,
	"batch" integer NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kit_downloads" (
	"day" date NOT NULL,
	"slug" "kit_slug" NOT NULL,
	"paper" "kit_paper" NOT NULL,
	"locale" "locale" NOT NULL,
	"commune" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "kit_downloads_slug_day_commune_paper_locale_pk" PRIMARY KEY("slug","day","commune","paper","locale")
);
