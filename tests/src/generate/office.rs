//! The offices that disclosures are invented for, and the words for them (`offices.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Everything of `offices.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offices {
    /// First halves of the names of places.
    pub places: Vec<String>,
    /// Second halves.
    pub features: Vec<String>,
    /// What kind of place it is.
    pub ranks: Vec<String>,
    /// Parts of a place; they tell projects of the same name apart.
    pub quarters: Vec<String>,
    /// Names of subjects by their codes, functional and economic.
    pub subjects: BTreeMap<String, String>,
    /// The offices.
    pub office: Vec<Office>,
    /// What is procured.
    pub goods: Vec<Goods>,
}

/// An office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its name without the place.
    pub name: String,
    /// What it calls itself.
    pub own: String,
    /// The subject of its basic expenditure.
    pub run: u64,
    /// What it has to do.
    pub duties: Vec<String>,
    /// What it wants to reach.
    pub aim: String,
    /// A project paid from land revenue.
    pub fund: Option<Plan>,
    /// Its projects.
    pub projects: Vec<Plan>,
}

/// A project: subject, name, what is counted, its unit, a goal.
#[derive(Clone, Debug, Deserialize)]
pub struct Plan(pub u64, pub String, pub String, pub String, pub String);

/// Something that is procured.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goods {
    /// Its number in the catalogue of 2022.
    pub code: String,
    /// Its name there.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// The lowest and the highest price, in hundredths of 万元.
    pub price: [i64; 2],
    /// It becomes a fixed asset.
    #[serde(default)]
    pub fixed: bool,
}

/// The offices.
pub static OFFICES: LazyLock<Offices> =
    LazyLock::new(|| toml::from_str(include_str!("offices.toml")).expect("our own file"));

impl Offices {
    /// The name of a subject.
    pub fn subject(&self, code: u64) -> &str {
        self.subjects.get(&code.to_string()).expect("a code of our own file")
    }

    /// How many bodies can be told apart by name.
    pub fn bodies(&self) -> usize {
        self.places.len() * self.features.len() * self.office.len()
    }
}
