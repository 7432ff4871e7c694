// Badges of Countersign checked by other implementations, and theirs by it.
//
//   node tests/peers/run.mjs [--countersign PATH] [--only TEXT]
//
// Without --countersign only the peers are checked against each other.

import './lib/offline.mjs';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as contexts from './cases/contexts.mjs';
import * as ours from './cases/ours.mjs';
import * as theirs from './cases/theirs.mjs';
import { Countersign } from './lib/countersign.mjs';
import { Documents } from './lib/documents.mjs';
import { Tally } from './lib/tally.mjs';

const { values } = parseArgs({
  options: { countersign: { type: 'string' }, only: { type: 'string' } },
});

if (values.countersign !== undefined && !existsSync(values.countersign)) {
  console.error(`there is no ${values.countersign}`);
  process.exit(64);
}

const tally = new Tally(values.only);
const documents = new Documents();
const countersign = values.countersign && new Countersign(values.countersign);
await contexts.run(tally);
await theirs.run(tally, documents, countersign);
if (countersign) await ours.run(tally, documents, countersign);
else tally.skip('ours → theirs and theirs → ours', 'no --countersign PATH given');
process.exitCode = tally.summary() ? 0 : 1;
