//! Which client is asking?

use super::Refusal;
use crate::{
    journey::Tools,
    model::{AuditEvent, Client, Tenant, UsedAssertion},
    protocol::{
        client_auth::{ClientProof, Expected, refused},
        params::Params,
        token,
    },
    storage::{Batch, CommitError, Loaded},
    values::{Fault, Issuer},
};

/// Where a client's request came in, and from where it came.
#[derive(Clone, Copy, Debug)]
pub struct AtIssuer<'a> {
    /// The issuer whose address was used.
    pub issuer: Issuer,
    /// Its tenant.
    pub tenant: &'a Tenant,
    /// The network address, for the audit trail.
    pub ip: Option<&'a str>,
    /// The request's id, for the audit trail.
    pub correlation: Option<&'a str>,
}

impl AtIssuer<'_> {
    /// Say in an event where it came from.
    #[must_use]
    pub fn mark(&self, event: AuditEvent) -> AuditEvent {
        event.from(self.ip, self.correlation)
    }
}

/// A client that proved who it is.
#[derive(Clone, Debug)]
pub struct Authenticated {
    /// Which.
    pub client: Loaded<Client>,
    used: Option<UsedAssertion>,
}

impl Authenticated {
    /// Let the assertion count in this commit, and never again. Nothing to do for other methods.
    ///
    /// # Errors
    /// The record does not encode.
    pub fn spend(&self, batch: &mut Batch) -> Result<(), Fault> {
        if let Some(used) = &self.used {
            batch.insert(used)?;
        }
        Ok(())
    }

    /// The same in a commit of its own, where nothing else is to be committed.
    ///
    /// # Errors
    /// `invalid_client`: it was used before.
    pub async fn spend_alone(&self, tools: &Tools) -> Result<(), Refusal> {
        if self.used.is_none() {
            return Ok(());
        }
        let mut batch = Batch::new(tools.now());
        self.spend(&mut batch)?;
        match tools.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict(_)) => Err(replayed()),
            Err(other) => Err(Fault::from(other).into()),
        }
    }
}

/// The answer to an assertion that was used before.
#[must_use]
pub fn replayed() -> Refusal {
    refused("the assertion was used before").into()
}

/// Find the client and judge its proof. `authorization` is the header's value. The caller must [`Authenticated::spend`] an assertion.
///
/// # Errors
/// `invalid_client`, the same for an unknown client and a wrong proof; `invalid_request` for two proofs.
pub async fn authenticate(tools: &Tools, at: &AtIssuer<'_>, authorization: Option<&str>, params: &Params) -> Result<Authenticated, Refusal> {
    let proof = ClientProof::read(authorization, params)?;
    let client = tools.reads().client(at.issuer.tenant, proof.client()).await?.ok_or_else(|| refused("unknown client"))?;
    let audiences = match &proof {
        ClientProof::Assertion { .. } => vec![tools.identifier(at.issuer), token::endpoint(&tools.public_url, at.issuer)],
        _ => Vec::new(),
    };
    let expected = Expected { audiences: &audiences, now: tools.now() };
    let assertion = proof.judge(&client, &expected, &tools.sealer)?;
    let used = assertion.map(|used| UsedAssertion { issuer: at.issuer, client: client.id.clone(), jti: used.jti, until: used.until });
    Ok(Authenticated { client, used })
}
