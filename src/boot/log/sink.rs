//! Where lines wait for standard error: whoever logs never waits for a slow disk or a full pipe, and many lines go out in one write.

use std::{
    io::{self, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// How long lines wait for others to go out with.
const PAUSE: Duration = Duration::from_millis(5);
/// More bytes than this do not wait: what comes then is dropped and counted.
const MOST: usize = 4 << 20;

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    dropped: u64,
    is_urgent: bool,
    is_over: bool,
}

#[derive(Default)]
struct Inside {
    waiting: Mutex<Waiting>,
    change: Condvar,
}

impl Inside {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes lines.
#[derive(Clone)]
pub(super) struct Sink(Arc<Inside>);

/// Takes one line.
pub(super) struct Line {
    to: Arc<Inside>,
    is_urgent: bool,
}

/// Brings lines out until it is dropped; then what waits goes out first.
#[must_use = "without it nothing is written"]
pub struct Drain {
    from: Arc<Inside>,
    thread: Option<JoinHandle<()>>,
}

/// A sink, and what empties it.
pub(super) fn sink() -> io::Result<(Sink, Drain)> {
    let inside = Arc::new(Inside::default());
    let from = Arc::clone(&inside);
    let thread = std::thread::Builder::new().name("log".into()).spawn(move || while bring_out(&from) {})?;
    Ok((Sink(Arc::clone(&inside)), Drain { from: inside, thread: Some(thread) }))
}

impl Drop for Drain {
    fn drop(&mut self) {
        self.from.waiting().is_over = true;
        self.from.change.notify_one();
        if let Some(thread) = self.thread.take() {
            // It has panicked or it has not: it is over.
            let _ = thread.join();
        }
    }
}

/// Write what waits, or wait for something to write. False when it is over.
fn bring_out(from: &Inside) -> bool {
    let is_idle = |waiting: &mut Waiting| waiting.bytes.is_empty() && waiting.dropped == 0 && !waiting.is_over;
    let waiting = from.change.wait_while(from.waiting(), is_idle).unwrap_or_else(PoisonError::into_inner);
    let may_wait = |waiting: &mut Waiting| !waiting.is_urgent && !waiting.is_over && waiting.bytes.len() < MOST / 4;
    let (mut waiting, _) = from.change.wait_timeout_while(waiting, PAUSE, may_wait).unwrap_or_else(PoisonError::into_inner);
    let taken = std::mem::take(&mut *waiting);
    waiting.is_over = taken.is_over;
    drop(waiting);
    // A terminal that is gone is no reason not to serve.
    let _ = io::stderr().write_all(&taken.bytes);
    if taken.dropped > 0 {
        tracing::warn!(count = taken.dropped, "lines of the log came faster than they could be written and were dropped");
    }
    !taken.is_over
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { to: Arc::clone(&self.0), is_urgent: false }
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Line {
        Line { to: Arc::clone(&self.0), is_urgent: *meta.level() <= Level::WARN }
    }
}

impl Inside {
    fn take(&self, line: &[u8], is_urgent: bool) {
        let mut waiting = self.waiting();
        if waiting.bytes.len() + line.len() > MOST {
            waiting.dropped += 1;
            return;
        }
        let was_idle = waiting.bytes.is_empty();
        waiting.bytes.extend_from_slice(line);
        waiting.is_urgent |= is_urgent;
        let must_wake = was_idle || is_urgent || waiting.bytes.len() >= MOST / 4;
        drop(waiting);
        if must_wake {
            self.change.notify_one();
        }
    }
}

impl Sink {
    /// Take a line; one that matters goes out at once.
    pub(super) fn take(&self, line: &[u8], level: Level) {
        self.0.take(line, level <= Level::WARN);
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.take(bytes, self.is_urgent);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Inside, Line, MOST};
    use std::{io::Write as _, sync::Arc};

    #[test]
    fn lines_that_find_no_room_are_counted_and_nobody_waits() {
        let inside = Arc::new(Inside::default());
        let mut line = Line { to: Arc::clone(&inside), is_urgent: false };
        line.write_all(&vec![b'a'; MOST]).unwrap();
        line.write_all(b"one more\n").unwrap();
        let waiting = inside.waiting();
        assert_eq!((waiting.bytes.len(), waiting.dropped), (MOST, 1));
    }
}
