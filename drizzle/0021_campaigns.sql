CREATE TABLE "campaign_boards" (
	"campaign_id" uuid NOT NULL,
	"commune" text NOT NULL,
	"done" integer,
	"people" integer,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "campaign_boards_campaign_id_commune_pk" PRIMARY KEY("campaign_id","commune")
);
--> statement-breakpoint
CREATE TABLE "campaign_tasks" (
	"campaign_id" uuid NOT NULL,
	"residence_id" uuid NOT NULL,
	"task" text NOT NULL,
	"post_id" uuid,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "campaign_tasks_campaign_id_residence_id_task_pk" PRIMARY KEY("campaign_id","residence_id","task")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kit" "kit_slug" NOT NULL,
	"commune" text,
	"territory_id" uuid,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "campaigns_place" CHECK (("campaigns"."commune" is null) <> ("campaigns"."territory_id" is null)),
	CONSTRAINT "campaigns_days" CHECK ("campaigns"."first_day" <= "campaigns"."last_day")
);
--> statement-breakpoint
ALTER TABLE "campaign_boards" ADD CONSTRAINT "campaign_boards_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_tasks" ADD CONSTRAINT "campaign_tasks_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_tasks" ADD CONSTRAINT "campaign_tasks_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_tasks" ADD CONSTRAINT "campaign_tasks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_tasks_post" ON "campaign_tasks" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "campaigns_commune" ON "campaigns" USING btree ("commune","last_day");--> statement-breakpoint
CREATE INDEX "campaigns_territory" ON "campaigns" USING btree ("territory_id","last_day");