CREATE TYPE "public"."notification_kind" AS ENUM('ask', 'interest', 'still-needed', 'expired');--> statement-breakpoint
CREATE TYPE "public"."ring" AS ENUM('stair', 'residence', 'near-300', 'near-1000', 'near-2000', 'commune');--> statement-breakpoint
CREATE TYPE "public"."telling_step" AS ENUM('stair', 'residence', 'near-300', 'near-1000', 'near-2000', 'commune', 'interests');--> statement-breakpoint
ALTER TYPE "public"."outbox_kind" ADD VALUE 'notification';--> statement-breakpoint
CREATE TABLE "ask_days" (
	"resident_id" uuid NOT NULL,
	"day" date NOT NULL,
	"told" integer NOT NULL,
	CONSTRAINT "ask_days_resident_id_day_pk" PRIMARY KEY("resident_id","day")
);
--> statement-breakpoint
CREATE TABLE "asks" (
	"post_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	"step" "telling_step" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "asks_post_id_resident_id_pk" PRIMARY KEY("post_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "interests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"category" "category" NOT NULL,
	"within_m" integer NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matches" (
	"request_id" uuid NOT NULL,
	"offer_id" uuid,
	"resident_id" uuid,
	"ring" "ring" NOT NULL,
	"score" real NOT NULL,
	"reasons" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ring_steps" (
	"post_id" uuid NOT NULL,
	"step" "telling_step" NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"told" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "ring_steps_post_id_step_pk" PRIMARY KEY("post_id","step")
);
--> statement-breakpoint
CREATE TABLE "tellings" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"chase_at" timestamp (3) with time zone,
	"chased_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" "notification_kind" NOT NULL,
	"post_id" uuid,
	"reasons" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "languages" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "asks_per_day" integer DEFAULT 3 NOT NULL;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "urgent_at_night" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "notification_id" uuid;--> statement-breakpoint
ALTER TABLE "ask_days" ADD CONSTRAINT "ask_days_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interests" ADD CONSTRAINT "interests_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_request_id_posts_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_offer_id_posts_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ring_steps" ADD CONSTRAINT "ring_steps_post_id_tellings_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."tellings"("post_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ask_days_day" ON "ask_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "asks_resident" ON "asks" USING btree ("resident_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "interests_once" ON "interests" USING btree ("resident_id","category");--> statement-breakpoint
CREATE UNIQUE INDEX "matches_offers" ON "matches" USING btree ("request_id","offer_id") WHERE offer_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "matches_residents" ON "matches" USING btree ("request_id","resident_id") WHERE resident_id is not null;--> statement-breakpoint
CREATE INDEX "matches_offer" ON "matches" USING btree ("offer_id") WHERE offer_id is not null;--> statement-breakpoint
CREATE INDEX "matches_resident" ON "matches" USING btree ("resident_id") WHERE resident_id is not null;--> statement-breakpoint
CREATE INDEX "ring_steps_due" ON "ring_steps" USING btree ("due_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "tellings_chase" ON "tellings" USING btree ("chase_at") WHERE chased_at is null and chase_at is not null;--> statement-breakpoint
CREATE INDEX "notifications_account" ON "notifications" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("account_id") WHERE read_at is null;--> statement-breakpoint
CREATE INDEX "notifications_created" ON "notifications" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("account_id","post_id","kind");