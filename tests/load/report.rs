//! The tables, and each figure beside what is wanted of it.

use parvis::values::Algorithm;

use crate::{addresses::Compared, import::Imported, limits::Limits, run::Figures, server::Starts, store::Commits, work::MEANWHILE};

/// What operations are held against.
pub(crate) struct Machine {
    /// Signatures and passwords.
    pub(crate) limits: Limits,
    /// Commits.
    pub(crate) commits: Commits,
    /// The framework's own figures.
    pub(crate) framework: Vec<Figures>,
    /// Starts.
    pub(crate) starts: Starts,
}

/// One figure that is wanted.
struct Target {
    name: String,
    wanted: String,
    got: String,
    is_met: bool,
}

/// What an operation costs at least, and what it may cost beside that.
struct Price {
    /// Signatures or verifications, in microseconds.
    primitives: f64,
    /// As said in the table.
    what: &'static str,
    /// Microseconds beside them.
    beside: f64,
    /// Commits.
    commits: f64,
    /// Requests.
    requests: f64,
}

fn price(name: &str, limits: &Limits) -> Option<Price> {
    let (rs256, es256) = (limits.signature(Algorithm::Rs256), limits.signature(Algorithm::Es256));
    let of = |primitives, what, beside, commits, requests| Some(Price { primitives, what, beside, commits, requests });
    match name {
        "discovery" | "keys" => of(0.0, "", 10.0, 0.0, 1.0),
        "client_credentials RS256" => of(rs256, "1 RS256 signature", 50.0, 0.0, 1.0),
        "client_credentials ES256" => of(es256, "1 ES256 signature", 50.0, 0.0, 1.0),
        "refresh" => of(rs256 + es256, "RS256 and ES256 signature", 100.0, 1.0, 1.0),
        "code flow" => of(rs256 + es256, "RS256 and ES256 signature", 250.0, 2.0, 2.0),
        "userinfo" | "introspection" => of(limits.verification(Algorithm::Es256), "1 ES256 verification", 40.0, 0.0, 1.0),
        _ => None,
    }
}

fn row(figures: &Figures, limit: &str) {
    let Figures { name, connections, rate, p50, p99, cpu, memory } = figures;
    let cpu = if *cpu > 0.0 { format!("{cpu:.1}") } else { "-".to_owned() };
    println!("{name:<34} {connections:>5} {rate:>9.0} {p50:>10.0} {p99:>10.0} {cpu:>9} {:>7} {limit}", memory / 1024);
}

fn head(title: &str) {
    println!("\n{title}\n{:<34} {:>5} {:>9} {:>10} {:>10} {:>9} {:>7}", "", "conn", "per s", "p50 µs", "p99 µs", "CPU µs", "MiB");
}

fn at<'a>(figures: &'a [Figures], name: &str, connections: usize) -> Option<&'a Figures> {
    figures.iter().find(|figures| figures.name == name && figures.connections == connections)
}

/// What the columns mean.
pub(crate) fn begin() {
    println!("CPU is the server's own time on the processors for one operation; the generator runs on the same processors.");
}

/// Signatures and passwords.
pub(crate) fn limits(limits: &Limits) {
    println!("\nThis machine, {} processors at once\n{:<34} {:>9} {:>9}", limits.cores, "", "per s", "CPU µs");
    for (what, all) in [("signature", &limits.signatures), ("verification", &limits.verifications)] {
        for (algorithm, limit) in all {
            println!("{:<34} {:>9.0} {:>9.1}", format!("{what} {algorithm}"), limit.rate, limit.cpu);
        }
    }
    println!("{:<34} {:>9.1} {:>9.0}", "Argon2id 19 MiB, 2 passes", limits.passwords.rate, limits.passwords.cpu);
}

/// Commits.
pub(crate) fn commits(commits: &Commits) {
    let Commits { bare_alone, bare_grouped, ours_alone, ours_grouped, keys, bytes } = commits;
    println!("\nDurable commits a second, {keys} keys and {bytes} bytes each\n{:<34} {:>9} {:>9}", "", "alone", "by 64");
    println!("{:<34} {bare_alone:>9.0} {bare_grouped:>9.0}", "sled and fdatasync, bare");
    println!("{:<34} {ours_alone:>9.0} {ours_grouped:>9.0}", "our store");
}

/// A table of figures.
pub(crate) fn figures(title: &str, all: &[Figures]) {
    head(title);
    for figures in all {
        row(figures, "");
    }
}

/// Starts.
pub(crate) fn starts(starts: &Starts) {
    let Starts { first, again, idle, size } = starts;
    println!("\nFirst start to first answer {:.0} ms, on an existing folder {:.1} ms", first.as_secs_f64() * 1e3, again.as_secs_f64() * 1e3);
    println!("Idle memory {:.1} MiB, binary {:.1} MiB", mebi(*idle << 10), mebi(*size));
}

/// The operations, each with what binds it.
pub(crate) fn operations(all: &[Figures], machine: &Machine) {
    head("Parvis");
    for figures in all {
        row(figures, &bound(figures, machine).unwrap_or_default());
    }
}

/// Accounts from a file, beside what is wanted.
pub(crate) fn imported(imported: &Imported) {
    let Imported { accounts, time, again, peak, grown, sign_ins } = imported;
    figures(&format!("{accounts} accounts with Argon2 hashes from a file, and one person who signs in"), sign_ins);
    let [before, _, after] = sign_ins;
    let each = mebi(*grown) * 1024.0 / f64::from(*accounts);
    let targets = [
        most_of("import, for 100,000", 180.0, time.as_secs_f64() * 1e5 / f64::from(*accounts), "s"),
        most_of("peak memory", 512.0, mebi(*peak << 10), "MiB"),
        most_of("on disk, each account", 8.0, each, "kB"),
        most_of("sign-in p50 after, of before", 120.0, 100.0 * after.p50 / before.p50, "%"),
    ];
    println!("the same file again: {:.1} s, and nothing changed", again.as_secs_f64());
    table(&targets);
}

