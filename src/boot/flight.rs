//! Requests in flight, so that a stop waits for them and for nothing else; and bodies that must arrive in time.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{ConnectionType, header},
    middleware::Next,
    web::Data,
};
use futures_util::{StreamExt as _, stream};

/// How many requests are being answered, and are we stopping?
#[derive(Clone, Debug, Default)]
pub struct Flight(Arc<Inside>);

#[derive(Debug, Default)]
struct Inside {
    count: AtomicUsize,
    stopping: AtomicBool,
    body: Option<Duration>,
}

/// One request being answered.
#[derive(Debug)]
struct Seat(Arc<Inside>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Flight {
    /// Bodies have this long to arrive.
    #[must_use]
    pub fn new(body: Duration) -> Self {
        Self(Arc::new(Inside { body: Some(body), ..Inside::default() }))
    }

    /// From now on every answer is the last one on its connection.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
    }

    /// Are we stopping?
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }

    /// Wait until nothing has been in flight for a moment, so that the last answers are on their way.
    pub async fn landed(&self) {
        const MOMENT: Duration = Duration::from_millis(25);
        let mut quiet = 0;
        while quiet < 10 {
            tokio::time::sleep(MOMENT).await;
            quiet = if self.0.count.load(Ordering::SeqCst) == 0 { quiet + 1 } else { 0 };
        }
    }

    fn board(&self) -> Seat {
        self.0.count.fetch_add(1, Ordering::SeqCst);
        Seat(Arc::clone(&self.0))
    }
}

/// Around every request.
///
/// # Errors
/// None of its own.
pub async fn counted<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let Some(flight) = request.app_data::<Data<Flight>>().map(|flight| flight.get_ref().clone()) else { return next.call(request).await };
    let _seat = flight.board();
    if let Some(limit) = flight.0.body.filter(|_| has_body(&request)) {
        let payload = timely(request.take_payload(), limit);
        request.set_payload(payload);
    }
    let mut response = next.call(request).await?;
    if flight.is_stopping() {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

fn has_body(request: &ServiceRequest) -> bool {
    request.headers().contains_key(header::CONTENT_LENGTH) || request.headers().contains_key(header::TRANSFER_ENCODING)
}

/// The same body, cut off when its time is over.
fn timely(payload: Payload, limit: Duration) -> Payload {
    let deadline = tokio::time::Instant::now() + limit;
    let chunks = stream::unfold(Some(payload), move |left| async move {
        let mut payload = left?;
        match tokio::time::timeout_at(deadline, payload.next()).await {
            Ok(Some(chunk)) => Some((chunk, Some(payload))),
            Ok(None) => None,
            Err(_) => Some((Err(PayloadError::Io(io::ErrorKind::TimedOut.into())), None)),
        }
    });
    Payload::Stream { payload: Box::pin(chunks) }
}
