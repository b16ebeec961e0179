/** What a request says by its own headers, and what its answer says of who reads. */
type Reading = Pick<App.Locals, 'me' | 'acting' | 'isApiDown' | 'isKept'>;

/** Whether a form that waited on the device was typed by another account than the one now signed in, or would now be sent in a neighbour's name. */
export const isForAnother = (request: Request, { me, acting, isApiDown }: Reading): boolean => {
  const typist = request.headers.get('palier-as');
  return typist !== null && !isApiDown && (acting !== null || typist !== me?.account.id);
};

/** Takes from a page that is to be kept on the device what no kept page needs: the address of its reader's mail. */
export const keepLess = (request: Request, locals: Reading): void => {
  locals.isKept = request.headers.get('palier-keep') !== null;
  if (locals.isKept && locals.me) locals.me = { ...locals.me, account: { ...locals.me.account, email: '' } };
};

/** Says whose page it is, for the service worker: an account, `none` for nobody, nothing when the API could not say, nor while a referent acts for a neighbour: none of those pages is kept. */
export const setReader = (headers: Headers, { me, acting, isApiDown }: Reading): void => {
  if (!isApiDown && !acting) headers.set('palier-reader', me?.account.id ?? 'none');
};
