//! Signing keys and master keys in a device, with SoftHSM as the device.
//!
//! SoftHSM is looked for where distributions put it, or at
//! `COUNTERSIGN_TEST_PKCS11`. Without it these tests say so and pass, except
//! where `CI` is set: there they fail. `apt-get install softhsm2` brings it.
//!
//! A PKCS #11 library is set up once for a process, so each test runs itself
//! again as a process of its own, with a token of its own.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it stands"
)]

mod badges;
mod masters;
mod process;
mod signing;
mod token;
