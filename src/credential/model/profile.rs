//! Who: `Profile` and its parts (Open Badges 3.0 §B.1).

use super::{
    Class, DESCRIPTION, ENDORSEMENT_CREDENTIAL, IDENTIFIER_TYPE, Kind, LABEL, many, one, optional,
    some,
};

/// `Profile`: an organisation or a person.
pub static PROFILE: Class = Class::new(
    "Profile",
    &[
        one("id", Kind::Uri),
        some("type", Kind::Types(&[&["Profile"]])),
        optional("name", LABEL),
        optional("url", Kind::Uri),
        optional("phone", LABEL),
        optional("description", DESCRIPTION),
        many("endorsement", Kind::Object(&ENDORSEMENT_CREDENTIAL)),
        many("endorsementJwt", Kind::CompactJws),
        optional("image", Kind::Object(&IMAGE)),
        optional("email", Kind::EmailAddress),
        optional("address", Kind::Object(&ADDRESS)),
        many("otherIdentifier", Kind::Object(&IDENTIFIER_ENTRY)),
        optional("official", LABEL),
        optional("parentOrg", Kind::Object(&PROFILE)),
        optional("familyName", LABEL),
        optional("givenName", LABEL),
        optional("additionalName", LABEL),
        optional("patronymicName", LABEL),
        optional("honorificPrefix", LABEL),
        optional("honorificSuffix", LABEL),
        optional("familyNamePrefix", LABEL),
        optional("dateOfBirth", Kind::Date),
    ],
);

/// `Image`: a picture at a URL or in a `data:` URI. Closed.
pub static IMAGE: Class = Class::new(
    "Image",
    &[
        one("id", Kind::Uri),
        one("type", Kind::Type(Some("Image"))),
        optional("caption", DESCRIPTION),
    ],
)
.closed();

/// `IdentifierEntry`: a name for something in some system. Closed.
pub static IDENTIFIER_ENTRY: Class = Class::new(
    "IdentifierEntry",
    &[
        one("type", Kind::Type(Some("IdentifierEntry"))),
        one("identifier", LABEL),
        one("identifierType", Kind::Enumeration(&IDENTIFIER_TYPE)),
    ],
)
.closed();

/// `Address`: a postal address.
pub static ADDRESS: Class = Class::new(
    "Address",
    &[
        some("type", Kind::Types(&[&["Address"]])),
        optional("addressCountry", LABEL),
        optional("addressCountryCode", Kind::CountryCode),
        optional("addressRegion", LABEL),
        optional("addressLocality", LABEL),
        optional("streetAddress", LABEL),
        optional("postOfficeBoxNumber", LABEL),
        optional("postalCode", LABEL),
        optional("geo", Kind::Object(&GEO_COORDINATES)),
    ],
);

/// `GeoCoordinates`: a place on earth (WGS 84).
pub static GEO_COORDINATES: Class = Class::new(
    "GeoCoordinates",
    &[
        one("type", Kind::Type(Some("GeoCoordinates"))),
        one("latitude", Kind::Float),
        one("longitude", Kind::Float),
    ],
);
