//! `parvis company`

use anyhow::Result;
use clap::Subcommand;
use reqwest::Method;

use super::At;
use crate::boot::cli::{
    remote::part,
    shown::{self, Column},
};

const COLUMNS: &[Column] = &[
    ("COMPANY", "id"),
    ("NAME", "details.legal_name"),
    ("COUNTRY", "details.country"),
    ("NUMBER", "details.reg_no"),
    ("STATE", "state"),
    ("SINCE", "created_at"),
];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The companies of an organisation, drafts among them.
    List,
    /// One.
    Show {
        /// Its id.
        company: String,
    },
    /// Give somebody who has a place in the organisation a place in a company.
    Admit {
        /// The company's id.
        company: String,
        /// The account's id.
        account: String,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        let (server, tenant) = at.tenant().await?;
        let all = format!("{tenant}/companies");
        let shown = match self {
            Self::List => return shown::list(server.all(&all).await?, COLUMNS, as_json),
            Self::Show { company } => server.ask(Method::GET, &format!("{all}/{}", part(company)), None, None).await?,
            Self::Admit { company, account } => server.ask(Method::PUT, &format!("{all}/{}/members/{}", part(company), part(account)), None, None).await?,
        };
        shown::one(&shown, as_json)
    }
}
