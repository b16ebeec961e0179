import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { kitSlugEnum } from './enums.ts';
import { residences, territories } from './places.ts';
import { posts } from './posts.ts';

/** A kit opened for some days in a commune, or in a whole territory; who opened it is in the log. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: id(),
    kit: kitSlugEnum('kit').notNull(),
    commune: text('commune'),
    territoryId: uuid('territory_id').references(() => territories.id, { onDelete: 'cascade' }),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    lastDay: date('last_day', { mode: 'string' }).notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    index('campaigns_commune').on(t.commune, t.lastDay),
    index('campaigns_territory').on(t.territoryId, t.lastDay),
    check('campaigns_place', sql`(${t.commune} is null) <> (${t.territoryId} is null)`),
    check('campaigns_days', sql`${t.firstDay} <= ${t.lastDay}`),
  ],
);

/** A task of a campaign that became a post: once a residence. */
export const campaignTasks = pgTable(
  'campaign_tasks',
  {
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id, { onDelete: 'cascade' }),
    task: text('task').notNull(),
    postId: uuid('post_id').references(() => posts.id, { onDelete: 'cascade' }),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.residenceId, t.task] }),
    uniqueIndex('campaign_tasks_post').on(t.postId),
  ],
);

/** What is shown of people of a campaign in a commune, refreshed every hour: it only grows, by five. */
export const campaignBoards = pgTable(
  'campaign_boards',
  {
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    commune: text('commune').notNull(),
    done: integer('done'),
    people: integer('people'),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.commune] })],
);
