//! The whole store as a stream, while everybody goes on.

use std::{
    io::{self, Write},
    sync::Arc,
};

use actix_web::{
    HttpResponse,
    http::header::CACHE_CONTROL,
    web::{Bytes, Data},
};
use futures_util::{StreamExt as _, future::ready, stream};
use tokio::sync::mpsc;

use super::{Administrator, LocalAccess, Problem};
use crate::{policy::admin::is_operator, service::admin::Refused, values::Fault};

/// So many pieces wait for a slow reader.
const WAITING: usize = 16;
const PIECE: usize = 64 * 1024;

/// For operators. Whoever reads it sees by its last line whether it is whole.
pub(super) async fn export(admin: Administrator, access: Option<Data<LocalAccess>>) -> Result<HttpResponse, Problem> {
    if !is_operator(&admin.by.caller) {
        return Err(Refused::LacksRole.into());
    }
    let access = access.ok_or_else(|| Fault::new("there is no store to back up"))?;
    let (pieces, mut inbox) = mpsc::channel(WAITING);
    let (store, now) = (Arc::clone(&access.store), admin.tools.now());
    tokio::task::spawn_blocking(move || {
        let mut sink = Pieces { to: pieces, full: Vec::with_capacity(PIECE) };
        if let Err(error) = store.export(now, &mut sink) {
            tracing::error!(cause = %error, "a backup broke off");
            // The reader learns it from the connection that breaks; if it is gone already, there is nobody to tell.
            let _ = sink.to.blocking_send(Err(io::Error::other("the backup broke off")));
        }
    });
    // Nothing is promised before there is something: one that cannot begin, because another is being made, is told so.
    let Some(Ok(first)) = inbox.recv().await else { return Err(Fault::new("a backup could not begin").passing().into()) };
    let rest = stream::unfold(inbox, |mut inbox| async move { inbox.recv().await.map(|piece| (piece, inbox)) });
    let body = stream::once(ready(Ok(first))).chain(rest);
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).content_type("application/x-ndjson").streaming(body))
}

struct Pieces {
    to: mpsc::Sender<io::Result<Bytes>>,
    full: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.full.extend_from_slice(bytes);
        if self.full.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.full, Vec::with_capacity(PIECE));
        self.to.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
