//! How a browser is given what pages bring along.

use actix_web::{http::StatusCode, test::TestRequest};
use parvis::{
    model::{Brand, Tenant},
    pages::Pages,
};

use crate::harness::House;

const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[actix_web::test]
async fn what_pages_bring_along_is_kept_for_ever_because_its_address_changes_with_it() {
    let house = House::opens().await;
    let pages = Pages::new().unwrap();
    let assets = pages.assets();
    for (asset, media_type) in [(&assets.css, "text/css; charset=utf-8"), (&assets.js, "text/javascript; charset=utf-8"), (&assets.icon, "image/svg+xml")] {
        assert!(asset.path.starts_with("/assets/parvis."), "{}", asset.path);
        let said = house.sends(TestRequest::get().uri(&asset.path)).await;
        assert_eq!((said.status, said.header("content-type"), said.header("cache-control")), (StatusCode::OK, Some(media_type), Some(FOR_EVER)));
        assert_eq!(said.header("x-content-type-options"), Some("nosniff"));
    }
    let stale = house.sends(TestRequest::get().uri("/assets/parvis.0000000000000000.css")).await;
    assert_eq!(stale.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_tenants_accent_is_kept_for_ever_under_its_version_and_an_old_version_is_not() {
    let house = House::opens().await;
    let brand = Brand { accent: Some("#8a1538".to_owned()), version: 3, ..Brand::default() };
    house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.brand = brand).await;
    let at = |version: &str| TestRequest::get().uri(&format!("/assets/brand/{}/{version}.css", house.tenant));
    let now = house.sends(at("3")).await;
    assert_eq!((now.status, now.header("content-type"), now.header("cache-control")), (StatusCode::OK, Some("text/css; charset=utf-8"), Some(FOR_EVER)));
    let old = house.sends(at("2")).await;
    assert_eq!((old.status, old.header("cache-control")), (StatusCode::OK, Some("no-store")));
    let nobody = house.sends(TestRequest::get().uri("/assets/brand/00000000-0000-0000-0000-0000000000ff/3.css")).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}
