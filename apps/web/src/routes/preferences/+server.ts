import { redirect } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { safeBack } from '#lib/server/back.ts';
import { displayCookies } from '#lib/server/display.ts';
import type { RequestHandler } from './$types';

const yearSeconds = 365 * 24 * 3600;
const allowed = { locale: ['fr', 'en'], text: ['normal', 'large'], theme: ['auto', 'light', 'dark'] } as const;

/** Sets how pages are shown, by a plain form that needs no script; kept in this browser and, when signed in, in the account. */
export const POST: RequestHandler = async ({ request, cookies, locals, url, fetch }) => {
  const form = await request.formData();
  const chosen = Object.entries(allowed).flatMap(([name, values]) => {
    const value = form.get(name);
    return (values as readonly unknown[]).includes(value) ? [[name, String(value)] as const] : [];
  });
  for (const [name, value] of chosen) {
    const secure = url.protocol === 'https:';
    cookies.set(displayCookies[name as keyof typeof allowed], value, {
      path: '/',
      maxAge: yearSeconds,
      sameSite: 'lax',
      httpOnly: true,
      secure,
    });
  }
  const setting = Object.fromEntries(
    chosen
      .filter(([name]) => name !== 'theme')
      .map(([name, value]) => (name === 'text' ? ['largeText', value === 'large'] : [name, value])),
  );
  if (locals.me && Object.keys(setting).length > 0) {
    await apiFor(fetch)
      .patch('/api/me', setting)
      .catch((problem: unknown) => {
        if (!(problem instanceof ApiProblem)) throw problem; // the cookie is set: the page changes all the same
      });
  }
  redirect(303, safeBack(String(form.get('back') ?? '/'), url.origin));
};
