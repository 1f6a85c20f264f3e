//! F18: a panic in one request is that request's 500, and nobody else's.

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::{
    App, HttpResponse, HttpServer,
    middleware::from_fn,
    web::{self, Data},
};
use parvis::web::{State, guard};

use super::wire::Wire;
use crate::harness::House;

async fn panics(shared: Data<Mutex<u32>>) -> HttpResponse {
    let mut count = shared.lock().unwrap_or_else(PoisonError::into_inner);
    *count += 1;
    // The third time it works: what the first two held is not lost with them.
    assert!(*count > 2, "a fault of ours");
    HttpResponse::Ok().finish()
}

async fn works() -> HttpResponse {
    HttpResponse::Ok().body("here")
}

#[actix_web::test]
async fn a_panic_is_one_500_with_a_number_to_quote_and_everything_else_goes_on() {
    let house = House::opens().await;
    let state = Data::new(State { tools: house.tools.clone(), counts: Arc::clone(&house.counts), proxies: "".parse().unwrap(), demo: false });
    let shared = Data::new(Mutex::new(0_u32));
    let server = HttpServer::new(move || {
        let app = App::new().app_data(state.clone()).app_data(shared.clone()).wrap(from_fn(guard::canonical)).wrap(from_fn(guard::around));
        app.route("/panics", web::get().to(panics)).route("/works", web::get().to(works))
    });
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    let mut wire = Wire::to(address);
    for _ in 0..2 {
        let answer = wire.get("/panics", &[]).await.expect("an answer, not a closed connection");
        assert_eq!((answer.status, answer.json()["error"].as_str()), (500, Some("server_error")), "{}", answer.text());
        let words = answer.json()["error_description"].as_str().unwrap().to_owned();
        assert!(uuid::Uuid::parse_str(words.trim_start_matches("incident ")).is_ok(), "{words}");
        assert!(!answer.text().contains("a fault of ours"), "what happened is for the log");
        // On the same connection, by the same thread.
        let answer = wire.get("/works", &[]).await.unwrap();
        assert_eq!((answer.status, &*answer.body), (200, b"here".as_slice()));
    }
    assert_eq!(wire.get("/panics", &[]).await.unwrap().status, 200);
    handle.stop(true).await;
    running.await.unwrap().unwrap();
}
