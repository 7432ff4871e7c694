//! Numbers as RDF literals (JSON-LD 1.1 API §8.6, Data Round Tripping).

/// The canonical form of `xsd:double`: a mantissa of at most 16 significant
/// digits with one before the point, and an exponent: `7.5E0`.
pub(super) fn canonical_double(float: f64) -> String {
    if float == 0.0 {
        return if float.is_sign_negative() {
            "-0.0E0"
        } else {
            "0.0E0"
        }
        .to_owned();
    }
    let text = format!("{float:.15e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0');
    let zero = if mantissa.ends_with('.') { "0" } else { "" };
    format!("{mantissa}{zero}E{exponent}")
}

/// Whether a number without a datatype of its own is an `xsd:double`.
pub(super) fn is_double(float: f64) -> bool {
    float.fract() != 0.0 || float.abs() >= 1e21
}

/// The canonical form of `xsd:integer` for a whole double below 10^21.
pub(super) fn canonical_integer(float: f64) -> String {
    // Negative zero is the integer zero.
    format!("{:.0}", if float == 0.0 { 0.0 } else { float })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_printed_as_json_ld_says() {
        for (float, text) in [
            (7.5, "7.5E0"),
            (42.5, "4.25E1"),
            (5.3, "5.3E0"),
            (1e-7, "1.0E-7"),
            (0.3, "3.0E-1"),
            (0.300_000_000_000_000_04, "3.0E-1"),
            (1e21, "1.0E21"),
            (-0.5, "-5.0E-1"),
            (5e-324, "4.940656458412465E-324"),
            (1.797_693_134_862_315_7e308, "1.797693134862316E308"),
        ] {
            assert_eq!(canonical_double(float), text);
        }
    }

    #[test]
    fn whole_numbers_are_integers() {
        assert!(!is_double(42.0) && !is_double(1e20) && is_double(1e21) && is_double(0.5));
        assert_eq!(canonical_integer(1e20), "100000000000000000000");
        assert_eq!(canonical_integer(-0.0), "0");
    }
}
