// Badges made by other implementations, for Countersign to check. Each comes
// with a changed copy, and is first judged by a peer: a badge that its own
// maker's library refuses would prove nothing.

import * as digitalbazaar from '../lib/digitalbazaar.mjs';
import * as digitalcredentials from '../lib/digitalcredentials.mjs';
import * as independent from '../lib/independent.mjs';
import * as jwt from '../lib/jwt.mjs';
import { accepts, refuses } from '../lib/tally.mjs';
import { alsoIn, draft, issuedBy, NAMES, withStatus } from '../lib/badges.mjs';
import { asJsonWebKey, asMultikey } from '../lib/documents.mjs';
import { changed, leaves, renamed } from '../lib/tamper.mjs';
import { contextAt } from '../lib/contexts.mjs';
import { fromMultikey } from '../lib/keys.mjs';

const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2';
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const SCHEMA = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

const SUITES = [
  ['eddsa-rdfc-2022', 'ed25519', NAMES],
  ['eddsa-jcs-2022', 'ed25519', NAMES],
  ['ecdsa-rdfc-2019', 'p256', NAMES],
  ['ecdsa-rdfc-2019', 'p384', ['course']],
  ['ecdsa-jcs-2019', 'p256', ['course', 'award']],
  ['ecdsa-jcs-2019', 'p384', ['course']],
];

// What a derived badge always shows, and what the learner adds.
const MANDATORY = ['/id', '/type', '/issuer', '/validFrom', '/credentialSubject/type'];
const SHOWN = ['id', 'type', 'name', 'description', 'criteria'].map((name) => `/credentialSubject/achievement/${name}`);
const EVERYTHING = ['/credentialSubject', '/evidence', '/name', '/description'];

/** Judges every badge by its peers, then by Countersign if it is given. */
export async function run(tally, documents, countersign) {
  for (const [name, make] of makers(documents)) {
    const [among, across] = [`peers among themselves: ${name}`, `theirs → ours: ${name}`];
    const made = await tally.run(among, () => vetted(make), tally.wants(among) || tally.wants(across));
    if (!countersign || !made) continue;
    await tally.run(across, () => judged(countersign, made, documents.directory));
  }
  if (countersign) await everyLeaf(tally, countersign);
}

async function vetted(make) {
  const badge = await make();
  for (const peer of badge.peers) {
    accepts(await peer(badge.text));
    refuses(await peer(badge.changed));
    if (badge.refused) refuses(await peer(badge.refused), /status/i);
  }
  return badge;
}

function judged(countersign, { text, changed: copy, refused }, directory) {
  expect(countersign.check(text, { directory }), 0, 'accept');
  expect(countersign.check(copy, { directory }), 2, 'reject');
  if (refused) expect(countersign.check(refused, { directory }), 1, 'reject');
}

function expect({ exit, report }, code, conclusion) {
  if (exit === code && report.conclusion === conclusion) return;
  const findings = (report.findings ?? []).filter(({ state }) => state === 'fails' || state === 'unknown');
  const why = findings.map(({ check, state, code: id, detail }) => `${check} ${state} ${id} ${detail ?? ''}`.trim()).join('; ');
  throw new Error(`exit ${exit} ${report.conclusion} ${report.outcome}, expected ${code} ${conclusion}: ${why}`);
}

async function everyLeaf(tally, countersign) {
  await tally.run('theirs → ours: course eddsa-rdfc-2022, every leaf changed in turn', async () => {
    const key = await digitalbazaar.newKey('ed25519');
    const badge = await digitalbazaar.sign(issuedBy(draft('course'), key.controller), 'eddsa-rdfc-2022', key);
    const paths = leaves(badge);
    const { exit, reports } = countersign.checkAll(paths.map((path) => JSON.stringify(changed(badge, path))));
    const missed = paths.filter((_, i) => reports[i]?.conclusion !== 'reject');
    if (missed.length > 0) throw new Error(`not rejected: ${missed.map((path) => path.join('.')).join(' ')}`);
    if (exit !== 2) throw new Error(`exit ${exit}, expected 2`);
  });
}

