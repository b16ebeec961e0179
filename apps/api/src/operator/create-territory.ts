import { DisplayName } from '@palier/domain/accounts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
import { insertTerritory } from './operator.queries.ts';

/** Opens a territory: what one coordinator runs. Resolves with its id. */
export const createTerritory = async (ctx: OperatorContext, input: { name: string }): Promise<{ id: string }> => {
  const id = newId();
  const name = DisplayName.parse(input.name);
  await mutate(ctx, async (tx) => {
    await insertTerritory(tx, { id, name, createdAt: ctx.now });
    await record(tx, {
      at: ctx.now,
      actorId: null,
      actorRole: 'operator',
      action: 'territory.create',
      subject: 'territory',
      subjectId: id,
    });
  });
  return { id };
};
