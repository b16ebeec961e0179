ALTER TYPE "public"."decision_reason" ADD VALUE 'not-ours' BEFORE 'not-examined';--> statement-breakpoint
DROP INDEX "cases_open";--> statement-breakpoint
CREATE UNIQUE INDEX "cases_open" ON "cases" USING btree ("subject","subject_id",(kind = 'arrival')) WHERE state = 'open';