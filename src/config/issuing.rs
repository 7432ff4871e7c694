//! The section `[issuing]`.

use super::parse;
use std::time::Duration;

settings! {
    /// How badges and status lists are made.
    pub struct Issuing = "issuing" {
        /// How long a status list is valid. A node that is down for longer leaves its badges
        /// unchecked.
        status_validity: Duration = "7 d" => |raw| parse::period(raw, "90 d");
        /// How often a status list is signed anew though nothing changed.
        status_renewal: Duration = "1 d" => |raw| parse::period(raw, "30 d");
        /// How long others may keep a copy of a status list: how long a withdrawn badge may still
        /// look good.
        status_ttl: Duration = "300 s" => |raw| parse::period(raw, "1 d");
        /// How far this machine's clock may jump or differ before the node stops signing.
        clock_skew: Duration = "300 s" => |raw| parse::period(raw, "300 s");
    }
}
