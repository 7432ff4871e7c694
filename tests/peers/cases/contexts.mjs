// The project's own copies of published contexts against the ones in packages.

import { jcs } from '../lib/independent.mjs';
import { packagedUrls, packagedAt, projectAt } from '../lib/contexts.mjs';

/** Compares, as JSON, every context that both sides have. */
export async function run(tally) {
  for (const url of packagedUrls()) {
    const copies = projectAt(url);
    if (copies.length === 0) continue;
    await tally.run(`contexts: ${url}`, () => {
      const packaged = jcs(packagedAt(url));
      // Where a context was changed in place, the project keeps dated copies.
      if (!copies.some((copy) => jcs(copy) === packaged)) throw new Error('differs from the package');
    });
  }
}
