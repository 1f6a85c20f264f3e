//! Every address.

use actix_web::{
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use super::{account, admin, api, assets, check, extract::LONGEST_BODY, guard::cors, health, invitation, journey, mailed, oidc, setup, terms};

/// Patterns that are paths: the root issuer's, which programs ask for.
const FIXED: &[&str] = &["/token", "/userinfo", "/authorize", "/introspect", "/jwks", "/.well-known/openid-configuration", "/revoke", "/health/ready"];

/// The pattern of such a path.
pub(super) fn fixed(path: &str) -> Option<&'static str> {
    FIXED.iter().copied().find(|fixed| *fixed == path)
}

/// Mount them. A tenant's addresses come last: their first segment is anything.
pub fn configure(routes: &mut ServiceConfig) {
    let metadata = || web::get().to(oidc::discovery::metadata);
    let keys = || web::get().to(oidc::discovery::keys);
    let authorize = |path: &str| web::resource(path).route(web::get().to(oidc::authorize::ask)).route(web::post().to(oidc::authorize::ask));
    let end_session = |path: &str| web::resource(path).route(web::get().to(oidc::end_session::ask)).route(web::post().to(oidc::end_session::ask));
    let introspect = || web::post().to(oidc::introspect::post);
    let revoke = |path: &str| web::resource(path).route(web::post().to(oidc::revoke::post)).wrap(from_fn(cors));
    let token = |path: &str| web::resource(path).route(web::post().to(oidc::token::post)).wrap(from_fn(cors));
    let userinfo = |path: &str| web::resource(path).route(web::get().to(oidc::userinfo::get)).route(web::post().to(oidc::userinfo::post)).wrap(from_fn(cors));
    routes
        .app_data(web::PayloadConfig::new(LONGEST_BODY))
        .app_data(web::Data::new(oidc::discovery::Documents::default()))
        .route("/.well-known/openid-configuration", metadata())
        .route("/.well-known/oauth-authorization-server", metadata())
        .route("/.well-known/oauth-authorization-server/{tenant}/v2.0", metadata())
        .route("/jwks", keys())
        .service(authorize("/authorize"))
        .service(token("/token"))
        .service(userinfo("/userinfo"))
        .route("/introspect", introspect())
        .service(revoke("/revoke"))
        .service(end_session("/logout"))
        .service(web::resource("/ui/signout").route(web::post().to(oidc::end_session::answer)))
        .route("/ui/{journey}/mail-status", web::get().to(journey::mail_status))
        .service(web::resource("/ui/check/{journey}/{token}").route(web::get().to(check::show)).route(web::post().to(check::press)))
        .service(web::resource("/ui/{journey}/{screen:.+}").route(web::get().to(journey::show)).route(web::post().to(journey::answer)))
        .route("/code/{token}", web::get().to(mailed::code))
        .service(web::resource("/undo/{token}").route(web::get().to(mailed::show)).route(web::post().to(mailed::undo)))
        .configure(invited)
        .configure(portal)
        .configure(console)
        .route("/terms/{tenant}/{document}/{version}/{locale}", web::get().to(terms::download))
        .route("/assets/brand/{tenant}/{version}.css", web::get().to(assets::brand))
        .route("/assets/{file}", web::get().to(assets::file))
        .configure(api::configure)
        .route("/health/live", web::get().to(health::live))
        .route("/health/ready", web::get().to(health::ready))
        .service(web::resource("/setup/{token}").route(web::get().to(setup::show)).route(web::post().to(setup::create)))
        .route("/{tenant}/v2.0/.well-known/openid-configuration", metadata())
        .route("/{tenant}/discovery/v2.0/keys", keys())
        .service(authorize("/{tenant}/oauth2/v2.0/authorize"))
        .service(end_session("/{tenant}/oauth2/v2.0/logout"))
        .service(token("/{tenant}/oauth2/v2.0/token"))
        .service(userinfo("/{tenant}/openid/v2.0/userinfo"))
        .route("/{tenant}/oauth2/v2.0/introspect", introspect())
        .service(revoke("/{tenant}/oauth2/v2.0/revoke"));
}

