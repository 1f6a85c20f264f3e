//! Sockets.

use std::net::{SocketAddr, TcpListener};

use anyhow::{Context as _, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use socket2::{Domain, Protocol, Socket, Type};

/// Connections that wait while all threads are busy; the system may allow fewer.
const BACKLOG: i32 = 4096;

/// Listen there.
///
/// # Errors
/// Somebody else listens there, or we may not.
pub fn listen(at: SocketAddr) -> Result<TcpListener> {
    bind(at).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow::anyhow!("{at} is in use by another program: choose another with --listen, for instance --listen {}", another(at))
        }
        std::io::ErrorKind::PermissionDenied => anyhow::anyhow!("this user may not listen on {at}: ports below 1024 need a right of their own"),
        _ => anyhow::Error::new(error).context(format!("cannot listen on {at}")),
    })
}

/// Each connection is an open file; most systems allow a thousand until they are asked for more.
pub fn allow_open_files(wanted: usize) {
    let wanted = u64::try_from(wanted).unwrap_or(u64::MAX);
    let now = getrlimit(Resource::Nofile);
    if now.current.is_none_or(|current| current >= wanted) {
        return;
    }
    let most = now.maximum.map_or(wanted, |maximum| maximum.min(wanted));
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum: now.maximum });
    if raised.is_err() || most < wanted {
        tracing::warn!(wanted, allowed = getrlimit(Resource::Nofile).current, "fewer connections than configured: raise the limit on open files (ulimit -n)");
    }
}

fn another(at: SocketAddr) -> SocketAddr {
    SocketAddr::new(at.ip(), at.port().checked_add(1).unwrap_or(0))
}

fn bind(at: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(at), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&at.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Where a socket really listens: the port may have been the system's choice.
///
/// # Errors
/// The socket is gone.
pub fn address(socket: &TcpListener) -> Result<SocketAddr> {
    socket.local_addr().context("the socket has no address")
}
