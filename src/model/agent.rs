//! Which browser, in words that its owner knows: for the list of places where somebody is signed in. It proves nothing.

use serde::{Deserialize, Serialize};

macro_rules! families { ($(#[$doc:meta])* $name:ident { $($variant:ident = $said:literal by $($mark:literal),+;)* }) => {
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum $name { $(#[doc = $said] $variant),* }
    impl $name {
        /// What its maker calls it, in every language.
        #[must_use]
        pub fn name(self) -> &'static str { match self { $(Self::$variant => $said),* } }
        fn of(text: &str) -> Option<Self> {
            // The first that fits: most browsers also bear the names of those that came before them.
            const MARKS: &[(&[&str], $name)] = &[$((&[$($mark),+], $name::$variant)),*];
            MARKS.iter().find(|(marks, _)| marks.iter().any(|mark| text.contains(mark))).map(|(_, family)| *family)
        }
    }
}}

families! {
    /// Who made the browser.
    BrowserFamily {
        Edge = "Edge" by "Edg/", "EdgA/", "EdgiOS/";
        Opera = "Opera" by "OPR/", "OPT/";
        SamsungInternet = "Samsung Internet" by "SamsungBrowser/";
        Vivaldi = "Vivaldi" by "Vivaldi/";
        Firefox = "Firefox" by "Firefox/", "FxiOS/";
        Chrome = "Chrome" by "CriOS/", "Chrome/", "Chromium/";
        Safari = "Safari" by "Safari/";
    }
}

families! {
    /// What it runs on.
    SystemFamily {
        Android = "Android" by "Android";
        Ios = "iOS" by "iPhone", "iPod";
        Ipados = "iPadOS" by "iPad";
        Windows = "Windows" by "Windows";
        Macos = "macOS" by "Mac OS X", "Macintosh";
        Chromeos = "ChromeOS" by "CrOS";
        Linux = "Linux" by "Linux", "X11";
    }
}

/// A browser and its system as far as it says so: the families alone, never the version, which would tell people apart. [RFC 9110 §10.1.5]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agent {
    /// Who made it.
    pub browser: Option<BrowserFamily>,
    /// What it runs on.
    pub system: Option<SystemFamily>,
}

impl Agent {
    /// What the header `User-Agent` comes to.
    #[must_use]
    pub fn of(header: &str) -> Self {
        Self { browser: BrowserFamily::of(header), system: SystemFamily::of(header) }
    }

    /// Both in every language, «Firefox, Linux»; nothing when it says neither.
    #[must_use]
    pub fn name(self) -> Option<String> {
        let named: Vec<&str> = self.browser.map(BrowserFamily::name).into_iter().chain(self.system.map(SystemFamily::name)).collect();
        (!named.is_empty()).then(|| named.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::Agent;

    #[test]
    fn a_browser_is_known_by_the_most_particular_name_it_bears() {
        let said = |header: &str| {
            let agent = Agent::of(header);
            (agent.browser.map(super::BrowserFamily::name), agent.system.map(super::SystemFamily::name))
        };
        for (header, browser, system) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge",
                "Windows",
            ),
            ("Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome", "Android"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                "Safari",
                "iOS",
            ),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Safari", "macOS"),
        ] {
            assert_eq!(said(header), (Some(browser), Some(system)), "{header}");
        }
        assert_eq!(Agent::of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0").name().as_deref(), Some("Firefox, Linux"));
        assert_eq!(said("curl/8.14.1"), (None, None));
        assert_eq!(said(""), (None, None));
    }
}
