//! One connection to one address that was looked at first.

use super::settings::Times;
use super::target::Target;
use super::trouble::Trouble;
use crate::verify::Unavailable;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, client::Resumption, crypto::aws_lc_rs};

/// Addresses that are tried, of each family at least one.
const ADDRESSES: usize = 3;

/// A text that should hold certificates of authorities holds none, or one that
/// cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a certificate authority in the settings cannot be read")]
pub struct BadRoot;

/// Connects to the first of the vetted addresses that answers.
pub(super) async fn connect(
    vetted: &[SocketAddr],
    times: &Times,
) -> Result<(TcpStream, SocketAddr), Trouble> {
    let mut last = Trouble::host(Unavailable::Unreachable, "the name has no address");
    let order = order(vetted);
    let count = u32::try_from(order.len()).unwrap_or(1).max(1);
    for address in order {
        match timeout(times.connect / count, TcpStream::connect(address)).await {
            Err(_) => last = Trouble::host(Unavailable::Timeout, format!("{address}: connecting")),
            Ok(Err(error)) => {
                last = Trouble::host(Unavailable::Unreachable, format!("{address}: {error}"));
            }
            Ok(Ok(stream)) => {
                check_peer(&stream, address)?;
                // Requests are small and sent at once.
                let _ = stream.set_nodelay(true);
                return Ok((stream, address));
            }
        }
    }
    Err(last)
}

/// What answers is what was looked at (SEC-03).
fn check_peer(stream: &TcpStream, vetted: SocketAddr) -> Result<(), Trouble> {
    match stream.peer_addr() {
        Ok(peer) if peer == vetted => Ok(()),
        Ok(peer) => Err(Trouble::host(
            Unavailable::Address,
            format!("{peer} answers for {vetted}"),
        )),
        Err(error) => Err(Trouble::host(Unavailable::Unreachable, error.to_string())),
    }
}

/// A few, and both families among them: one of the two may lead nowhere.
fn order(vetted: &[SocketAddr]) -> Vec<SocketAddr> {
    let Some(first) = vetted.first() else {
        return Vec::new();
    };
    let is_other = |address: &&SocketAddr| address.is_ipv4() != first.is_ipv4();
    let other = vetted.iter().find(is_other);
    let mut order = vec![*first];
    order.extend(other);
    let rest = vetted.iter().filter(|address| !order.contains(address));
    let rest: Vec<_> = rest.take(ADDRESSES - order.len()).copied().collect();
    order.extend(rest);
    order
}

/// Agrees on TLS, for the name in the address.
pub(super) async fn secure(
    stream: TcpStream,
    target: &Target,
    config: Arc<ClientConfig>,
    times: &Times,
) -> Result<TlsStream<TcpStream>, Trouble> {
    let host = target.host().trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(host.to_owned())
        .map_err(|error| Trouble::host(Unavailable::Unreachable, error.to_string()))?;
    match timeout(times.tls, TlsConnector::from(config).connect(name, stream)).await {
        Err(_) => Err(Trouble::host(Unavailable::Timeout, "TLS handshake")),
        Ok(Err(error)) => Err(Trouble::host(
            Unavailable::Unreachable,
            format!("TLS: {error}"),
        )),
        Ok(Ok(stream)) => Ok(stream),
    }
}

/// TLS as browsers do it, without memory of earlier connections.
pub(super) fn tls_config(extra: &[CertificateDer<'static>]) -> Result<ClientConfig, BadRoot> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for root in extra {
        roots.add(root.clone()).map_err(|_| BadRoot)?;
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| BadRoot)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// Reads the certificates of a PEM text; one at least.
pub(super) fn read_roots(pem: &str) -> Result<Vec<CertificateDer<'static>>, BadRoot> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match read {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(BadRoot),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sockets(texts: &[&str]) -> Vec<SocketAddr> {
        let read = |text: &&str| text.parse().expect("an address");
        texts.iter().map(read).collect()
    }

    #[test]
    fn both_families_are_tried_and_not_many() {
        let many = sockets(&["[::1]:1", "[::2]:1", "[::3]:1", "[::4]:1", "1.1.1.1:1"]);
        let expected = sockets(&["[::1]:1", "1.1.1.1:1", "[::2]:1"]);
        assert_eq!(order(&many), expected);
        assert_eq!(order(&[]), []);
        assert_eq!(order(&sockets(&["1.1.1.1:1"])), sockets(&["1.1.1.1:1"]));
    }

    #[tokio::test]
    async fn a_peer_of_another_address_is_not_spoken_to() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let stream = TcpStream::connect(address).await.expect("a connection");
        assert_eq!(check_peer(&stream, address), Ok(()));
        for other in sockets(&["127.0.0.2:1", "1.1.1.1:443"]) {
            let refused = check_peer(&stream, other).map_err(|trouble| trouble.why);
            assert_eq!(refused, Err(Unavailable::Address));
        }
    }

    #[test]
    fn authorities_that_cannot_be_read_are_told() {
        for bad in [
            "",
            "x",
            "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n",
        ] {
            assert!(read_roots(bad).is_err(), "{bad}");
        }
        let nonsense = CertificateDer::from(vec![1, 2, 3]);
        assert!(tls_config(&[nonsense]).is_err());
        assert!(tls_config(&[]).is_ok());
    }
}
