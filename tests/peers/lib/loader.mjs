// The document loader that the Digital Bazaar libraries ask: contexts, did:key
// and did:jwk documents, and a folder for everything that lives on the web.

import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { driver } from '@digitalbazaar/did-method-key';
import { contextAt } from './contexts.mjs';
import { didWebUrl, stored } from './offline.mjs';

const didKey = driver();
didKey.use({ multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from });
didKey.use({ multibaseMultikeyHeader: 'zDna', fromMultibase: EcdsaMultikey.from });
didKey.use({ multibaseMultikeyHeader: 'z82L', fromMultibase: EcdsaMultikey.from });

/** A loader that knows the contexts, did:key, and what a folder holds. */
export function loaderFor(directory) {
  return async (url) => answer(url, await documentAt(url, directory));
}

/** The same with every answer remembered. */
export function cachingLoaderFor(directory) {
  const known = new Map();
  return async (url) => {
    if (!known.has(url)) known.set(url, answer(url, await documentAt(url, directory)));
    return known.get(url);
  };
}

function answer(url, document) {
  return { contextUrl: null, documentUrl: url, document };
}

async function documentAt(url, directory) {
  const context = contextAt(url);
  if (context) return context;
  if (url.startsWith('did:key:')) return withContext(await didKey.get({ url }));
  const [address, fragment] = url.split('#');
  const text = stored(directory, address.startsWith('did:web:') ? didWebUrl(address) : address);
  if (text === undefined) throw new Error(`nothing stored for ${url}`);
  const document = JSON.parse(text);
  return fragment ? methodIn(document, url) : document;
}

function methodIn(document, id) {
  const listed = [...(document.verificationMethod ?? []), ...(document.assertionMethod ?? [])];
  const method = listed.find((entry) => entry.id === id);
  if (!method) throw new Error(`${id} is not listed`);
  return withContext(method);
}

function withContext(method) {
  const context = method.type === 'Multikey' ? 'https://w3id.org/security/multikey/v1' : undefined;
  return context && !method['@context'] ? { '@context': context, ...method } : method;
}
