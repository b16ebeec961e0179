import type { Instance } from '@palier/domain/instance';
import { ApiProblem, apiFor } from './api-for.ts';

const unknown: Instance = {
  name: 'Palier',
  publisher: null,
  address: null,
  email: null,
  phone: null,
  host: null,
  dpo: null,
  sourceUrl: '',
  version: '',
  demo: false,
  missing: [],
};

/** What this installation says of itself; bare of everything but its name when the API does not answer, so that pages still stand. */
export const readInstance = async (fetch: typeof globalThis.fetch): Promise<Instance> => {
  try {
    return await apiFor(fetch).get<Instance>('/api/instance');
  } catch (problem) {
    if (problem instanceof ApiProblem) return unknown;
    throw problem;
  }
};
