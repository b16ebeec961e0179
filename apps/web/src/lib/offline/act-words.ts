import { m } from '@palier/messages';

const words: Readonly<Record<string, () => string>> = {
  'resident.welcome-offline': m.offline_act_resident_welcome,
  'post.create': m.offline_act_post_create,
  'post.edit': m.offline_act_post_edit,
  'post.withdraw': m.offline_act_post_withdraw,
  'post.need': m.offline_act_post_need,
  'post.widen': m.offline_act_post_widen,
  'post.places': m.offline_act_post_places,
  'favour.accept': m.offline_act_favour_accept,
  'favour.decline': m.offline_act_favour_decline,
  'favour.withdraw': m.offline_act_favour_withdraw,
  'favour.done': m.offline_act_favour_done,
  'favour.no-show': m.offline_act_favour_no_show,
  'message.send': m.offline_act_message_send,
  'favour.thank': m.offline_act_favour_thank,
};

/** What an act of the log is called on the neighbour's sheet. */
export const actWords = (action: string): string => (words[action] ?? m.offline_act_other)();
