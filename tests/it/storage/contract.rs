//! What every engine promises. Each test runs on each of them.

use std::sync::Arc;

use parvis::{
    model::{Actor, AuditEvent, EventName, Index, Key},
    storage::{Batch, Beginning, CommitError, Entry, Loaded, Paging, Store, memory::Memory},
    values::{TenantId, Timestamp},
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{
    sled::Folder,
    thing::{ADDRESS, OWNER, Thing},
};

const NOW: Timestamp = Timestamp(1_000);

/// An engine, and what must live as long as it does.
struct Subject {
    store: Arc<dyn Store>,
    _folder: Option<Folder>,
}

impl Subject {
    fn memory() -> Self {
        Self { store: Arc::new(Memory::default()), _folder: None }
    }
    fn sled() -> Self {
        let folder = Folder::new();
        Self { store: Arc::new(folder.open()), _folder: Some(folder) }
    }
}

macro_rules! promises { ($($name:ident),* $(,)?) => {
    mod memory { $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $name() { super::$name(&super::Subject::memory().store).await; })* }
    mod sled { $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $name() { let subject = super::Subject::sled(); super::$name(&subject.store).await; })* }
}}

promises! {
    what_is_inserted_is_read_back,
    a_second_insert_of_a_key_conflicts,
    an_update_of_an_old_version_conflicts,
    an_update_of_a_deleted_row_conflicts,
    a_row_that_was_only_looked_at_must_not_have_changed,
    a_value_of_another_row_is_taken_and_nothing_of_the_batch_is_written,
    two_rows_swap_their_addresses_in_one_batch,
    an_address_that_is_given_up_in_the_batch_is_free_in_it,
    an_address_that_was_given_up_is_free,
    two_claims_of_one_address_in_a_batch_are_taken,
    a_looked_at_row_keeps_its_address,
    one_record_twice_in_a_batch_is_refused,
    an_expired_row_is_absent_and_its_address_free,
    a_later_owner_keeps_an_address_when_the_expired_row_goes,
    an_expired_row_can_be_inserted_anew,
    a_list_is_in_the_order_of_keys_and_comes_in_pages,
    a_listed_value_is_not_the_beginning_of_another,
    a_list_follows_its_rows,
    a_list_comes_backwards_in_pages_too,
    a_leading_index_lists_the_rows_whose_keys_begin_with_the_value,
    values_are_found_by_how_they_begin,
    unique_values_are_found_by_how_they_begin,
    a_sweep_removes_what_expired_and_no_more_than_asked,
    a_sweep_leaves_rows_that_were_prolonged,
    a_chain_has_no_gaps_under_concurrency,
    of_sixty_four_redemptions_one_wins,
    of_twenty_lost_updates_none_is_lost,
    an_event_is_not_written_when_its_batch_is_refused,
}

async fn load(store: &Arc<dyn Store>, name: &str) -> Option<Loaded<Thing>> {
    store.load::<Thing>(&Thing::key_of(name), NOW).await.unwrap()
}

async fn at(store: &Arc<dyn Store>, address: &str, now: Timestamp) -> Option<String> {
    store.by::<Thing>(ADDRESS, &Key::of([address]), now).await.unwrap().map(|thing| thing.name.clone())
}

async fn names(store: &Arc<dyn Store>, owner: &str, page: Paging) -> Vec<String> {
    store.all::<Thing>(OWNER, &Key::of([owner]), page, NOW).await.unwrap().iter().map(|thing| thing.name.clone()).collect()
}

async fn insert(store: &Arc<dyn Store>, things: &[Thing]) {
    let mut batch = Batch::new(NOW);
    for thing in things {
        batch.insert(thing).unwrap();
    }
    store.commit(batch).await.unwrap();
}

fn changed(thing: Loaded<Thing>, change: impl FnOnce(Thing) -> Thing) -> Loaded<Thing> {
    thing.map(change)
}

async fn what_is_inserted_is_read_back(store: &Arc<dyn Store>) {
    let thing = Thing::new("one").at("ada@maple.example").of("maple").until(2_000);
    insert(store, std::slice::from_ref(&thing)).await;
    assert_eq!(load(store, "one").await.unwrap().into_value(), thing);
    assert_eq!(at(store, "ada@maple.example", NOW).await.as_deref(), Some("one"));
    assert_eq!(names(store, "maple", Paging::first(9)).await, ["one"]);
    assert!(load(store, "two").await.is_none());
    assert!(at(store, "bo@maple.example", NOW).await.is_none());
}

