//! JSON documents to be put together and changed, in the order of their
//! members.

use countersign::json::{self, Object, Value};

/// A JSON document.
#[derive(Debug, Clone)]
pub struct Doc(pub Value<'static>);

/// JSON as it is written in a case.
pub fn json(text: &str) -> Value<'static> {
    json::parse(text.as_bytes())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .into_owned()
}

impl Doc {
    pub fn read(text: &str) -> Self {
        Self(json(text))
    }

    /// Sets what `pointer` (RFC 6901; `-` is a new item) leads to.
    pub fn set(mut self, pointer: &str, text: &str) -> Self {
        self.put(pointer, json(text));
        self
    }

    /// Sets a string.
    pub fn text(mut self, pointer: &str, text: &str) -> Self {
        self.put(pointer, Value::from(text.to_owned()));
        self
    }

    /// Sets a value.
    pub fn with(mut self, pointer: &str, value: impl Into<Value<'static>>) -> Self {
        self.put(pointer, value.into());
        self
    }

    fn put(&mut self, pointer: &str, value: Value<'static>) {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        match self.place(parent) {
            Value::Object(object) => object.set(unescaped(name), value),
            Value::Array(items) if name == "-" => items.push(value),
            Value::Array(items) => items[name.parse::<usize>().expect("a number")] = value,
            _ => panic!("{pointer} leads nowhere"),
        }
    }

    pub fn remove(mut self, pointer: &str) -> Self {
        self.take(pointer);
        self
    }

    /// Takes out what `pointer` leads to.
    pub fn take(&mut self, pointer: &str) -> Value<'static> {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        match self.place(parent) {
            Value::Object(object) => object.remove(&unescaped(name)),
            Value::Array(items) => Some(items.remove(name.parse::<usize>().expect("a number"))),
            _ => None,
        }
        .unwrap_or_else(|| panic!("{pointer} leads nowhere"))
    }

    /// Moves a value to another place.
    pub fn moved(mut self, from: &str, to: &str) -> Self {
        let value = self.take(from);
        self.put(to, value);
        self
    }

    /// What `pointer` leads to.
    pub fn at(&self, pointer: &str) -> Value<'static> {
        self.clone().place(pointer).clone()
    }

    fn place(&mut self, pointer: &str) -> &mut Value<'static> {
        let mut here = &mut self.0;
        for step in pointer.split('/').skip(1) {
            here = match here {
                Value::Object(object) => object.get_mut(&unescaped(step)),
                Value::Array(items) => items.get_mut(step.parse::<usize>().expect("a number")),
                _ => None,
            }
            .unwrap_or_else(|| panic!("{pointer} leads nowhere"));
        }
        here
    }

    pub fn object(&self) -> &Object<'static> {
        self.0.as_object().expect("an object")
    }

    /// As a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.to_text().into_bytes()
    }

    pub fn to_text(&self) -> String {
        format!("{}\n", self.0.to_json_pretty())
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
