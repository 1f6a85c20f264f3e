use super::*;

fn morvan() -> CompanyDetails {
    CompanyDetails {
        legal_name: "Ateliers  Morvan SAS ".into(),
        country: "fr".into(),
        reg_no: "732 829 320 00074".into(),
        vat_no: "FR 44 732829320".into(),
        street_address: "3 rue des Cuves".into(),
        postal_code: "58000".into(),
        locality: "Nevers".into(),
        phone: "03 86 00 00 00".into(),
        ..CompanyDetails::default()
    }
}

fn wrong(change: impl FnOnce(&mut CompanyDetails)) -> Vec<(&'static str, Wrong)> {
    let mut details = morvan();
    change(&mut details);
    faults(&tidied(details))
}

#[test]
fn a_company_that_is_in_order_is_kept_tidily() {
    assert_eq!(wrong(|_| {}), []);
    let tidy = tidied(morvan());
    assert_eq!((tidy.legal_name.as_str(), tidy.reg_no.as_str(), tidy.vat_no.as_str()), ("Ateliers Morvan SAS", "73282932000074", "FR44732829320"));
    assert_eq!((tidy.phone.as_str(), identity(&tidy).as_deref()), ("+33386000000", Some("732829320")));
}

#[test]
fn a_slip_in_a_french_number_is_noticed() {
    for number in ["732829321", "73282932000075", "7328293200007", "73282932A", "000000000", "00000000000000"] {
        assert_eq!(wrong(|details| details.reg_no = number.into())[0], ("reg_no", Wrong::Number), "{number}");
    }
    assert_eq!(wrong(|details| details.reg_no = "732829320".into()), []);
}

#[test]
fn the_establishments_of_la_poste_have_a_rule_of_their_own() {
    assert!(is_siret("35600000000048"), "the head office has a check digit");
    // 3 + 5 + 6 + 1 = 15
    assert!(is_siret("35600000000001"));
    assert!(!is_siret("35600000000002"));
    assert!(!is_siret("73282932000002"), "the rule is for La Poste alone");
}

#[test]
fn a_number_for_tax_has_the_key_and_the_company_of_its_own_country() {
    for number in ["FR45732829320", "FR44732829321", "DE123456789", "44732829320", "FR40303265045"] {
        assert_eq!(wrong(|details| details.vat_no = number.into()), [("vat_no", Wrong::Number)], "{number}");
    }
    for (country, number) in
        [("DE", "DE123456789"), ("GR", "EL123456789"), ("NL", "NL123456789B01"), ("IE", "IE1A23456B"), ("CH", "CHE123456788"), ("AT", "ATU12345678")]
    {
        let found = wrong(|details| (details.country, details.reg_no, details.vat_no) = (country.into(), "HRB1234".into(), number.into()));
        assert_eq!(found, [("phone", Wrong::Phone)], "{country}");
    }
    assert_eq!(wrong(|details| details.vat_no = String::new()), []);
}

#[test]
fn what_is_missing_is_named_in_the_order_of_the_form_and_elsewhere_than_in_france_a_number_may_be() {
    let missing = faults(&CompanyDetails { country: "FR".into(), ..CompanyDetails::default() });
    let fields: Vec<&str> = missing.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["legal_name", "reg_no", "street-address", "postal-code", "address-level2"]);
    let found =
        wrong(|details| (details.country, details.reg_no, details.vat_no, details.phone) = ("BE".into(), String::new(), String::new(), "+3221234567".into()));
    assert_eq!(found, []);
    assert_eq!(wrong(|details| details.country = "XX".into())[0], ("country", Wrong::Missing));
}

#[test]
fn a_telephone_number_is_of_its_country() {
    for (typed, country, number) in [
        ("06 12 34 56 78", "FR", Some("+33612345678")),
        ("+32 2 123 45 67", "FR", Some("+3221234567")),
        ("0612345678", "BE", None),
        ("12", "FR", None),
        ("+33 6 12", "FR", None),
        ("abc", "FR", None),
    ] {
        assert_eq!(international(typed, country).as_deref(), number, "{typed}");
    }
}

#[test]
fn what_is_put_aside_needs_to_be_text_and_nothing_more() {
    assert_eq!(unfit(&CompanyDetails { reg_no: "12".into(), ..CompanyDetails::default() }), []);
    assert_eq!(unfit(&CompanyDetails { sector: "x".repeat(121), ..CompanyDetails::default() }), [("sector", Wrong::TooLong)]);
    assert_eq!(unfit(&CompanyDetails { sector: "a\u{202e}b".into(), ..CompanyDetails::default() }), [("sector", Wrong::TooLong)]);
}

proptest::proptest! {
    #[test]
    fn whatever_is_typed_is_judged_without_a_panic(texts in proptest::collection::vec(".{0,20}", 16)) {
        let mut details = CompanyDetails::default();
        for (field, text) in CompanyDetails::FIELDS.iter().zip(&texts) {
            details.write(field, text);
        }
        for country in ["FR", "DE", "ZZ"] {
            details.country = country.into();
            let tidy = tidied(details.clone());
            let _ = (faults(&tidy), unfit(&tidy), identity(&tidy));
        }
    }
}