async fn a_second_insert_of_a_key_conflicts(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one")]).await;
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("one").counting(1)).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Conflict(_))));
    assert_eq!(load(store, "one").await.unwrap().count, 0);
}

async fn an_update_of_an_old_version_conflicts(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one")]).await;
    let (first, second) = (load(store, "one").await.unwrap(), load(store, "one").await.unwrap());
    let mut batch = Batch::new(NOW);
    batch.update(changed(first, |thing| thing.counting(1))).unwrap();
    store.commit(batch).await.unwrap();
    let mut batch = Batch::new(NOW);
    batch.update(changed(second, |thing| thing.counting(2))).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Conflict(_))));
    assert_eq!(load(store, "one").await.unwrap().count, 1);
}

async fn an_update_of_a_deleted_row_conflicts(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one")]).await;
    let one = load(store, "one").await.unwrap();
    let mut batch = Batch::new(NOW);
    batch.delete(&one);
    store.commit(batch).await.unwrap();
    let mut batch = Batch::new(NOW);
    batch.update(one).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Conflict(_))));
    assert!(load(store, "one").await.is_none());
}

async fn a_row_that_was_only_looked_at_must_not_have_changed(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one"), Thing::new("two")]).await;
    let seen = load(store, "one").await.unwrap();
    let mut batch = Batch::new(NOW);
    batch.update(changed(load(store, "one").await.unwrap(), |thing| thing.counting(1))).unwrap();
    store.commit(batch).await.unwrap();
    let mut batch = Batch::new(NOW);
    batch.unchanged(&seen).update(changed(load(store, "two").await.unwrap(), |thing| thing.counting(1))).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Conflict(_))));
    assert_eq!(load(store, "two").await.unwrap().count, 0);
}

async fn a_value_of_another_row_is_taken_and_nothing_of_the_batch_is_written(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example")]).await;
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("three")).unwrap().insert(&Thing::new("two").at("ada@maple.example")).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Taken(index)) if index == ADDRESS));
    assert!(load(store, "two").await.is_none() && load(store, "three").await.is_none());
    assert_eq!(at(store, "ada@maple.example", NOW).await.as_deref(), Some("one"));
}

async fn two_rows_swap_their_addresses_in_one_batch(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example"), Thing::new("two").at("bo@maple.example")]).await;
    let mut batch = Batch::new(NOW);
    batch.update(changed(load(store, "one").await.unwrap(), |thing| thing.at("bo@maple.example"))).unwrap();
    batch.update(changed(load(store, "two").await.unwrap(), |thing| thing.at("ada@maple.example"))).unwrap();
    store.commit(batch).await.unwrap();
    assert_eq!(at(store, "ada@maple.example", NOW).await.as_deref(), Some("two"));
    assert_eq!(at(store, "bo@maple.example", NOW).await.as_deref(), Some("one"));
}

async fn an_address_that_is_given_up_in_the_batch_is_free_in_it(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example")]).await;
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("two").at("ada@maple.example")).unwrap().delete(&load(store, "one").await.unwrap());
    store.commit(batch).await.unwrap();
    assert_eq!(at(store, "ada@maple.example", NOW).await.as_deref(), Some("two"));
}

async fn an_address_that_was_given_up_is_free(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example")]).await;
    let mut batch = Batch::new(NOW);
    batch.update(changed(load(store, "one").await.unwrap(), |thing| thing.at("ada@oak.example"))).unwrap();
    store.commit(batch).await.unwrap();
    assert!(at(store, "ada@maple.example", NOW).await.is_none());
    insert(store, &[Thing::new("two").at("ada@maple.example")]).await;
}

async fn two_claims_of_one_address_in_a_batch_are_taken(store: &Arc<dyn Store>) {
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("one").at("ada@maple.example")).unwrap().insert(&Thing::new("two").at("ada@maple.example")).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Taken(_))));
}

async fn a_looked_at_row_keeps_its_address(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example")]).await;
    let mut batch = Batch::new(NOW);
    batch.unchanged(&load(store, "one").await.unwrap()).insert(&Thing::new("two").at("ada@maple.example")).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Taken(_))));
}

async fn one_record_twice_in_a_batch_is_refused(store: &Arc<dyn Store>) {
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("one")).unwrap().insert(&Thing::new("one").counting(1)).unwrap();
    assert!(matches!(store.commit(batch).await, Err(CommitError::Store(_))));
    assert!(load(store, "one").await.is_none());
}

