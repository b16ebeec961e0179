import type { Category } from '@palier/domain/posts';
import { m } from '../compiled/messages.js';

type Underscored<C extends string> = C extends `${infer A}-${infer B}` ? `${A}_${B}` : C;

/** A category as people say it, where the whole catalogue is at hand (mails, calendars). */
export const categoryInWords = (category: Category, locale: 'fr' | 'en'): string =>
  m[`posts_category_${category.replace('-', '_') as Underscored<Category>}`]({}, { locale });
