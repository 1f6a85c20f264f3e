//! One JSON object a line, written by hand: there is a line for every request, and a general serialiser costs more than answering some of them.

use std::{
    cell::RefCell,
    fmt::{self, Write as _},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    fmt::{
        format::Writer,
        time::{FormatTime as _, SystemTime},
    },
    layer::Context,
};

use super::sink::Sink;

/// Writes events as lines: time, level, message and fields side by side.
pub(super) struct Lines(pub(super) Sink);

thread_local! {
    static LINE: RefCell<String> = const { RefCell::new(String::new()) };
}

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        LINE.with(|line| {
            // A value that logs while it is written is left out of the log.
            let Ok(mut line) = line.try_borrow_mut() else { return };
            line.clear();
            write(event, &mut line);
            self.0.take(line.as_bytes(), *event.metadata().level());
        });
    }
}

fn write(event: &Event<'_>, line: &mut String) {
    line.push_str(r#"{"timestamp":""#);
    // Writing to a string does not fail.
    let _ = SystemTime.format_time(&mut Writer::new(line));
    line.push_str(r#"","level":""#);
    line.push_str(event.metadata().level().as_str());
    line.push('"');
    event.record(&mut Fields(line));
    line.push_str("}\n");
}

struct Fields<'a>(&'a mut String);

impl Fields<'_> {
    fn name(&mut self, field: &Field) {
        self.0.push_str(",\"");
        // Writing to a string does not fail.
        let _ = Escaped(self.0).write_str(field.name());
        self.0.push_str("\":");
    }

    fn plain(&mut self, field: &Field, value: impl fmt::Display) {
        self.name(field);
        let _ = write!(self.0, "{value}");
    }

    fn text(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        self.name(field);
        self.0.push('"');
        let _ = Escaped(self.0).write_fmt(value);
        self.0.push('"');
    }
}

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.text(field, format_args!("{value:?}"));
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, format_args!("{value}"));
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.plain(field, value);
    }
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.plain(field, value);
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.plain(field, value);
    }
}

/// Text inside a JSON string, so that nobody's value ends a line or begins a field. [RFC 8259 §7]
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|c| c < 0x20 || matches!(c, b'"' | b'\\' | 0x7f)) {
            let (before, after) = rest.split_at(at);
            self.0.push_str(before);
            let mut letters = after.chars();
            match letters.next() {
                Some(c @ ('"' | '\\')) => self.0.extend(['\\', c]),
                Some('\n') => self.0.push_str("\\n"),
                Some(c) => write!(self.0, "\\u{:04x}", u32::from(c))?,
                None => {}
            }
            rest = letters.as_str();
        }
        self.0.push_str(rest);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use serde_json::Value;
    use tracing::{Event, Subscriber};
    use tracing_subscriber::{Layer, layer::Context, layer::SubscriberExt as _};

    use super::write;

    struct Kept(Arc<Mutex<String>>);

    impl<S: Subscriber> Layer<S> for Kept {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            write(event, &mut self.0.lock().unwrap());
        }
    }

    fn line(log: impl FnOnce()) -> String {
        let kept = Arc::new(Mutex::new(String::new()));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(Kept(Arc::clone(&kept))), log);
        std::mem::take(&mut *kept.lock().unwrap())
    }

    #[test]
    fn a_line_holds_time_level_message_and_fields() {
        let line = line(|| tracing::info!("http.status" = 200, id = "a", is_new = true, asked = %"b", "http.request"));
        let read: Value = serde_json::from_str(&line).unwrap();
        assert!(read["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
        assert_eq!((&read["level"], &read["message"], &read["http.status"]), (&"INFO".into(), &"http.request".into(), &200.into()));
        assert_eq!((&read["id"], &read["is_new"], &read["asked"]), (&"a".into(), &true.into(), &"b".into()));
    }

    #[test]
    fn no_value_ends_a_line_or_begins_a_field() {
        let hostile = "one\ntwo\",\"level\":\"ERROR\\\u{1}\u{1b}[0m é";
        let line = line(|| tracing::warn!(cause = hostile, shown = ?hostile, "{hostile}"));
        assert_eq!(line.matches('\n').count(), 1);
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&read["level"], &read["cause"], &read["message"]), (&"WARN".into(), &hostile.into(), &hostile.into()));
    }
}
