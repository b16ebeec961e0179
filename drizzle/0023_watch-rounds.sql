CREATE TYPE "public"."check_outcome" AS ENUM('reached', 'needs-something', 'no-answer', 'emergency-called');--> statement-breakpoint
CREATE TYPE "public"."check_state" AS ENUM('due', 'claimed', 'reached', 'needs-something', 'no-answer', 'emergency-called', 'escalated', 'closed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."watch_ending" AS ENUM('reached', 'emergency-called', 'away', 'mistake');--> statement-breakpoint
CREATE TYPE "public"."watch_step" AS ENUM('contact-called', 'door-tried', 'town-hall-called', '15-called', '18-called');--> statement-breakpoint
CREATE TYPE "public"."watch_way" AS ENUM('bell', 'phone', 'neighbour');--> statement-breakpoint
ALTER TYPE "public"."outbox_kind" ADD VALUE 'watch';--> statement-breakpoint
CREATE TABLE "watch_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"check_id" uuid NOT NULL,
	"account_id" uuid,
	"way" "watch_way" NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"outcome" "check_outcome",
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "watch_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"day" date NOT NULL,
	"hour" integer NOT NULL,
	"colour" "weather_colour" NOT NULL,
	"state" "check_state" NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"escalates_at" timestamp (3) with time zone NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	"held_by" uuid,
	"held_until" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "watch_checks_claimed" CHECK (("watch_checks"."state" = 'claimed') = ("watch_checks"."held_until" is not null))
);
--> statement-breakpoint
ALTER TABLE "watch_checks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_escalations" (
	"check_id" uuid PRIMARY KEY NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"told" integer DEFAULT 0 NOT NULL,
	"tell_at" timestamp (3) with time zone,
	"acknowledged_by" uuid,
	"acknowledged_at" timestamp (3) with time zone,
	"ended_by" uuid,
	"ended_at" timestamp (3) with time zone,
	"ending" "watch_ending"
);
--> statement-breakpoint
ALTER TABLE "watch_escalations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watch_rounds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"territory_id" uuid NOT NULL,
	"department" text NOT NULL,
	"hazard" "weather_hazard" NOT NULL,
	"colour" "weather_colour" NOT NULL,
	"floor" "weather_colour",
	"since" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"opened_by" uuid,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	"was_calm" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watch_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"check_id" uuid NOT NULL,
	"account_id" uuid,
	"step" "watch_step" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "watch_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "watch_attempts" ADD CONSTRAINT "watch_attempts_check_id_watch_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."watch_checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_attempts" ADD CONSTRAINT "watch_attempts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_checks" ADD CONSTRAINT "watch_checks_round_id_watch_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."watch_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_checks" ADD CONSTRAINT "watch_checks_person_id_watch_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."watch_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_checks" ADD CONSTRAINT "watch_checks_held_by_accounts_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_escalations" ADD CONSTRAINT "watch_escalations_check_id_watch_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."watch_checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_escalations" ADD CONSTRAINT "watch_escalations_acknowledged_by_accounts_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_escalations" ADD CONSTRAINT "watch_escalations_ended_by_accounts_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_rounds" ADD CONSTRAINT "watch_rounds_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_rounds" ADD CONSTRAINT "watch_rounds_opened_by_accounts_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_rounds" ADD CONSTRAINT "watch_rounds_closed_by_accounts_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_steps" ADD CONSTRAINT "watch_steps_check_id_watch_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."watch_checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_steps" ADD CONSTRAINT "watch_steps_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "watch_attempts_check" ON "watch_attempts" USING btree ("check_id","claimed_at");--> statement-breakpoint
CREATE INDEX "watch_attempts_account" ON "watch_attempts" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "watch_checks_once" ON "watch_checks" USING btree ("person_id","day","hour");--> statement-breakpoint
CREATE INDEX "watch_checks_round" ON "watch_checks" USING btree ("round_id","due_at");--> statement-breakpoint
CREATE INDEX "watch_checks_open" ON "watch_checks" USING btree ("escalates_at") WHERE state in ('due', 'claimed', 'no-answer');--> statement-breakpoint
CREATE INDEX "watch_checks_held" ON "watch_checks" USING btree ("held_by") WHERE state = 'claimed';--> statement-breakpoint
CREATE INDEX "watch_checks_due" ON "watch_checks" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "watch_escalations_tell" ON "watch_escalations" USING btree ("tell_at") WHERE tell_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "watch_rounds_open" ON "watch_rounds" USING btree ("territory_id","department","hazard") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "watch_rounds_last" ON "watch_rounds" USING btree ("territory_id","department","hazard","opened_at");--> statement-breakpoint
CREATE INDEX "watch_steps_check" ON "watch_steps" USING btree ("check_id","at");--> statement-breakpoint
CREATE POLICY "house" ON "watch_attempts" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_attempts" AS PERMISSIVE FOR SELECT TO public USING (check_id in (select id from watch_checks));--> statement-breakpoint
CREATE POLICY "house" ON "watch_checks" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_checks" AS PERMISSIVE FOR SELECT TO public USING (person_id in (select watch_read()));--> statement-breakpoint
CREATE POLICY "house" ON "watch_escalations" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_escalations" AS PERMISSIVE FOR SELECT TO public USING (check_id in (select id from watch_checks));--> statement-breakpoint
CREATE POLICY "house" ON "watch_steps" AS PERMISSIVE FOR ALL TO public USING ((select watch_house())) WITH CHECK ((select watch_house()));--> statement-breakpoint
CREATE POLICY "reader" ON "watch_steps" AS PERMISSIVE FOR SELECT TO public USING (check_id in (select id from watch_checks));