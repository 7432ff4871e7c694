//! What a Rust file names, read from its tokens: comments and strings do not
//! count, the bodies of macros do.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Where in a file a name stands.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) module: Vec<String>,
    pub(super) is_test: bool,
    pub(super) is_reexport: bool,
}

/// What a file names, trees like `use a::{b, c}` spread out, and the modules
/// that it declares for tests only.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) named: Vec<(Vec<String>, Scope)>,
    pub(super) test_modules: Vec<Vec<String>>,
}

impl Reader {
    /// Reads the text of a file whose own place is `scope`.
    pub(super) fn of(text: &str, scope: &Scope) -> Self {
        let mut reader = Self::default();
        reader.tokens(&list(text.parse().expect("Rust")), scope);
        reader
    }

    fn tokens(&mut self, tokens: &[TokenTree], scope: &Scope) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            at += match token {
                TokenTree::Punct(_) if is_test_attribute(rest) => {
                    let end = 2 + item_length(&rest[2..]);
                    self.tokens(
                        &rest[2..end],
                        &Scope {
                            is_test: true,
                            ..scope.clone()
                        },
                    );
                    end
                }
                TokenTree::Group(group) => {
                    self.tokens(&list(group.stream()), scope);
                    1
                }
                TokenTree::Ident(word) if word == "mod" => self.module(rest, scope),
                TokenTree::Ident(word) if word == "use" => {
                    let is_reexport = is_public(&tokens[..at]);
                    1 + self.path(
                        &rest[1..],
                        &[],
                        &Scope {
                            is_reexport,
                            ..scope.clone()
                        },
                    )
                }
                TokenTree::Ident(_) => self.path(rest, &[], scope),
                _ => 1,
            };
        }
    }

    /// `mod name;` or `mod name { … }`.
    fn module(&mut self, tokens: &[TokenTree], scope: &Scope) -> usize {
        let Some(TokenTree::Ident(name)) = tokens.get(1) else {
            return 1;
        };
        let module = [&scope.module[..], &[name.to_string()]].concat();
        match tokens.get(2) {
            Some(TokenTree::Group(body)) => {
                self.tokens(
                    &list(body.stream()),
                    &Scope {
                        module,
                        ..scope.clone()
                    },
                );
            }
            _ if scope.is_test => self.test_modules.push(module),
            _ => {}
        }
        3
    }

    /// A path or a tree of paths; says how many tokens it takes.
    fn path(&mut self, tokens: &[TokenTree], prefix: &[String], scope: &Scope) -> usize {
        let mut path = prefix.to_vec();
        let mut at = if is_separator(tokens) { 2 } else { 0 };
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(word)) => path.push(word.to_string()),
                Some(TokenTree::Punct(mark)) if mark.as_char() == '*' => path.push("*".to_owned()),
                Some(TokenTree::Group(tree)) if tree.delimiter() == Delimiter::Brace => {
                    for branch in list(tree.stream()).split(|token| token.to_string() == ",") {
                        self.path(branch, &path, scope);
                    }
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
            if !is_separator(&tokens[at..]) {
                break;
            }
            at += 2;
        }
        self.named.push((path, scope.clone()));
        at.max(1)
    }
}

fn list(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(one), TokenTree::Punct(two), ..]
        if one.as_char() == ':' && one.spacing() == Spacing::Joint && two.as_char() == ':')
}

fn is_test_attribute(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(hash), TokenTree::Group(attribute), ..]
        if hash.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)")
}

fn is_public(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(word), TokenTree::Group(_)] | [.., TokenTree::Ident(word)] => {
            word == "pub"
        }
        _ => false,
    }
}

/// How long the item that begins here is: to its braces or semicolon.
fn item_length(tokens: &[TokenTree]) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    tokens
        .iter()
        .position(ends)
        .map_or(tokens.len(), |at| at + 1)
}
