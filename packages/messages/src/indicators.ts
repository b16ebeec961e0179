import type { IndicatorId } from '@palier/domain/insights';
import { m } from '../compiled/messages.js';

type Underscored<C extends string> = C extends `${infer A}-${infer B}` ? `${A}_${B}` : C;
type Part = 'label' | 'definition' | 'source' | 'method' | 'threshold';

/** What an indicator is, in words: its name, definition, source, method and threshold. */
export const indicatorInWords = (id: IndicatorId, locale: 'fr' | 'en'): Record<Part, string> => {
  const key = id.replace('-', '_') as Underscored<IndicatorId>;
  return {
    label: m[`insights_${key}_label`]({}, { locale }),
    definition: m[`insights_${key}_definition`]({}, { locale }),
    source: m[`insights_${key}_source`]({}, { locale }),
    method: m[`insights_${key}_method`]({}, { locale }),
    threshold: m[`insights_${key}_threshold`]({}, { locale }),
  };
};
