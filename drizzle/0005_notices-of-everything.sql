ALTER TYPE "public"."notification_kind" ADD VALUE 'answered';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'outcome';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'message';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'meeting';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'reminder';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'decision';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'case';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'act';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'account';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'watch';--> statement-breakpoint
DROP INDEX "notifications_once";--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "favour_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "case_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "turn" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_favour_id_favours_id_fk" FOREIGN KEY ("favour_id") REFERENCES "public"."favours"("id") ON DELETE cascade ON UPDATE no action NOT VALID;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_talk" ON "notifications" USING btree ("account_id","conversation_id","kind") WHERE conversation_id is not null and read_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("account_id",coalesce(case_id, favour_id, post_id),"kind","turn") WHERE conversation_id is null;