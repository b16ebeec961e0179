import { unit } from '../../../vitest.config.ts';

export default unit('domain', process.cwd());
