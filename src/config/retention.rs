//! The section `[retention]`.

use super::parse;
use std::time::Duration;

settings! {
    /// How long things are kept. Badges, the audit and the issue log are not
    /// among them: they are never dropped for their age.
    pub struct Retention = "retention" {
        /// How long a repeated request with the same `Idempotency-Key` gets the first answer.
        idempotency_keys: Duration = "30 d" => |raw| parse::period(raw, "400 d");
        /// How long records of finished jobs and of checks are kept.
        logs: Duration = "90 d" => |raw| parse::period(raw, "4000 d");
    }
}
