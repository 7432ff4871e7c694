//! The section `[fetch]`.

use super::parse;
use super::values::{ByteSize, HostPort};
use crate::limits;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

settings! {
    /// How the node fetches what others publish.
    pub struct Fetch = "fetch" {
        /// Hosts with their ports that are fetched from though they are not public, or on another
        /// port than 443. Refused in production.
        exceptions: Vec<HostPort> = "[]" => parse::host_ports;
        /// A file of further root certificates (PEM), beside those that browsers trust.
        root_certificates: Option<PathBuf> = "" => |raw| parse::optional(raw, parse::path);
        /// A page or a mailto address that other nodes are shown, so that they can complain.
        contact: Option<Url> = "" => |raw| parse::optional(raw, parse::contact);
        /// How long a name may take to be looked up.
        dns_time: Duration = "2 s" => |raw| parse::period(raw, "30 s");
        /// How long a connection may take to be made.
        connect_time: Duration = "3 s" => |raw| parse::period(raw, "30 s");
        /// How long TLS may take to begin.
        tls_time: Duration = "3 s" => |raw| parse::period(raw, "30 s");
        /// How long the first byte of an answer may take.
        first_byte_time: Duration = "5 s" => |raw| parse::period(raw, "60 s");
        /// How long an answer may pause.
        idle_time: Duration = "3 s" => |raw| parse::period(raw, "60 s");
        /// How long one document may take in all.
        total_time: Duration = "10 s" => |raw| parse::period(raw, "5 min");
        /// How long all documents of one check may take.
        check_time: Duration = "20 s" => |raw| parse::period(raw, "5 min");
        /// The most documents of one check.
        check_documents: usize = "12" => |raw| parse::number(raw, 1..=limits::DOCUMENTS_PER_CHECK);
        /// The most hosts of one check.
        check_hosts: u32 = "8" => |raw| parse::number(raw, 1..=64);
        /// The most bytes of one check.
        check_size: ByteSize = "8 MiB" => |raw| parse::size(raw, KIB, 64 * MIB);
        /// The largest document, key or profile.
        document_size: ByteSize = "256 KiB" => |raw| parse::size(raw, KIB, 256 * KIB);
        /// The largest status list.
        status_list_size: ByteSize = "2 MiB" => |raw| parse::size(raw, 32 * KIB, 2 * MIB);
        /// The largest picture.
        image_size: ByteSize = "4 MiB" => |raw| parse::size(raw, KIB, 4 * MIB);
        /// The largest head of an answer.
        head_size: ByteSize = "32 KiB" => |raw| parse::size(raw, KIB, MIB);
        /// Fetches at the same time.
        at_once: u32 = "64" => |raw| parse::number(raw, 1..=1024);
        /// Fetches from one host at the same time.
        at_once_per_host: u32 = "4" => |raw| parse::number(raw, 1..=64);
        /// Fetches that wait for their turn; what comes then is turned away.
        queue: u32 = "256" => |raw| parse::number(raw, 0..=10_000);
    }
}
