// A second opinion on Data Integrity proofs without any of the proof
// libraries: canonical form by jsonld.js and rdf-canonize (or RFC 8785, here),
// hash and signature by node:crypto.

import { createHash, verify } from 'node:crypto';
import jsonld from 'jsonld';
import { fromMethod, fromMultikey, unbase58 } from './keys.mjs';
import { loaderFor } from './loader.mjs';

/** The suites it can judge. */
export const SUITES = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019'];

/** The RFC 8785 form of a JSON value. */
export function jcs(value) {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // The default order of sort() is by UTF-16 code units, as the RFC asks.
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`);
  return `{${members.join(',')}}`;
}

/**
 * The RDFC-1.0 canonical N-Quads of a JSON-LD document, in safe mode. With
 * P-384 the algorithm's own hash is SHA-384 too (vc-di-ecdsa).
 */
export function nquads(document, messageDigestAlgorithm = 'sha256') {
  return jsonld.canonize(document, {
    base: null, safe: true, canonizeOptions: { algorithm: 'RDFC-1.0', messageDigestAlgorithm },
    documentLoader: loaderFor(),
  });
}

/** Checks every proof: `{accepted, why, digest}` (digest: of the document alone). */
export async function check(badge, { directory } = {}) {
  const { proof, ...document } = badge;
  let digest;
  for (const one of [proof].flat()) {
    const key = await keyOf(one.verificationMethod, directory);
    const algorithm = key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256';
    const form = one.cryptosuite.includes('-jcs-') ? jcs : (value) => nquads(value, algorithm);
    const { proofValue, ...options } = one;
    const config = { ...options, '@context': document['@context'] };
    const hash = async (value) => createHash(algorithm).update(await form(value)).digest();
    digest = await hash(document);
    const data = Buffer.concat([await hash(config), digest]);
    const signature = unbase58(proofValue.slice(1));
    const holds = key.asymmetricKeyType === 'ed25519'
      ? verify(null, data, key, signature)
      : verify(algorithm, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    if (!holds) return { accepted: false, why: `${one.cryptosuite}: invalid signature` };
  }
  return { accepted: true, why: '', digest: digest.toString('hex') };
}

async function keyOf(method, directory) {
  if (/^did:(key|jwk):/.test(method)) return fromMethod(method);
  const { document } = await loaderFor(directory)(method);
  return fromMultikey(document.publicKeyMultibase).key;
}
