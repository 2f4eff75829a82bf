//! An event is applied by a grant of the very right it needs.

use kernel::grant::Grant;
use kernel::policy::{Machine, Person};
use kernel::{Event, Name, Result, Store, Subject, Writer};

#[derive(serde::Serialize)]
struct Restarted;

impl Event for Restarted {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("machine.restarted", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, _: &mut Writer<'_>) -> Result<()> {
        Ok(())
    }
}

async fn restart(grant: Grant<Person>, store: &Store) {
    let _ = grant.apply(store, Restarted).await;
}

fn main() {}