async fn an_expired_row_is_absent_and_its_address_free(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example").of("maple").until(1_001)]).await;
    let later = Timestamp(1_001);
    assert!(store.load::<Thing>(&Thing::key_of("one"), later).await.unwrap().is_none());
    assert!(at(store, "ada@maple.example", later).await.is_none());
    assert!(store.all::<Thing>(OWNER, &Key::of(["maple"]), Paging::first(9), later).await.unwrap().is_empty());
    let mut batch = Batch::new(later);
    batch.insert(&Thing::new("two").at("ada@maple.example")).unwrap();
    store.commit(batch).await.unwrap();
    assert_eq!(at(store, "ada@maple.example", later).await.as_deref(), Some("two"));
}

async fn a_later_owner_keeps_an_address_when_the_expired_row_goes(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example").until(1_001)]).await;
    let later = Timestamp(1_001);
    let mut batch = Batch::new(later);
    batch.insert(&Thing::new("two").at("ada@maple.example")).unwrap();
    store.commit(batch).await.unwrap();
    assert_eq!(store.sweep(later, 10).await.unwrap(), 1);
    assert_eq!(at(store, "ada@maple.example", later).await.as_deref(), Some("two"));
}

async fn an_expired_row_can_be_inserted_anew(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").at("ada@maple.example").of("maple").until(1_001)]).await;
    let later = Timestamp(1_001);
    let mut batch = Batch::new(later);
    batch.insert(&Thing::new("one").of("oak")).unwrap();
    store.commit(batch).await.unwrap();
    assert!(at(store, "ada@maple.example", NOW).await.is_none());
    assert!(names(store, "maple", Paging::first(9)).await.is_empty());
    assert_eq!(names(store, "oak", Paging::first(9)).await, ["one"]);
    assert_eq!(store.sweep(later, 10).await.unwrap(), 0);
}

async fn a_list_is_in_the_order_of_keys_and_comes_in_pages(store: &Arc<dyn Store>) {
    insert(store, &["d", "a", "c", "ab", "b"].map(|name| Thing::new(name).of("maple"))).await;
    insert(store, &[Thing::new("e").of("oak")]).await;
    assert_eq!(names(store, "maple", Paging::first(9)).await, ["a", "ab", "b", "c", "d"]);
    assert_eq!(names(store, "maple", Paging::first(2)).await, ["a", "ab"]);
    assert_eq!(names(store, "maple", Paging::after(Thing::key_of("a"), 2)).await, ["ab", "b"]);
    assert_eq!(names(store, "maple", Paging::after(Thing::key_of("bb"), 2)).await, ["c", "d"]);
    assert!(names(store, "maple", Paging::after(Thing::key_of("d"), 2)).await.is_empty());
}

async fn a_list_comes_backwards_in_pages_too(store: &Arc<dyn Store>) {
    let things = ["a", "b", "c", "d"].map(|name| Thing::new(name).of("x"));
    insert(store, &things).await;
    insert(store, &[Thing::new("0").of("w"), Thing::new("e").of("x\u{0}1"), Thing::new("f").of("y"), Thing::new("bb").of("x").until(900)]).await;
    assert_eq!(names(store, "x", Paging::last(3)).await, ["d", "c", "b"]);
    assert_eq!(names(store, "x", Paging::before(Key::of(["b"]), 3)).await, ["a"]);
    assert_eq!(names(store, "x", Paging::before(Key::of(["cc"]), 9)).await, ["c", "b", "a"], "a place need not be a row's");
    assert!(names(store, "x", Paging::before(Key::of(["a"]), 3)).await.is_empty());
    assert!(names(store, "nobody", Paging::last(3)).await.is_empty());
}

