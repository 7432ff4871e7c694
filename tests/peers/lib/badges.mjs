// The sample badges, unsigned.

import { readFileSync } from 'node:fs';

const FOLDER = new URL('../badges/', import.meta.url);

/** A fresh copy of a draft: course, apprenticeship, award, vc-1.1, endorsement. */
export function draft(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
}

/** The three drafts that every suite signs. */
export const NAMES = ['course', 'apprenticeship', 'award'];

/** A copy whose issuer has an id. */
export function issuedBy(credential, id) {
  return { ...credential, issuer: { id, ...credential.issuer } };
}

/** A copy with a further context. */
export function alsoIn(credential, context) {
  return { ...credential, '@context': [...credential['@context'], context] };
}

/** A copy that names an entry of a status list. */
export function withStatus(credential, list, index) {
  const entry = {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: list,
  };
  return { ...credential, credentialStatus: entry };
}
