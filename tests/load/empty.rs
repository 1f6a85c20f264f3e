//! The framework's own empty answer, alone and after one signature: what no server built on it can better.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};

use actix_web::{
    App, HttpResponse, HttpServer,
    web::{self, Bytes, Data},
};
use anyhow::{Context as _, Result};
use parvis::{
    crypto::{SigningPair, Unsigned},
    values::Algorithm,
};

use crate::{
    limits,
    run::{Figures, measure as measured},
    wire::{Asking, FORM, Wire, form},
    work::Same,
};

/// The argument by which this program is the framework's server.
pub(crate) const CHILD: &str = "--empty-answer";

/// What it answers: nothing, or nothing after a signature.
pub(crate) const ANSWERS: &[(&str, Option<Algorithm>)] =
    &[("empty answer", None), ("empty answer, one RS256", Some(Algorithm::Rs256)), ("empty answer, one ES256", Some(Algorithm::Es256))];

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Be that server until the parent is gone.
pub(crate) fn serve() -> Result<()> {
    let socket = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", socket.local_addr()?);
    std::io::stdout().flush()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut signed = Vec::new();
    for (number, (_, algorithm)) in ANSWERS.iter().enumerate() {
        if let Some(algorithm) = algorithm {
            let (_, pair) = SigningPair::generate(*algorithm)?;
            signed.push((format!("/{number}"), Data::new((limits::unsigned(&pair)?, pair))));
        }
    }
    let factory = move || {
        let mut app = App::new().route("/0", web::post().to(async |_: Bytes| HttpResponse::Ok().finish()));
        for (path, pair) in &signed {
            let answer = async |pair: Data<(Unsigned, SigningPair)>, _: Bytes| match pair.1.sign(pair.0.clone()) {
                Ok(_) => HttpResponse::Ok().finish(),
                Err(_) => HttpResponse::InternalServerError().finish(),
            };
            app = app.service(web::resource(path.as_str()).app_data(Data::clone(pair)).route(web::post().to(answer)));
        }
        app
    };
    let workers = limits::cores();
    runtime.block_on(tokio::task::LocalSet::new().run_until(async {
        let server = HttpServer::new(factory).workers(workers).disable_signals().listen(socket)?.run();
        let handle = server.handle();
        let parent = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
        tokio::select! {
            ended = server => ended?,
            _ = parent => handle.stop(false).await,
        }
        Ok(())
    }))
}

/// Its figures, with requests like those of a program that asks for a token.
pub(crate) async fn measure(time: Duration, connections: &[usize]) -> Result<Vec<Figures>> {
    let mut child = Command::new(std::env::current_exe()?).arg(CHILD).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("no second process")?;
    let said = child.stdout.take().context("it says nothing")?;
    let process = Process(child);
    let mut line = String::new();
    BufReader::new(said).read_line(&mut line)?;
    let address: SocketAddr = line.trim().parse().context("it does not say where it listens")?;
    let headers = "authorization: Basic cm9ib3Q6cXVhcmFudGUtdHJvaXMtbGV0dHJlcy1xdWktbmUtZGlzZW50LXJpZW4=\r\n";
    let body = form(&[("grant_type", "client_credentials"), ("scope", "commandes.lire")]);
    let mut all = Vec::new();
    for (number, (name, _)) in ANSWERS.iter().enumerate() {
        for count in connections {
            let path = format!("/{number}");
            let request = Asking { method: "POST", path: &path, host: "localhost", headers, body: Some((FORM, &body)) }.bytes();
            let mut workers = Vec::new();
            for _ in 0..*count {
                workers.push(Same { wire: Wire::open(address).await?, request: request.clone() });
            }
            all.push(measured(name, &mut workers, process.0.id(), time).await?);
        }
    }
    Ok(all)
}
