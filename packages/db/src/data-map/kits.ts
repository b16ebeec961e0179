import * as schema from '../schema/index.ts';
import { declare, type Entry } from './declare.ts';

const { kitDownloads, kitCounters, coolPlaces, campaigns, campaignTasks, campaignBoards } = schema;

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
    plain: ['id', 'commune', 'kind', 'name', 'whereabouts', 'hours', 'lat', 'lon', 'createdAt'],
  }),
  declare(campaigns, {
    holds: 'which kit was opened where, and for which days',
    kept: 'as long as the installation',
    mine: null,
    plain: ['id', 'kit', 'commune', 'territoryId', 'firstDay', 'lastDay', 'openedAt', 'closedAt'],
  }),
  declare(campaignTasks, {
    holds: 'which task of a campaign became which post, once a residence',
    kept: 'as long as the post',
    mine: null,
    plain: ['campaignId', 'residenceId', 'task', 'postId', 'openedAt'],
  }),
  declare(campaignBoards, {
    holds: 'what is shown of people of a campaign, from fifteen and in fives',
    kept: 'as long as the installation',
    mine: null,
    plain: ['campaignId', 'commune', 'done', 'people', 'refreshedAt'],
  }),
];
