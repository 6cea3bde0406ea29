//! The relations of a document, by the tables and the figures that they tie.

use std::collections::{BTreeMap, HashMap};

use gouji_core::document::{Analysis, CellView, RelationView, TableView, Verdict};

/// The place of what stands in no table.
pub const NARRATIVE: &str = "情况说明";

/// The relations of a document.
pub struct Ties {
    /// All of them, in order of rule and place.
    pub relations: Vec<RelationView>,
    /// The tables, in order of place.
    pub tables: Vec<TableView>,
    /// For each relation the places its figures stand in: one or two, by their numbers in `places`.
    pub between: Vec<(usize, usize)>,
    /// The narrative and the tables, by name, in order of place.
    pub places: Vec<String>,
    /// For each figure, by where it begins, the relations it stands in.
    by_figure: HashMap<usize, Vec<usize>>,
}

impl Ties {
    /// The relations of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let (relations, tables) = (analysis.relations(), analysis.tables());
        let mut places = vec![NARRATIVE.to_owned()];
        let mut place_of: HashMap<usize, usize> = HashMap::new();
        for table in &tables {
            let known = places.iter().position(|place| *place == table.place);
            let number = known.unwrap_or_else(|| {
                places.push(table.place.clone());
                places.len() - 1
            });
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                if let CellView::Figure { span, .. } = cell {
                    place_of.insert(span.start, number);
                }
            }
        }
        let mut by_figure: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut between = Vec::with_capacity(relations.len());
        for (number, relation) in relations.iter().enumerate() {
            // A relation over figures of more than two places is drawn between the first two.
            let mut ends: Vec<usize> = Vec::new();
            for (_, span, _) in &relation.figures {
                by_figure.entry(span.start).or_default().push(number);
                let place = place_of.get(&span.start).copied().unwrap_or_default();
                if !ends.contains(&place) {
                    ends.push(place);
                }
            }
            ends.truncate(2);
            ends.sort_unstable();
            let first = ends.first().copied().unwrap_or_default();
            between.push((first, ends.last().copied().unwrap_or(first)));
        }
        Self { relations, tables, between, places, by_figure }
    }

    /// The relations of the figure that begins at an offset.
    pub fn of_figure(&self, start: usize) -> &[usize] {
        self.by_figure.get(&start).map_or(&[], Vec::as_slice)
    }

    /// The worst verdict over some relations; none where there are none.
    pub fn worst(&self, numbers: &[usize]) -> Option<Verdict> {
        let seen: Vec<Verdict> = numbers.iter().map(|&number| self.relations[number].verdict).collect();
        let order = [Verdict::Contradicted, Verdict::Rounded, Verdict::Exact, Verdict::Unchecked];
        order.into_iter().find(|verdict| seen.contains(verdict))
    }

    /// The relations between each two places that any stand between.
    pub fn cells(&self) -> BTreeMap<(usize, usize), Vec<usize>> {
        let mut cells: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (number, between) in self.between.iter().enumerate() {
            cells.entry(*between).or_default().push(number);
        }
        cells
    }
}

/// The word of the style sheet for a verdict.
pub const fn class(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Exact) => "exact",
        Some(Verdict::Rounded) => "rounded",
        Some(Verdict::Contradicted) => "contradicted",
        Some(Verdict::Unchecked) => "unchecked",
        None => "untied",
    }
}
