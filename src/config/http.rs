//! The section `[http]`.

use super::parse;
use super::values::{BaseUrl, ByteSize, Cidr};
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::time::Duration;

const MIB: u64 = 1024 * 1024;

settings! {
    /// How others reach the node, and how much they may send.
    pub struct Http = "http" {
        /// The address and port to listen on. TLS ends in front of the node, so this is a loopback
        /// or private address.
        listen: SocketAddr = "127.0.0.1:8080" => parse::socket;
        /// The address that strangers reach the node by: https and a host. It goes into every
        /// badge and cannot be changed later. It must be set, except with `--dev`.
        base_url: BaseUrl = "" => parse::base_url;
        /// Addresses or ranges of the proxies in front of the node. Only they are believed about
        /// a client's address.
        trusted_proxies: Vec<Cidr> = "[]" => parse::ranges;
        /// The address and port that metrics are read from, or "off". It is never public:
        /// 127.0.0.1:9090 is a good choice.
        metrics: Option<SocketAddr> = "off" => |raw| parse::unless(raw, "off", parse::socket);
        /// Threads that serve requests, or "auto" for one on each core.
        workers: Option<NonZeroU16> = "auto" => |raw| parse::unless(raw, "auto", |raw| {
            parse::number(raw, NonZeroU16::MIN..=NonZeroU16::MIN.saturating_add(1023))
        });
        /// The largest JSON request.
        json_size: ByteSize = "1 MiB" => |raw| parse::size(raw, 1024, 16 * MIB);
        /// The largest badge handed in for checking.
        check_size: ByteSize = "2 MiB" => |raw| parse::size(raw, 1024, 4 * MIB);
        /// The largest picture.
        image_size: ByteSize = "4 MiB" => |raw| parse::size(raw, 1024, 4 * MIB);
        /// The largest list of people (CSV).
        csv_size: ByteSize = "10 MiB" => |raw| parse::size(raw, 1024, 64 * MIB);
        /// How long a client may take to send the head of a request.
        head_time: Duration = "5 s" => |raw| parse::period(raw, "60 s");
        /// How long a client may take to send a request.
        body_time: Duration = "30 s" => |raw| parse::period(raw, "10 min");
        /// The least that a client has to send in a second, on average.
        body_rate: ByteSize = "1 KiB" => |raw| parse::size(raw, 1, MIB);
        /// How long a connection without requests is kept.
        keep_alive: Duration = "15 s" => |raw| parse::period(raw, "10 min");
        /// The most connections of one worker.
        connections: u32 = "1000" => |raw| parse::number(raw, 1..=25_000);
        /// How long requests that have begun may take when the node stops.
        shutdown_time: Duration = "30 s" => |raw| parse::period(raw, "10 min");
    }
}
