// A folder of documents that stands for the web: did:web documents, controller
// documents, status lists, each where its URL says.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { didWebUrl } from './offline.mjs';

const CONTEXT = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];

export class Documents {
  directory = mkdtempSync(join(tmpdir(), 'countersign-peers-web-'));

  /** Stores a document under its URL. */
  put(address, document) {
    const url = new URL(address);
    const extension = /\.[a-z]+$/.test(url.pathname) ? '' : '.json';
    const file = join(this.directory, url.host.replace(':', '%3A'), url.pathname + extension);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(document, undefined, 2));
  }

  /** Stores the document of a did:web or https controller with these keys. */
  putController(controller, methods, { embedded = false } = {}) {
    const document = {
      '@context': CONTEXT,
      id: controller,
      verificationMethod: embedded ? [] : methods,
      assertionMethod: embedded ? methods : methods.map(({ id }) => id),
    };
    if (embedded) delete document.verificationMethod;
    this.put(controller.startsWith('did:web:') ? didWebUrl(controller) : controller, document);
  }
}

/** A key as a Multikey entry of a controller document. */
export function asMultikey({ method, controller, multikey }) {
  return { id: method, type: 'Multikey', controller, publicKeyMultibase: multikey };
}

/** A key as a JsonWebKey entry of a controller document. */
export function asJsonWebKey({ method, controller }, publicKeyJwk) {
  return { id: method, type: 'JsonWebKey', controller, publicKeyJwk };
}
