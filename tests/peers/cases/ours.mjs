// Badges signed by Countersign, for other implementations to check, each with
// a changed copy that they have to refuse.

import * as digitalbazaar from '../lib/digitalbazaar.mjs';
import * as digitalcredentials from '../lib/digitalcredentials.mjs';
import * as independent from '../lib/independent.mjs';
import * as jwt from '../lib/jwt.mjs';
import { accepts, refuses } from '../lib/tally.mjs';
import { asMultikey } from '../lib/documents.mjs';
import { changed, leaves, renamed } from '../lib/tamper.mjs';
import { draft, NAMES, withStatus } from '../lib/badges.mjs';
import { JWT_SUITE } from '../lib/countersign.mjs';

const PEERS = { digitalbazaar, digitalcredentials, 'node:crypto': independent };

const EMBEDDED = [
  ['eddsa-rdfc-2022', 'ed25519'],
  ['eddsa-jcs-2022', 'ed25519'],
  ['ecdsa-rdfc-2019', 'p256'],
  ['ecdsa-jcs-2019', 'p256'],
];

const MANDATORY = ['/credentialSubject', '/name', '/evidence'];

/** Signs every draft with every suite and asks the peers. */
export async function run(tally, documents, countersign) {
  const keys = {};
  for (const type of ['ed25519', 'p256', 'rsa']) {
    keys[type] = await tally.run(`ours: key new ${type}`, () => countersign.newKey(type));
  }
  const signed = (name, suite, type) => JSON.parse(countersign.sign(draft(name), keys[type], suite));
  for (const [suite, type] of EMBEDDED) {
    for (const name of NAMES) {
      await tally.run(`ours → theirs: ${name} ${suite}`, () => ask(signed(name, suite, type), [suite]));
    }
  }
  for (const name of ['apprenticeship', 'award']) {
    await tally.run(`ours → theirs: ${name} ecdsa-sd-2023`, () => disclosed(signed(name, 'ecdsa-sd-2023', 'p256')));
  }
  for (const type of Object.keys(keys)) {
    for (const name of NAMES) {
      await tally.run(`ours → theirs: ${name} JWT ${type}`, () => token(countersign.sign(draft(name), keys[type], JWT_SUITE)));
    }
  }
  await tally.run('ours → theirs: course proof set', () => proofSet(countersign, keys.ed25519));
  await tally.run('ours → theirs: apprenticeship with an embedded endorsement', () => endorsed(countersign, keys.ed25519));
  await tally.run('ours → theirs: did:web with a bitstring status list', () => onTheWeb(countersign, keys.ed25519, documents));
  await tally.run('ours → theirs: course eddsa-rdfc-2022, every leaf changed in turn', () => everyLeaf(signed('course', 'eddsa-rdfc-2022', 'ed25519')));
}

async function ask(badge, suites, directory) {
  for (const [name, peer] of Object.entries(PEERS)) {
    if (peer.SUITES && !suites.every((suite) => peer.SUITES.includes(suite))) continue;
    await named(name, async () => {
      accepts(await peer.check(badge, { directory }));
      refuses(await peer.check(renamed(badge), { directory }));
    });
  }
}

async function named(peer, work) {
  try {
    await work();
  } catch (error) {
    throw new Error(`${peer}: ${error.message}`, { cause: error });
  }
}

async function disclosed(base) {
  const pointers = MANDATORY.filter((pointer) => pointer.slice(1) in base);
  const derived = await digitalbazaar.disclose(base, pointers);
  accepts(await digitalbazaar.check(derived));
  refuses(await digitalbazaar.check(renamed(derived)));
}

async function token(text) {
  accepts(await jwt.check(text));
  refuses(await jwt.check(jwt.withPayload(text, renamed)));
}

async function proofSet(countersign, key) {
  const one = JSON.parse(countersign.sign(draft('course'), key, 'eddsa-rdfc-2022'));
  const both = JSON.parse(countersign.sign(one, key, 'eddsa-jcs-2022'));
  const count = [both.proof].flat().length;
  if (count !== 2) throw new Error(`${count} proofs, expected 2`);
  await ask(both, ['eddsa-rdfc-2022', 'eddsa-jcs-2022']);
}

async function endorsed(countersign, key) {
  const guild = await digitalbazaar.newKey('ed25519');
  const unsigned = draft('endorsement');
  unsigned.issuer.id = guild.controller;
  const endorsement = await digitalbazaar.sign(unsigned, 'eddsa-rdfc-2022', guild);
  const credential = { ...draft('apprenticeship'), endorsement: [endorsement] };
  await ask(JSON.parse(countersign.sign(credential, key, 'eddsa-rdfc-2022')), ['eddsa-rdfc-2022']);
}

// The badge is signed by our key, its list by a key of theirs, both of one issuer.
async function onTheWeb(countersign, key, documents) {
  const controller = 'did:web:ours.example.net:issuers:tidewater';
  const list = 'https://ours.example.net/status/1';
  const method = `${controller}#key-1`;
  const theirs = await digitalbazaar.newKey('ed25519', { controller, name: 'list-key' });
  documents.putController(controller, [asMultikey({ ...key, controller, method }), asMultikey(theirs)]);
  documents.put(list, await digitalbazaar.signStatusList(list, 'revocation', [41], controller, 'eddsa-rdfc-2022', theirs));
  const at = (index) => JSON.parse(countersign.sign(withStatus(draft('award'), list, index), key, 'eddsa-rdfc-2022', { method }));
  const { directory } = documents;
  await ask(at(40), ['eddsa-rdfc-2022'], directory);
  const withdrawn = at(41);
  refuses(await digitalbazaar.check(withdrawn, { directory }), /status/i);
  refuses(await digitalcredentials.check(withdrawn, { directory }), /status/i);
}

async function everyLeaf(badge) {
  for (const path of leaves(badge)) {
    const verdict = await digitalbazaar.check(changed(badge, path));
    if (verdict.accepted) throw new Error(`accepted with ${path.join('.')} changed`);
  }
}
