//! Tenants and people of a portal: made by the commands' own events, signed in through the door.

use crate::{Browser, Http, Portal};
use kernel::policy::Machine;
use kernel::{GroupId, Kept, Origin, RequestId, UserId, Way};
use server::signin::events::passwords::PasswordGiven;
use server::signin::password::Typed;
use server::tenants::model::user_of;
use server::tenants::{self, NewTenant, events::UserStarted};
use server::users::model::{GroupKind, UserKind};

/// The password of everybody made here.
pub const PASSWORD: &str = "fyra gula kajakvänner";
/// The account on the machine that commands of tests run as.
pub const ACCOUNT: &str = "tests";

/// A customer of the portal, with its first administrator.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The customer number.
    pub number: i64,
    /// The kernel's name for it.
    pub id: kernel::TenantId,
    /// The administrators' group.
    pub administrators: GroupId,
    /// The agents' group.
    pub agents: GroupId,
    /// The services' group.
    pub services: GroupId,
    /// May and sees everything.
    pub administrator: Somebody,
}

/// A person who can sign in.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// Their user.
    pub user: UserId,
    /// The customer number they sign in with.
    pub number: i64,
    /// Their user name.
    pub user_name: String,
    /// Their password.
    pub password: String,
}

impl Portal {
    /// Where commands on the machine come from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::inside(
            Way::Command,
            RequestId::new(self.app().store.clock().now(), self.app().store.chance()),
        )
    }
    /// A command's grant in a tenant.
    #[must_use]
    pub fn machine(&self, tenant: kernel::TenantId) -> kernel::Grant<Machine> {
        self.app().gate.machine(tenant, ACCOUNT, self.origin()).grant().unwrap()
    }

    /// A new customer whose first administrator, `admin`, has [`PASSWORD`].
    pub async fn tenant(&self, number: i64) -> Tenant {
        let new = NewTenant {
            number,
            name: format!("Kund {number}"),
            language: server::ui::Language::En,
            zone: "Europe/Stockholm".to_owned(),
            host: None,
            administrator: "admin".to_owned(),
        };
        let added = tenants::add(self.app(), ACCOUNT, new).await.unwrap();
        self.known(number, added.tenant, added.administrator).await
    }

    /// The operator's own tenant, whose first administrator has [`PASSWORD`].
    ///
    /// # Panics
    /// When there is none.
    pub async fn operator(&self) -> Tenant {
        let tenant = self.app().gate.operator();
        let find = |r: &mut kernel::Reader<'_>| server::users::queries::by_key(r, None, "admin");
        let user = self.machine(tenant).read(&self.app().store, find).await.unwrap().unwrap();
        self.known(tenant.number(), tenant, user.id).await
    }

    async fn known(&self, number: i64, id: kernel::TenantId, administrator: UserId) -> Tenant {
        let grant = self.machine(id);
        let groups = grant
            .read(&self.app().store, |r| {
                [GroupKind::Administrators, GroupKind::Agents, GroupKind::Services]
                    .into_iter()
                    .map(|kind| tenants::queries::group_of_kind(r, kind))
                    .collect::<kernel::Result<Vec<_>>>()
            })
            .await
            .unwrap();
        self.give_password(id, administrator, false).await;
        let administrator = Somebody {
            user: administrator,
            number,
            user_name: "admin".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let [administrators, agents, services] = groups[..] else { panic!("three groups") };
        Tenant { number, id, administrators, agents, services, administrator }
    }

    /// A person of a group with [`PASSWORD`], and with these rights beyond the group's.
    pub async fn person(
        &self,
        tenant: &Tenant,
        group: GroupId,
        user_name: &str,
        rights: &[&'static str],
    ) -> Somebody {
        let user = UserId::new(self.app().store.clock().now(), self.app().store.chance());
        let created = user_of(user, UserKind::Person, group, user_name, user_name);
        let started = UserStarted { user: created, rights: rights.to_vec() };
        self.machine(tenant.id).apply(&self.app().store, started).await.unwrap();
        self.give_password(tenant.id, user, false).await;
        Somebody {
            user,
            number: tenant.number,
            user_name: user_name.to_owned(),
            password: PASSWORD.to_owned(),
        }
    }

    /// Gives somebody [`PASSWORD`]; `must_change` as a password that opens nothing else.
    pub async fn give_password(&self, tenant: kernel::TenantId, user: UserId, must_change: bool) {
        let password = Typed::new(PASSWORD);
        let hash = server::signin::arriving::hashed(self.app(), password).await.unwrap();
        let given = PasswordGiven { user, password: Kept(hash), must_change };
        self.machine(tenant).apply(&self.app().store, given).await.unwrap();
    }

    /// Tries to sign in by the form.
    pub async fn try_sign_in(&self, http: &Http, number: i64, name: &str, password: &str) -> crate::Answer {
        let number = number.to_string();
        let fields = [("number", number.as_str()), ("name", name), ("password", password)];
        http.post("/sign-in").form(&fields).send().await
    }

    /// Signs somebody in; a visitor with the session's cookie.
    pub async fn sign_in(&self, who: &Somebody) -> Http {
        let http = self.http();
        let answer = self.try_sign_in(&http, who.number, &who.user_name, &who.password).await;
        assert_eq!(answer.status, 303, "{} could not sign in: {}", who.user_name, answer.text());
        http
    }

    /// Signs somebody in by a browser, and leaves it at home.
    pub async fn browse_as(&self, who: &Somebody) -> Browser {
        let browser = self.browser().await;
        browser.open(&format!("/sign-in?number={}", who.number)).await;
        browser.fill("User name or mail address", &who.user_name).await;
        browser.fill("Password", &who.password).await;
        browser.click("Sign in").await;
        // The answer may still be under way; what is opened next must not be overtaken by it.
        for _ in 0..100 {
            if !browser.path().await.starts_with("/sign-in") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        browser
    }
}
