import * as schema from '../schema/index.ts';
import { declare, type Entry } from './declare.ts';

const { releases, boards, outlines, townSettings, townMessages, usefulNumbers } = schema;

/** What a town hall sees: aggregates, which are nobody’s. */
export const insightEntries: readonly Entry[] = [
  declare(releases, {
    holds: 'what was published of a commune’s week or month: figures of eleven people at least',
    kept: 'as long as the installation: a release never changes',
    mine: null,
    plain: ['id', 'commune', 'period', 'number', 'body', 'sha256', 'report', 'builtAt'],
  }),
  declare(boards, {
    holds: 'what the month’s board shows of people, from fifteen and in fives',
    kept: 'as long as the installation',
    mine: null,
    plain: ['commune', 'month', 'people', 'refreshedAt'],
  }),
  declare(outlines, {
    holds: 'outlines of communes, with their source and licence',
    kept: 'until the next import',
    mine: null,
    plain: ['commune', 'outline', 'source', 'licence', 'importedAt'],
  }),
  declare(townSettings, {
    holds: 'what a town hall decided of its figures: whether they are public, and the reference amount of an hour',
    kept: 'until the town hall decides otherwise',
    mine: null,
    plain: ['commune', 'publicSince', 'hourlyCents', 'hourlySource', 'hourlySetAt'],
  }),
  declare(townMessages, {
    holds: 'what a town hall wrote to a zone, as anyone may read it',
    kept: 'as long as the installation: the archive is public',
    mine: null,
    plain: ['id', 'commune', 'quarter', 'quarterNumber', 'purpose', 'title', 'text', 'writtenAt'],
  }),
  declare(usefulNumbers, {
    holds: 'telephone numbers of services',
    kept: 'until the town hall takes it off the list',
    mine: null,
    plain: ['id', 'commune', 'label', 'number', 'createdAt'],
  }),
];
