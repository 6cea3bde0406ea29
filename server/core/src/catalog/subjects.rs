//! Budget subjects (科目): the functional list and the two economic lists, by code, by name, by parent.
