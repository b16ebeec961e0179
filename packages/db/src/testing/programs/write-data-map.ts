import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataMapTable } from '../../data-map.ts';

const lead = `# What the database holds of people

Made from \`src/data-map.ts\` by \`node packages/db/src/testing/programs/write-data-map.ts\`; \`src/data-map.test.ts\` compares it with the schema.
Columns that tell nothing of anyone by themselves (ids, states, dates of rows) are declared there and not repeated here.

`;
writeFileSync(join(import.meta.dirname, '../../../data-map.md'), `${lead}${dataMapTable()}\n`);
