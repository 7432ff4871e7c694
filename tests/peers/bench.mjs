// How long the Digital Bazaar stack takes to check one eddsa-rdfc-2022 badge,
// from its text, with contexts and DID documents cached.
//
//   node tests/peers/bench.mjs BADGE [--times N] [--documents DIR] [--json]
//
// Prints the median in microseconds. The first tenth of the runs (at least
// ten) warms up and is not counted. Run it pinned to one core beside ours.

import './lib/offline.mjs';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as vc from '@digitalbazaar/vc';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cachingLoaderFor } from './lib/loader.mjs';

const SUITE = 'eddsa-rdfc-2022';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '200' },
    documents: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const times = Number(values.times);
if (positionals.length !== 1 || !(times > 0)) {
  console.error('usage: bench.mjs BADGE [--times N] [--documents DIR] [--json]');
  process.exit(64);
}

const text = readFileSync(positionals[0], 'utf8');
const suite = new DataIntegrityProof({ cryptosuite });
const documentLoader = cachingLoaderFor(values.documents);

async function microseconds() {
  const start = process.hrtime.bigint();
  const { verified, error } = await vc.verifyCredential({ credential: JSON.parse(text), suite, documentLoader });
  const end = process.hrtime.bigint();
  if (!verified) throw new Error(`not a good ${SUITE} badge: ${error.errors?.[0]?.message ?? error.message}`);
  return Number(end - start) / 1000;
}

const warmUp = Math.max(10, Math.ceil(times / 10));
for (let i = 0; i < warmUp; i += 1) await microseconds();
const samples = [];
for (let i = 0; i < times; i += 1) samples.push(await microseconds());
const median = samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)];

if (values.json) console.log(JSON.stringify({ peer: 'digitalbazaar', suite: SUITE, times, median_us: Math.round(median) }));
else console.log(`digitalbazaar ${SUITE}: median ${Math.round(median)} µs over ${times} checks`);
