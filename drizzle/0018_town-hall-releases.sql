CREATE TABLE "boards" (
	"commune" text NOT NULL,
	"month" text NOT NULL,
	"people" integer,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "boards_commune_month_pk" PRIMARY KEY("commune","month")
);
--> statement-breakpoint
CREATE TABLE "outlines" (
	"commune" text PRIMARY KEY NOT NULL,
	"outline" text NOT NULL,
	"source" text NOT NULL,
	"licence" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"commune" text NOT NULL,
	"period" text NOT NULL,
	"number" integer NOT NULL,
	"body" text NOT NULL,
	"sha256" text NOT NULL,
	"report" jsonb NOT NULL,
	"built_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "releases_once" ON "releases" USING btree ("commune","period","number");--> statement-breakpoint
create trigger releases_append_only before update or delete or truncate on releases for each statement execute function refuse_change();
--> statement-breakpoint
do $$ begin
  if exists (select from pg_roles where rolname = 'palier_app') then
    revoke update, delete, truncate on releases from palier_app;
  end if;
end $$;
