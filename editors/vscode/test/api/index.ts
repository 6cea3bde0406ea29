// What the extension host runs.
import './leaving.cases';
import './attaching.cases';
import './findings.cases';
import './settings.cases';
import './folder.cases';
import './commands.cases';
import './server.cases';
import { runAll } from './suite';

export const run = runAll;