async fn a_leading_index_lists_the_rows_whose_keys_begin_with_the_value(store: &Arc<dyn Store>) {
    let things = ["maple\0a", "maple\0b", "maple\0c", "maple", "maple2\0a", "map\0e", "oak\0a"].map(Thing::new);
    insert(store, &things).await;
    insert(store, &[Thing::new("maple\0bb").until(900)]).await;
    let of = async |page: Paging| {
        let found = store.all::<Thing>(Index::AccountByTenant, &Key::of(["maple"]), page, NOW).await.unwrap();
        found.into_iter().map(|thing| thing.name.replace('\0', " ")).collect::<Vec<_>>()
    };
    let place = |name: &str| Key::of(["maple", name]);
    assert_eq!(of(Paging::first(9)).await, ["maple a", "maple b", "maple c"]);
    assert_eq!(of(Paging::first(2)).await, ["maple a", "maple b"]);
    assert_eq!(of(Paging::after(place("a"), 9)).await, ["maple b", "maple c"]);
    assert_eq!(of(Paging::last(2)).await, ["maple c", "maple b"]);
    assert_eq!(of(Paging::before(place("bbb"), 9)).await, ["maple b", "maple a"], "a place need not be a row's");
    for other in [Key::of(["map", "e"]), Key::of(["oak", "a"])] {
        assert!(of(Paging::after(other.clone(), 9)).await.is_empty(), "a place in another list is none in this one");
        assert!(of(Paging::before(other, 9)).await.is_empty());
    }
}

async fn values_are_found_by_how_they_begin(store: &Arc<dyn Store>) {
    let things = [("1", "eon"), ("2", "eon"), ("3", "eonne"), ("4", "ferrand"), ("5", "éon"), ("6", "e")].map(|(name, owner)| Thing::new(name).of(owner));
    insert(store, &things).await;
    insert(store, &[Thing::new("7").of("eon").until(900)]).await;
    let found = |start: &'static str, after: Option<Entry>, limit: usize| {
        let store = Arc::clone(store);
        async move {
            let start = Key::of([start]);
            let what = Beginning { start: &start, after: after.as_ref(), limit };
            store.all_beginning::<Thing>(OWNER, &what, NOW).await.unwrap()
        }
    };
    let mut all: Vec<String> = found("eon", None, 9).await.into_iter().map(|(value, thing)| format!("{} {}", value.as_str(), thing.name)).collect();
    all.sort();
    assert_eq!(all, ["eon 1", "eon 2", "eonne 3"]);
    assert_eq!(found("e", None, 9).await.len(), 4);
    assert_eq!(found("", None, 9).await.len(), 6);
    assert!(found("x", None, 9).await.is_empty());
    // One after another, each once.
    let (mut after, mut seen) = (None, Vec::new());
    while let Some((value, thing)) = found("eo", after.take(), 1).await.into_iter().next() {
        seen.push(thing.name.clone());
        after = Some(Entry { value, key: Key::of([&thing.name]) });
    }
    seen.sort();
    assert_eq!(seen, ["1", "2", "3"]);
}

async fn unique_values_are_found_by_how_they_begin(store: &Arc<dyn Store>) {
    insert(store, &[("1", "eon@a"), ("2", "eon@b"), ("3", "ferrand@a"), ("4", "e")].map(|(name, address)| Thing::new(name).at(address))).await;
    insert(store, &[Thing::new("5").at("eon@c").until(900)]).await;
    let start = Key::of(["eon"]);
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let what = Beginning { start: &start, after: after.as_ref(), limit: 1 };
        let Some((value, thing)) = store.all_beginning::<Thing>(ADDRESS, &what, NOW).await.unwrap().into_iter().next() else { break };
        seen.push(format!("{} {}", value.as_str(), thing.name));
        after = Some(Entry { value, key: Key::of([&thing.name]) });
    }
    assert_eq!(seen, ["eon@a 1", "eon@b 2"]);
}

async fn a_listed_value_is_not_the_beginning_of_another(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").of("maple"), Thing::new("two").of("maple tree"), Thing::new("three").of("map")]).await;
    assert_eq!(names(store, "maple", Paging::first(9)).await, ["one"]);
    assert_eq!(names(store, "map", Paging::first(9)).await, ["three"]);
}

async fn a_list_follows_its_rows(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").of("maple"), Thing::new("two").of("maple")]).await;
    let mut batch = Batch::new(NOW);
    batch.update(changed(load(store, "one").await.unwrap(), |thing| thing.of("oak"))).unwrap();
    batch.delete(&load(store, "two").await.unwrap());
    store.commit(batch).await.unwrap();
    assert!(names(store, "maple", Paging::first(9)).await.is_empty());
    assert_eq!(names(store, "oak", Paging::first(9)).await, ["one"]);
}

