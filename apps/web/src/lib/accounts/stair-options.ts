import { m } from '@palier/messages';

/** The stairs of a residence to choose among, or none of them. */
export const stairOptions = (stairs: readonly { id: string; name: string }[]) => [
  { value: '', label: m.accounts_enter_stair_none() },
  ...stairs.map(({ id, name }) => ({ value: id, label: m.accounts_me_stair({ stair: name }) })),
];
