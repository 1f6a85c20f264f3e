//! One logout token on its way to one client. [OpenID Connect Back-Channel Logout §2.5]

use super::outbox::Told;
use crate::{
    crypto::TokenKind,
    journey::Tools,
    model::{MessageKind, Missed},
    outside::{Fetch, Purpose},
    protocol::backchannel_logout::LogoutTokenClaims,
    service::keys,
    values::Fault,
};

/// Tell the client. `jti` is the message's own name, so a client that was told twice can notice.
pub(super) async fn tell(tools: &Tools, fetch: &Fetch, jti: &str, kind: &MessageKind) -> Result<Told, Fault> {
    let MessageKind::BackchannelLogout { issuer, client, subject, session } = kind else { return Ok(Told::Nobody) };
    let Some(client) = tools.reads().client(issuer.tenant, client).await? else { return Ok(Told::Nobody) };
    let Some(address) = &client.backchannel_logout_uri else { return Ok(Told::Nobody) };
    let claims = LogoutTokenClaims::new(tools.identifier(*issuer), &client.id, (*subject, session), jti, tools.now());
    let pair = keys::signer(tools, *issuer, client.id_token_algorithm).await?;
    let unsigned = pair.prepare(TokenKind::Logout, &claims)?;
    let signed = tokio::task::spawn_blocking(move || pair.sign(unsigned)).await;
    let token = signed.map_err(|error| Fault::because("signing a logout token stopped", error))??;
    Ok(match fetch.post_form(Purpose::BackchannelLogout, address, &[("logout_token", &token)]).await {
        Ok(answer) if answer.status().is_success() => Told::Yes,
        Ok(answer) => Told::No(Missed::Later(format!("status {}", answer.status().as_u16()))),
        Err(failed) => Told::No(Missed::Down(failed.to_string())),
    })
}
