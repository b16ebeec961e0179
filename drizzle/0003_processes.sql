CREATE UNLOGGED TABLE "call_counts" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "sockets_held" (
	"process_id" uuid NOT NULL,
	"session_hash" text NOT NULL,
	"account_id" uuid NOT NULL,
	"sockets" integer NOT NULL,
	CONSTRAINT "sockets_held_process_id_session_hash_pk" PRIMARY KEY("process_id","session_hash")
);
--> statement-breakpoint
ALTER TABLE "sockets_held" ADD CONSTRAINT "sockets_held_process_id_processes_id_fk" FOREIGN KEY ("process_id") REFERENCES "public"."processes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_counts_ends" ON "call_counts" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "sockets_held_account" ON "sockets_held" USING btree ("account_id");