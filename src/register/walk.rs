//! What stands in a file, value by value, in the file's order.

use toml::{Table, Value};

use crate::key_path::KeyPath;

/// A value that is no table.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Where it stands.
    pub path: KeyPath,
    /// What it says.
    pub value: Value,
}

/// The values of a text; none where it is no TOML. A list of plain values is one.
#[must_use]
pub fn leaves(text: &str) -> Vec<Leaf> {
    let mut found = Vec::new();
    if let Ok(root) = text.parse::<Table>() {
        down(&Value::Table(root), &mut KeyPath::root(), &mut found);
    }
    found
}

fn down(value: &Value, path: &mut KeyPath, found: &mut Vec<Leaf>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                path.push(key);
                down(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) if items.iter().any(Value::is_table) => {
            for (position, value) in items.iter().enumerate() {
                path.push(position);
                down(value, path, found);
                path.pop();
            }
        }
        plain => found.push(Leaf { path: path.clone(), value: plain.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_in_the_files_order() {
        let found = leaves("b = 1\nl = [1, 2]\n[t.x]\na = { c = true }\n[[u]]\nk = 2024-01-02\n");
        let found: Vec<String> = found.iter().map(|leaf| format!("{} {}", leaf.path, leaf.value)).collect();
        assert_eq!(found, ["b 1", "l [1, 2]", "t.x.a.c true", "u[0].k 2024-01-02"]);
        assert_eq!(leaves("= ="), []);
    }
}
