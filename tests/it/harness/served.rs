//! The addresses of a house. They are put together once for each house and thread, as a server does: that takes a hundred times longer than an answer.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use actix_web::{
    App,
    dev::{Service as _, ServiceResponse},
    middleware::from_fn,
    rt,
    test::{self, TestRequest},
    web::Data,
};
use parvis::web::{State, guard, routes};
use tokio::sync::{mpsc, oneshot};

use super::House;

type Asked = (TestRequest, oneshot::Sender<ServiceResponse>);

thread_local! {
    static SERVED: RefCell<Vec<(House, mpsc::UnboundedSender<Asked>)>> = const { RefCell::new(Vec::new()) };
}

/// The parts that answers are made of.
fn parts(house: &House) -> [*const (); 8] {
    let tools = &house.tools;
    [
        Arc::as_ptr(&tools.store).cast(),
        Arc::as_ptr(&tools.hasher).cast(),
        Arc::as_ptr(&tools.sealer).cast(),
        Arc::as_ptr(&tools.keyring).cast(),
        Arc::as_ptr(&tools.pages).cast(),
        Arc::as_ptr(&tools.clock).cast(),
        Arc::as_ptr(&tools.entropy).cast(),
        Arc::as_ptr(&house.counts).cast(),
    ]
}

fn is_same(one: &House, other: &House) -> bool {
    parts(one) == parts(other) && one.tools.public_url == other.tools.public_url
}

/// Routes and guards over a house; their type has no name.
macro_rules! service {
    ($house:expr) => {{
        let state = State { tools: $house.tools.clone(), counts: Arc::clone(&$house.counts), proxies: "".parse().unwrap(), demo: false };
        let app = App::new().app_data(Data::new(state)).wrap(from_fn(guard::canonical)).wrap(from_fn(guard::around)).configure(routes::configure);
        test::init_service(app).await
    }};
}

/// An answer of the house, through routes and guards.
pub(super) async fn answer(house: &House, request: TestRequest) -> ServiceResponse {
    if rt::System::try_current().is_none() {
        // A runtime that keeps nothing for a thread: each request has its own.
        return service!(house).call(request.to_request()).await.unwrap().map_into_boxed_body();
    }
    let known = SERVED.with_borrow(|served| served.iter().find(|(served, _)| is_same(served, house)).map(|(_, answers)| answers.clone()));
    let answers = if let Some(answers) = known {
        answers
    } else {
        let answers = opens(house).await;
        SERVED.with_borrow_mut(|served| served.push((house.clone(), answers.clone())));
        answers
    };
    let (reply, answered) = oneshot::channel();
    answers.send((request, reply)).unwrap();
    answered.await.unwrap()
}

/// It ends with the runtime, as a server does: what it is made of does not outlive a thread.
async fn opens(house: &House) -> mpsc::UnboundedSender<Asked> {
    let app = Rc::new(service!(house));
    let (ask, mut asked) = mpsc::unbounded_channel::<Asked>();
    rt::spawn(async move {
        while let Some((request, reply)) = asked.recv().await {
            let app = Rc::clone(&app);
            rt::spawn(async move { reply.send(app.call(request.to_request()).await.unwrap().map_into_boxed_body()) });
        }
    });
    ask
}
