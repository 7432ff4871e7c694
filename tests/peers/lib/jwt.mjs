// Badges as JSON Web Tokens, by jose: signed with keys that it makes, and
// checked against the key that the token's `kid` or `jwk` and issuer agree on.

import { KeyObject } from 'node:crypto';
import { compactVerify, CompactSign, generateKeyPair } from 'jose';
import { didJwk, didKey, fromMethod, methodOf } from './keys.mjs';

const DIDS = { 'did:key': didKey, 'did:jwk': didJwk };

/** A new key for an algorithm, named by a DID of one of the two methods. */
export async function newKey(algorithm, didMethod) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const did = DIDS[didMethod](KeyObject.from(publicKey));
  return { algorithm, privateKey, controller: did, method: methodOf(did) };
}

/** A credential with the claims that Open Badges 3.0 asks of a VC-JWT. */
export function withClaims(credential) {
  const claims = {
    ...credential,
    iss: credential.issuer.id,
    jti: credential.id,
    sub: credential.credentialSubject.id,
    nbf: seconds(credential.validFrom),
  };
  return credential.validUntil ? { ...claims, exp: seconds(credential.validUntil) } : claims;
}

/** A VC 1.1 credential under the `vc` claim. */
export function underClaim(credential) {
  const claims = {
    vc: credential,
    iss: credential.issuer.id,
    jti: credential.id,
    sub: credential.credentialSubject.id,
    nbf: seconds(credential.issuanceDate),
  };
  return credential.expirationDate ? { ...claims, exp: seconds(credential.expirationDate) } : claims;
}

/** A payload signed as a compact JWS. */
export function sign(payload, key, typ) {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return new CompactSign(bytes)
    .setProtectedHeader({ alg: key.algorithm, typ, kid: key.method })
    .sign(key.privateKey);
}

/** The same token over another payload, the signature as it was. */
export function withPayload(token, change) {
  const [header, body, signature] = token.split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  const other = Buffer.from(JSON.stringify(change(payload))).toString('base64url');
  return [header, other, signature].join('.');
}

/** Checks the signature, the header and the claims: `{accepted, why}`. */
export async function check(token) {
  try {
    const { payload, protectedHeader } = await compactVerify(token, (header) => fromMethod(header.kid));
    const badge = JSON.parse(new TextDecoder().decode(payload));
    const wrong = [...wrongHeader(protectedHeader, badge), ...wrongClaims(badge)];
    return { accepted: wrong.length === 0, why: wrong.join('; ') };
  } catch (error) {
    return { accepted: false, why: `${error.code ?? error.name}: ${error.message}` };
  }
}

function wrongHeader(header, badge) {
  const wrong = Object.keys(header).filter((name) => !['alg', 'kid', 'typ'].includes(name));
  const controller = header.kid?.split('#')[0];
  const issuer = (badge.vc ?? badge).issuer.id;
  return [
    ...wrong.map((name) => `header has ${name}`),
    ...(controller === issuer ? [] : [`key of ${controller}, issuer ${issuer}`]),
  ];
}

function wrongClaims(payload) {
  const expected = payload.vc ? underClaim(payload.vc) : payload.nbf === undefined ? {} : withClaims(payload);
  return ['iss', 'sub', 'jti', 'nbf', 'exp']
    .filter((name) => expected[name] !== payload[name])
    .map((name) => `${name} is ${payload[name]}, not ${expected[name]}`);
}

function seconds(date) {
  return Math.floor(Date.parse(date) / 1000);
}
