import type { Instance } from '@palier/domain/instance';
import { type ApiCall, ApiProblem, apiFor } from './api-for.ts';

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
  mapStyle: null,
  missing: [],
};

/** It changes when the API is started again with other settings: asked once a while, not once a page. */
const keptMs = 10_000;
let kept: { at: number; instance: Instance } | undefined;

/** What this installation says of itself, ten seconds ago at most; bare of everything but its name when the API does not answer, so that pages still stand. */
export const readInstance = async (call: ApiCall): Promise<Instance> => {
  if (kept && performance.now() - kept.at < keptMs) return kept.instance;
  try {
    const instance = await apiFor(call).get<Instance>('/api/instance');
    kept = { at: performance.now(), instance };
    return instance;
  } catch (problem) {
    if (problem instanceof ApiProblem) return unknown;
    throw problem;
  }
};
