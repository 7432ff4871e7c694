//! Every bound on a stranger's input, on one page, each with its reason.
//!
//! The numbers are choices (`L-nn` names the row in the manual's table of
//! limits). A limit that is reached is never a verdict about the badge: it ends
//! as `unknown`, never as `fails`, because an honest badge may be large.
//! Sizes are bytes unless the name says otherwise.

use std::time::Duration;

/// L-01: largest badge, image or document handed in for checking (2 MiB).
pub const INPUT_BYTES: usize = 2 * 1024 * 1024;

/// L-02: deepest JSON nesting. Trees are made, walked and dropped by recursion,
/// so the scanner stops first.
pub const JSON_DEPTH: usize = 32;

/// L-03: most JSON values in one document.
pub const JSON_NODES: usize = 20_000;

/// L-03: most members in one JSON object.
pub const JSON_MEMBERS: usize = 512;

/// L-03: longest JSON string, except the two below.
pub const JSON_STRING_BYTES: usize = 64 * 1024;

/// L-03: longest `data:` URI (an embedded picture).
pub const JSON_DATA_URI_BYTES: usize = 1024 * 1024;

/// L-03: longest `encodedList` of a status list.
pub const JSON_ENCODED_LIST_BYTES: usize = 2 * 1024 * 1024;

/// L-04: integers beyond this magnitude (2^53 − 1) lose digits in other
/// people's software, so two readers could see two different badges.
pub const JSON_SAFE_INTEGER: u64 = 9_007_199_254_740_991;

/// L-05: most entries in an `@context` array.
pub const CONTEXTS: usize = 8;

/// L-06: most statements (quads) of one credential.
pub const QUADS: usize = 5_000;

/// L-06: most blank nodes of one credential.
pub const BLANK_NODES: usize = 512;

/// L-07: calls of Hash N-Degree Quads allowed for one canonicalisation. The
/// W3C graphs 044–046 need 300 to 3,000; the clique of test 074 needs millions.
pub const RDFC_CALLS: usize = 4_000;

/// L-07: permutations tried in one canonicalisation, all calls together.
pub const RDFC_PERMUTATIONS: usize = 50_000;

/// Compiled JSON-LD contexts kept in memory, about half a megabyte each. All
/// that honest badges need is some 40; which types occur together is the
/// stranger's choice, so the cache has an end.
pub const COMPILED_CONTEXTS: usize = 128;

/// Contexts compiled for one document; each costs up to a millisecond.
pub const COMPILATIONS_PER_DOCUMENT: usize = 64;

/// L-11: largest DID document, key, profile or achievement fetched.
pub const DOCUMENT_BYTES: usize = 256 * 1024;

/// L-11: largest status list credential fetched.
pub const STATUS_LIST_BYTES: usize = 2 * 1024 * 1024;

/// L-10: documents asked for in one verification.
pub const DOCUMENTS_PER_CHECK: usize = 12;

/// L-08: how long a name may take to be looked up.
pub const DNS_TIME: Duration = Duration::from_secs(2);

/// L-08: how long connecting may take, all addresses of a host together.
pub const CONNECT_TIME: Duration = Duration::from_secs(3);

/// L-08: how long a TLS handshake may take.
pub const TLS_TIME: Duration = Duration::from_secs(3);

/// L-08: how long the head of an answer may take, to its last line.
pub const HEAD_TIME: Duration = Duration::from_secs(5);

/// L-08: the longest silence within a body.
pub const IDLE_TIME: Duration = Duration::from_secs(3);

/// L-08: one request and its answer, from the name to the last byte.
pub const HOP_TIME: Duration = Duration::from_secs(10);

/// L-08: from when on a body must have come at [`SLOWEST_BODY`].
pub const SLOW_AFTER: Duration = Duration::from_secs(5);

/// L-08: slowest body, in bytes a second. What trickles holds a place that
/// others wait for.
pub const SLOWEST_BODY: usize = 1024;

/// L-09: most redirects that are followed for one document.
pub const REDIRECTS: usize = 3;

/// L-10: most requests of one verification, redirects counted.
pub const FETCHES_PER_CHECK: usize = 12;

/// L-10: most hosts that one verification may contact.
pub const HOSTS_PER_CHECK: usize = 8;

/// L-10: longest that one verification may wait for others.
pub const CHECK_TIME: Duration = Duration::from_secs(20);

/// L-10: most bytes fetched for one verification (8 MiB).
pub const FETCHED_BYTES_PER_CHECK: usize = 8 * 1024 * 1024;

/// L-11: largest head of an answer.
pub const ANSWER_HEAD_BYTES: usize = 32 * 1024;

/// L-11: most lines in the head of an answer.
pub const ANSWER_HEAD_LINES: usize = 100;

/// L-20: requests at once. Half of them are kept for those that are quick.
pub const FETCHES_AT_ONCE: usize = 64;

/// L-20: how long a request counts as quick. Twice this is what a full set of
/// slow peers delays a healthy one.
pub const QUICK_TIME: Duration = Duration::from_millis(400);

/// L-20: requests at once to one host.
pub const FETCHES_PER_HOST: usize = 4;

/// L-20: requests that wait for their turn; more are turned away.
pub const FETCHES_WAITING: usize = 256;

/// L-20: of these, for one host: a host that hangs must not fill the queue.
pub const FETCHES_WAITING_PER_HOST: usize = 16;

