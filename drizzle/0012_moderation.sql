CREATE TYPE "public"."case_kind" AS ENUM('held', 'flagged', 'report', 'arrival');--> statement-breakpoint
CREATE TYPE "public"."case_state" AS ENUM('open', 'decided', 'appealed', 'closed');--> statement-breakpoint
CREATE TYPE "public"."case_subject" AS ENUM('post', 'message', 'resident');--> statement-breakpoint
CREATE TYPE "public"."decision_kind" AS ENUM('allow', 'ask-edit', 'hide', 'remove', 'warn', 'pause', 'exclude', 'reverse', 'uphold');--> statement-breakpoint
CREATE TYPE "public"."decision_reason" AS ENUM('in-order', 'insult', 'discrimination', 'harassment', 'payment', 'scam', 'private', 'danger', 'advert', 'repeated', 'not-examined', 'other');--> statement-breakpoint
CREATE TYPE "public"."report_reason" AS ENUM('insult', 'discrimination', 'harassment', 'payment', 'scam', 'private', 'danger', 'other');--> statement-breakpoint
ALTER TYPE "public"."outbox_kind" ADD VALUE 'case';--> statement-breakpoint
CREATE TABLE "appeals" (
	"decision_id" uuid PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"answer" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "appeals_outcome" CHECK ("appeals"."outcome" in ('upheld', 'reversed'))
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "case_kind" NOT NULL,
	"state" "case_state" DEFAULT 'open' NOT NULL,
	"subject" "case_subject" NOT NULL,
	"subject_id" uuid NOT NULL,
	"post_id" uuid,
	"about_id" uuid NOT NULL,
	"residence_id" uuid NOT NULL,
	"commune" text NOT NULL,
	"holds" text[] DEFAULT '{}' NOT NULL,
	"taken_by" uuid,
	"taken_until" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone,
	"escalated_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" "decision_kind" NOT NULL,
	"reason" "decision_reason" NOT NULL,
	"text" text NOT NULL,
	"days" integer,
	"data_protection" text,
	"decided_by" uuid,
	"decided_as" text NOT NULL,
	"before" jsonb DEFAULT '{"posts":[]}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"reversed_at" timestamp (3) with time zone,
	CONSTRAINT "decisions_days" CHECK (("decisions"."kind" = 'pause') = ("decisions"."days" is not null) and "decisions"."days" between 1 and 30),
	CONSTRAINT "decisions_protection" CHECK (("decisions"."kind" = 'exclude') = ("decisions"."data_protection" is not null))
);
--> statement-breakpoint
CREATE TABLE "kin" (
	"account_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kin_account_id_resident_id_pk" PRIMARY KEY("account_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"subject" "case_subject" NOT NULL,
	"subject_id" uuid NOT NULL,
	"reporter_id" uuid NOT NULL,
	"reason" "report_reason" NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "paused_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "excluded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "case_id" uuid;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_about_id_residents_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_taken_by_accounts_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kin" ADD CONSTRAINT "kin_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kin" ADD CONSTRAINT "kin_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_reporter_id_residents_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_open" ON "cases" USING btree ("subject","subject_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "cases_residence" ON "cases" USING btree ("residence_id","state","created_at");--> statement-breakpoint
CREATE INDEX "cases_about" ON "cases" USING btree ("about_id");--> statement-breakpoint
CREATE INDEX "cases_post" ON "cases" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "cases_waiting" ON "cases" USING btree ("state","updated_at") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "decisions_case" ON "decisions" USING btree ("case_id","created_at");--> statement-breakpoint
CREATE INDEX "kin_resident" ON "kin" USING btree ("resident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_once" ON "reports" USING btree ("subject","subject_id","reporter_id");--> statement-breakpoint
CREATE INDEX "reports_case" ON "reports" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "reports_reporter" ON "reports" USING btree ("reporter_id","created_at");