// Changed copies. A change keeps the document well formed (dates stay dates,
// numbers stay numbers), so that it is the signature that has to catch it.

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** Paths of every leaf under the signature that is not a context or a proof. */
export function leaves(value, path = []) {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value)
    .filter(([name]) => name !== '@context' && name !== 'proof')
    .flatMap(([name, member]) => leaves(member, [...path, name]));
}

/** A copy with the leaf at one path changed. */
export function changed(document, path) {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce((value, name) => value[name], copy);
  const last = path.at(-1);
  parent[last] = other(parent[last]);
  return copy;
}

/** A copy whose achievement has another name: the default changed leaf. */
export function renamed(document) {
  return changed(document, ['credentialSubject', 'achievement', 'name']);
}

function other(leaf) {
  if (typeof leaf === 'boolean') return !leaf;
  if (typeof leaf === 'number') return leaf + 1;
  if (DATE.test(leaf)) return leaf.slice(0, 18) + (leaf[18] === '9' ? '8' : '9') + leaf.slice(19);
  // Past a scheme's last separator: a URL or a URN stays one.
  const place = leaf.search(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/);
  if (place < 0) return `${leaf}x`;
  const letter = leaf[place] === '1' ? '2' : '1';
  return leaf.slice(0, place) + letter + leaf.slice(place + 1);
}
