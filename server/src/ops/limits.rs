//! The named limits of the program, each with its unit in its name.
//!
//! - What an operator may change is an option (`config`) whose default stands here; the rest is fixed.
//! - A limit that is reached is an answer that says when to come back, never a wait without end.

/// Bytes of a request's body at an ordinary door.
pub const BODY_BYTES: u64 = 1 << 20;
/// Bytes of one upload (a recording, an import file).
pub const UPLOAD_BYTES: u64 = 2 << 30;
/// Bytes of a request's line and headers together.
pub const HEADER_BYTES: u64 = 32 << 10;
/// Headers in a request.
pub const HEADERS: usize = 100;
/// Connections open at once.
pub const CONNECTIONS: u64 = 4096;
/// Connections open at once from one address that is no stated proxy.
pub const CONNECTIONS_PER_ADDRESS: u64 = 256;
/// Requests under way at once on one HTTP/2 connection.
pub const STREAMS_PER_CONNECTION: u32 = 100;
/// Bytes of one frame that an HTTP/2 client may send; the least that the protocol allows (RFC 9113, section 4.2).
pub const FRAME_BYTES: u32 = 16 << 10;
/// Bytes of bodies that an HTTP/2 client may send ahead on one stream, and on one connection in all.
pub const STREAM_WINDOW_BYTES: u32 = 1 << 20;
/// See [`STREAM_WINDOW_BYTES`].
pub const CONNECTION_WINDOW_BYTES: u32 = 1 << 20;
/// Bytes of one answer that are gathered for an HTTP/2 client before it has read what came before them.
pub const SEND_BUFFER_BYTES: usize = 128 << 10;
/// Streams that an HTTP/2 client gave up before anybody looked at them; with one more the connection ends.
pub const GIVEN_UP_STREAMS: usize = 20;
/// Streams that were ended on one HTTP/2 connection because of a fault of its client; with one more the connection ends.
pub const FAULTY_STREAMS: usize = 128;
/// Seconds in which a request's headers must have arrived, and an idle connection is kept.
pub const HEADER_SECONDS: u64 = 15;
/// Seconds without a byte after which a request's body, or a client that stopped reading, is given up.
pub const IDLE_SECONDS: u64 = 30;
/// Seconds in which the rest of what a client sends is read and thrown away after the last answer.
pub const LINGER_SECONDS: u64 = 2;
/// Bytes of it; then the connection is closed all the same.
pub const LINGER_BYTES: u64 = 4 << 20;
/// Seconds in which a TLS handshake must have finished.
pub const HANDSHAKE_SECONDS: u64 = 10;
/// Seconds in which an ordinary door must have answered.
pub const REQUEST_SECONDS: u64 = 30;
/// Seconds that requests under way are given when the program is asked to stop.
pub const STOP_SECONDS: u64 = 20;
/// Password hashes waiting for a slot before sign-ins are told to come back.
pub const HASH_QUEUE: u64 = 128;

/// Slots for password hashes when none are stated: one a core, so that hashing never starves the rest for long
/// and memory is bounded (19 MiB a slot).
pub fn hash_slots() -> u64 {
    std::thread::available_parallelism().map_or(2, |cores| cores.get() as u64)
}
