//! The settings as flags: made from the table, so that no flag is missing and none means nothing.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, error::Error};

use crate::boot::config::{Given, SETTINGS, Setting};

/// Any of the settings, and the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    flags: BTreeMap<&'static str, String>,
    file: Option<PathBuf>,
}

impl Settings {
    /// With the environment of this process.
    pub(super) fn given(&self) -> Given {
        Given { flags: self.flags.clone(), file: self.file.clone(), environment: BTreeMap::new() }.with_environment()
    }
}

fn flag(setting: &'static Setting) -> Arg {
    let sentence = format!("{} [default: {}] [{}]", setting.sentence, setting.default, setting.variable());
    // Some twenty short names that live as long as the process does.
    Arg::new(setting.name).long(&*setting.flag().leak()).value_name(setting.kind).help(sentence).help_heading("Settings")
}

impl Args for Settings {
    fn augment_args(command: Command) -> Command {
        let file =
            Arg::new("config").long("config").value_name("FILE").help("The configuration file [default: DATA/parvis.toml if it is there] [PARVIS_CONFIG]");
        command.arg(file.help_heading("Settings")).args(SETTINGS.iter().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Settings {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let said = |name: &str| matches.get_one::<String>(name).cloned();
        let flags = SETTINGS.iter().filter_map(|setting| Some((setting.name, said(setting.name)?))).collect();
        Ok(Self { flags, file: said("config").map(PathBuf::from) })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
