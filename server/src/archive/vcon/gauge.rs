//! JSON whose size is known before it is built: values and depth are counted in a first pass that keeps nothing.

use super::{Fault, MAX_JSON_DEPTH, MAX_JSON_VALUES, MAX_VCON_BYTES};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;

/// The file's value, or why there is none.
pub(super) fn json(bytes: &[u8]) -> Result<Value, Fault> {
    if bytes.len() > MAX_VCON_BYTES {
        return Err(Fault::FileTooLarge);
    }
    // A mark that some editors put before UTF-8; JSON has none.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let gauge = Gauge::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let measured = Level { gauge: &gauge, depth: 0 }.deserialize(&mut reader);
    if let Err(cause) = measured.and_then(|()| reader.end()) {
        return Err(gauge.full.take().unwrap_or_else(|| not_json(&cause)));
    }
    serde_json::from_slice(bytes).map_err(|cause| not_json(&cause))
}

fn not_json(cause: &serde_json::Error) -> Fault {
    Fault::NotJson { line: cause.line(), column: cause.column() }
}

#[derive(Default)]
struct Gauge {
    values: RefCell<usize>,
    full: RefCell<Option<Fault>>,
}

#[derive(Clone, Copy)]
struct Level<'g> {
    gauge: &'g Gauge,
    depth: usize,
}

impl Level<'_> {
    fn count<E: Error>(&self) -> Result<(), E> {
        let mut values = self.gauge.values.borrow_mut();
        *values += 1;
        if *values > MAX_JSON_VALUES {
            return Err(self.full(Fault::TooManyValues));
        }
        Ok(())
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        self.count()?;
        if self.depth == MAX_JSON_DEPTH {
            return Err(self.full(Fault::TooDeep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn full<E: Error>(&self, fault: Fault) -> E {
        *self.gauge.full.borrow_mut() = Some(fault);
        E::custom("over a limit")
    }
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.count()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.count()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.count()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.count()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.count()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.count()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let inside = self.deeper()?;
        while list.next_element_seed(inside)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let inside = self.deeper()?;
        while object.next_key_seed(inside)?.is_some() {
            object.next_value_seed(inside)?;
        }
        Ok(())
    }
}
