-- palier: no transaction
drop index concurrently if exists "posts_cell_newest";--> statement-breakpoint
create index concurrently "posts_cell_newest" on "posts" using btree ("cell","created_at" desc nulls first,"id" desc nulls first,"kind") where state = 'open' and audience in ('neighbourhood', 'commune');--> statement-breakpoint
drop index concurrently if exists "posts_cell_category_newest";--> statement-breakpoint
create index concurrently "posts_cell_category_newest" on "posts" using btree ("cell","category","created_at" desc nulls first,"id" desc nulls first,"kind") where state = 'open' and audience in ('neighbourhood', 'commune');--> statement-breakpoint
drop index concurrently if exists "posts_residence_newest";--> statement-breakpoint
create index concurrently "posts_residence_newest" on "posts" using btree ("residence_id","created_at" desc nulls first,"id" desc nulls first,"stair_id") where state = 'open';--> statement-breakpoint
drop index concurrently if exists "posts_cell";--> statement-breakpoint
drop index concurrently if exists "posts_cell_category";--> statement-breakpoint
drop index concurrently if exists "posts_residence";
