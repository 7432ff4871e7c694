// Data Integrity proofs by the Digital Bazaar libraries: keys, signing,
// selective disclosure, checking, status lists.

import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalbazaar/ed25519-verification-key-2020';
import { loaderFor } from './loader.mjs';

const SIGNING = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'eddsa-jcs-2022': () => eddsaJcs.createSignCryptosuite(),
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-jcs-2019': () => ecdsaJcs.createSignCryptosuite(),
  'ecdsa-sd-2023': (mandatoryPointers) => ecdsaSd.createSignCryptosuite({ mandatoryPointers }),
};

const CHECKING = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'eddsa-jcs-2022': () => eddsaJcs.createVerifyCryptosuite(),
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-jcs-2019': () => ecdsaJcs.createVerifyCryptosuite(),
  'ecdsa-sd-2023': () => ecdsaSd.createVerifyCryptosuite(),
};

/**
 * A new key: `ed25519`, `p256` or `p384`. Its controller is its own did:key,
 * or `controller` with the fragment `name`.
 */
export async function newKey(kind, { controller, name } = {}) {
  const pair = kind === 'ed25519'
    ? await Ed25519Multikey.generate()
    : await EcdsaMultikey.generate({ curve: kind === 'p256' ? 'P-256' : 'P-384' });
  const multikey = pair.publicKeyMultibase;
  pair.controller = controller ?? `did:key:${multikey}`;
  pair.id = `${pair.controller}#${name ?? multikey}`;
  return { kind, pair, multikey, controller: pair.controller, method: pair.id };
}

/** A copy of the credential, signed; proofs already there are kept. */
export async function sign(credential, suite, key, { mandatoryPointers } = {}) {
  return vc.issue({
    credential: structuredClone(credential),
    suite: await signer(suite, key, mandatoryPointers),
    documentLoader: loaderFor(),
  });
}

/** A copy that shows only what the pointers name (ecdsa-sd-2023). */
export async function disclose(badge, selectivePointers) {
  const cryptosuite = ecdsaSd.createDiscloseCryptosuite({ selectivePointers });
  return vc.derive({
    verifiableCredential: structuredClone(badge),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: loaderFor(),
  });
}

/**
 * Checks every proof of a badge, each of a known suite, and its status if it
 * names one: `{accepted, why}`.
 */
export async function check(badge, { directory, documentLoader = loaderFor(directory) } = {}) {
  const suite = checkers();
  const result = await vc.verifyCredential({
    credential: structuredClone(badge), suite, documentLoader, checkStatus: statusList.checkStatus,
  });
  // The library is content with one good proof; here each of them must hold.
  const judged = (result.results ?? []).filter(({ verified }) => verified).length;
  if (result.verified && judged < [badge.proof].flat().length) {
    return { accepted: false, why: 'not every proof holds' };
  }
  const set = (result.statusResult?.results ?? []).filter(({ status }) => status);
  if (result.verified && set.length > 0) return { accepted: false, why: 'status bit is set' };
  return { accepted: result.verified, why: reasons(result) };
}

/** A status list credential with some bits set, signed. */
export async function signStatusList(id, purpose, set, issuer, suite, key) {
  const list = await statusList.createList({ length: 131072 });
  for (const index of set) list.setStatus(index, true);
  const credential = await statusList.createCredential({ id, list, statusPurpose: purpose });
  return sign({ ...credential, issuer, validFrom: '2026-01-01T00:00:00Z' }, suite, key);
}

/** One checker for each suite these libraries have. */
export function checkers() {
  const suites = Object.values(CHECKING)
    .map((cryptosuite) => new DataIntegrityProof({ cryptosuite: cryptosuite() }));
  return [...suites, new Ed25519Signature2020()];
}

async function signer(suite, { pair }, mandatoryPointers) {
  if (suite === 'Ed25519Signature2020') {
    const { secretKeyMultibase, ...shared } = await pair.export({ publicKey: true, secretKey: true });
    const type = 'Ed25519VerificationKey2020';
    const key = await Ed25519VerificationKey2020.from({ ...shared, type, privateKeyMultibase: secretKeyMultibase });
    return new Ed25519Signature2020({ key });
  }
  const cryptosuite = SIGNING[suite](mandatoryPointers);
  return new DataIntegrityProof({ signer: pair.signer(), cryptosuite });
}

function reasons(result) {
  const errors = [result.error, result.statusResult?.error].filter(Boolean);
  return errors.flatMap((error) => error.errors ?? [error]).map(({ message }) => message).join('; ');
}
