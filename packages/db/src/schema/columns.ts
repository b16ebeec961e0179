import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** A primary key; ids are UUIDv7 made by the application, so that they sort by time. */
export const id = () => uuid('id').primaryKey();

/** An instant, with its zone, to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** PostgreSQL's own text-search vector. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
