//! The text of a list of institutions, in which the names of hundreds of other bodies are looked for.

/// Pairs of neighbouring characters are told apart by so many bits: a name whose pairs are not all there is not looked for.
const BITS: usize = 4096;

/// What a list of institutions says (机构设置): names of units.
#[derive(Clone, Debug)]
pub struct Listed {
    text: String,
    pairs: Box<[u64; BITS / 64]>,
}

impl Listed {
    /// Of a text.
    pub fn new(text: String) -> Self {
        let mut pairs = Box::new([0; BITS / 64]);
        bits(&text).for_each(|bit| pairs[bit / 64] |= 1 << (bit % 64));
        Self { text, pairs }
    }

    /// Is the name there?
    pub fn names(&self, name: &str) -> bool {
        bits(name).all(|bit| self.pairs[bit / 64] & 1 << (bit % 64) != 0) && self.text.contains(name)
    }
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

fn bits(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bit = |(one, next): (char, char)| (one as usize).wrapping_mul(31).wrapping_add(next as usize) % BITS;
    text.chars().zip(text.chars().skip(1)).map(bit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_is_found_where_it_is(text in "[水务局站管理中心某县]{0,40}", name in "[水务局站管理中心]{0,4}") {
            prop_assert_eq!(Listed::new(text.clone()).names(&name), text.contains(&name));
        }
    }
}
