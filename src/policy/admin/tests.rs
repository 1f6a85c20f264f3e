use uuid::Uuid;

use super::*;

const MORVAN: TenantId = TenantId(Uuid::from_u128(1));
const ETUDE: TenantId = TenantId(Uuid::from_u128(2));

fn scopes(text: &str) -> Scopes {
    text.parse().unwrap()
}

fn everything() -> Scopes {
    Right::ALL.iter().map(|right| right.scope().parse().unwrap()).collect()
}

fn person(role: Role) -> Caller {
    Caller::Person { tenant: MORVAN, of_system: false, scopes: everything(), roles: [role].into() }
}

fn allowed(caller: &Caller) -> Vec<&'static str> {
    Right::ALL.iter().filter(|right| may(caller, **right, Place::Tenant(MORVAN)) == Verdict::Allowed).map(|right| right.scope()).collect()
}

#[test]
fn each_role_has_its_rights_and_no_others() {
    assert_eq!(allowed(&person(Role::GlobalAdministrator)).len(), Right::ALL.len());
    assert_eq!(
        allowed(&person(Role::ApplicationAdministrator)),
        ["tenant.read", "client.read", "client.write", "api.read", "api.write", "key.read", "setting.read"]
    );
    assert_eq!(
        allowed(&person(Role::AccountAdministrator)),
        ["tenant.read", "account.read", "account.write", "invitation.read", "invitation.write", "support.read"]
    );
    assert_eq!(allowed(&person(Role::Inviter)), ["tenant.read", "invitation.read", "invitation.write"]);
    assert_eq!(allowed(&person(Role::Helpdesk)), ["tenant.read", "invitation.read", "invitation.write", "support.read"]);
    assert_eq!(allowed(&person(Role::Auditor)), ["tenant.read", "audit.read"]);
}

#[test]
fn at_a_console_a_person_may_what_the_roles_include_and_no_more() {
    for role in [Role::GlobalAdministrator, Role::ApplicationAdministrator, Role::AccountAdministrator, Role::Inviter, Role::Helpdesk, Role::Auditor] {
        assert_eq!(allowed(&Caller::at_console(MORVAN, false, [role].into())), allowed(&person(role)), "{role:?}");
    }
    assert!(allowed(&Caller::at_console(MORVAN, false, BTreeSet::new())).is_empty());
    assert!(allowed(&Caller::at_console(ETUDE, false, [Role::GlobalAdministrator].into())).is_empty());
}

#[test]
fn the_role_of_operator_is_nothing_outside_the_tenant_system() {
    assert!(allowed(&person(Role::Operator)).is_empty());
    assert!(!is_operator(&person(Role::Operator)));
}

#[test]
fn in_the_tenant_system_only_operators_do_anything() {
    let caller = |role| Caller::Person { tenant: ETUDE, of_system: true, scopes: everything(), roles: [role].into() };
    assert_eq!(allowed(&caller(Role::Operator)).len(), Right::ALL.len());
    assert!(allowed(&caller(Role::GlobalAdministrator)).is_empty());
    assert_eq!(may(&caller(Role::Operator), Right::TenantWrite, Place::House), Verdict::Allowed);
}

#[test]
fn a_scope_without_the_role_is_not_enough_and_a_role_without_the_scope_neither() {
    let caller = Caller::Person { tenant: MORVAN, of_system: false, scopes: scopes("account.read"), roles: [Role::GlobalAdministrator].into() };
    assert_eq!(may(&caller, Right::AccountRead, Place::Tenant(MORVAN)), Verdict::Allowed);
    assert_eq!(may(&caller, Right::AccountWrite, Place::Tenant(MORVAN)), Verdict::LacksScope("account.write"));
    assert_eq!(may(&person(Role::Auditor), Right::AccountRead, Place::Tenant(MORVAN)), Verdict::LacksRole);
}

#[test]
fn another_tenant_does_not_exist() {
    let client = Caller::Client { tenant: MORVAN, of_system: false, scopes: everything() };
    for right in Right::ALL {
        assert_eq!(may(&client, *right, Place::Tenant(ETUDE)), Verdict::Unseen);
        assert_eq!(may(&person(Role::GlobalAdministrator), *right, Place::Tenant(ETUDE)), Verdict::Unseen);
        assert_ne!(may(&client, *right, Place::House), Verdict::Allowed);
        assert_ne!(may(&person(Role::GlobalAdministrator), *right, Place::House), Verdict::Allowed);
    }
}

#[test]
fn nobody_hands_out_what_they_do_not_have() {
    let place = Place::Tenant(MORVAN);
    let application_administrator = person(Role::ApplicationAdministrator);
    assert_eq!(may_grant(&application_administrator, &scopes("openid client.write"), place), Verdict::Allowed);
    assert_eq!(may_grant(&application_administrator, &scopes("openid tenant.write"), place), Verdict::LacksRole);
    assert_eq!(may_grant(&Caller::Local, &everything(), place), Verdict::Allowed);
}
