//! Which tenant's address was used.

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use futures_util::future::{FutureExt as _, LocalBoxFuture};

use crate::{
    model::Tenant,
    storage::Loaded,
    values::{Issuer, IssuerForm},
    web::{State, reply::Failure},
};

/// The issuer at this address: the default tenant at the root, any tenant by id, name or verified domain below its own segment.
#[derive(Clone, Debug)]
pub struct IssuerAt {
    /// Who.
    pub issuer: Issuer,
    /// Whose.
    pub tenant: Loaded<Tenant>,
}

impl FromRequest for IssuerAt {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let named = request.match_info().get("tenant").map(str::to_owned);
        let state = request.app_data::<Data<State>>().cloned();
        async move {
            let state = state.ok_or(Failure::NotFound)?;
            let reads = state.tools.reads();
            let (form, tenant) = match named {
                Some(name) => (IssuerForm::Tenant, reads.tenant_named(&name).await?),
                None => (IssuerForm::Root, reads.default_tenant().await?),
            };
            let tenant = tenant.ok_or(Failure::NotFound)?;
            Ok(Self { issuer: Issuer { tenant: tenant.id, form }, tenant })
        }
        .boxed_local()
    }
}
