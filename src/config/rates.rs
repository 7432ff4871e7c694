//! The section `[rates]`.

use super::parse;
use super::values::Rate;

settings! {
    /// How often one client may ask (L-21).
    pub struct Rates = "rates" {
        /// Checks by a client without a token.
        check_anonymous: Rate = "30/min" => parse::rate;
        /// Checks by the holder of a token.
        check_token: Rate = "600/min" => parse::rate;
        /// Attempts to log in from one address: ten at once, then one a minute.
        login: Rate = "1/min burst 10" => parse::rate;
        /// Badges that one organisation may issue, batches apart.
        issue: Rate = "60/s" => parse::rate;
        /// Hosts never asked before that a client without a token may make the node ask.
        new_hosts: Rate = "20/min" => parse::rate;
        /// Public documents that one client may read.
        read: Rate = "100/s" => parse::rate;
        /// Lists of people (CSV) that one organisation may have in work at once.
        batches: u32 = "2" => |raw| parse::number(raw, 1..=64);
        /// Clients that the limits are kept for. Beyond that the ones that are quiet are
        /// forgotten.
        clients: u32 = "10000" => |raw| parse::number(raw, 100..=1_000_000);
    }
}
