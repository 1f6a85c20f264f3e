//! Accounts from a file: lines in, and a report out while they are worked on.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::{Bytes, BytesMut, Path, Payload},
};
use futures_util::{StreamExt as _, stream};
use serde::Serialize;
use tokio::sync::mpsc;

use super::{Administrator, Problem, problem::told};
use crate::{
    service::admin::{
        Refused,
        import::{Format, Import, ImportAsked, Reported, Told, Totals},
    },
    values::Fault,
};

/// So many pieces of the report wait for a slow reader; then the import waits, too.
const WAITING: usize = 4;

/// The last line of a report: whoever finds neither knows that the connection broke.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Last {
    /// All lines were looked at.
    Totals(Totals),
    /// We failed; what to quote to the operator.
    BrokenOff {
        /// Its number in the log.
        incident: String,
    },
}

pub(super) async fn accounts(admin: Administrator, tenant: Path<String>, request: HttpRequest, body: Payload) -> Result<HttpResponse, Problem> {
    let asked: ImportAsked = serde_urlencoded::from_str(request.query_string()).map_err(|error| Refused::Malformed(error.to_string()))?;
    // Nothing of the file is read for those who may not send one.
    let import = Import::begin(&admin.tools, &admin.by, &tenant, asked).await?;
    let format = format(&request)?;
    let ready = import.read(&whole(body).await?, format)?;
    let (to, inbox) = mpsc::channel(WAITING);
    actix_web::rt::spawn(ready.run(to));
    let report = stream::unfold(inbox, |mut inbox| async move { inbox.recv().await.map(|told| (piece(told), inbox)) });
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).content_type("application/x-ndjson").streaming(report))
}

fn format(request: &HttpRequest) -> Result<Format, Refused> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/x-ndjson" | "application/jsonl" => Ok(Format::Ndjson),
        "text/csv" => Ok(Format::Csv),
        _ => Err(Refused::Malformed("the body must be application/x-ndjson or text/csv".to_owned())),
    }
}

async fn whole(mut body: Payload) -> Result<Bytes, Refused> {
    let mut all = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| Refused::Malformed("the body was cut off".to_owned()))?;
        if all.len() + chunk.len() > Import::BYTES {
            return Err(Refused::Malformed("the body is longer than 4 MiB: send it in parts".to_owned()));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

/// A piece of the report as lines of JSON.
fn piece(part: Told) -> Result<Bytes, Fault> {
    let mut text = Vec::new();
    match part {
        Told::Lines(lines) => lines.iter().try_for_each(|line: &Reported| write(&mut text, line))?,
        Told::Totals(totals) => write(&mut text, &Last::Totals(totals))?,
        Told::BrokenOff(fault) => write(&mut text, &Last::BrokenOff { incident: told(&fault) })?,
    }
    Ok(text.into())
}

fn write(into: &mut Vec<u8>, line: &impl Serialize) -> Result<(), Fault> {
    serde_json::to_writer(&mut *into, line).map_err(|error| Fault::because("a report does not encode", error))?;
    into.push(b'\n');
    Ok(())
}