/// Names looked up at once. The system's look-up cannot be called off and holds
/// a thread until it gives up.
pub const LOOKUPS_AT_ONCE: usize = 32;

/// Fetched documents that are kept, at most (SEC-64).
pub const KEPT_DOCUMENTS: usize = 10_000;

/// Memory for fetched documents that are kept, with what is read from them
/// (256 MiB).
pub const KEPT_BYTES: usize = 256 * 1024 * 1024;

/// REL-32: longest that a fetched document is used without asking again.
pub const FRESH_SECONDS: i64 = 3_600;

/// REL-32: how old a status list may be when its host does not answer.
pub const STALE_STATUS_SECONDS: i64 = 24 * 3_600;

/// REL-32: how old a document with keys may be when its host does not answer.
pub const STALE_KEYS_SECONDS: i64 = 7 * 24 * 3_600;

/// FED §4: how old a document with keys may be when a badge fails by it. Keys
/// are changed; the badge may have the newer one.
pub const FAILING_KEYS_SECONDS: i64 = 60;

/// SEC-11: how long a host that failed is left alone; doubled each time.
pub const REST_SECONDS: i64 = 60;

/// SEC-11: longest that a host that failed is left alone.
pub const LONGEST_REST_SECONDS: i64 = 15 * 60;

/// L-12: fewest bytes of an inflated bitstring: 131,072 entries, the herd
/// privacy minimum of Bitstring Status List §3.2.
pub const BITSTRING_MIN_BYTES: usize = 16 * 1024;

/// L-12: most bytes of an inflated bitstring.
pub const BITSTRING_MAX_BYTES: usize = 4 * 1024 * 1024;

/// L-13: most proofs on one document.
pub const PROOFS: usize = 8;

/// L-13: most endorsements judged in one badge.
pub const ENDORSEMENTS: usize = 16;

/// Most credentials judged in one presentation.
pub const PRESENTED_CREDENTIALS: usize = 16;

/// Most `credentialStatus` entries of one credential.
pub const STATUS_ENTRIES: usize = 8;

/// SEC-50: longest compact JWS.
pub const JWS_BYTES: usize = 256 * 1024;

/// SEC-49: longest `kid`.
pub const KEY_ID_BYTES: usize = 2 * 1024;

/// Longest `proofValue` of a plain signature (the longest honest one is a
/// P-384 signature in base58: 133 characters).
pub const PROOF_VALUE_BYTES: usize = 512;

/// Longest `proofValue` of a selective disclosure proof.
pub const SD_PROOF_VALUE_BYTES: usize = 64 * 1024;

/// L-15: widest and tallest PNG, in pixels.
pub const PNG_PIXELS_A_SIDE: u32 = 4_096;

/// L-15: most chunks of a PNG.
pub const PNG_CHUNKS: usize = 1_024;

/// L-15: longest badge text in a picture, after inflating.
pub const BAKED_TEXT_BYTES: usize = 1024 * 1024;

/// L-01: largest picture (4 MiB).
pub const IMAGE_BYTES: usize = 4 * 1024 * 1024;

/// Largest picture that we keep. A badge of [`BAKED_TEXT_BYTES`] has room in it
/// before it reaches [`IMAGE_BYTES`]; what is larger is made smaller.
pub const PICTURE_BYTES: usize = 2 * 1024 * 1024;

/// Most scans of a JPEG. Each goes over all pixels and may cost a few bytes.
/// Progressive pictures have about ten, and one in their thumbnail.
pub const JPEG_SCANS: usize = 32;

/// L-16: largest SVG without a badge inside.
pub const SVG_PLAIN_BYTES: usize = 512 * 1024;

/// L-16: largest SVG. A badge inside may be up to [`BAKED_TEXT_BYTES`] more.
pub const SVG_BYTES: usize = SVG_PLAIN_BYTES + BAKED_TEXT_BYTES;

/// L-16: most elements of an SVG.
pub const SVG_ELEMENTS: usize = 10_000;

/// L-16: deepest nesting of an SVG.
pub const SVG_DEPTH: usize = 64;

/// L-16: how often an SVG may use a part of itself (`use`, patterns, masks …),
/// uses within uses included. Ten lines of text can ask for a milliard.
pub const SVG_USES: u64 = 10_000;

/// Elements an SVG may draw, each as often as it is used.
pub const SVG_DRAWN: u64 = 100_000;

/// Deepest nesting of an SVG when uses are followed.
pub const SVG_USE_DEPTH: u32 = 128;

/// Largest picture inside an SVG, before base64.
pub const SVG_IMAGE_BYTES: usize = 256 * 1024;

/// L-18: how far clocks may differ, in seconds, for dates of badges and proofs.
pub const CLOCK_SKEW_SECONDS: i64 = 300;

/// L-22: longest name of a thing, in bytes, when issuing.
pub const NAME_BYTES: usize = 256;

/// L-22: longest description, when issuing.
pub const DESCRIPTION_BYTES: usize = 4 * 1024;

/// L-22: longest criteria, narrative or comment in Markdown, when issuing.
pub const MARKDOWN_BYTES: usize = 16 * 1024;

/// L-22: longest URL (except `data:`), when issuing.
pub const URL_BYTES: usize = 2 * 1024;

/// L-22: longest e-mail address, when issuing.
pub const EMAIL_BYTES: usize = 254;