function* makers(documents) {
  for (const [suite, kind, names] of SUITES) {
    for (const name of names) yield [`${name} ${suite} ${kind}`, () => embedded(draft(name), suite, kind)];
  }
  yield ['VC 1.1 Ed25519Signature2020', () => embedded(draft('vc-1.1'), 'Ed25519Signature2020', 'ed25519')];
  yield ['VC 1.1 eddsa-rdfc-2022', () => embedded(alsoIn(draft('vc-1.1'), DATA_INTEGRITY), 'eddsa-rdfc-2022', 'ed25519')];
  yield ['course Ed25519Signature2020', () => embedded(draft('course'), 'Ed25519Signature2020', 'ed25519')];
  yield ['apprenticeship ecdsa-sd-2023 base', () => selective('apprenticeship', false)];
  yield ['apprenticeship ecdsa-sd-2023 derived', () => selective('apprenticeship', true)];
  yield ['award ecdsa-sd-2023 derived', () => selective('award', true)];
  yield ['apprenticeship with an embedded endorsement', endorsed];
  if (contextAt(EXTENSIONS)) yield ['award with a schema and the extensions context', withSchema];
  yield ['course proof set, one key', oneKeySet];
  yield ['course proof set, two keys of a did:web', () => twoKeySet(documents)];
  yield* onTheWeb(documents);
  yield* tokens();
}

async function embedded(credential, suite, kind) {
  const key = await digitalbazaar.newKey(kind);
  const badge = await digitalbazaar.sign(issuedBy(credential, key.controller), suite, key);
  return pair(badge, peersFor([suite]));
}

function pair(badge, peers, directory) {
  return {
    text: JSON.stringify(badge),
    changed: JSON.stringify(renamed(badge)),
    peers: peers.map((peer) => (text) => peer.check(JSON.parse(text), { directory })),
  };
}

function peersFor(suites) {
  const other = [digitalcredentials, independent];
  return [digitalbazaar, ...other.filter((peer) => suites.every((suite) => peer.SUITES.includes(suite)))];
}

async function selective(name, derived) {
  const key = await digitalbazaar.newKey('p256');
  const credential = issuedBy(draft(name), key.controller);
  const base = await digitalbazaar.sign(credential, 'ecdsa-sd-2023', key, { mandatoryPointers: MANDATORY });
  if (derived) return pair(await digitalbazaar.disclose(base, SHOWN), [digitalbazaar]);
  // The library checks a base proof only by way of what is derived from it.
  const everything = EVERYTHING.filter((pointer) => pointer.slice(1) in base);
  const check = async (badge) => digitalbazaar.check(await digitalbazaar.disclose(badge, everything));
  return pair(base, [{ check }]);
}

async function endorsed() {
  const guild = await digitalbazaar.newKey('ed25519');
  const endorsement = await digitalbazaar.sign(issuedBy(draft('endorsement'), guild.controller), 'eddsa-rdfc-2022', guild);
  return embedded({ ...draft('apprenticeship'), endorsement: [endorsement] }, 'eddsa-rdfc-2022', 'ed25519');
}

async function withSchema() {
  const credentialSchema = [{ id: SCHEMA, type: '1EdTechJsonSchemaValidator2019' }];
  return embedded({ ...alsoIn(draft('award'), EXTENSIONS), credentialSchema }, 'eddsa-rdfc-2022', 'ed25519');
}

async function oneKeySet() {
  const key = await digitalbazaar.newKey('ed25519');
  const one = await digitalbazaar.sign(issuedBy(draft('course'), key.controller), 'eddsa-rdfc-2022', key);
  const both = await digitalbazaar.sign(one, 'eddsa-jcs-2022', key);
  return pair(both, peersFor(['eddsa-rdfc-2022', 'eddsa-jcs-2022']));
}

