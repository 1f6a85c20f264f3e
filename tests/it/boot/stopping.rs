//! F14: a stop accepts nothing new, answers what is in flight, and ends with 0. And connections that take too long are cut.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
};

use super::served::Served;

/// A request that the server has begun to answer: it asked for the body.
struct InFlight {
    stream: TcpStream,
    body: String,
}

impl InFlight {
    fn begin(served: &Served) -> Self {
        let body = serde_json::json!({"account": {"email": "camille@courriel.test"}, "password": "une phrase assez longue"}).to_string();
        let token = std::fs::read_to_string(served.data().join("local.token")).unwrap();
        let mut stream = TcpStream::connect(address(served)).unwrap();
        write!(
            stream,
            "POST /api/v1/tenants/personal/accounts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            body.len()
        )
        .unwrap();
        let mut begun = [0; 25];
        stream.read_exact(&mut begun).unwrap();
        assert_eq!(&begun, b"HTTP/1.1 100 Continue\r\n\r\n");
        Self { stream, body }
    }

    fn finish(mut self) -> String {
        self.stream.write_all(self.body.as_bytes()).unwrap();
        let mut reply = String::new();
        self.stream.read_to_string(&mut reply).unwrap();
        reply
    }
}

fn address(served: &Served) -> String {
    served.url.trim_start_matches("http://").to_owned()
}

/// Until nobody listens there any more.
fn closed(address: &str) {
    while TcpStream::connect(address).map_err(|error| error.kind()).err() != Some(ErrorKind::ConnectionRefused) {
        std::thread::yield_now();
    }
}

#[test]
fn what_is_in_flight_when_it_is_told_to_stop_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start_in(folder.path(), &[]);
    let place = address(&served);
    let in_flight: Vec<InFlight> = (0..4).map(|_| InFlight::begin(&served)).collect();
    let _idle = TcpStream::connect(&place).unwrap();
    served.signal("TERM");
    closed(&place);
    let replies: Vec<String> = in_flight.into_iter().map(InFlight::finish).collect();
    assert_eq!(replies.iter().filter(|reply| reply.starts_with("HTTP/1.1 201")).count(), 1, "{replies:?}");
    assert_eq!(replies.iter().filter(|reply| reply.starts_with("HTTP/1.1 409")).count(), 3, "{replies:?}");
    assert!(replies.iter().all(|reply| reply.to_lowercase().contains("connection: close")));
    let (status, _) = served.ended();
    assert_eq!(status.code(), Some(0));
    let again = Served::start_in(folder.path(), &[]);
    assert_eq!(again.cli_json(&["account", "list", "--tenant", "personal"]).as_array().unwrap().len(), 1, "what was acknowledged is there");
}

#[test]
fn a_second_signal_does_not_wait() {
    let served = Served::start(&["--shutdown-seconds", "3600"]);
    let place = address(&served);
    let _never_finished = InFlight::begin(&served);
    served.signal("TERM");
    closed(&place);
    served.signal("INT");
    assert_eq!(served.ended().0.code(), Some(0));
}

#[test]
fn a_request_that_never_ends_does_not_hold_a_stop_for_ever() {
    let served = Served::start(&["--shutdown-seconds", "1"]);
    let _never_finished = InFlight::begin(&served);
    assert_eq!(served.stop().0.code(), Some(0));
}

#[test]
fn a_head_or_a_body_that_takes_too_long_is_cut() {
    let served = Served::start(&["--header-seconds", "1", "--body-seconds", "1"]);
    let mut slow_head = TcpStream::connect(address(&served)).unwrap();
    slow_head.write_all(b"GET /health/live HTTP/1.1\r\nHost: local").unwrap();
    let mut slow_body = InFlight::begin(&served).stream;
    slow_body.write_all(b"{").unwrap();
    let mut reply = String::new();
    slow_body.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 400"), "{reply}");
    reply.clear();
    // It may be told so or only be cut.
    let _ = slow_head.read_to_string(&mut reply);
    assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 408"), "{reply}");
}
