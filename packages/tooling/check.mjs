// `npm run check`: everything that needs no database. `check.mjs format` writes the format instead of checking it.
import { runSteps } from './check/run-steps.mjs';
import { formatters, steps } from './check/steps.mjs';

const { failed } = process.argv[2] === 'format' ? await runSteps(formatters(), 1) : await runSteps(steps(), 2);
process.exitCode = failed > 0 ? 1 : 0;
