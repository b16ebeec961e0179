import type { Row } from '../authorisation-row.ts';
import { owned, residents, under, writing } from './statuses.ts';

const interest = ['category', 'createdAt', 'id', 'paused', 'withinM'];
const interestBody = { category: 'pets', withinM: 500 };
const onInterest = { ...writing, target: 'interest' } as const;

/** The rows of interests and blocks. */
export const matchingRows: Readonly<Record<string, Row>> = {
  'blocks.set': { target: 'resident', scene: null, statuses: residents(204), writes: true },
  'blocks.list': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'blocks.lift': { target: 'resident', scene: null, statuses: residents(204), unknown: 204, writes: false },
  'interests.list': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'interests.save': { ...writing, body: interestBody, statuses: residents(201), keys: under('interest', interest) },
  'interests.edit': { ...onInterest, body: { paused: true }, statuses: owned(200), keys: under('interest', interest) },
  'interests.remove': { ...onInterest, statuses: owned(204) },
};
