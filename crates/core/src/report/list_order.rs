//! Rows are settled in any order and reported in list order.

use std::collections::BTreeMap;
use std::iter;

/// Hands items out in the order of their indices (0, 1, 2, …), whatever the order in which they come; it holds only those that
/// wait for an earlier one.
#[derive(Debug)]
pub struct ListOrder<T> {
    next: usize,
    waiting: BTreeMap<usize, T>,
}

impl<T> ListOrder<T> {
    /// Nothing has come yet, and index 0 is the first to be handed out.
    #[must_use]
    pub const fn new() -> Self {
        Self { next: 0, waiting: BTreeMap::new() }
    }

    /// Takes an item. Each index comes once; one that was handed out already is passed over.
    pub fn settle(&mut self, index: usize, item: T) {
        if index >= self.next {
            self.waiting.insert(index, item);
        }
    }

    /// Hands out what is ready: every item before which none is missing.
    pub fn ready(&mut self) -> impl Iterator<Item = T> {
        iter::from_fn(|| {
            let item = self.waiting.remove(&self.next)?;
            self.next += 1;
            Some(item)
        })
    }
}

impl<T> Default for ListOrder<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_waits_is_held() {
        let mut order = ListOrder::new();
        order.settle(1, "second");
        assert_eq!(order.ready().count(), 0);
        assert_eq!(order.waiting.len(), 1);
        order.settle(0, "first");
        assert_eq!(order.ready().collect::<Vec<_>>(), ["first", "second"]);
        assert_eq!(order.waiting.len(), 0);
        order.settle(0, "again");
        assert_eq!(order.waiting.len(), 0);
    }

    proptest! {
        #[test]
        fn any_order_becomes_list_order(indices in Just((0..200).collect::<Vec<usize>>()).prop_shuffle()) {
            let mut order = ListOrder::new();
            let mut handed_out = Vec::new();
            for index in indices {
                order.settle(index, index);
                handed_out.extend(order.ready());
            }
            prop_assert_eq!(handed_out, (0..200).collect::<Vec<_>>());
        }
    }
}
