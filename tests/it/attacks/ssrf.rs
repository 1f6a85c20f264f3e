//! A stranger registers an address so that this server knocks on a door that only this server can reach. [CWE-918]

use std::{
    collections::BTreeSet,
    io::{self, Read as _, Write as _},
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use parvis::outside::{Fetch, FetchFailed, FetchRules, Names, Purpose};

use crate::logout::receiver::{Receiver, Reply};

/// Names as the attacker's own name server tells them.
struct Told {
    addresses: Vec<IpAddr>,
    asked: AtomicUsize,
}

impl Told {
    fn new(addresses: &[&str]) -> Arc<Self> {
        Arc::new(Self { addresses: addresses.iter().map(|text| text.parse().unwrap()).collect(), asked: AtomicUsize::new(0) })
    }
}

#[async_trait]
impl Names for Told {
    async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Ok(self.addresses.clone())
    }
}

fn guarded(names: Arc<dyn Names>) -> Fetch {
    Fetch::new(FetchRules { names, ..FetchRules::default() }).unwrap()
}

fn open_to_loopback() -> FetchRules {
    FetchRules { loopback_for: BTreeSet::from([Purpose::BackchannelLogout]), ..FetchRules::default() }
}

async fn post(fetch: &Fetch, url: &str) -> Result<u16, FetchFailed> {
    fetch.post_form(Purpose::BackchannelLogout, url, &[("logout_token", "x")]).await.map(|answer| answer.status().as_u16())
}

#[tokio::test]
async fn addresses_written_as_numbers_reach_nothing_inside() {
    let receiver = Receiver::start(Reply::Status(200)).await;
    let fetch = guarded(Told::new(&[]));
    let port = receiver.port();
    for host in
        ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::]", "0.0.0.0", "169.254.169.254", "10.0.0.1"]
    {
        assert_eq!(post(&fetch, &format!("https://{host}:{port}/")).await, Err(FetchFailed::NotPublic), "{host}");
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_followed() {
    let receiver = Receiver::start(Reply::Status(200)).await;
    let url = format!("https://clients.example:{}/", receiver.port());
    for addresses in [&["127.0.0.1"][..], &["::1"], &["::ffff:127.0.0.1"], &["192.168.7.7"], &["1.1.1.1", "127.0.0.1"], &["fd00::1", "2606:4700::1111"]] {
        assert_eq!(post(&guarded(Told::new(addresses)), &url).await, Err(FetchFailed::NotPublic), "{addresses:?}");
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn localhost_and_the_names_under_it_are_this_machine() {
    let receiver = Receiver::start(Reply::Status(200)).await;
    let fetch = Fetch::new(FetchRules::default()).unwrap();
    for host in ["localhost", "LOCALHOST", "localhost.", "anything.localhost"] {
        assert_eq!(post(&fetch, &format!("https://{host}:{}/", receiver.port())).await, Err(FetchFailed::NotPublic), "{host}");
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn the_connection_goes_to_the_addresses_that_were_checked() {
    let receiver = Receiver::start(Reply::Status(204)).await;
    let names = Told::new(&["127.0.0.1"]);
    let fetch = Fetch::new(FetchRules { names: names.clone(), ..open_to_loopback() }).unwrap();
    assert_eq!(post(&fetch, &format!("http://app.localhost:{}/", receiver.port())).await, Ok(204));
    assert_eq!(names.asked.load(Ordering::Relaxed), 1, "a name asked twice may answer twice differently");
}

#[tokio::test]
async fn only_https_goes_out_and_http_only_to_this_machine_where_that_is_allowed() {
    let receiver = Receiver::start(Reply::Status(200)).await;
    let port = receiver.port();
    let closed = guarded(Told::new(&["1.1.1.1"]));
    for url in
        ["http://clients.example/", "ftp://clients.example/", "file:///etc/passwd", "gopher://clients.example/", "https://user:pw@clients.example/", "", "/x"]
    {
        assert_eq!(post(&closed, url).await, Err(FetchFailed::BadAddress), "{url}");
    }
    assert_eq!(post(&closed, &format!("http://127.0.0.1:{port}/")).await, Err(FetchFailed::BadAddress));
    let open = Fetch::new(open_to_loopback()).unwrap();
    assert_eq!(post(&open, "http://clients.example/").await, Err(FetchFailed::BadAddress));
    let other = open.post_form(Purpose::Demonstration, &format!("http://127.0.0.1:{port}/"), &[]).await;
    assert_eq!(other.map(|_| ()), Err(FetchFailed::BadAddress), "an exception for one purpose is none for another");
    assert_eq!(receiver.connections(), 0);
    for host in ["127.0.0.1", "localhost", "app.localhost"] {
        assert_eq!(post(&open, &format!("http://{host}:{port}/")).await, Ok(200), "{host}");
    }
}

#[tokio::test]
async fn a_name_under_localhost_that_resolves_elsewhere_is_not_followed_in_plain_http() {
    let fetch = Fetch::new(FetchRules { names: Told::new(&["1.1.1.1"]), ..open_to_loopback() }).unwrap();
    assert_eq!(post(&fetch, "http://app.localhost:9/").await, Err(FetchFailed::NotPublic));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let receiver = Receiver::start(Reply::RedirectToSelf).await;
    let fetch = Fetch::new(open_to_loopback()).unwrap();
    assert_eq!(post(&fetch, &receiver.url("/")).await, Ok(302));
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn a_large_answer_is_cut_off_whether_it_says_its_length_or_not() {
    for reply in [Reply::Large { says_so: true }, Reply::Large { says_so: false }] {
        let receiver = Receiver::start(reply).await;
        let fetch = Fetch::new(open_to_loopback()).unwrap();
        assert_eq!(post(&fetch, &receiver.url("/")).await, Err(FetchFailed::TooLarge));
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_left() {
    for reply in [Reply::Never, Reply::HalfThenNever] {
        let receiver = Receiver::start(reply).await;
        let fetch = Fetch::new(FetchRules { patience: Duration::from_millis(150), ..open_to_loopback() }).unwrap();
        assert_eq!(post(&fetch, &receiver.url("/")).await, Err(FetchFailed::TooSlow));
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_ends_the_connection_and_an_extra_authority_vouches() {
    let authority = rcgen::CertifiedIssuer::self_signed(
        {
            let mut params = rcgen::CertificateParams::default();
            params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
            params
        },
        rcgen::KeyPair::generate().unwrap(),
    )
    .unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["app.localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let url = format!("https://app.localhost:{}/", one_word_over_tls(&certificate, &key));
    let stranger = rcgen::generate_simple_self_signed(vec!["else.localhost".to_owned()]).unwrap();
    let distrusting = FetchRules { extra_authorities: stranger.cert.pem().into_bytes(), ..open_to_loopback() };
    assert_eq!(post(&Fetch::new(distrusting).unwrap(), &url).await, Err(FetchFailed::NoConnection));
    let trusting = FetchRules { extra_authorities: authority.pem().into_bytes(), ..open_to_loopback() };
    assert_eq!(post(&Fetch::new(trusting).unwrap(), &url).await, Ok(200));
}

/// A server that answers every connection with 200, over TLS. Returns its port.
fn one_word_over_tls(certificate: &rcgen::Certificate, key: &rcgen::KeyPair) -> u16 {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream.unwrap());
            let mut request = [0; 2048];
            if stream.read(&mut request).is_ok() {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    port
}
