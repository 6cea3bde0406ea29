//! What others found out about a thing by itself, kept with the thing: it is had again as long as the thing lives.

use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

/// A chain of findings, one of each type, that only grows.
#[derive(Debug, Default)]
pub struct Kept(OnceLock<Box<Link>>);

#[derive(Debug)]
struct Link {
    value: Box<dyn Any + Send + Sync>,
    next: Kept,
}

impl Kept {
    /// What is kept of a type; made at the first asking. It must depend on nothing but the thing that keeps it, and
    /// making it must not ask that for another finding.
    pub fn get<T: Any + Send + Sync>(&self, make: impl Fn() -> T) -> &T {
        let mut place = self;
        loop {
            // Another thread may be first with a finding of its own: ours is then the next.
            let link = place.0.get_or_init(|| Box::new(Link { value: Box::new(make()), next: Self::default() }));
            match link.value.downcast_ref::<T>() {
                Some(found) => return found,
                None => place = &link.next,
            }
        }
    }
}

/// Equal things are equal whatever has been found out about them.
impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Kept {}

impl Hash for Kept {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// What was found out is found out again.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_is_made_once() {
        let (kept, asked) = (Kept::default(), std::cell::Cell::new(0));
        let count = || {
            asked.set(asked.get() + 1);
            7_u8
        };
        assert_eq!((*kept.get(count), *kept.get(|| "words"), *kept.get(count)), (7, "words", 7));
        assert_eq!(asked.get(), 1);
    }
}
