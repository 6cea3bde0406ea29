// The VSIX of this machine's platform. `--program FILE`, or GOUJI in the environment, is another program than the one
// that cargo built.
import { parseArgs } from 'node:util';

import { here } from './targets.mjs';
import { built, vsix } from './vsix.mjs';

const { values } = parseArgs({ options: { program: { type: 'string' }, target: { type: 'string', default: here() } } });
vsix(values.target, values.program ?? process.env.GOUJI ?? built());
