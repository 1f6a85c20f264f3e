//! What the system knows about a process: its time on the processors and its memory.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// A tick of `/proc/PID/stat`: `USER_HZ` is 100 on every Linux that we run on.
const TICK: Duration = Duration::from_millis(10);

/// The time that a process has spent on the processors, ended threads included.
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in brackets may hold anything; what follows it are numbers.
    let (_, rest) = stat.rsplit_once(')').context("no name in stat")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<u32>().ok()).context("no time in stat");
    Ok(TICK * (ticks(11)? + ticks(12)?))
}

/// Resident memory in KiB.
pub(crate) fn memory(pid: u32) -> Result<u64> {
    status(pid, "VmRSS:")
}

/// The most resident memory that it ever had, in KiB.
pub(crate) fn peak(pid: u32) -> Result<u64> {
    status(pid, "VmHWM:")
}

fn status(pid: u32, name: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).context("no memory in status")?;
    line.split_whitespace().next().and_then(|text| text.parse().ok()).context("no number of memory")
}

/// The time that this thread has spent on a processor.
pub(crate) fn own_cpu() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = stat.split_whitespace().next().and_then(|text| text.parse().ok()).context("no time in schedstat")?;
    Ok(Duration::from_nanos(nanoseconds))
}
