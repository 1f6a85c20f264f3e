//! Any history of commits, sweeps, restarts and passing time, on each engine and on a plain map: they agree at every step.

use std::collections::BTreeMap;

use parvis::{
    model::Key,
    storage::{Batch, CommitError, Loaded, Paging, Store, memory::Memory},
    values::Timestamp,
};
use proptest::{
    collection::{btree_map, vec},
    prelude::{Just, Strategy, any, prop_oneof},
    test_runner::{Config, TestRunner},
};

use super::{
    sled::Folder,
    thing::{ADDRESS, OWNER, Thing},
};

/// What is done to one thing in a batch.
#[derive(Clone, Debug)]
enum Do {
    Insert(Option<u8>, u8, Option<u64>),
    Update(Option<u8>, u8, Option<u64>),
    Delete,
    LookAt,
}

#[derive(Clone, Debug)]
enum Step {
    Commit(BTreeMap<u8, Do>),
    Wait(u64),
    Sweep(usize),
    Restart,
}

fn deeds() -> impl Strategy<Value = Do> {
    let address = || proptest::option::of(0u8..4);
    let end = || proptest::option::of(1u64..12);
    prop_oneof![
        3 => (address(), 0u8..3, end()).prop_map(|(a, o, e)| Do::Insert(a, o, e)),
        3 => (address(), 0u8..3, end()).prop_map(|(a, o, e)| Do::Update(a, o, e)),
        1 => Just(Do::Delete),
        1 => Just(Do::LookAt),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => btree_map(0u8..6, deeds(), 1..4).prop_map(Step::Commit),
        3 => (1u64..4).prop_map(Step::Wait),
        2 => (0usize..5).prop_map(Step::Sweep),
        1 => any::<()>().prop_map(|()| Step::Restart),
    ];
    vec(step, 1..40)
}

/// How a commit ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Done,
    Conflict,
    Taken,
}

/// The plain map.
#[derive(Default)]
struct Map(BTreeMap<String, Thing>);

impl Map {
    fn there(&self, now: Timestamp) -> BTreeMap<&String, &Thing> {
        self.0.iter().filter(|(_, thing)| thing.ends.is_none_or(|end| now < end)).collect()
    }

    fn commit(&mut self, now: Timestamp, deeds: &BTreeMap<u8, Do>) -> End {
        let there = self.there(now);
        let mut after = self.0.clone();
        for (n, deed) in deeds {
            let name = n.to_string();
            if there.contains_key(&name) == matches!(deed, Do::Insert(..)) {
                return End::Conflict;
            }
            match deed {
                Do::Insert(address, owner, end) | Do::Update(address, owner, end) => drop(after.insert(name, made(*n, *address, *owner, now, *end))),
                Do::Delete => drop(after.remove(&name)),
                Do::LookAt => {}
            }
        }
        let map = Self(after);
        let mut addresses: Vec<_> = map.there(now).into_values().filter_map(|thing| thing.address.clone()).collect();
        let all = addresses.len();
        addresses.sort_unstable();
        addresses.dedup();
        if addresses.len() < all {
            return End::Taken;
        }
        *self = map;
        End::Done
    }
}

fn made(n: u8, address: Option<u8>, owner: u8, now: Timestamp, end: Option<u64>) -> Thing {
    let thing = Thing::new(&n.to_string()).of(&"o".repeat(usize::from(owner) + 1));
    let thing = address.map_or(thing.clone(), |address| thing.at(&format!("{address}@maple.example")));
    end.map_or(thing.clone(), |end| thing.until(now.0 + end))
}

async fn commit(store: &dyn Store, now: Timestamp, deeds: &BTreeMap<u8, Do>) -> End {
    let mut batch = Batch::new(now);
    for (n, deed) in deeds {
        let found = store.load::<Thing>(&Thing::key_of(&n.to_string()), now).await.unwrap();
        match (deed, found) {
            (Do::Insert(address, owner, end), _) => drop(batch.insert(&made(*n, *address, *owner, now, *end)).unwrap()),
            // What is not there cannot be loaded, and so cannot be updated.
            (_, None) => return End::Conflict,
            (Do::Update(address, owner, end), Some(found)) => drop(batch.update(found.map(|_| made(*n, *address, *owner, now, *end))).unwrap()),
            (Do::Delete, Some(found)) => drop(batch.delete(&found)),
            (Do::LookAt, Some(found)) => drop(batch.unchanged(&found)),
        }
    }
    match store.commit(batch).await {
        Ok(()) => End::Done,
        Err(CommitError::Conflict(_)) => End::Conflict,
        Err(CommitError::Taken(_)) => End::Taken,
        Err(error) => panic!("{error}"),
    }
}

async fn compare(store: &dyn Store, map: &Map, now: Timestamp) {
    let there = map.there(now);
    for n in 0..6u8 {
        let found = store.load::<Thing>(&Thing::key_of(&n.to_string()), now).await.unwrap();
        assert_eq!(found.map(Loaded::into_value).as_ref(), there.get(&n.to_string()).copied());
    }
    for n in 0..4u8 {
        let address = format!("{n}@maple.example");
        let found = store.by::<Thing>(ADDRESS, &Key::of([&address]), now).await.unwrap();
        let expected = there.values().find(|thing| thing.address.as_ref() == Some(&address));
        assert_eq!(found.map(Loaded::into_value).as_ref(), expected.copied());
    }
    for n in 0..3usize {
        let owner = "o".repeat(n + 1);
        let found = store.all::<Thing>(OWNER, &Key::of([&owner]), Paging::first(9), now).await.unwrap();
        let expected: Vec<_> = there.values().filter(|thing| thing.owner.as_ref() == Some(&owner)).map(|thing| (*thing).clone()).collect();
        assert_eq!(found.into_iter().map(Loaded::into_value).collect::<Vec<_>>(), expected);
    }
}

async fn live(steps: Vec<Step>) {
    let folder = Folder::new();
    let mut sled = folder.open();
    let memory = Memory::default();
    let mut map = Map::default();
    let mut now = Timestamp(1_000);
    for step in steps {
        match step {
            Step::Commit(deeds) => {
                // A conflict is seen before a claim is: whatever comes first, both refuse.
                let expected = map.commit(now, &deeds);
                assert_eq!(commit(&sled, now, &deeds).await, expected, "{deeds:?}");
                assert_eq!(commit(&memory, now, &deeds).await, expected, "{deeds:?}");
            }
            Step::Wait(seconds) => now = now.plus(seconds),
            Step::Sweep(limit) => {
                let expected = (map.0.len() - map.there(now).len()).min(limit);
                assert_eq!(sled.sweep(now, limit).await.unwrap(), expected);
                assert_eq!(memory.sweep(now, limit).await.unwrap(), expected);
                // Which ones went is theirs to choose; sweep the rest, so that all choose the same.
                sled.sweep(now, 99).await.unwrap();
                memory.sweep(now, 99).await.unwrap();
                map.0.retain(|_, thing| thing.ends.is_none_or(|end| now < end));
            }
            Step::Restart => {
                drop(sled);
                parvis::storage::sled::verify_folder(folder.path()).unwrap();
                sled = folder.open();
            }
        }
        compare(&sled, &map, now).await;
        compare(&memory, &map, now).await;
    }
    drop(sled);
    parvis::storage::sled::verify_folder(folder.path()).unwrap();
}

#[test]
fn the_engines_and_a_plain_map_agree_on_every_history() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    runner
        .run(&steps(), |steps| {
            runtime.block_on(live(steps));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}
