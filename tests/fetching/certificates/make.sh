#!/usr/bin/env bash
# Makes the certificates of these tests; they were made once and end in 2126.
# The keys are no secrets.
set -euo pipefail
cd "$(dirname "$0")"
days=36500
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
leaf() { # name, subject alternative names, further options of x509
    openssl req -new -key peer.key -subj "/CN=$1" -out "$1.csr"
    printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:FALSE\n' "$2" > ext
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial \
        -extfile ext -out "$1.pem" "${@:3}" 2>/dev/null
}
key authority.key
openssl req -x509 -new -key authority.key -subj "/CN=Test authority" -days "$days" \
    -addext keyUsage=critical,keyCertSign -out authority.pem
key peer.key
leaf issuer "DNS:issuer.example,DNS:other.example" -days "$days"
leaf elsewhere "DNS:elsewhere.example" -days "$days"

# Only `openssl ca` sets dates in the past.
openssl req -new -key peer.key -subj "/CN=expired" -out expired.csr
mkdir -p ca && : > ca/index && echo 01 > ca/serial
cat > ca/settings <<'END'
[ca]
default_ca = test
[test]
database = ca/index
serial = ca/serial
new_certs_dir = ca
default_md = sha256
policy = any
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
subjectAltName = DNS:issuer.example
extendedKeyUsage = serverAuth
END
openssl ca -batch -notext -config ca/settings -cert authority.pem -keyfile authority.key \
    -startdate 20200101000000Z -enddate 20200201000000Z -in expired.csr -out expired.pem 2>/dev/null

openssl req -x509 -new -key peer.key -subj "/CN=issuer.example" -days "$days" \
    -addext "subjectAltName=DNS:issuer.example" -out stranger.pem
rm -rf -- *.csr ext ca authority.srl authority.key
