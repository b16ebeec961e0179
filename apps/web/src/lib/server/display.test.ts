import type { Me } from '@palier/domain/accounts';
import { defaultChoices } from '@palier/domain/notifications';
import { describe, expect, test } from 'vitest';
import { attributesOf, chooseDisplay, localeOfHeader } from './display.ts';

const none = () => undefined;
const kept = (cookies: Record<string, string>) => (name: string) => cookies[name];
const meIn = (locale: 'fr' | 'en', largeText = false): Me => ({
  account: {
    id: 'a',
    email: 'a@palier.test',
    emailConfirmed: true,
    emailFailed: false,
    displayName: 'Odile',
    locale,
    largeText,
    eraseAt: null,
  },
  roles: [],
  resident: null,
  residence: null,
  notices: defaultChoices,
  unread: { notifications: 0, messages: 0, cases: 0 },
  atHome: { campaigns: false, townMessages: false },
});

describe('chooseDisplay', () => {
  test('is French, normal and like the device for a browser that says nothing', () => {
    expect(chooseDisplay(null, none, null)).toEqual({ locale: 'fr', text: 'normal', theme: 'auto' });
  });
  test('takes the account’s language before the cookie, and the cookie before the browser’s', () => {
    const cookie = kept({ palier_locale: 'en' });
    expect(chooseDisplay(meIn('fr'), cookie, 'en').locale).toBe('fr');
    expect(chooseDisplay(null, cookie, 'fr').locale).toBe('en');
    expect(chooseDisplay(null, none, 'en-GB,en;q=0.9').locale).toBe('en');
  });
  test('takes this browser’s size of text before the account’s', () => {
    expect(chooseDisplay(meIn('fr', true), none, null).text).toBe('large');
    expect(chooseDisplay(meIn('fr', true), kept({ palier_text: 'normal' }), null).text).toBe('normal');
  });
  test('ignores cookies that say anything else', () => {
    expect(
      chooseDisplay(null, kept({ palier_locale: '"><script>', palier_text: 'huge', palier_theme: 'pink' }), null),
    ).toEqual({ locale: 'fr', text: 'normal', theme: 'auto' });
  });
});

describe('localeOfHeader', () => {
  test.each([
    ['en-US,en;q=0.9,fr;q=0.8', 'en'],
    ['de,fr;q=0.5,en;q=0.4', 'fr'],
    ['en;q=0.2, fr;q=0.7', 'fr'],
    ['en;q=0, fr;q=0.1', 'fr'],
    ['de, es', null],
    ['', null],
  ])('%s', (header, locale) => {
    expect(localeOfHeader(header)).toBe(locale);
  });
});

describe('attributesOf', () => {
  test('says nothing of what the template already is', () => {
    expect(attributesOf({ locale: 'fr', text: 'normal', theme: 'auto' })).toBe('lang="fr"');
    expect(attributesOf({ locale: 'en', text: 'large', theme: 'dark' })).toBe(
      'lang="en" data-text="large" data-theme="dark"',
    );
  });
});
