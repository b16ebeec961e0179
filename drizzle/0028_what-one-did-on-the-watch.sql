CREATE POLICY "by" ON "watch_attempts" AS PERMISSIVE FOR SELECT TO public USING ("watch_attempts"."account_id" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "own" ON "watch_checks" AS PERMISSIVE FOR SELECT TO public USING (person_id in (select watch_own()));--> statement-breakpoint
CREATE POLICY "by" ON "watch_checks" AS PERMISSIVE FOR SELECT TO public USING ("watch_checks"."held_by" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "by" ON "watch_escalations" AS PERMISSIVE FOR SELECT TO public USING ("watch_escalations"."acknowledged_by" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "ender" ON "watch_escalations" AS PERMISSIVE FOR SELECT TO public USING ("watch_escalations"."ended_by" = (select watch_account()));--> statement-breakpoint
CREATE POLICY "by" ON "watch_steps" AS PERMISSIVE FOR SELECT TO public USING ("watch_steps"."account_id" = (select watch_account()));