/// How long an answer takes about an address that is known, beside one that is not.
pub(crate) fn compared(all: &[Compared]) {
    let sides = ["known p50", "p90", "p99", "unknown p50", "p90", "p99"].map(|head| format!("{head:>12}")).concat();
    println!("\nThe time of an answer about an address, in microseconds\n{:<34} {:>5}{sides} {:>9}", "", "asked", "p50 of p50");
    for Compared { name, asked, known, unknown } in all {
        let figures = [known.p50, known.p90, known.p99, unknown.p50, unknown.p90, unknown.p99].map(|figure| format!("{figure:>12.0}")).concat();
        println!("{name:<34} {asked:>5}{figures} {:>8.1} %", 100.0 * known.p50 / unknown.p50);
    }
}

fn table(targets: &[Target]) {
    for Target { name, wanted, got, is_met } in targets {
        println!("{name:<62} {wanted:>26} {got:>12} {}", if *is_met { "ok" } else { "NOT" });
    }
}

/// What is wanted, and what came of it.
pub(crate) fn targets(all: &[Figures], machine: &Machine) {
    let Machine { limits, commits, framework, starts } = machine;
    let most = all.iter().map(|figures| figures.connections).max().unwrap_or(0);
    let here: Vec<&Figures> = all.iter().filter(|figures| figures.connections == most).collect();
    let mut targets: Vec<Target> = here.iter().filter_map(|figures| cost(figures, limits)).collect();
    for (algorithm, share) in [("RS256", 85.0), ("ES256", 55.0)] {
        let ours = at(all, &format!("client_credentials {algorithm}"), most);
        let bare = at(framework, &format!("empty answer, one {algorithm}"), most);
        if let (Some(ours), Some(bare)) = (ours, bare) {
            targets.push(least(&format!("client_credentials {algorithm} of an empty answer with a signature"), share, ours.rate, bare.rate));
        }
    }
    if let Some(ours) = at(all, "password sign-in", most) {
        targets.push(least("password sign-in of Argon2id alone", 85.0, ours.rate, limits.passwords.rate));
    }
    if let Some(ours) = at(all, MEANWHILE, most) {
        targets.push(most_of("client_credentials p99 meanwhile", 250.0, ours.p99 / 1e3, "ms"));
    }
    targets.push(least("grouped commits of bare sled with fdatasync", 60.0, commits.ours_grouped, commits.bare_grouped));
    targets.push(most_of("start on an existing folder to first answer", 50.0, starts.again.as_secs_f64() * 1e3, "ms"));
    targets.push(most_of("first start to first answer", 1500.0, starts.first.as_secs_f64() * 1e3, "ms"));
    targets.push(most_of("idle memory", 25.0, mebi(starts.idle << 10), "MiB"));
    targets.push(most_of("binary", 30.0, mebi(starts.size), "MiB"));
    println!("\nAt {most} connections\n{:<62} {:>26} {:>12}", "", "wanted", "got");
    table(&targets);
    println!("{} of {} reached", targets.iter().filter(|target| target.is_met).count(), targets.len());
}

fn mebi(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}

/// The processor time of one against its primitives.
fn cost(figures: &Figures, limits: &Limits) -> Option<Target> {
    let Price { primitives, beside, .. } = price(&figures.name, limits)?;
    let wanted = if primitives > 0.0 { format!("≤ {primitives:.1} + {beside:.0} µs") } else { format!("≤ {beside:.0} µs") };
    Some(Target { name: format!("{}, CPU", figures.name), wanted, got: format!("{:.1} µs", figures.cpu), is_met: figures.cpu <= primitives + beside })
}

fn least(name: &str, percent: f64, ours: f64, bare: f64) -> Target {
    let got = 100.0 * ours / bare;
    Target { name: name.to_owned(), wanted: format!("≥ {percent:.0} % of {bare:.0}/s"), got: format!("{got:.1} %"), is_met: got >= percent }
}

fn most_of(name: &str, wanted: f64, got: f64, unit: &str) -> Target {
    Target { name: name.to_owned(), wanted: format!("≤ {wanted:.0} {unit}"), got: format!("{got:.1} {unit}"), is_met: got <= wanted }
}

/// The limit that is lowest for this operation, and how near it comes.
fn bound(figures: &Figures, machine: &Machine) -> Option<String> {
    let Machine { limits, commits, framework, .. } = machine;
    if figures.name == "password sign-in" {
        return Some(format!("{:.0} % of Argon2id alone", 100.0 * figures.rate / limits.passwords.rate));
    }
    let Price { primitives, what, commits: written, requests, .. } = price(&figures.name, limits)?;
    let cores = f64::from(u32::try_from(limits.cores).unwrap_or(1));
    let synced = if figures.connections == 1 { commits.bare_alone } else { commits.bare_grouped };
    let empty = at(framework, "empty answer", figures.connections)?;
    let alone = figures.connections == 1;
    let own = if primitives > 0.0 { (if alone { 1.0 } else { cores }) * 1e6 / primitives } else { f64::INFINITY };
    let all = [(own, what), (if written > 0.0 { synced / written } else { f64::INFINITY }, "bare commits"), (empty.rate / requests, "empty answers")];
    let (limit, what) = all.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("{:.0} % of {limit:.0}/s: {what}", 100.0 * figures.rate / limit))
}