/// The portal: what belongs to the person.
fn portal(routes: &mut ServiceConfig) {
    routes
        .route("/account", web::get().to(account::home::show))
        .route("/account/reset", web::get().to(account::reset))
        .route("/account/security", web::get().to(account::security::show))
        .service(web::resource("/account/password").route(web::get().to(account::security::password)).route(web::post().to(account::security::change)))
        .service(web::resource("/account/profile").route(web::get().to(account::profile::show)).route(web::post().to(account::profile::answer)))
        .service(web::resource("/account/contact").route(web::get().to(account::contact::show)).route(web::post().to(account::contact::answer)))
        .service(web::resource("/account/contact/code").route(web::get().to(account::contact::show_code)).route(web::post().to(account::contact::judge)))
        .route("/account/contact/undone", web::get().to(account::undo::address_back))
        .service(web::resource("/account/contact/undo/{token}").route(web::get().to(account::undo::ask_address)).route(web::post().to(account::undo::address)))
        .service(web::resource("/account/privacy").route(web::get().to(account::privacy::show)).route(web::post().to(account::privacy::answer)))
        .route("/account/privacy/export", web::get().to(account::privacy::download))
        .service(web::resource("/account/delete").route(web::get().to(account::privacy::ask_delete)).route(web::post().to(account::privacy::delete)))
        .route("/account/delete/planned", web::get().to(account::undo::account_to_go))
        .route("/account/delete/undone", web::get().to(account::undo::account_kept))
        .service(web::resource("/account/delete/undo/{token}").route(web::get().to(account::undo::ask_deletion)).route(web::post().to(account::undo::deletion)))
        .service(web::resource("/account/sessions").route(web::get().to(account::sessions::show)).route(web::post().to(account::sessions::answer)))
        .service(web::resource("/account/activity").route(web::get().to(account::activity::show)).route(web::post().to(account::activity::answer)))
        .service(web::resource("/account/apps").route(web::get().to(account::apps::show)).route(web::post().to(account::apps::answer)))
        .service(
            web::resource("/account/organisations").route(web::get().to(account::organisations::show)).route(web::post().to(account::organisations::answer)),
        )
        .route("/account/terms", web::get().to(account::terms::show))
        .service(web::resource("/account/apps/{app}/report").route(web::get().to(account::report::show)).route(web::post().to(account::report::answer)));
}

/// The consoles of who administers and helps.
fn console(routes: &mut ServiceConfig) {
    routes
        .route("/admin", web::get().to(admin::front::front))
        .route("/admin/{tenant}", web::get().to(admin::home::show))
        .route("/admin/{tenant}/accounts", web::get().to(admin::accounts::show))
        .service(web::resource("/admin/{tenant}/accounts/new").route(web::get().to(admin::accounts::show_new)).route(web::post().to(admin::accounts::create)))
        .service(web::resource("/admin/{tenant}/accounts/{account}").route(web::get().to(admin::account::show)).route(web::post().to(admin::account::answer)))
        .service(
            web::resource("/admin/{tenant}/accounts/{account}/{act}").route(web::get().to(admin::account::ask)).route(web::post().to(admin::account::confirm)),
        )
        .route("/support", web::get().to(admin::front::support))
        .service(web::resource("/admin/{tenant}/support").route(web::get().to(admin::support::show)).route(web::post().to(admin::support::answer)))
        .route("/admin/{tenant}/companies", web::get().to(admin::companies::list))
        .service(
            web::resource("/admin/{tenant}/companies/{company}").route(web::get().to(admin::companies::show)).route(web::post().to(admin::companies::admit)),
        )
        .service(web::resource("/admin/{tenant}/terms").route(web::get().to(admin::terms::list)).route(web::post().to(admin::terms::create)))
        .service(web::resource("/admin/{tenant}/terms/{document}").route(web::get().to(admin::terms::show)).route(web::post().to(admin::terms::answer)))
        .service(web::resource("/admin/{tenant}/audit").route(web::get().to(admin::audit::show)).route(web::post().to(admin::audit::answer)));
}

/// Invitations: what the invited person sees, and what who invites does.
fn invited(routes: &mut ServiceConfig) {
    let page = || web::get().to(invitation::show);
    let new = || web::resource("/admin/{tenant}/invitations/new");
    let one = || web::resource("/admin/{tenant}/invitations/{invitation}");
    routes
        .service(web::resource("/i/lost/{tenant}").route(web::get().to(invitation::look_lost)).route(web::post().to(invitation::send_lost)))
        .service(web::resource("/i/{token}").route(page()).route(web::head().to(invitation::show)).route(web::post().to(invitation::answer)))
        .service(web::resource("/api/InviteUser").route(web::get().to(invitation::alias)).route(web::head().to(invitation::alias)))
        .route("/admin/{tenant}/invitations", web::get().to(admin::invitations::list))
        .service(new().route(web::get().to(admin::invitations::form)).route(web::post().to(admin::invitations::create)))
        .service(one().route(web::get().to(admin::invitations::show)).route(web::post().to(admin::invitations::change)));
}
