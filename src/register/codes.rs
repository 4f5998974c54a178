//! The codes of findings that no rule makes: what must be right before anything can be judged.

/// The file cannot be read: too large, not UTF-8, a folder, no permission.
pub const UNREADABLE: &str = "IOP101";
/// The text is not TOML.
pub const SYNTAX: &str = "IOP102";
/// A key that the format does not have.
pub const UNKNOWN_KEY: &str = "IOP103";
/// A key that must be there is missing.
pub const MISSING_KEY: &str = "IOP104";
/// A value of the wrong type.
pub const TYPE: &str = "IOP105";
/// A value of the right type outside what is allowed.
pub const DOMAIN: &str = "IOP106";
/// A file's name that cannot serve as an id.
pub const FILE_NAME: &str = "IOP107";
/// A template that does not compile.
pub const TEMPLATE: &str = "IOP109";
/// A font or a picture for the documents that cannot be used.
pub const STATIONERY: &str = "IOP112";
