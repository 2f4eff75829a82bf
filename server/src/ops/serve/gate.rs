//! The gate that every connection passes: counted, and given up when its client stops reading.
//!
//! - A client that still sends when the last answer is written gets to read it: what it sends is thrown away for a moment, since
//!   closing over unread bytes resets the connection, and takes the answer along (RFC 9112 section 9.6).

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::super::config::Limits;
use super::super::limits;
use super::super::network::Network;

/// Lets connections in while there is room; cloning shares the count.
#[derive(Clone)]
pub struct Gate {
    count: Arc<Mutex<Count>>,
    most: u64,
    most_per_address: u64,
    /// Proxies, from which all of the world comes.
    uncounted: Arc<[Network]>,
    idle: Duration,
}

#[derive(Default)]
struct Count {
    open: u64,
    by_address: HashMap<IpAddr, u64>,
}

/// A connection that was let in.
pub struct Admitted {
    stream: TcpStream,
    _place: Place,
    idle: Duration,
    /// Runs while the client does not read what it is sent.
    stalled: Option<Pin<Box<Sleep>>>,
    /// The rest is being thrown away.
    leaving: Option<Leaving>,
}

/// The end of a connection: how long, and how many bytes more.
struct Leaving {
    until: Pin<Box<Sleep>>,
    bytes_left: u64,
}

/// One connection's place in the count, given back when dropped.
struct Place {
    count: Arc<Mutex<Count>>,
    address: IpAddr,
}

impl Gate {
    /// A gate with these limits.
    pub fn new(limits: &Limits, uncounted: Vec<Network>) -> Gate {
        Gate {
            count: Arc::default(),
            most: limits.connections,
            most_per_address: limits.connections_per_address,
            uncounted: uncounted.into(),
            idle: limits.idle_time,
        }
    }

    fn admit(&self, stream: TcpStream) -> io::Result<Admitted> {
        let address = stream.peer_addr()?.ip().to_canonical();
        let place = self.place(address)?;
        stream.set_nodelay(true)?;
        Ok(Admitted { stream, _place: place, idle: self.idle, stalled: None, leaving: None })
    }

    fn place(&self, address: IpAddr) -> io::Result<Place> {
        let counted = !self.uncounted.iter().any(|network| network.contains(address));
        let mut count = self.count.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let own = count.by_address.get(&address).copied().unwrap_or(0);
        if count.open >= self.most || (counted && own >= self.most_per_address) {
            metrics::counter!("vaktbok_connections_refused_total").increment(1);
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, "too many connections"));
        }
        count.open += 1;
        count.by_address.insert(address, own + 1);
        metrics::gauge!("vaktbok_connections").set(count.open as f64);
        Ok(Place { count: Arc::clone(&self.count), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut count = self.count.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        count.open = count.open.saturating_sub(1);
        metrics::gauge!("vaktbok_connections").set(count.open as f64);
        match count.by_address.get_mut(&self.address) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                count.by_address.remove(&self.address);
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for Gate {
    type Stream = Admitted;
    type Service = S;
    type Future = Ready<io::Result<(Admitted, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(self.admit(stream).map(|admitted| (admitted, service)))
    }
}

impl Admitted {
    /// Starts, keeps or ends the wait for a client that does not read.
    fn watched<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let idle = self.idle;
        let wait = self.stalled.get_or_insert_with(|| Box::pin(sleep(idle)));
        match wait.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Admitted {
    /// Reads what still comes, to its end, for a moment.
    fn thrown_away(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Admitted { stream, leaving: Some(leaving), .. } = self else { return Poll::Ready(()) };
        let mut piece = [0; 16 * 1024];
        loop {
            let mut buffer = ReadBuf::new(&mut piece);
            match Pin::new(&mut *stream).poll_read(cx, &mut buffer) {
                Poll::Pending => return leaving.until.as_mut().poll(cx),
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    leaving.bytes_left = leaving.bytes_left.saturating_sub(buffer.filled().len() as u64);
                    if leaving.bytes_left == 0 {
                        return Poll::Ready(());
                    }
                }
                Poll::Ready(_) => return Poll::Ready(()),
            }
        }
    }
}

impl AsyncRead for Admitted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Admitted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watched(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.watched(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.leaving.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
            let until = Box::pin(sleep(Duration::from_secs(limits::LINGER_SECONDS)));
            self.leaving = Some(Leaving { until, bytes_left: limits::LINGER_BYTES });
        }
        self.thrown_away(cx).map(Ok)
    }
}
