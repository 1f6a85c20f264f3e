//! What strangers cannot fill the log with.

use std::fmt::Write as _;

use tracing_subscriber::filter::LevelFilter;

/// Parts of the libraries that log what a stranger sends, at a level meant for faults of ours: malformed HTTP as an error, TLS alerts as warnings. Each with what
/// is left of it.
const NOISY: [(&str, LevelFilter); 4] = [
    ("actix_http::h1::decoder", LevelFilter::OFF),
    ("actix_http::h1::dispatcher", LevelFilter::OFF),
    ("actix_http::h2::dispatcher", LevelFilter::OFF),
    ("rustls", LevelFilter::ERROR),
];

/// The operator's filter, and less of these parts. Whoever asks for `debug` wants all of it, and whoever names a part has decided about it.
pub(super) fn calmed(filter: &str) -> String {
    let directives = || filter.split(',').map(str::trim).filter(|directive| !directive.is_empty());
    let everywhere = directives().filter_map(|directive| directive.parse::<LevelFilter>().ok()).next_back();
    if !everywhere.is_some_and(|level| level > LevelFilter::OFF && level < LevelFilter::DEBUG) {
        return filter.to_owned();
    }
    let mut calmed = filter.to_owned();
    for (part, left) in NOISY {
        let is_named = directives().filter(|directive| directive.parse::<LevelFilter>().is_err()).any(|directive| {
            let named = directive.split(['=', '[']).next().unwrap_or_default();
            !named.is_empty() && part.starts_with(named)
        });
        if !is_named {
            // Writing to a string does not fail.
            let _ = write!(calmed, ",{part}={left}");
        }
    }
    calmed
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt as _};

    use super::calmed;

    #[derive(Clone, Default)]
    struct Heard(Arc<Mutex<Vec<String>>>);

    impl<S: tracing::Subscriber> Layer<S> for Heard {
        fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
            self.0.lock().unwrap().push(format!("{} {}", event.metadata().level(), event.metadata().target()));
        }
    }

    /// What of all that strangers and we can cause is logged with this filter?
    fn heard(filter: &str) -> Vec<String> {
        let heard = Heard::default();
        let subscriber = tracing_subscriber::registry().with(EnvFilter::try_new(calmed(filter)).unwrap()).with(heard.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::error!(target: "actix_http::h1::dispatcher", "stream error: malformed");
            tracing::warn!(target: "rustls::common_state", "alert");
            tracing::error!(target: "rustls::common_state", "keys exhausted");
            tracing::error!(target: "actix_http::service", "not ready");
            tracing::info!(target: "parvis::web", "a request");
        });
        heard.0.lock().unwrap().clone()
    }

    const MALFORMED: &str = "ERROR actix_http::h1::dispatcher";
    const ALERT: &str = "WARN rustls::common_state";
    const EXHAUSTED: &str = "ERROR rustls::common_state";
    const UNREADY: &str = "ERROR actix_http::service";
    const OURS: &str = "INFO parvis::web";

    #[test]
    fn what_strangers_cause_at_will_is_not_logged_unless_somebody_looks_for_it() {
        assert_eq!(heard("info"), [EXHAUSTED, UNREADY, OURS]);
        assert_eq!(heard("warn"), [EXHAUSTED, UNREADY]);
        assert_eq!(heard("parvis=debug,info"), [EXHAUSTED, UNREADY, OURS]);
        for looking in ["debug", "trace", "info,debug"] {
            assert_eq!(heard(looking), [MALFORMED, ALERT, EXHAUSTED, UNREADY, OURS], "{looking}");
        }
    }

    #[test]
    fn what_the_operator_names_is_as_the_operator_says() {
        assert_eq!(heard("info,actix_http=error"), [MALFORMED, EXHAUSTED, UNREADY, OURS]);
        assert_eq!(heard("rustls=warn,info"), [ALERT, EXHAUSTED, UNREADY, OURS]);
        assert_eq!(heard("info,rustls=off,actix_http::h1::dispatcher=warn"), [MALFORMED, UNREADY, OURS]);
        assert_eq!(heard("parvis=info"), [OURS]);
        assert!(heard("off").is_empty());
    }
}
