// Badges checked by the Digital Credentials Consortium's verifier-core, the
// library under its wallet and its public checking page. It brings its own
// contexts; the network is answered by lib/offline.mjs.

import { answerFrom } from './offline.mjs';
import { verifyCredential } from '@digitalcredentials/verifier-core';

/** The suites it can judge. */
export const SUITES = ['eddsa-rdfc-2022', 'Ed25519Signature2020'];

/** Checks the signature and the dates of a badge: `{accepted, why}`. */
export async function check(badge, { directory } = {}) {
  answerFrom(directory);
  const result = await quietly(() => verifyCredential({
    credential: structuredClone(badge), knownDIDRegistries: [],
  }));
  answerFrom(undefined);
  if (result.errors) {
    return { accepted: false, why: result.errors.map(({ name, message }) => `${name}: ${message}`).join('; ') };
  }
  const log = result.log ?? [];
  // Without registries the issuer is not a registered one: not what is asked.
  const failed = log.filter(({ id, valid }) => valid !== true && id !== 'registered_issuer');
  const signed = log.some(({ id, valid }) => id === 'valid_signature' && valid);
  return { accepted: signed && failed.length === 0, why: failed.map(({ id }) => `${id} fails`).join('; ') };
}

// It prints when a JSON Schema cannot be had, which offline is always.
async function quietly(work) {
  const { log, error } = console;
  console.log = console.error = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { log, error });
  }
}
