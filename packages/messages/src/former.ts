import { formerNeighbour, type Locale } from '@palier/domain/accounts';
import { m } from '../compiled/messages.js';

/** A text for one reader, in which whoever left is named in `locale`: « Un ancien voisin »; any other text as it is. */
export const withFormerNames = (text: string, locale: Locale): string =>
  text.includes(formerNeighbour) ? text.replaceAll(formerNeighbour, m.leaving_former({}, { locale })) : text;
