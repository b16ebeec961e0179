import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({
  API_URL: {
    description: 'Where the API is when it is not in the same process (`ROLE=web`, `pnpm dev`).',
    schema: (value) => (value ? new URL(value) : undefined),
  },
});
