//! Every setting, once: the flags, the environment, the file and the reference all come from this table.

/// One setting. In the file it is called `name`, in the environment `PARVIS_NAME`, as a flag `--name` with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// What stands in its place in the reference: `DIR`, `SECONDS`…
    pub kind: &'static str,
    /// What holds when nothing is said.
    pub default: &'static str,
    /// What it does.
    pub sentence: &'static str,
}

impl Setting {
    /// As a flag, without the leading hyphens.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// As an environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("PARVIS_{}", self.name.to_ascii_uppercase())
    }
}

macro_rules! settings { ($($name:ident $kind:literal $default:literal $sentence:literal;)*) => {
    /// All of them, in the order of the reference.
    pub const SETTINGS: &[Setting] = &[$(Setting { name: stringify!($name), kind: $kind, default: $default, sentence: $sentence }),*];
}}

settings! {
    data "DIR" "$XDG_DATA_HOME/parvis or ~/.local/share/parvis" "The data folder. Made with mode 0700 when it is missing; one process uses it at a time.";
    listen "ADDRESS:PORT" "127.0.0.1:8080" "Where to listen. Port 0 lets the system choose.";
    public_url "URL" "http://localhost:PORT, https with a certificate" "Where browsers reach us, without path or trailing slash: the root issuer and the start of every link. https unless it is this machine; a name, never an address, because passkeys refuse addresses.";
    master_key "FILE" "DATA/master.key" "The master key, mode 0600. Keep it elsewhere and a backup of the data folder alone opens nothing.";
    tls_certificate "FILE" "none" "The certificate chain in PEM. Read again when the file changes and on SIGHUP.";
    tls_key "FILE" "none" "The certificate's private key in PEM, not readable by others.";
    trusted_proxies "LIST" "none" "Addresses and networks, separated by commas, whose X-Forwarded-For is believed. Listening without TLS beyond this machine needs them.";
    log "FORMAT" "auto" "pretty or json; auto is pretty on a terminal and json elsewhere.";
    log_level "FILTER" "info" "error, warn, info, debug or trace, or a filter such as parvis=debug,info. Malformed HTTP and TLS alerts are logged at debug.";
    workers "NUMBER" "one for each processor" "Threads that answer requests.";
    connections "NUMBER" "20000" "Connections open at a time; more wait in the system's queue.";
    header_seconds "SECONDS" "10" "A request whose head takes longer is cut.";
    body_seconds "SECONDS" "30" "A request whose body takes longer is cut.";
    idle_seconds "SECONDS" "75" "How long a connection without a request is kept.";
    shutdown_seconds "SECONDS" "10" "How long requests in flight may take to finish when we stop.";
    password_memory "KIB" "19456" "Memory of one Argon2id hash.";
    password_passes "NUMBER" "2" "Passes of one Argon2id hash over its memory.";
    password_at_once "NUMBER" "one for each processor" "Passwords checked at the same time.";
    password_waiting "NUMBER" "200" "Passwords waiting for their turn; more are turned away at once.";
    outgoing_ca "FILE" "none" "Certificates in PEM that our own requests and the connection to the mail server trust besides the system's.";
    mail_server "HOST:PORT" "none" "The mail server that takes mail for everybody, as HOST or HOST:PORT. Without one mail is written to mail_folder and nobody gets it.";
    mail_tls "PROTECTION" "starttls" "starttls (port 587 unless said), tls from the first byte (465), or none (25), for a server on this machine.";
    mail_user "NAME" "none" "Who we are to the mail server, if it asks.";
    mail_password "FILE" "none" "A file with the password for it in its first line, not readable by others.";
    mail_from "ADDRESS" "parvis@ and the public URL's name" "The address that mail comes from, where an organisation has none of its own.";
    mail_folder "DIR" "DATA/mail" "Without a mail server: where mail is written, each in a file of its own.";
    mail_seconds "SECONDS" "30" "How long the mail server may take for one step.";
    abort_at "COMMIT" "never" "For tests of crashes: the process ends without a word at this commit of a request, as before:3 or after:3.";
    outgoing_loopback "LIST" "none" "For what purposes our own requests may reach this machine: backchannel_logout, webhook, captcha, page_link.";
}

/// What the command line reads from the environment besides settings: the file itself, and where and as whom to reach a server.
pub const BESIDES: &[&str] = &["config", "server", "token", "ca"];

/// The setting of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// The known name that looks most like this one, if any does.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    let names = SETTINGS.iter().map(|setting| setting.name).chain(BESIDES.iter().copied());
    let best = names.map(|known| (strsim::normalized_damerau_levenshtein(name, known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= 0.4).map(|(_, known)| known)
}

/// The reference, for people: `parvis config`.
#[must_use]
pub fn reference() -> String {
    let mut text = String::from(
        "Every setting can be given as a flag of `parvis serve`, as an environment variable, or in a TOML file (--config FILE, PARVIS_CONFIG, or parvis.toml \
         in the data folder). A flag wins over the environment, the environment over the file. Unknown names are refused.\n",
    );
    for setting in SETTINGS {
        let Setting { name, kind, default, sentence } = setting;
        let spellings = ["\n", name, " = ", kind, "\n    --", &setting.flag(), ", ", &setting.variable(), "\n    "];
        text.extend(spellings.into_iter().chain([*sentence, "\n    Default: ", default, "\n"]));
    }
    text
}
