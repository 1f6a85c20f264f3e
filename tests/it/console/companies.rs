//! S-AD-COMPANY: the companies that people made, looked through, and somebody let into one.

use parvis::{
    model::{Company, CompanyDetails, CompanyState, Membership, Role, Subject, Tenant, TenantKind},
    values::{CompanyId, TenantId},
};
use uuid::Uuid;

use super::{camille, gives, newcomer_at};
use crate::harness::House;

const KEEPER: &[Role] = &[Role::AccountAdministrator];

async fn company(house: &House, number: u128, name: &str, reg_no: &str, state: CompanyState) -> CompanyId {
    let id: CompanyId = Uuid::from_u128(number).to_string().parse().unwrap();
    let details = CompanyDetails { legal_name: name.to_owned(), reg_no: reg_no.to_owned(), ..CompanyDetails::default() };
    house.keeps(&Company { state, ..Company::draft(house.tenant, id, details, house.tools.now()) }).await;
    id
}

/// Somebody who lives in the home of those who belong nowhere, and has a place in the house.
async fn wim(house: &House) -> Subject {
    let id = TenantId(Uuid::from_u128(0x9e));
    if house.tools.reads().tenant_named("personal").await.unwrap().is_none() {
        house.keeps(&Tenant { slug: "personal".to_owned(), ..Tenant::blank(id, TenantKind::Personal, house.tools.now()) }).await;
    }
    let home = house.tools.reads().tenant_named("personal").await.unwrap().unwrap().id;
    let wim = newcomer_at(house, home, 0x31, "wim@morvan.test").await;
    let created_at = house.tools.now();
    house.keeps(&Membership { tenant: house.tenant, subject: wim, roles: [].into(), company: None, created_at }).await;
    wim
}

#[actix_web::test]
async fn a_company_is_found_by_part_of_its_name_and_by_its_number() {
    let (house, mut walker) = camille(KEEPER).await;
    company(&house, 1, "Éclairages Morvan", "732 829 320", CompanyState::Active).await;
    company(&house, 2, "Garage du Port", "404833048", CompanyState::Draft).await;
    for (q, found) in [("", 2), ("eclair", 1), ("MORVAN", 1), ("732829", 1), ("404 833 048", 1), ("nobody", 0)] {
        walker.opens(&format!("/admin/aubepine/companies?q={}", q.replace(' ', "+"))).await;
        assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-AD-COMPANY"));
        assert_eq!(walker.shown.html.matches("data-testid=\"company\"").count(), found, "{q}");
    }
}

#[actix_web::test]
async fn somebody_with_a_place_here_is_let_into_a_company_by_their_address() {
    let (house, mut walker) = camille(KEEPER).await;
    let id = company(&house, 1, "Éclairages Morvan", "732829320", CompanyState::Active).await;
    let wim = wim(&house).await;
    walker.opens(&format!("/admin/aubepine/companies/{id}")).await;
    assert!(walker.shown.html.contains("732829320"));
    for (email, error) in [("", "E-REQ"), ("nobody@morvan.test", "E-NO-ACCOUNT"), ("camille@courriel.test", "E-NO-ACCOUNT")] {
        walker.answers(&[("action", "admit"), ("email", email)]).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec![error]), "{email}");
    }
    walker.answers(&[("action", "admit"), ("email", "wim@morvan.test")]).await;
    assert!(walker.shown.path.ends_with("?done=admitted") && walker.shown.html.contains("data-testid=\"done\""));
    let place = house.tools.reads().membership(house.tenant, wim).await.unwrap().unwrap().company.unwrap();
    assert_eq!((place.id, place.administrator), (id, false));
}

#[actix_web::test]
async fn nobody_is_let_into_a_company_that_nobody_made_nor_by_those_who_may_not() {
    let (house, mut walker) = camille(KEEPER).await;
    let draft = company(&house, 2, "Garage du Port", "404833048", CompanyState::Draft).await;
    walker.opens(&format!("/admin/aubepine/companies/{draft}")).await;
    assert!(walker.shown.status == 200 && !walker.shown.html.contains("data-testid=\"admit\""));
    assert_eq!(walker.opens(&format!("/admin/aubepine/companies/{}", Uuid::from_u128(9))).await.status, 404);
    gives(&house, house.camille, &[Role::Inviter]).await;
    assert_eq!(walker.opens("/admin/aubepine/companies").await.status, 403);
    assert_eq!(walker.opens(&format!("/admin/aubepine/companies/{draft}")).await.status, 403);
}