async function twoKeySet(documents) {
  const controller = 'did:web:set.example.net';
  const first = await digitalbazaar.newKey('ed25519', { controller, name: 'first' });
  const second = await digitalbazaar.newKey('p256', { controller, name: 'second' });
  documents.putController(controller, [asMultikey(first), asMultikey(second)]);
  const one = await digitalbazaar.sign(issuedBy(draft('course'), controller), 'eddsa-rdfc-2022', first);
  const both = await digitalbazaar.sign(one, 'ecdsa-rdfc-2019', second);
  return pair(both, peersFor(['eddsa-rdfc-2022', 'ecdsa-rdfc-2019']), documents.directory);
}

function* onTheWeb(documents) {
  const { directory } = documents;
  const place = async (controller, entry, options) => {
    const key = await digitalbazaar.newKey('ed25519', { controller, name: 'key-1' });
    documents.putController(controller, [entry(key)], options);
    const badge = await digitalbazaar.sign(issuedBy(draft('apprenticeship'), controller), 'eddsa-rdfc-2022', key);
    return { key, badge };
  };
  const peers = peersFor(['eddsa-rdfc-2022']);
  yield ['did:web of a host', async () => {
    const { badge } = await place('did:web:host.example.net', asMultikey);
    return pair(badge, peers, directory);
  }];
  yield ['did:web with a port and a path', async () => {
    const { badge } = await place('did:web:host.example.net%3A8443:issuers:tidewater', asMultikey);
    return pair(badge, peers, directory);
  }];
  yield ['did:web, the key inside assertionMethod', async () => {
    const { badge } = await place('did:web:embedded.example.net', asMultikey, { embedded: true });
    return pair(badge, [digitalbazaar], directory);
  }];
  yield ['did:web, the key as a JWK', async () => {
    const asJwk = (key) => asJsonWebKey(key, fromMultikey(key.multikey).key.export({ format: 'jwk' }));
    const { badge } = await place('did:web:jwk.example.net', asJwk);
    return pair(badge, [digitalbazaar], directory);
  }];
  yield ['an https controller document', async () => {
    const { badge } = await place('https://controller.example.net/issuers/tidewater', asMultikey);
    return pair(badge, [digitalbazaar, independent], directory);
  }];
  yield ['did:web with a bitstring status list', () => status(documents, place)];
}

async function status(documents, place) {
  const controller = 'did:web:status.example.net';
  const list = 'https://status.example.net/status/1';
  const { key } = await place(controller, asMultikey);
  documents.put(list, await digitalbazaar.signStatusList(list, 'revocation', [41], controller, 'eddsa-rdfc-2022', key));
  const at = (index) => digitalbazaar.sign(
    withStatus(issuedBy(draft('award'), controller), list, index), 'eddsa-rdfc-2022', key,
  );
  const peers = [digitalbazaar, digitalcredentials];
  return { ...pair(await at(40), peers, documents.directory), refused: JSON.stringify(await at(41)) };
}

function* tokens() {
  for (const algorithm of ['EdDSA', 'ES256', 'ES384', 'RS256']) {
    for (const did of ['did:key', 'did:jwk']) {
      yield [`course JWT ${algorithm} ${did}`, () => token('course', algorithm, did, 'JWT', jwt.withClaims)];
      yield [`award vc+jwt ${algorithm} ${did}`, () => token('award', algorithm, did, 'vc+jwt', (credential) => credential)];
    }
  }
  yield ['VC 1.1 JWT ES256 did:jwk', () => token('vc-1.1', 'ES256', 'did:jwk', 'JWT', jwt.underClaim)];
}

async function token(name, algorithm, did, typ, payload) {
  const key = await jwt.newKey(algorithm, did);
  const text = await jwt.sign(payload(issuedBy(draft(name), key.controller)), key, typ);
  const rename = (body) => (body.vc ? { ...body, vc: renamed(body.vc) } : renamed(body));
  return { text, changed: jwt.withPayload(text, rename), peers: [jwt.check] };
}
