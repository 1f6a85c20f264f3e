//! The mail server is reached in TLS that is trusted, or not at all.

use std::{
    io::{BufRead as _, BufReader, Read, Write},
    net::TcpListener,
    sync::Arc,
    thread,
};

use parvis::{
    journey::Letter,
    model::{MailContent, MessageState},
    outside::mail::{MailServer, MailServerRules, MailTls},
    values::{Locale, Secret},
};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::aws_lc_rs, pki_types::PrivateKeyDer};

use super::{message, outbox_to, post_office::PostOffice, posts, server_at};
use crate::harness::House;

/// Speaks TLS from the first byte, takes one mail of somebody with the right password, and says whose it was.
fn takes_one(listener: TcpListener, certified: &rcgen::CertifiedKey<rcgen::KeyPair>) -> thread::JoinHandle<Option<String>> {
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certified.cert.der().clone()], key).unwrap());
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        converse(StreamOwned::new(ServerConnection::new(config).unwrap(), stream))
    })
}

fn converse(stream: impl Read + Write) -> Option<String> {
    let mut stream = BufReader::new(stream);
    let (mut reply, mut to, mut is_known) = ("220 poste.test ESMTP", None, false);
    loop {
        stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).ok()?;
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        reply = match line.split([' ', '\r']).next().unwrap() {
            "EHLO" => "250-poste.test\r\n250 AUTH PLAIN",
            "AUTH" => {
                // NUL parvis NUL secret.
                is_known = line.contains("AHBhcnZpcwBzZWNyZXQ=");
                if is_known { "235 welcome" } else { "535 5.7.8 who are you" }
            }
            "RCPT" if !is_known => "530 5.7.0 who are you",
            "RCPT" => {
                to = line.split_once('<').map(|(_, rest)| rest.split('>').next().unwrap().to_owned());
                "250 well"
            }
            "DATA" => {
                stream.get_mut().write_all(b"354 go on\r\n").ok()?;
                let mut content = String::new();
                while !content.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut content).ok()?;
                }
                stream.get_mut().write_all(b"250 taken\r\n").ok()?;
                return to;
            }
            "QUIT" => return None,
            _ => "250 well",
        };
    }
}

async fn waits(house: &House) -> String {
    let to = Some("camille@courriel.test".parse().unwrap());
    posts(house, Letter::new(MailContent::Test, to, Locale::Fr, house.tenant)).await
}

fn rules(port: u16, password: &str, pem: &str) -> MailServerRules {
    let login = Some(("parvis".to_owned(), Secret::from(password)));
    MailServerRules { host: "localhost".to_owned(), tls: MailTls::Implicit, login, extra_authorities: pem.as_bytes().to_vec(), ..server_at(port) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_server_gets_the_password_and_the_mail() {
    let (house, listener) = (House::opens().await, TcpListener::bind("127.0.0.1:0").unwrap());
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let rules = rules(listener.local_addr().unwrap().port(), "secret", &certified.cert.pem());
    let id = waits(&house).await;
    let server = takes_one(listener, &certified);
    outbox_to(&house, MailServer::new(&rules).unwrap()).pass().await;
    assert_eq!(message(&house, &id).await.state, MessageState::Sent, "{:?}", message(&house, &id).await.reply);
    assert_eq!(server.join().unwrap().as_deref(), Some("camille@courriel.test"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_loses_no_mail() {
    let (house, listener) = (House::opens().await, TcpListener::bind("127.0.0.1:0").unwrap());
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let rules = rules(listener.local_addr().unwrap().port(), "sesame", &certified.cert.pem());
    let id = waits(&house).await;
    let server = takes_one(listener, &certified);
    outbox_to(&house, MailServer::new(&rules).unwrap()).pass().await;
    let after = message(&house, &id).await;
    assert_eq!((after.state, after.tries), (MessageState::Queued, 1), "{:?}", after.reply);
    assert!(after.reply.unwrap().contains("535"));
    assert_eq!(server.join().unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_nobody_vouches_for_gets_nothing() {
    let (house, listener) = (House::opens().await, TcpListener::bind("127.0.0.1:0").unwrap());
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let rules = rules(listener.local_addr().unwrap().port(), "secret", "");
    let id = waits(&house).await;
    let server = takes_one(listener, &certified);
    outbox_to(&house, MailServer::new(&rules).unwrap()).pass().await;
    assert_eq!(message(&house, &id).await.state, MessageState::Queued);
    assert_eq!(server.join().unwrap(), None);
}

#[tokio::test]
async fn a_server_that_offers_no_tls_gets_nothing_where_tls_is_wanted() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let id = waits(&house).await;
    let rules = MailServerRules { tls: MailTls::Starttls, ..server_at(office.port) };
    outbox_to(&house, MailServer::new(&rules).unwrap()).pass().await;
    assert!(office.taken().is_empty());
    assert_eq!(message(&house, &id).await.state, MessageState::Queued, "it waits until the server is mended");
}
