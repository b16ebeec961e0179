CREATE TABLE "acting_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	"consent" "consent" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "hall_screens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"residence_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "post_copies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"post_id" uuid NOT NULL,
	"email" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "on_behalf_of" uuid;--> statement-breakpoint
ALTER TABLE "acting_sessions" ADD CONSTRAINT "acting_sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acting_sessions" ADD CONSTRAINT "acting_sessions_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hall_screens" ADD CONSTRAINT "hall_screens_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hall_screens" ADD CONSTRAINT "hall_screens_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_copies" ADD CONSTRAINT "post_copies_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "acting_sessions_open" ON "acting_sessions" USING btree ("account_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "acting_sessions_resident" ON "acting_sessions" USING btree ("resident_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "hall_screens_token" ON "hall_screens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "hall_screens_residence" ON "hall_screens" USING btree ("residence_id");--> statement-breakpoint
CREATE UNIQUE INDEX "post_copies_post" ON "post_copies" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "post_copies_created" ON "post_copies" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "audit_on_behalf" ON "audit" USING btree ("on_behalf_of","at") WHERE on_behalf_of is not null;