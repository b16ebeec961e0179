import { overwriteGetLocale } from '@palier/messages/runtime';

// The page's own language: no readable cookie is needed.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'fr'));
