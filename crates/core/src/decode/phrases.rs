//! The sentences of the crate `toml` that this program relies on: by them it knows which slip a clerk made, and
//! whether what follows was lost. They are no promise of that crate, so its version is fixed, and each sentence
//! has a text below that must bring it forth.

/// Part of what is said of a date, a time or both that is none.
pub(crate) const DATE: &str = "date";
pub(crate) const TIME: &str = "time";
pub(crate) const INVALID: &str = "invalid";
pub(crate) const WITHOUT_QUOTES: &str = "must be quoted";
pub(crate) const NO_BOOLEAN: &str = "invalid boolean";
pub(crate) const TWICE: &str = "duplicate key";
pub(crate) const NO_COMMA: &str = "missing comma";
pub(crate) const NO_EQUALS: &str = "expected `=`";
pub(crate) const LEFT_OVER: &str = "unexpected key or value";
pub(crate) const BAD_KEY: &str = "unquoted key";
pub(crate) const OPEN_TABLE: &str = "unclosed table";
pub(crate) const OPEN_ARRAY: &str = "unclosed array,";
pub(crate) const OPEN_INLINE_TABLE: &str = "unclosed inline table";
pub(crate) const OPEN_TEXT: &str = "invalid multi-line";
pub(crate) const OPEN_BRACKET: &str = "unclosed";
pub(crate) const BASIC_TEXT: &str = "invalid basic string";
pub(crate) const LITERAL_TEXT: &str = "invalid literal string";
pub(crate) const TOO_DEEP: &str = "recurs";

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    #[test]
    fn the_parser_says_what_is_relied_on() {
        let deep = format!("a = {}", "[".repeat(200));
        let missing: Vec<(&str, &str, Vec<String>)> = [
            (DATE, "a = 2022-02-30"),
            (TIME, "a = 25:61"),
            (INVALID, "a = 2022-02-30"),
            (WITHOUT_QUOTES, "a = palabra"),
            (NO_BOOLEAN, "a = tru"),
            (TWICE, "a = 1\na = 2"),
            (NO_COMMA, "a = [\"x\" \"y\"]"),
            (NO_EQUALS, "a 1"),
            (LEFT_OVER, "a = \"b\" c"),
            (BAD_KEY, "año = 1"),
            (OPEN_TABLE, "[a"),
            (OPEN_ARRAY, "a = [1"),
            (OPEN_INLINE_TABLE, "a = { b = 1"),
            (OPEN_TEXT, "a = \"\"\"b"),
            (OPEN_BRACKET, "a = [1"),
            (BASIC_TEXT, "a = \"b"),
            (LITERAL_TEXT, "a = 'b"),
            (TOO_DEEP, &deep),
        ]
        .into_iter()
        .map(|(phrase, text)| {
            let (_, errors) = DeTable::parse_recoverable(text);
            (phrase, text, errors.iter().map(|error| error.message().to_owned()).collect::<Vec<_>>())
        })
        .filter(|(phrase, _, said)| !said.iter().any(|message| message.contains(phrase)))
        .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
