//! What settings mean: values that were looked at when they were read.

mod base_url;
mod cidr;
mod host_port;
mod rate;
mod size;

pub use base_url::BaseUrl;
pub use cidr::Cidr;
pub use host_port::HostPort;
pub use rate::Rate;
pub use size::ByteSize;

pub(super) use base_url::HostFault;
