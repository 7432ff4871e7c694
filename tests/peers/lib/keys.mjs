// Keys written as did:key, did:jwk and Multikey, read with node:crypto alone,
// so that no library under test decides what a key is.

import { createPublicKey, ECDH } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

// Multicodec prefixes (unsigned varints) of the public keys that badges use,
// how to know such a key, and how its bytes are read and written.
const CODECS = [
  { name: 'ed25519', prefix: [0xed, 0x01], is: ofType('ed25519'), read: ed25519, write: (key) => part(key, 'x') },
  { name: 'p256', prefix: [0x80, 0x24], is: ofCurve('prime256v1'), read: onCurve('prime256v1', 'P-256'), write: compressed },
  { name: 'p384', prefix: [0x81, 0x24], is: ofCurve('secp384r1'), read: onCurve('secp384r1', 'P-384'), write: compressed },
  { name: 'rsa', prefix: [0x85, 0x24], is: ofType('rsa'), read: rsa, write: (key) => key.export({ format: 'der', type: 'pkcs1' }) },
];

export function base58(bytes) {
  let number = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text;
}

export function unbase58(text) {
  let number = 0n;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) throw new Error(`not base58: ${letter}`);
    number = number * 58n + BigInt(digit);
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeros = text.length - text.replace(/^1+/, '').length;
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')]);
}

/** A public key from a Multikey value (`z…`): its kind and a KeyObject. */
export function fromMultikey(multikey) {
  if (!multikey.startsWith('z')) throw new Error('a Multikey begins with z');
  const bytes = unbase58(multikey.slice(1));
  const codec = CODECS.find(({ prefix }) => prefix.every((byte, i) => bytes[i] === byte));
  if (!codec) throw new Error(`unknown key kind in ${multikey}`);
  return { kind: codec.name, key: codec.read(bytes.subarray(codec.prefix.length)) };
}

/** The did:key of a public key. */
export function didKey(publicKey) {
  const { prefix, write } = CODECS.find((codec) => codec.is(publicKey));
  return `did:key:z${base58(Buffer.concat([Buffer.from(prefix), write(publicKey)]))}`;
}

/** The did:jwk of a public key. */
export function didJwk(publicKey) {
  const jwk = publicKey.export({ format: 'jwk' });
  return `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
}

/** The public key that a verification method of a did:key or did:jwk names. */
export function fromMethod(method) {
  const did = method.split('#')[0];
  if (did.startsWith('did:key:')) return fromMultikey(did.slice('did:key:'.length)).key;
  if (did.startsWith('did:jwk:')) {
    const jwk = JSON.parse(Buffer.from(did.slice('did:jwk:'.length), 'base64url').toString('utf8'));
    return createPublicKey({ key: jwk, format: 'jwk' });
  }
  throw new Error(`not a self-contained method: ${method}`);
}

/** The verification method of a did:key (`#` the key itself) or did:jwk (`#0`). */
export function methodOf(did) {
  return did.startsWith('did:key:') ? `${did}#${did.slice('did:key:'.length)}` : `${did}#0`;
}

function ofType(type) {
  return (key) => key.asymmetricKeyType === type;
}

function ofCurve(curve) {
  return (key) => key.asymmetricKeyDetails?.namedCurve === curve;
}

function ed25519(bytes) {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

function onCurve(curve, crv) {
  return (bytes) => {
    const point = ECDH.convertKey(bytes, curve, undefined, undefined, 'uncompressed');
    const size = (point.length - 1) / 2;
    const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
    const jwk = { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
    return createPublicKey({ key: jwk, format: 'jwk' });
  };
}

function rsa(bytes) {
  return createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' });
}

function compressed(key) {
  const sign = 2 + (part(key, 'y').at(-1) & 1);
  return Buffer.concat([Buffer.from([sign]), part(key, 'x')]);
}

function part(key, name) {
  return Buffer.from(key.export({ format: 'jwk' })[name], 'base64url');
}
