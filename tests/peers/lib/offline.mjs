// Cuts this process off from the network, and answers `fetch` from a folder
// instead. Import it before any library that might open a connection.
//
// The folder has the layout that `countersign check --documents` reads:
// DIR/{host}[%3Aport]/{path}, else {path}.json, else {path}/index.json.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';

let folder;

/** Says which folder answers from now on (undefined: nothing does). */
export function answerFrom(directory) {
  folder = directory;
}

/** The text stored for a URL in a folder of documents, or undefined. */
export function stored(directory, address) {
  if (!directory) return undefined;
  const url = new URL(address);
  const host = url.host.replace(':', '%3A');
  const path = url.pathname + url.search.replace('?', '%3F');
  const base = join(directory, host, path);
  for (const file of [base, `${base}.json`, join(base, 'index.json')]) {
    if (existsSync(file) && statSync(file).isFile()) return readFileSync(file, 'utf8');
  }
  return undefined;
}

/** The URL of a did:web document. */
export function didWebUrl(did) {
  const [host, ...path] = did.split('#')[0].slice('did:web:'.length).split(':');
  const place = path.length > 0 ? path.map(decodeURIComponent).join('/') : '.well-known';
  return `https://${decodeURIComponent(host)}/${place}/did.json`;
}

globalThis.fetch = async (request) => {
  const address = typeof request === 'string' ? request : request.url ?? String(request);
  const text = stored(folder, address);
  if (text === undefined) return new Response('not stored', { status: 404 });
  return new Response(text, { headers: { 'content-type': 'application/json' } });
};

Socket.prototype.connect = function refuse() {
  throw new Error('these checks never open a connection');
};
