import type { Me } from '@palier/domain/accounts';
import { error } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';

/** The communes of an officer, and the one that a page is asked for: the first unless told; another one is absent. */
export const officeAsked = (me: Pick<Me, 'roles'>, url: URL): { insee: string; offices: string[] } => {
  const offices = me.roles.flatMap((grant) => (grant.role === 'officer' ? [grant.commune] : [])).sort();
  const asked = url.searchParams.get('insee');
  const insee = offices.find((one) => one === asked) ?? offices[0];
  if (insee === undefined || (asked !== null && insee !== asked))
    error(404, { message: sentenceOf('resource.absent') });
  return { insee, offices };
};
