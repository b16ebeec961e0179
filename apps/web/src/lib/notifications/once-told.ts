import type { NotificationView } from '@palier/domain/notifications';

/** A notice as it is shown: with the ids of all those that say the same of the same post, favour or conversation. */
export type ToldOnce = NotificationView & { ids: string[] };

/** Notices, newest first, each wording of one subject once: where the newest stood, unread while any of them is. */
export const onceTold = (notices: readonly NotificationView[]): ToldOnce[] => {
  const told = new Map<string, ToldOnce>();
  for (const notice of notices) {
    const subject = notice.favour?.postId ?? notice.post?.id ?? notice.href;
    const key = subject === null ? notice.id : JSON.stringify([subject, notice.title, notice.text]);
    const same = told.get(key);
    if (same) {
      same.ids.push(notice.id);
      same.read &&= notice.read;
    } else told.set(key, { ...notice, ids: [notice.id] });
  }
  return [...told.values()];
};
