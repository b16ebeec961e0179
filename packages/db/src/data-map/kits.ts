import * as schema from '../schema/index.ts';
import { declare, type Entry } from './declare.ts';

const { kitDownloads, kitCounters, coolPlaces } = schema;

/** Counts of papers taken, which say nothing of who took them, and public places. */
export const kitEntries: readonly Entry[] = [
  declare(kitDownloads, {
    holds: 'how often each paper of a kit was taken, by day and commune',
    kept: 'as long as the installation',
    mine: null,
    plain: ['day', 'slug', 'paper', 'locale', 'commune', 'count'],
  }),
  declare(kitCounters, {
    holds: 'which counts each process has written',
    kept: '7 days',
    mine: null,
    plain: ['processId', 'batch', 'writtenAt'],
  }),
  declare(coolPlaces, {
    holds: 'public places where it is cool',
    kept: 'until a coordinator takes it off the list',
    mine: null,
    plain: ['id', 'commune', 'kind', 'name', 'whereabouts', 'hours', 'createdAt'],
  }),
];
