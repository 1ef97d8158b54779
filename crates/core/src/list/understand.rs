//! From rows to entries: what each row of the list is understood to be.

use super::cells::Cells;
use super::doubts::Doubts;
use super::error::ListErrorKind;
use super::facts::{Field, ListFacts};
use super::flaw::Flaw;
use super::gather::Gathered;
use super::layout::Layout;
use super::marks::Marks;
use super::options::ListOptions;
use super::row::{Cell, Row};
use super::swapped::are_swapped;
use super::unseen::Unseen;
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::failpoint::{failpoint, remember};
use crate::place::Place;
use crate::problem::Problem;
use crate::reason::Reason;
use crate::target::{Kind, Target};

/// Takes a list's rows one by one, the header first, and understands them.
pub(super) struct Understanding<'a> {
    options: &'a ListOptions,
    /// What readers found out about the list goes in here.
    pub(super) facts: ListFacts,
    /// How many cells a row may have, where more of them mean that a cell was cut in two.
    pub(super) width: Option<u32>,
    /// What the sheet says of whole rows and columns.
    pub(super) marks: Marks,
    unseen: Unseen,
    doubts: Doubts,
    layout: Option<Layout>,
    gathered: Gathered,
    last: u32,
    elsewhere: Option<(u32, usize)>,
}

impl<'a> Understanding<'a> {
    pub(super) fn new(options: &'a ListOptions, facts: ListFacts) -> Self {
        Self {
            options,
            facts,
            width: None,
            marks: Marks::default(),
            unseen: Unseen::default(),
            doubts: Doubts::default(),
            layout: None,
            gathered: Gathered::default(),
            last: 0,
            elsewhere: None,
        }
    }

    /// What the user says about the list.
    pub(super) fn options(&self) -> &'a ListOptions {
        self.options
    }

    /// Makes room for so many rows.
    pub(super) fn expect(&mut self, rows: usize) {
        self.gathered.expect(rows);
    }

    /// Ends what is begun with the rows so far.
    pub(super) fn settle(&mut self) -> Result<(), ListErrorKind> {
        self.gathered.settle()
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, row: &Row) -> Result<(), ListErrorKind> {
        if row.is_blank() {
            return Ok(());
        }
        match self.layout.take() {
            None => self.begin(row)?,
            Some(layout) => {
                self.add(row, &layout)?;
                self.layout = Some(layout);
            }
        }
        Ok(())
    }

    /// Ends the list.
    pub(super) fn finish(mut self) -> Result<(Vec<Entry>, ListFacts), ListErrorKind> {
        if self.layout.is_none() {
            return Err(ListErrorKind::Empty);
        }
        if let Some((row, count)) = self.elsewhere {
            self.facts.warnings.push(format!(
                "{count} row(s) hold nothing in the columns that were taken, but something beside them; the first is row {row}"
            ));
        }
        self.unseen.tell(self.options.include_hidden, &mut self.facts);
        self.doubts.tell(&mut self.facts);
        let facts = &self.facts;
        let column = self.layout.as_ref().and_then(|layout| layout.column(Field::Email));
        let conflict = |entry: &Entry, flaw: &Flaw| {
            let kind = entry.target.as_ref().map_or(Kind::Mailbox, Target::kind);
            worded(facts, entry.row, kind, column, flaw)
        };
        let entries = self.gathered.finish(self.options.selection.limit(), conflict)?;
        let columns = &self.options.columns;
        if columns.of(Field::Email).or(columns.of(Field::Password)).is_none() && are_swapped(&entries) {
            return Err(ListErrorKind::Swapped);
        }
        failpoint("list-problems", b"");
        self.facts.rows = entries.len();
        self.facts.repeats = entries.iter().filter(|entry| matches!(entry.task, Task::Repeat { .. })).count();
        Ok((entries, self.facts))
    }

    /// Takes the first row: the header, or data where there is none.
    fn begin(&mut self, row: &Row) -> Result<(), ListErrorKind> {
        self.last = row.until;
        let layout = if self.options.header {
            self.facts.header_row = Some(row.number);
            Layout::with_header(row, &self.options.columns, self.options.kind, &mut self.facts.warnings)?
        } else {
            Layout::without_header(&self.options.columns)?
        };
        self.facts.columns = layout.taken().to_vec();
        self.unseen = Unseen::new(&self.marks, &layout, &mut self.facts);
        if !self.options.header {
            self.add(row, &layout)?;
        }
        self.layout = Some(layout);
        Ok(())
    }

    fn add(&mut self, row: &Row, layout: &Layout) -> Result<(), ListErrorKind> {
        if layout.is_blank(row) {
            let (_, count) = self.elsewhere.get_or_insert((row.number, 0));
            *count += 1;
            return Ok(());
        }
        let between = row.number.saturating_sub(self.last).saturating_sub(1);
        self.facts.empty_rows += usize::try_from(between).unwrap_or(usize::MAX);
        self.last = row.until;
        let entry = self.understand(row, layout);
        let has_at = matches!(layout.cell(row, Field::Email), Cell::Text(text) if text.contains('@'));
        self.facts.full_addresses &= has_at && entry.target.is_some();
        if !matches!(entry.task, Task::Skipped(_)) {
            self.unseen.meet(row.number);
        }
        self.doubts.look_at(&entry, layout);
        self.gathered.push(entry)
    }

    fn understand(&self, row: &Row, layout: &Layout) -> Entry {
        let cells = Cells { row, layout, options: self.options };
        let (mut flaws, mut doubts) = (Vec::new(), Vec::new());
        let kind = cells.kind(&mut doubts);
        let (target, account) = cells.target(kind, &mut flaws);
        if target.as_ref().is_some_and(|target| !self.options.selection.takes(target)) {
            return Entry { row: row.number, target, account: None, task: Task::Skipped(Reason::Filtered) };
        }
        let passwords = cells.passwords(kind, &mut flaws);
        passwords.iter().flat_map(Passwords::all).for_each(remember);
        failpoint("list-understand", b"");
        flaws.append(&mut doubts);
        if let Some(header) = self.width.filter(|width| row.width() > *width) {
            flaws.push(Flaw::Wide { cells: row.width(), header });
        }
        flaws.extend(self.unseen.merged(row.number, layout));
        if !self.options.include_hidden && self.unseen.hides(row.number) {
            flaws.push(Flaw::Hidden);
        }
        let task = match passwords {
            Some(passwords) if flaws.is_empty() => Task::Change(passwords),
            _ => Task::Invalid(flaws.iter().map(|flaw| self.problem(row.number, kind, layout, flaw)).collect()),
        };
        Entry { row: row.number, target, account, task }
    }

    fn problem(&self, row: u32, kind: Kind, layout: &Layout, flaw: &Flaw) -> Problem {
        worded(&self.facts, row, kind, flaw.field().and_then(|field| layout.column(field)), flaw)
    }
}

fn worded(facts: &ListFacts, row: u32, kind: Kind, column: Option<u32>, flaw: &Flaw) -> Problem {
    let place = Place { file: facts.file.clone(), sheet: facts.sheet.clone(), row, column };
    Problem { place, reason: flaw.reason(), what: flaw.what(kind), remedy: flaw.remedy(kind) }
}
