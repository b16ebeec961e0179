CREATE TYPE "public"."weather_colour" AS ENUM('green', 'yellow', 'orange', 'red');--> statement-breakpoint
CREATE TYPE "public"."weather_hazard" AS ENUM('heat', 'cold');--> statement-breakpoint
CREATE TYPE "public"."weather_problem" AS ENUM('away', 'busy', 'unreadable');--> statement-breakpoint
CREATE TABLE "weather_by_hand" (
	"territory_id" uuid NOT NULL,
	"department" text NOT NULL,
	"hazard" "weather_hazard" NOT NULL,
	"colour" "weather_colour" NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "weather_by_hand_territory_id_department_hazard_pk" PRIMARY KEY("territory_id","department","hazard")
);
--> statement-breakpoint
CREATE TABLE "weather_colours" (
	"department" text NOT NULL,
	"hazard" "weather_hazard" NOT NULL,
	"colour" "weather_colour" NOT NULL,
	"next" "weather_colour",
	"turns_at" timestamp (3) with time zone NOT NULL,
	"stated_at" timestamp (3) with time zone NOT NULL,
	"told" "weather_colour" DEFAULT 'green' NOT NULL,
	CONSTRAINT "weather_colours_department_hazard_pk" PRIMARY KEY("department","hazard")
);
--> statement-breakpoint
CREATE TABLE "weather_source" (
	"id" integer PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"failures" integer NOT NULL,
	"problem" "weather_problem",
	"issued_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "weather_source_one" CHECK ("weather_source"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "weather_by_hand" ADD CONSTRAINT "weather_by_hand_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE cascade ON UPDATE no action;