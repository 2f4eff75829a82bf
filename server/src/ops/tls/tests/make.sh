#!/bin/sh
# Makes the certificates of the tests again: an authority and two servers' pairs that it signed.
# The keys protect nothing but tests.
set -e
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout authority.key -out authority.pem \
    -days 36500 -subj "/CN=Vaktbok test authority" -addext basicConstraints=critical,CA:TRUE
for name in first second; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $name.key -out $name.csr -subj "/CN=$name"
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' > $name.ext
    openssl x509 -req -in $name.csr -CA authority.pem -CAkey authority.key -CAcreateserial -out $name.pem \
        -extfile $name.ext -days 36000
    rm $name.csr $name.ext
done
rm authority.key authority.srl
