//! Pages of long lists: a cursor that is passed on as it is.

use super::problem::{Code, Problem};
use crate::keys::base64url;
use serde::{Deserialize, Serialize};

/// Most rows of a page.
const MOST: i64 = 200;
const USUAL: i64 = 50;

/// Which page is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Where the page begins: `next` of the page before.
    #[param(max_length = 512)]
    pub cursor: Option<String>,
    /// Most rows: 1 to 200; 50 if nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; none at the end.
    pub next: Option<String>,
}

impl Paging {
    /// How many rows to answer with.
    ///
    /// # Errors
    /// `schema_invalid`.
    pub fn rows(&self) -> Result<i64, Problem> {
        match self.limit {
            None => Ok(USUAL),
            Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
            Some(_) => Err(Problem::new(Code::SCHEMA_INVALID, "limit is 1 to 200")),
        }
    }

    /// Where the page begins.
    ///
    /// # Errors
    /// `schema_invalid` for a cursor that is not ours.
    pub fn after(&self) -> Result<Option<String>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        base64url::decode(cursor)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .map(Some)
            .ok_or_else(|| {
                Problem::new(Code::SCHEMA_INVALID, "cursor is `next` of the page before")
            })
    }
}

impl<T> Page<T> {
    /// Makes a page of rows that were asked for with one more than `rows`: the
    /// last one only says that there are more.
    pub fn new<R>(
        mut found: Vec<R>,
        rows: i64,
        cursor: impl Fn(&R) -> String,
        show: impl Fn(R) -> T,
    ) -> Self {
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        let more = found.len() > rows;
        found.truncate(rows);
        let next = found
            .last()
            .filter(|_| more)
            .map(|last| base64url::encode(cursor(last).as_bytes()));
        Self {
            items: found.into_iter().map(show).collect(),
            next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_where_the_next_one_begins_only_if_there_is_one() {
        let page = |found: Vec<i64>| Page::new(found, 2, i64::to_string, |row| row);
        assert_eq!(page(vec![1, 2]).next, None);
        let first = page(vec![1, 2, 3]);
        assert_eq!(first.items, [1, 2]);
        let next = Paging {
            cursor: first.next,
            limit: None,
        };
        assert_eq!(next.after().expect("a cursor").as_deref(), Some("2"));
    }

    #[test]
    fn what_is_no_cursor_or_limit_is_refused() {
        for cursor in ["!", "a", "_w=="] {
            let paging = Paging {
                cursor: Some(cursor.to_owned()),
                limit: None,
            };
            assert!(paging.after().is_err(), "{cursor}");
        }
        for limit in [0, -1, 201, i64::MAX] {
            let paging = Paging {
                cursor: None,
                limit: Some(limit),
            };
            assert!(paging.rows().is_err(), "{limit}");
        }
    }
}
