CREATE TYPE "public"."consent" AS ENUM('spoken', 'written');--> statement-breakpoint
CREATE TYPE "public"."residence_mode" AS ENUM('moderated', 'screened', 'open');--> statement-breakpoint
CREATE TYPE "public"."trust_source" AS ENUM('invitation', 'referent', 'neighbours', 'favours');--> statement-breakpoint
ALTER TYPE "public"."invitation_kind" ADD VALUE 'neighbour';--> statement-breakpoint
CREATE TABLE "charter_signatures" (
	"resident_id" uuid NOT NULL,
	"residence_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "charter_signatures_resident_id_residence_id_version_pk" PRIMARY KEY("resident_id","residence_id","version")
);
--> statement-breakpoint
CREATE TABLE "charters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"residence_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"review_on" date NOT NULL,
	"written_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residence_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"moved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residence_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"residence_id" uuid NOT NULL,
	"text" text NOT NULL,
	"written_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "resident_consents" (
	"resident_id" uuid PRIMARY KEY NOT NULL,
	"consent" "consent" NOT NULL,
	"recorded_by" uuid NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vouches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"voucher_id" uuid NOT NULL,
	"residence_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "invited_by" uuid;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "trust_from" "trust_source" DEFAULT 'invitation' NOT NULL;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "trust_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "entered_by" "invitation_kind";--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "invited_by" uuid;--> statement-breakpoint
ALTER TABLE "residences" ADD COLUMN "mode" "residence_mode" DEFAULT 'screened' NOT NULL;--> statement-breakpoint
ALTER TABLE "residences" ADD COLUMN "import_key" text;--> statement-breakpoint
ALTER TABLE "charter_signatures" ADD CONSTRAINT "charter_signatures_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "charter_signatures" ADD CONSTRAINT "charter_signatures_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "charters" ADD CONSTRAINT "charters_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "charters" ADD CONSTRAINT "charters_written_by_accounts_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_moves" ADD CONSTRAINT "residence_moves_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_moves" ADD CONSTRAINT "residence_moves_from_id_residences_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_moves" ADD CONSTRAINT "residence_moves_to_id_residences_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_notices" ADD CONSTRAINT "residence_notices_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_notices" ADD CONSTRAINT "residence_notices_written_by_accounts_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_consents" ADD CONSTRAINT "resident_consents_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_consents" ADD CONSTRAINT "resident_consents_recorded_by_accounts_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouches" ADD CONSTRAINT "vouches_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouches" ADD CONSTRAINT "vouches_voucher_id_residents_id_fk" FOREIGN KEY ("voucher_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouches" ADD CONSTRAINT "vouches_residence_id_residences_id_fk" FOREIGN KEY ("residence_id") REFERENCES "public"."residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "charters_version" ON "charters" USING btree ("residence_id","version");--> statement-breakpoint
CREATE INDEX "residence_moves_resident" ON "residence_moves" USING btree ("resident_id","moved_at");--> statement-breakpoint
CREATE INDEX "residence_notices_shown" ON "residence_notices" USING btree ("residence_id","ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "vouches_once" ON "vouches" USING btree ("resident_id","voucher_id","residence_id");--> statement-breakpoint
CREATE INDEX "vouches_voucher" ON "vouches" USING btree ("voucher_id","created_at");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_residents_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_invited_by_residents_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
CREATE INDEX "invitations_maker" ON "invitations" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "residences_import" ON "residences" USING btree ("territory_id","commune","import_key");--> statement-breakpoint
CREATE INDEX "residences_territory" ON "residences" USING btree ("territory_id");