//! What the logs themselves write down.
