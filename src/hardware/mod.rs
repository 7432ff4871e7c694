//! Signing keys in hardware, by PKCS #11.