async fn a_sweep_removes_what_expired_and_no_more_than_asked(store: &Arc<dyn Store>) {
    let things: Vec<_> = (0..5).map(|n| Thing::new(&format!("old {n}")).at(&format!("{n}@maple.example")).until(1_500)).collect();
    insert(store, &things).await;
    insert(store, &[Thing::new("young").until(1_501), Thing::new("eternal")]).await;
    let later = Timestamp(1_500);
    assert_eq!(store.sweep(Timestamp(1_499), 10).await.unwrap(), 0);
    assert_eq!(store.sweep(later, 3).await.unwrap(), 3);
    assert_eq!(store.sweep(later, 10).await.unwrap(), 2);
    assert_eq!(store.sweep(later, 10).await.unwrap(), 0);
    assert!(load(store, "young").await.is_some() && load(store, "eternal").await.is_some());
    assert!(load(store, "old 0").await.is_none() && at(store, "0@maple.example", NOW).await.is_none());
}

async fn a_sweep_leaves_rows_that_were_prolonged(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("one").until(1_500)]).await;
    let mut batch = Batch::new(NOW);
    batch.update(changed(load(store, "one").await.unwrap(), |thing| thing.until(1_600))).unwrap();
    store.commit(batch).await.unwrap();
    assert_eq!(store.sweep(Timestamp(1_500), 10).await.unwrap(), 0);
    assert_eq!(store.sweep(Timestamp(1_600), 10).await.unwrap(), 1);
    assert!(load(store, "one").await.is_none());
}

fn event(tenant: TenantId) -> AuditEvent {
    AuditEvent::new(EventName::SigninSucceeded, tenant, Actor::SYSTEM, NOW)
}

async fn a_chain_has_no_gaps_under_concurrency(store: &Arc<dyn Store>) {
    let tenant = TenantId(Uuid::from_u128(7));
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let store = Arc::clone(store);
        tasks.spawn(async move {
            let mut batch = Batch::new(NOW);
            batch.audit(&event(tenant)).unwrap();
            store.commit(batch).await.unwrap();
        });
    }
    tasks.join_all().await;
    let events = store.reads(NOW).audit_of(tenant, Paging::first(100)).await.unwrap();
    let places: Vec<u64> = events.iter().map(|event| event.sequence).collect();
    assert_eq!(places, (1..=64).collect::<Vec<_>>());
    assert!(events.windows(2).all(|pair| matches!(pair, [before, after] if after.previous == before.hash)));
    let ends = parvis::storage::audit::verify(&**store, NOW).await.unwrap();
    assert_eq!(ends.iter().map(|end| end.events).sum::<u64>(), 64);
}

async fn of_sixty_four_redemptions_one_wins(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("code")]).await;
    let code = load(store, "code").await.unwrap();
    let mut tasks = JoinSet::new();
    for n in 0..64 {
        let (store, code) = (Arc::clone(store), code.clone());
        tasks.spawn(async move {
            let mut batch = Batch::new(NOW);
            batch.update(changed(code, |thing| thing.counting(1))).unwrap().insert(&Thing::new(&format!("grant {n}"))).unwrap();
            store.commit(batch).await
        });
    }
    let mut won = 0;
    for answer in tasks.join_all().await {
        match answer {
            Ok(()) => won += 1,
            Err(error) => assert!(matches!(error, CommitError::Conflict(_)), "{error}"),
        }
    }
    assert_eq!(won, 1);
}

async fn of_twenty_lost_updates_none_is_lost(store: &Arc<dyn Store>) {
    insert(store, &[Thing::new("counter")]).await;
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let store = Arc::clone(store);
        tasks.spawn(async move {
            loop {
                let mut batch = Batch::new(NOW);
                batch.update(changed(load(&store, "counter").await.unwrap(), |thing| Thing { count: thing.count + 1, ..thing })).unwrap();
                match store.commit(batch).await {
                    Ok(()) => break,
                    Err(error) => assert!(matches!(error, CommitError::Conflict(_)), "{error}"),
                }
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(load(store, "counter").await.unwrap().count, 20);
}

async fn an_event_is_not_written_when_its_batch_is_refused(store: &Arc<dyn Store>) {
    let tenant = TenantId(Uuid::from_u128(7));
    insert(store, &[Thing::new("one")]).await;
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("one")).unwrap().audit(&event(tenant)).unwrap();
    store.commit(batch).await.unwrap_err();
    let mut batch = Batch::new(NOW);
    batch.audit(&event(tenant)).unwrap();
    store.commit(batch).await.unwrap();
    let events = store.reads(NOW).audit_of(tenant, Paging::first(9)).await.unwrap();
    assert_eq!(events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [1]);
}
