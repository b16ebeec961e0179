/** Whether the page runs as an installed application, by its own window or by Safari's older word for it. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true);

/** Whether this is an iPhone or an iPad, which says that it is a Mac but is touched. */
export const isApple = (): boolean =>
  /iPhone|iPad|iPod/u.test(navigator.userAgent) ||
  (/Macintosh/u.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
