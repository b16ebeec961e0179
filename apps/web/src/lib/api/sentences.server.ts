import { type AppErrorCode, errorCodes } from '@palier/domain/errors';
import { problemSentence } from '@palier/messages/problems';
import { getLocale } from '@palier/messages/runtime';

const isKnown = (code: string): code is AppErrorCode => (errorCodes as readonly string[]).includes(code);

/** The sentence that says an error's `code` to a person, in the page's language; the general one for a code we do not know. */
export const sentenceOf = (code: string): string => problemSentence(isKnown(code) ? code : 'internal', getLocale());
