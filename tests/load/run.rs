//! Doing one thing over and over on many connections, and what it came to.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::try_join_all;

use crate::proc;

/// Something that one connection does again and again.
pub(crate) trait Work {
    /// Once.
    async fn once(&mut self) -> Result<()>;
}

/// What it came to.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    /// Of what.
    pub(crate) name: String,
    /// At how many connections.
    pub(crate) connections: usize,
    /// Operations in a second.
    pub(crate) rate: f64,
    /// Half took at most this many microseconds.
    pub(crate) p50: f64,
    /// 99 of 100 took at most this many microseconds.
    pub(crate) p99: f64,
    /// The server's time on the processors for one, in microseconds.
    pub(crate) cpu: f64,
    /// The server's memory afterwards, in KiB.
    pub(crate) memory: u64,
}

/// Operations in a second.
pub(crate) fn rate(count: usize, time: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / time.as_secs_f64()
}

/// Microseconds.
pub(crate) fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Microseconds for one of many.
pub(crate) fn share(time: Duration, count: usize) -> f64 {
    micros(time) / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX))
}

/// Every worker does its work until the time is over; how long each took.
pub(crate) async fn run<W: Work>(workers: &mut [W], time: Duration) -> Result<Vec<Duration>> {
    let end = Instant::now() + time;
    let one = async |worker: &mut W| -> Result<Vec<Duration>> {
        let mut took = Vec::with_capacity(4096);
        loop {
            let began = Instant::now();
            if began >= end {
                return Ok(took);
            }
            worker.once().await?;
            took.push(began.elapsed());
        }
    };
    Ok(try_join_all(workers.iter_mut().map(one)).await?.concat())
}

/// The same, warm, with the server's share of it.
pub(crate) async fn measure<W: Work>(name: &str, workers: &mut [W], pid: u32, time: Duration) -> Result<Figures> {
    run(workers, time / 5).await?;
    let (spent, began) = (proc::cpu(pid)?, Instant::now());
    let took = run(workers, time).await?;
    let (whole, spent) = (began.elapsed(), proc::cpu(pid)?.saturating_sub(spent));
    Ok(figures(name, workers.len(), took, (whole, spent, proc::memory(pid)?)))
}

/// From single times to figures.
pub(crate) fn figures(name: &str, connections: usize, mut took: Vec<Duration>, (whole, spent, memory): (Duration, Duration, u64)) -> Figures {
    took.sort_unstable();
    let count = took.len();
    let at = |hundredth: usize| took.get(count * hundredth / 100).copied().map_or(0.0, micros);
    Figures { name: name.to_owned(), connections, rate: rate(count, whole), p50: at(50), p99: at(99), cpu: share(spent, count), memory }
}
