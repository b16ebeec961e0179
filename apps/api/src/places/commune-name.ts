import { findCommune } from '@palier/places-data';

/** A commune's name as people say it; its code when we do not know it. */
export const communeName = (insee: string): string => findCommune(insee)?.name ?? insee;
