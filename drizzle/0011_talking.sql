CREATE TYPE "public"."quick_answer" AS ENUM('coming', 'ten-minutes', 'done');--> statement-breakpoint
ALTER TYPE "public"."outbox_kind" ADD VALUE 'conversation';--> statement-breakpoint
CREATE TABLE "conversation_reads" (
	"conversation_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	"up_to" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "conversation_reads_conversation_id_resident_id_pk" PRIMARY KEY("conversation_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"post_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"agreed_by" uuid,
	"agreed_at" timestamp (3) with time zone,
	"remind_at" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"quick" "quick_answer",
	"photo_id" uuid,
	"link_held" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shared_doors" (
	"favour_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"address" text NOT NULL,
	"floor" text DEFAULT '' NOT NULL,
	"door" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"shared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shared_doors_favour_id_owner_id_pk" PRIMARY KEY("favour_id","owner_id")
);
--> statement-breakpoint
ALTER TABLE "favours" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "conversation_reads" ADD CONSTRAINT "conversation_reads_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_reads" ADD CONSTRAINT "conversation_reads_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_proposed_by_residents_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_agreed_by_residents_id_fk" FOREIGN KEY ("agreed_by") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_doors" ADD CONSTRAINT "shared_doors_favour_id_favours_id_fk" FOREIGN KEY ("favour_id") REFERENCES "public"."favours"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_doors" ADD CONSTRAINT "shared_doors_owner_id_residents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_reads_resident" ON "conversation_reads" USING btree ("resident_id");--> statement-breakpoint
CREATE INDEX "conversations_post" ON "conversations" USING btree ("post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_id" ON "meetings" USING btree ("id");--> statement-breakpoint
CREATE INDEX "meetings_due" ON "meetings" USING btree ("remind_at") WHERE reminded_at is null and remind_at is not null;--> statement-breakpoint
CREATE INDEX "messages_conversation" ON "messages" USING btree ("conversation_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "messages_author" ON "messages" USING btree ("author_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "messages_photo" ON "messages" USING btree ("photo_id") WHERE photo_id is not null;--> statement-breakpoint
CREATE INDEX "photos_conversation" ON "photos" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "photos_author" ON "photos" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "shared_doors_owner" ON "shared_doors" USING btree ("owner_id");--> statement-breakpoint
-- An accepted favour that ends says when, whoever ends it: doors, conversations and what is kept count from there.
CREATE FUNCTION "favour_ended"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  new.ended_at := coalesce(new.ended_at, new.updated_at);
  return new;
end $$;--> statement-breakpoint
CREATE TRIGGER "favours_ended" BEFORE UPDATE OF "state" ON "favours" FOR EACH ROW WHEN (old.state = 'accepted' and new.state <> 'accepted') EXECUTE FUNCTION "favour_ended"();--> statement-breakpoint
CREATE TRIGGER "favours_written_ended" BEFORE INSERT ON "favours" FOR EACH ROW WHEN (new.state in ('done', 'declined', 'no-show')) EXECUTE FUNCTION "favour_ended"();--> statement-breakpoint
UPDATE "favours" SET "ended_at" = coalesce("thanked_at", "updated_at") WHERE "state" in ('done', 'declined', 'no-show') AND "ended_at" is null;
